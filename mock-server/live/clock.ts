/** Time and timers, so that tests can run hours in a moment. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  set(callback: () => void, ms: number): unknown;
  clear(handle: unknown): void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  set: (callback, ms) => setTimeout(callback, ms),
  clear: (handle) => clearTimeout(handle as ReturnType<typeof setTimeout>),
};
