import type { Api, UserPage } from '../contract/index.js';
import { userKeys, type InfiniteUsersParams, type UserListParams } from './keys.js';

const minutes = 60_000;
const listTimes = { staleTime: 5 * minutes, gcTime: 10 * minutes };
type Fetch = { signal: AbortSignal };

/** One page of people by number. Stale after 5 minutes; live events keep it fresh until then. */
export const userListOptions = (api: Api, params: UserListParams = {}) => ({
  queryKey: userKeys.list(params),
  queryFn: ({ signal }: Fetch) => api.users.list(params, { signal }),
  ...listTimes,
  meta: { channel: 'users' },
});

/** People page after page by cursor, 20 at a time unless `limit` says; at most 50 pages are kept. */
export const infiniteUsersOptions = (api: Api, params: InfiniteUsersParams = {}) => ({
  queryKey: userKeys.infinite(params),
  queryFn: ({ signal, pageParam }: Fetch & { pageParam: string | null }) =>
    api.users.list({ ...params, ...(pageParam && { cursor: pageParam }) }, { signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (page: UserPage) => page.meta.nextCursor,
  maxPages: 50,
  ...listTimes,
  meta: { channel: 'users' },
});
