import { dehydrate, hydrate, type QueryClient } from '@tanstack/query-core';
import { withId } from '../data/index.js';
import type { Runtime } from '../runtime/index.js';
import { registerWrites } from './writes.js';

/** `localStorage`, or anything asynchronous of the same form over IndexedDB, say. */
export interface PersistStorage {
  getItem(key: string): Promise<string | null | undefined> | string | null | undefined;
  setItem(key: string, value: string): unknown;
  removeItem(key: string): unknown;
}

export interface PersistOptions {
  storage: PersistStorage;
  /** Whose data these are: what is kept of anybody else is removed. */
  userId: string;
  /** Key in the storage. Default: `inlay.cache`. */
  key?: string;
  /** What is kept by another version of the page is removed. Default: empty. */
  version?: string;
  /** Older data are not restored; in ms. Default: a day. */
  maxAge?: number;
  /** Most characters kept; the newest answers first, all waiting writes in any case. Default: 2,000,000. */
  maxSize?: number;
  /** Pause between a change and its keeping, in ms. Default: 1000. */
  pause?: number;
  /** Hears what the storage refuses: full, forbidden, unreadable. Nothing is thrown. Default: a warning in the console. */
  onError?: (error: unknown) => void;
}

type State = ReturnType<typeof dehydrate>;
interface Kept {
  userId: string;
  version: string;
  at: number;
  state: State;
}

/**
 * Restores what was cached and what waited offline for the person, and keeps both from now
 * on; on a change of person all is removed. What is restored is shown, and read anew once
 * it is used; writes that waited go out in their order. Call the result to stop keeping.
 */
export async function persist(
  runtime: Pick<Runtime, 'queries' | 'api' | 'onIdentity'>,
  options: PersistOptions,
): Promise<() => void> {
  const { storage, userId, key = 'inlay.cache', version = '' } = options;
  const { maxAge = 86_400_000, maxSize = 2_000_000, pause = 1000 } = options;
  const { onError = (error: unknown) => console.warn('Inlay could not keep its cache.', error) } =
    options;
  const { queries, api, onIdentity } = runtime;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const trying = async (work: () => unknown): Promise<void> => {
    try {
      await work();
    } catch (error) {
      onError(error);
    }
  };

  registerWrites(queries, api);
  await trying(async () => {
    const text = await storage.getItem(key);
    if (!text || stopped) return;
    const kept = JSON.parse(text) as Kept;
    const fits = kept.userId === userId && kept.version === version;
    if (!fits || Date.now() - kept.at > maxAge) return storage.removeItem(key);
    hydrate(queries, kept.state);
    // Not awaited: offline they wait on.
    void queries.resumePausedMutations();
  });

  const keep = () => {
    timer = undefined;
    void trying(() => {
      const kept = { userId, version, at: Date.now(), state: fit(queries, maxSize) };
      return storage.setItem(key, JSON.stringify(kept));
    });
  };
  const plan = () => void (timer ??= setTimeout(keep, pause));
  const forget = [
    queries.getQueryCache().subscribe(({ type }) => type !== 'observerResultsUpdated' && plan()),
    queries.getMutationCache().subscribe(plan),
    onIdentity(() => {
      stop();
      void trying(() => storage.removeItem(key));
    }),
  ];
  function stop(): void {
    stopped = true;
    clearTimeout(timer);
    for (const each of forget) each();
  }
  return stop;
}

/** What there is to keep: the writes that wait, and as many of the newest answers as there is room for. */
function fit(client: QueryClient, maxSize: number): State {
  const { mutations, queries } = dehydrate(client, {
    shouldDehydrateMutation: ({ state, options }) =>
      state.isPaused && options.mutationKey !== undefined,
  });
  const waiting = mutations.map(({ state, meta: _, ...mutation }) => {
    const isCreation = mutation.mutationKey?.[1] === 'create';
    const variables = isCreation ? withId(state.variables as object) : state.variables;
    return { ...mutation, state: { ...state, variables } };
  });
  let room = maxSize - JSON.stringify(waiting).length;
  const newest = queries.sort((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt);
  const kept = newest.filter((query) => {
    // Functions are not kept, and what happens meanwhile is not known.
    delete query.meta;
    query.state = { ...query.state, isInvalidated: true };
    room -= JSON.stringify(query).length;
    return room >= 0;
  });
  return { mutations: waiting, queries: kept };
}
