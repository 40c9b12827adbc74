import { dehydrate, hydrate, type DehydratedState, type QueryClient } from '@tanstack/query-core';
import { withId } from '../data/index.js';
import { keyOf } from '../data/write.js';

type Write = DehydratedState['mutations'][number];

/** What is kept of a cache: the writes that wait, and answers. */
export interface Snapshot {
  /** With the key it may have gone out under already: it must not be done twice. */
  writes: (Write & { idempotencyKey?: string })[];
  answers: DehydratedState['queries'];
}

/** The writes that wait, and as many of the newest answers as there is room for. */
export function takeSnapshot(client: QueryClient, maxSize: number): Snapshot {
  const { mutations, queries } = dehydrate(client, {
    shouldDehydrateMutation: ({ state, options }) =>
      state.isPaused && options.mutationKey !== undefined,
    // What could not be read anew, offline say, is still the best there is.
    shouldDehydrateQuery: ({ state }) => state.data !== undefined,
  });
  const writes = mutations.map(({ state, meta: _, ...write }) => {
    const { variables: given } = state;
    // A write of the page's own may go without.
    if (typeof given !== 'object' || !given) return { ...write, state };
    const variables = write.mutationKey?.[1] === 'create' ? withId(given) : given;
    return { ...write, state: { ...state, variables }, idempotencyKey: keyOf(given) };
  });
  let room = maxSize - JSON.stringify(writes).length;
  const newest = queries.sort((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt);
  // Functions are not kept, and what happens meanwhile is not known.
  const asked = newest.map(({ meta: _, promise: __, ...query }) => ({
    ...query,
    state: { ...query.state, status: 'success' as const, error: null, isInvalidated: true },
  }));
  const answers = asked.filter((query) => (room -= JSON.stringify(query).length) >= 0);
  return { writes, answers };
}

/** Shows what was kept, and sends the writes in their order. */
export function restoreSnapshot(client: QueryClient, { writes, answers }: Snapshot): void {
  const mutations = writes.map(({ idempotencyKey, ...write }) => {
    if (idempotencyKey) keyOf(write.state.variables as object, idempotencyKey);
    return write;
  });
  // Writes last: where the rest is broken, none is drawn that would never be sent.
  hydrate(client, { queries: answers });
  hydrate(client, { mutations });
  // Not awaited: offline they wait on.
  void client.resumePausedMutations();
}
