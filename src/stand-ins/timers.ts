/*
 * Stands in for the timers of `@tanstack/query-core` in the scripts, and there only: the build
 * swaps it in, which makes them 0.1 kB smaller (gzip). These are the page's own, and no others
 * can be set. Each is looked up when it is called, as pages and tests replace them.
 */
export const timeoutManager = {
  setTimeout: (work: () => void, ms: number) => setTimeout(work, ms),
  clearTimeout: (timer: number) => clearTimeout(timer),
};
