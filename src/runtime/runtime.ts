import { MutationCache, onlineManager, QueryClient } from '@tanstack/query-core';
import { toJson } from '../client/body.js';
import { createApi, createCaller, type Caller } from '../client/index.js';
import type { Api } from '../contract/index.js';
import { followQueries, Sync } from '../data/index.js';
import { hearOut } from '../live/hear-out.js';
import type { Live } from '../live/index.js';
import { defaultBaseUrl, type Configuration } from './configuration.js';
import { createFrames } from './frame.js';
import { openLive } from './live.js';
import { Newcomers } from './newcomers.js';
import { noticeOfMutation, type Notice } from './notices.js';
import { recover } from './recover.js';

/** One per page and backend: everything that elements share. */
export interface Runtime {
  readonly configuration: Configuration;
  /** Mounted, and kept fresh by `live`. */
  readonly queries: QueryClient;
  readonly api: Api;
  readonly live: Live;
  /** Somebody else is signed in: nothing of the former person's stays. */
  identityChanged(): void;
  /** Hears of that. Call the result to stop listening. */
  onIdentity(listener: () => void): () => void;
  /** Unmounts the cache and closes the live source. */
  destroy(): void;
}

/**
 * Wires client, cache and live stream; nothing is asked for before the first query.
 * `notify` hears what the reader should be told.
 *
 * @throws TypeError when the base URL is neither absolute nor a path of the page.
 */
export function createRuntime(
  configuration: Configuration,
  notify: (notice: Notice) => void = () => undefined,
): Runtime {
  const { baseUrl = defaultBaseUrl() } = configuration;
  const client = configuration.api ? undefined : createCaller({ ...configuration, baseUrl });
  const api = configuration.api ?? createApi(client as Caller);
  const queries = new QueryClient({
    defaultOptions: {
      queries: {
        // The client repeats what may be repeated.
        retry: false,
        // Off the network too: a server may be on this machine, and else the reader is told.
        networkMode: 'offlineFirst',
        // Not query-core's own, which gives all keys one name where `Array.prototype.toJSON` is patched.
        queryKeyHashFn: (key) => toJson(key)!,
      },
      mutations: {
        // Cut off under way: it waits like those begun offline, and goes out again under its key.
        retry: (_count, error) =>
          (error as { code?: string }).code === 'NETWORK' && !onlineManager.isOnline(),
      },
    },
    mutationCache: new MutationCache({
      onSuccess: (answer, variables, before, mutation, context) =>
        noticeOfMutation(notify, mutation, { answer, variables, before, client: context.client }),
      onError: (error, variables, before, mutation, context) =>
        noticeOfMutation(notify, mutation, { error, variables, before, client: context.client }),
    }),
  });
  const newcomers = new Newcomers(notify);
  const sync = new Sync(queries, {
    schedule: createFrames(),
    onEvent: (event) => newcomers.hear(event),
  });
  const live = openLive(configuration, client);
  queries.mount();
  let stopFollowing = followQueries(queries, live);
  const stopRecovering = recover(queries);

  const listeners = new Set<() => void>();
  const tell = () => [...listeners].forEach(hearOut);

  /** Who began these writes has gone: they make no further request, and nobody is told how they end. */
  function giveUpWrites(): void {
    const mutationFn = () => Promise.reject(new Error('Somebody else is signed in.'));
    const writes = queries.getMutationCache();
    for (const write of writes.getAll()) {
      write.setOptions({ ...write.options, mutationFn, meta: {} });
    }
    writes.clear();
  }

  function startOver(): void {
    tell();
    stopFollowing();
    sync.forget();
    newcomers.forget();
    giveUpWrites();
    queries.removeQueries({ type: 'inactive' });
    live.restart();
    void queries.resetQueries();
    // After that: where the former person's data stood is no place to go on from.
    stopFollowing = followQueries(queries, live);
  }
  client?.onIdentity(startOver);

  return {
    configuration,
    queries,
    api,
    live,
    identityChanged: () => (client ? client.identityChanged() : startOver()),
    onIdentity(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    destroy() {
      listeners.clear();
      stopFollowing();
      stopRecovering();
      sync.forget();
      giveUpWrites();
      live.close();
      queries.unmount();
      queries.clear();
    },
  };
}
