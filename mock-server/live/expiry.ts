import type { Clock } from './clock.js';

const day = 86_400_000;

/** Says that a token is about to end, and that it has. */
export class Expiry {
  #timer: unknown;

  constructor(
    private readonly clock: Clock,
    /** How long before the end it is said, in ms. */
    private readonly warnMs: number,
    private readonly told: { onSoon(inMs: number): void; onEnd(): void },
  ) {}

  /** Of this token, and of the one before no more; null for one without end. */
  watch(expiresAt: string | null): void {
    this.stop();
    if (expiresAt === null) return;
    const end = Date.parse(expiresAt);
    this.#at(end - this.warnMs, () => {
      this.#at(end, () => this.told.onEnd());
      this.told.onSoon(Math.max(0, end - this.clock.now()));
    });
  }

  stop(): void {
    this.clock.clear(this.#timer);
  }

  /** Timers of more than 24 days fire at once, so long waits are made of days. */
  #at(time: number, action: () => void): void {
    const wait = time - this.clock.now();
    this.#timer =
      wait > day
        ? this.clock.set(() => this.#at(time, action), day)
        : this.clock.set(action, Math.max(0, wait));
  }
}
