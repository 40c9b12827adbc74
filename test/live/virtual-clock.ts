import type { Clock } from '../../src/live/index.js';

interface Timer {
  at: number;
  callback: () => void;
}

/** Time that passes only when told to, so that hours fit into a test. */
export class VirtualClock implements Clock {
  #now = Date.UTC(2030, 0, 1);
  readonly #timers = new Set<Timer>();

  now = (): number => this.#now;

  set = (callback: () => void, ms: number): Timer => {
    const timer = { at: this.#now + Math.max(0, ms), callback };
    this.#timers.add(timer);
    return timer;
  };

  clear = (timer: unknown): void => {
    this.#timers.delete(timer as Timer);
  };

  get pending(): number {
    return this.#timers.size;
  }

  /** Time passes while the machine is asleep: what was due comes late. */
  sleep(ms: number): void {
    this.#now += ms;
  }

  /** Fires what is due on the way, in order, with promises settled in between. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      await settled();
      let next: Timer | undefined;
      for (const timer of this.#timers) if (!next || timer.at < next.at) next = timer;
      if (!next || next.at > end) break;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.callback();
    }
    this.#now = end;
  }
}

/** Promises that wait for nothing but each other have all run by then. */
export async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
