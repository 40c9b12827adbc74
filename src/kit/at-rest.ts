/** Milliseconds without another call after which there is rest. */
const restTime = 100;
/** Milliseconds after which it is not waited for any longer. */
const patience = 1000;
/** As many calls without rest between them are a stream. */
const stream = 5;

/** Work that is put off while one call follows another, but not beyond the next key: that may go by it. */
export class AtRest {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private putOff = 0;
  private called = 0;
  private calls = 0;

  constructor(private readonly work: () => void) {}

  later(): void {
    this.called = performance.now();
    if (this.timer) return;
    this.putOff = this.called;
    addEventListener('keydown', this, true);
    this.wait(restTime);
  }

  /** Does it at once, unless the calls are a stream. */
  soon(): void {
    const now = performance.now();
    this.calls = now - this.called < restTime ? this.calls + 1 : 1;
    this.called = now;
    if (this.timer || this.calls > stream) this.later();
    else this.now();
  }

  /** Does it now if it was put off. */
  handleEvent(): void {
    if (this.timer) this.now();
  }

  /** Not begun anew by each call, of which there may be one a frame. */
  private wait(ms: number): void {
    this.timer = setTimeout(() => {
      const now = performance.now();
      const left = this.called + restTime - now;
      if (left > 0 && now - this.putOff < patience) this.wait(left);
      else this.now();
    }, ms);
  }

  now(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    removeEventListener('keydown', this, true);
    this.work();
  }
}
