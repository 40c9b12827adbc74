/** Time and timers, so that tests can run hours in a moment. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  set(callback: () => void, ms: number): unknown;
  clear(handle: unknown): void;
}

/** Timers take no more, and would fire at once. */
const longest = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  set: (callback, ms) => setTimeout(callback, Math.min(ms, longest)),
  clear: (handle) => clearTimeout(handle as ReturnType<typeof setTimeout>),
};
