import type { endpoints, Input } from '../contract/index.js';

type UserFilters = Omit<Input<typeof endpoints.users.list>, 'page' | 'cursor'>;
export type UserListParams = UserFilters & { page?: number };
export type InfiniteUsersParams = UserFilters;
export type InfiniteNotificationsParams = Omit<
  Input<typeof endpoints.notifications.list>,
  'cursor'
>;
export type ProjectListParams = Omit<Input<typeof endpoints.projects.list>, 'cursor'>;

/*
 * Keys by resource, then shape, then what the fetcher reads: `['users', 'list', params]`.
 * A prefix names everything below it: `invalidateQueries({ queryKey: userKeys.all })`.
 */
export const userKeys = {
  all: ['users'] as const,
  lists: ['users', 'list'] as const,
  list: (params: UserListParams = {}) => ['users', 'list', params] as const,
  infinites: ['users', 'infinite'] as const,
  infinite: (params: InfiniteUsersParams = {}) => ['users', 'infinite', params] as const,
  search: (q: string) => ['users', 'search', q] as const,
  details: ['users', 'detail'] as const,
  detail: (id: string) => ['users', 'detail', id] as const,
  batch: (ids: readonly string[]) => ['users', 'batch', ids] as const,
};

export const notificationKeys = {
  all: ['notifications'] as const,
  infinites: ['notifications', 'infinite'] as const,
  infinite: (params: InfiniteNotificationsParams = {}) =>
    ['notifications', 'infinite', params] as const,
  counts: ['notifications', 'counts'] as const,
  preferences: ['notifications', 'preferences'] as const,
};

export const sessionKeys = { all: ['session'] as const };

export const projectKeys = {
  all: ['projects'] as const,
  list: (params: ProjectListParams = {}) => ['projects', 'list', params] as const,
  infinite: (params: ProjectListParams = {}) => ['projects', 'infinite', params] as const,
  detail: (id: string) => ['projects', 'detail', id] as const,
  ofUser: (id: string) => ['projects', 'of-user', id] as const,
};

export const teamKeys = {
  all: ['teams'] as const,
  detail: (id: string) => ['teams', 'detail', id] as const,
};
