/** A token bucket: `burst` at once, `perSecond` in the long run. */
export class RateLimit {
  #tokens: number;
  #at: number;

  constructor(
    private readonly limit: { burst: number; perSecond: number },
    private readonly now: () => number,
  ) {
    this.#tokens = limit.burst;
    this.#at = now();
  }

  /** False when there have been too many. */
  take(): boolean {
    const now = this.now();
    // A clock that was set back takes nothing away.
    const passed = Math.max(0, now - this.#at);
    const refilled = this.#tokens + (passed / 1000) * this.limit.perSecond;
    this.#tokens = Math.min(this.limit.burst, refilled);
    this.#at = now;
    if (this.#tokens < 1) return false;
    this.#tokens--;
    return true;
  }
}
