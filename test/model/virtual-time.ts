interface Timer {
  id: number;
  at: number;
  callback: () => void;
  every: number | undefined;
}

const replaced = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] as const;
const { setImmediate, Date: RealDate } = globalThis;

/**
 * Time that passes only when told to, and chance that comes from a seed, in place of the
 * globals: so whatever is real in a model, from the client's timeouts to the server's pings,
 * runs hours in a moment, and the same way each time.
 */
export class VirtualTime {
  /** Milliseconds that have passed. */
  passed = 0;
  /** What the clock on the wall says more than has passed: somebody may set it. */
  #wall = RealDate.UTC(2030, 0, 1);
  #ids = 0;
  readonly #timers = new Map<number, Timer>();

  constructor(readonly random: () => number) {}

  now = (): number => this.#wall + this.passed;

  /** Sets the clock on the wall. Timers don't mind. */
  jump(ms: number): void {
    this.#wall += ms;
  }

  wait(ms: number): Promise<void> {
    return new Promise((resolve) => void this.set(resolve, ms));
  }

  set(callback: () => void, ms = 0, every?: number): number {
    const id = ++this.#ids;
    this.#timers.set(id, { id, at: this.passed + Math.max(0, ms), callback, every });
    return id;
  }

  clear(id: unknown): void {
    this.#timers.delete(Number(id));
  }

  get pending(): number {
    return this.#timers.size;
  }

  /** Fires what is due on the way, in order, with promises settled in between. */
  async advance(ms: number): Promise<void> {
    const end = this.passed + ms;
    for (let fired = 0; ; fired++) {
      // About two a second are what it takes.
      if (fired > 20_000 + ms / 10) throw new Error('timers without end');
      await settled();
      let next: Timer | undefined;
      for (const timer of this.#timers.values()) if (!next || timer.at < next.at) next = timer;
      if (!next || next.at > end) break;
      this.passed = Math.max(this.passed, next.at);
      if (next.every === undefined) this.#timers.delete(next.id);
      else next.at += next.every;
      next.callback();
    }
    this.passed = end;
  }

  /** Puts itself in place of the globals; the result puts them back. */
  install(): () => void {
    const before = Object.fromEntries(replaced.map((name) => [name, globalThis[name]]));
    const { random } = Math;
    const { now } = performance;
    const wallTime = this.now;
    class VirtualDate extends RealDate {
      constructor(given: number | string | Date = wallTime()) {
        super(given);
      }
      static override now = wallTime;
    }
    Object.assign(globalThis, {
      setTimeout: (callback: () => void, ms?: number) => this.set(callback, ms),
      clearTimeout: (id: unknown) => this.clear(id),
      setInterval: (callback: () => void, ms = 1) => this.set(callback, ms, Math.max(1, ms)),
      clearInterval: (id: unknown) => this.clear(id),
      Date: VirtualDate,
    });
    Math.random = this.random;
    performance.now = () => this.passed;
    return () => {
      Object.assign(globalThis, before);
      Math.random = random;
      performance.now = now;
    };
  }
}

/** Cryptography under way: it takes its time in threads of its own. */
let ciphering = 0;
const { subtle } = crypto;
for (const name of ['sign', 'verify', 'digest', 'importKey'] as const) {
  const method = subtle[name].bind(subtle) as (...args: unknown[]) => Promise<unknown>;
  const counted = (...args: unknown[]) => {
    ciphering++;
    return method(...args).finally(() => ciphering--);
  };
  Object.assign(subtle, { [name]: counted });
}

/** Promises that wait for nothing but each other have all run by then. */
export async function settled(): Promise<void> {
  do await new Promise((resolve) => setImmediate(resolve));
  while (ciphering > 0);
}
