import { QueryClient } from '@tanstack/query-core';
import { createApi, createClient, type ClientOptions } from '../client/index.js';
import type { Api } from '../contract/index.js';
import type { LiveSource } from '../live/live-source.js';

export interface Runtime {
  /** Distinguishes two backends on a page; the base URL by default. */
  readonly id: string;
  readonly queries: QueryClient;
  readonly api: Api;
  readonly live: LiveSource;
  /** Unmounts the cache and closes the live source. */
  destroy(): void;
}

const noLive: LiveSource = {
  state: { status: 'idle' },
  subscribe: () => () => undefined,
  onState: () => () => undefined,
  retry: () => undefined,
  restart: () => undefined,
  close: () => undefined,
};

export function createRuntime(options: ClientOptions): Runtime {
  const client = createClient(options);
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  queries.mount();
  return {
    id: client.baseUrl,
    queries,
    api: createApi(client),
    live: noLive,
    destroy: () => queries.unmount(),
  };
}
