import { createBatcher, type Batcher } from '../client/index.js';
import type { Api, Output, endpoints, UserPage } from '../contract/index.js';
import { userKeys, type InfiniteUsersParams, type UserListParams } from './keys.js';
import { standing } from './stand.js';
import { detailTimes, listTimes, searchTimes } from './times.js';

type Fetch = { signal: AbortSignal };
const meta = { channel: 'users' };

/** One page of people by number. */
export const userListOptions = (api: Api, params: UserListParams = {}) => ({
  queryKey: userKeys.list(params),
  queryFn: ({ signal }: Fetch) => standing(signal, (call) => api.users.list(params, call)),
  ...listTimes,
  meta,
});

/** People page after page by cursor, 20 at a time unless `limit` says; at most 50 pages are kept. */
export const infiniteUsersOptions = (api: Api, params: InfiniteUsersParams = {}) => ({
  queryKey: userKeys.infinite(params),
  queryFn: ({ signal, pageParam }: Fetch & { pageParam: string | null }) =>
    standing(signal, (call) =>
      api.users.list({ ...params, ...(pageParam && { cursor: pageParam }) }, call),
    ),
  initialPageParam: null as string | null,
  getNextPageParam: (page: UserPage) => page.meta.nextCursor,
  maxPages: 50,
  ...listTimes,
  meta,
});

/** One person; asks for nothing without an id. */
export const userOptions = (api: Api, id: string | undefined) => ({
  queryKey: userKeys.detail(id ?? ''),
  queryFn: ({ signal }: Fetch) => standing(signal, (call) => api.users.get({ id: id ?? '' }, call)),
  enabled: Boolean(id),
  ...detailTimes,
  meta: id ? { channel: `user:${id}` } : {},
});

/** People who match, best first; asks for nothing below two characters. */
export const userSearchOptions = (api: Api, text: string) => {
  const q = text.trim();
  return {
    queryKey: userKeys.search(q),
    queryFn: ({ signal }: Fetch) => standing(signal, (call) => api.users.search({ q }, call)),
    enabled: q.length >= 2,
    ...searchTimes,
  };
};

/** Many people by id, in this order, null for who is missing. */
export const userBatchOptions = (api: Api, ids: readonly string[]) => ({
  queryKey: userKeys.batch(ids),
  queryFn: ({ signal }: Fetch) =>
    standing(signal, (call) => api.users.batch({ ids: [...ids] }, call)),
  enabled: ids.length > 0,
  ...detailTimes,
});

type Person = Output<(typeof endpoints.users)['get']>;
const batchers = new WeakMap<Api, Batcher<Person>>();

function batcherOf(api: Api): Batcher<Person> {
  const batcher = batchers.get(api) ?? createBatcher(api.users.batch);
  batchers.set(api, batcher);
  return batcher;
}

/**
 * One person, asked for together with all others within 50 ms; the same cache entry as
 * `userOptions`. For other times or sizes give a batcher:
 * `createBatcher(api.users.batch, { windowMs: 10 })`.
 */
export const userByIdOptions = (
  api: Api,
  id: string | undefined,
  batcher: Batcher<Person> = batcherOf(api),
) => ({
  ...userOptions(api, id),
  queryFn: ({ signal }: Fetch) => batcher.byId(id ?? '', { signal }),
});
