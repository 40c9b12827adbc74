import type { QueryClient } from '@tanstack/query-core';

/** From a failure to the next try, in ms: doubles from the first to the last while nothing gets through. */
const pauses = { first: 5_000, last: 60_000 };

/** Whether it may be gone by itself: nothing answered, or the server had a problem. */
const passes = (error: unknown) => {
  const { code, status = 0 } = (error ?? {}) as { code?: string; status?: number };
  return (
    /^(NETWORK|TIMEOUT)$/.test(code ?? '') || status === 429 || (status >= 500 && status !== 501)
  );
};

/**
 * Asks again, after a while, for what is shown and could not be read: a page that was opened
 * during an outage comes to itself. Call the result to stop.
 */
export function recover(queries: QueryClient, random = Math.random): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pause = pauses.first;
  const run = () => {
    timer = undefined;
    void queries.refetchQueries({ type: 'active', predicate: ({ state }) => passes(state.error) });
  };
  const stopListening = queries.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated') return;
    if (event.action.type === 'success') pause = pauses.first;
    if (event.action.type !== 'error' || timer || !passes(event.action.error)) return;
    // No two pages at the same moment.
    timer = setTimeout(run, pause * (1 + random()));
    pause = Math.min(pauses.last, pause * 2);
  });
  return () => {
    stopListening();
    clearTimeout(timer);
  };
}
