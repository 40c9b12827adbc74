import type { QueryClient } from '@tanstack/query-core';
import type { Api, endpoints, Input, Notification, NotificationPage } from '../contract/index.js';
import type { Change } from './change.js';
import { notificationKeys, type InfiniteNotificationsParams } from './keys.js';
import { standing } from './stand.js';
import { listTimes } from './times.js';
import { findHeld, write } from './write.js';

type Update = Input<(typeof endpoints.notifications)['update']>;
type Fetch = { signal: AbortSignal };
type Context = { client: QueryClient };

const meta = { channel: 'notifications' };
const scope = () => 'notifications';
const failure = 'write.failed';

/** One's own notifications, newest first, page after page; at most 50 pages are kept. */
export const infiniteNotificationsOptions = (
  api: Api,
  params: InfiniteNotificationsParams = {},
) => ({
  queryKey: notificationKeys.infinite(params),
  queryFn: ({ signal, pageParam }: Fetch & { pageParam: string | null }) =>
    standing(signal, (call) =>
      api.notifications.list({ ...params, ...(pageParam && { cursor: pageParam }) }, call),
    ),
  initialPageParam: null as string | null,
  getNextPageParam: (page: NotificationPage) => page.meta.nextCursor,
  maxPages: 50,
  ...listTimes,
  meta,
});

export const notificationCountsOptions = (api: Api) => ({
  queryKey: notificationKeys.counts,
  queryFn: ({ signal }: Fetch) => standing(signal, (call) => api.notifications.counts({}, call)),
  ...listTimes,
  meta,
});

const stamp = (wanted: boolean | undefined, held: string | null | undefined) =>
  wanted ? (held ?? new Date().toISOString()) : null;

/** Marks read or unread, archives, snoozes; the counts follow at once where the notification is held. */
export const updateNotificationOptions = (api: Api) => ({
  mutationKey: ['notifications', 'update'],
  mutationFn: (input: Update, { client }: Context) =>
    write(
      client,
      input,
      (call) => api.notifications.update(input, call),
      (payload) => ({ type: 'NOTIFICATION_UPDATED', payload }),
    ),
  onMutate: ({ id }: Update, { client }: Context) => findHeld<Notification>(client, id),
  meta: {
    scope,
    change: (
      { id, read, archived, snoozedUntil }: Update,
      was: Notification | undefined,
    ): Change[] => {
      const payload = {
        id,
        ...(read !== undefined && { readAt: stamp(read, was?.readAt) }),
        ...(archived !== undefined && { archivedAt: stamp(archived, was?.archivedAt) }),
        ...(snoozedUntil !== undefined && { snoozedUntil }),
      };
      return [{ type: 'PATCHED', payload, was }];
    },
    failure,
  },
});

/** After a write on all of them the answer says only how many: they are read anew before it is over. */
const readAnew = (client: QueryClient) =>
  client.invalidateQueries({ queryKey: notificationKeys.all });

export const readAllNotificationsOptions = (api: Api) => ({
  mutationKey: ['notifications', 'readAll'],
  mutationFn: async (_input: Record<never, never>, { client }: Context) => {
    const answer = await api.notifications.readAll();
    await readAnew(client);
    return answer;
  },
  meta: {
    scope,
    change: (): Change[] => [{ type: 'ALL_READ', payload: { readAt: new Date().toISOString() } }],
    failure,
  },
});

/** Archives all that are read. */
export const archiveReadOptions = (api: Api) => ({
  mutationKey: ['notifications', 'archiveRead'],
  mutationFn: async (_input: Record<never, never>, { client }: Context) => {
    const answer = await api.notifications.archiveRead();
    await readAnew(client);
    return answer;
  },
  meta: {
    scope,
    change: (): Change[] => [
      { type: 'READ_ARCHIVED', payload: { archivedAt: new Date().toISOString() } },
    ],
    failure,
  },
});
