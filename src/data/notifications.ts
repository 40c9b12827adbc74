import type { QueryClient } from '@tanstack/query-core';
import type {
  Api,
  endpoints,
  Input,
  Notification,
  NotificationPage,
  NotificationPreferences,
  Output,
} from '../contract/index.js';
import type { Change } from './change.js';
import { notificationKeys, type InfiniteNotificationsParams } from './keys.js';
import type { Message } from './meta.js';
import { mutate } from './mutate.js';
import { standing } from './stand.js';
import { syncOf } from './sync.js';
import { listTimes } from './times.js';
import { findHeld, write } from './write.js';

type Update = Input<(typeof endpoints.notifications)['update']>;
type Changed = Output<(typeof endpoints.notifications)['readAll']>;
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

/**
 * Marks read or unread, archives, snoozes; the counts follow at once where the notification
 * is held, or given as `known`. Archiving and snoozing may be undone.
 */
export const updateNotificationOptions = (api: Api, known?: Notification) => ({
  mutationKey: ['notifications', 'update'],
  mutationFn: (input: Update, { client }: Context) => {
    const was = findHeld<Notification>(client, input.id) ?? known;
    return write(
      client,
      input,
      (call) => api.notifications.update(input, call),
      (payload) => ({ type: 'NOTIFICATION_UPDATED', payload, was }),
    );
  },
  onMutate: ({ id }: Update, { client }: Context) => findHeld<Notification>(client, id) ?? known,
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
    success: ({ title }: Notification, { archived, snoozedUntil }: Update): Message | undefined => {
      const message = archived ? 'done.archived' : snoozedUntil && 'done.snoozed';
      return message ? { message, values: { title } } : undefined;
    },
    undo:
      ({ id, archived, snoozedUntil }: Update, answer: Notification) =>
      (client: QueryClient) =>
        mutate(client, updateNotificationOptions(api, answer), {
          id,
          ...(archived && { archived: false }),
          ...(snoozedUntil && { snoozedUntil: null }),
        }),
    failure,
  },
});

interface OnAll {
  name: string;
  call: () => Promise<Changed>;
  change: () => Change;
  message: string;
}

/** A write on all of them: its answer says only how many, so they are read anew before it is over. */
const allOptions = (api: Api, { name, call, change, message }: OnAll) => ({
  mutationKey: ['notifications', name],
  mutationFn: (_input: Record<never, never>, { client }: Context) => readAnew(client, call()),
  meta: {
    scope,
    change: (): Change[] => [change()],
    success: ({ changed: count }: Changed): Message | undefined =>
      count > 0 ? { message, values: { count } } : undefined,
    undo:
      (_input: unknown, { at }: Changed) =>
      (client: QueryClient) =>
        mutate(client, restoreNotificationsOptions(api), { at }),
    failure,
  },
});

async function readAnew(client: QueryClient, call: Promise<Changed>): Promise<Changed> {
  const answer = await call;
  await client.invalidateQueries({ queryKey: notificationKeys.all });
  return answer;
}

export const readAllNotificationsOptions = (api: Api) =>
  allOptions(api, {
    name: 'readAll',
    call: () => api.notifications.readAll(),
    change: () => ({ type: 'ALL_READ', payload: { readAt: new Date().toISOString() } }),
    message: 'done.read',
  });

/** Archives all that are read. */
export const archiveReadOptions = (api: Api) =>
  allOptions(api, {
    name: 'archiveRead',
    call: () => api.notifications.archiveRead(),
    change: () => ({ type: 'READ_ARCHIVED', payload: { archivedAt: new Date().toISOString() } }),
    message: 'done.readArchived',
  });

/** Takes back what one of these did `at` its moment, where nothing changed since. */
export const restoreNotificationsOptions = (api: Api) => ({
  mutationKey: ['notifications', 'restore'],
  mutationFn: (input: { at: string }, { client }: Context) =>
    readAnew(client, api.notifications.restore(input)),
  meta: { scope, failure },
});

/** What the person wants to hear of, by type and channel. */
export const preferencesOptions = (api: Api) => ({
  queryKey: notificationKeys.preferences,
  queryFn: ({ signal }: Fetch) => api.notifications.preferences({}, { signal }),
  gcTime: listTimes.gcTime,
});

export const setPreferencesOptions = (api: Api) => ({
  mutationKey: ['notifications', 'setPreferences'],
  mutationFn: async (input: NotificationPreferences, { client }: Context) => {
    const { person } = syncOf(client);
    const answer = await api.notifications.setPreferences({ preferences: input });
    if (!person.aborted) client.setQueryData(notificationKeys.preferences, answer);
    return answer;
  },
  meta: {
    scope,
    change: (payload: NotificationPreferences): Change[] => [{ type: 'PREFERRED', payload }],
    failure,
  },
});
