/** Milliseconds without another call after which there is rest. */
const restTime = 100;

/** Work that is put off while the reader scrolls, but not beyond the next key: that may go by it. */
export class AtRest {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly work: () => void) {}

  get isDue(): boolean {
    return this.timer !== undefined;
  }

  later(): void {
    if (!this.timer) addEventListener('keydown', this, true);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), restTime);
  }

  now(): void {
    if (this.timer) {
      clearTimeout(this.timer);
      this.timer = undefined;
      removeEventListener('keydown', this, true);
    }
    this.work();
  }

  handleEvent(): void {
    this.now();
  }
}
