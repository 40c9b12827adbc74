import * as z from 'zod/mini';
import { endpoint } from './endpoint.js';
import { eventStreamQuery } from './event-stream.js';
import { Id, Notification, NotificationType, Timestamp } from './entities.js';
import { cursorPage, cursorQuery } from './page.js';

/** `all` and `unread` leave out what is snoozed or archived; what is both is `archived`. */
export const notificationFilters = ['all', 'unread', 'snoozed', 'archived'] as const;
export const NotificationFilter = z.enum(notificationFilters);
export type NotificationFilter = z.infer<typeof NotificationFilter>;

/** `total` is of the filter `all`, the others are of the filters of their names. */
export const NotificationCounts = z.object({
  total: z.int(),
  unread: z.int(),
  snoozed: z.int(),
  archived: z.int(),
});
export type NotificationCounts = z.infer<typeof NotificationCounts>;
export const NotificationPage = cursorPage(Notification);
export type NotificationPage = z.infer<typeof NotificationPage>;

const channels = z.object({ inApp: z.boolean(), email: z.boolean() });
/** Of each type whether it is sent, by channel. */
export const NotificationPreferences = z.object({
  info: channels,
  success: channels,
  warning: channels,
  error: channels,
});
export type NotificationPreferences = z.infer<typeof NotificationPreferences>;
/** How many changed, and the moment they are stamped with, by which `restore` knows them. */
const Changed = z.object({ changed: z.int(), at: Timestamp });

export const notifications = {
  list: endpoint('GET /notifications', {
    access: 'signed-in',
    summary: "One's own notifications, newest first.",
    input: z.object({
      filter: z._default(NotificationFilter, 'all'),
      type: z.optional(NotificationType),
      ...cursorQuery(20),
    }),
    output: NotificationPage,
  }),
  counts: endpoint('GET /notifications/counts', {
    access: 'signed-in',
    summary: 'How many there are by filter.',
    input: z.object({}),
    output: NotificationCounts,
  }),
  update: endpoint('PATCH /notifications/:id', {
    access: 'signed-in',
    summary: 'Mark read or unread, archive, snooze; when due, a snoozed one comes back unread.',
    input: z.object({
      id: Id,
      read: z.optional(z.boolean()),
      archived: z.optional(z.boolean()),
      /** A time that has passed is none. */
      snoozedUntil: z.optional(z.nullable(Timestamp)),
    }),
    output: Notification,
  }),
  readAll: endpoint('POST /notifications/read-all', {
    access: 'signed-in',
    summary: 'Mark all read.',
    input: z.object({}),
    output: Changed,
  }),
  archiveRead: endpoint('POST /notifications/archive-read', {
    access: 'signed-in',
    summary: 'Archive all that are read.',
    input: z.object({}),
    output: Changed,
  }),
  restore: endpoint('POST /notifications/restore', {
    access: 'signed-in',
    summary:
      'Take back what `read-all` or `archive-read` did at a moment, where nothing changed since.',
    input: z.object({ at: Timestamp }),
    output: Changed,
  }),
  preferences: endpoint('GET /notifications/preferences', {
    access: 'signed-in',
    summary: 'What is sent, per type and channel.',
    input: z.object({}),
    output: NotificationPreferences,
  }),
  setPreferences: endpoint('PUT /notifications/preferences', {
    access: 'signed-in',
    summary: 'Change what is sent.',
    input: z.object({ preferences: NotificationPreferences }),
    output: NotificationPreferences,
  }),
  stream: endpoint('GET /notifications/stream', {
    access: 'signed-in',
    summary: "One's own notifications as server-sent events.",
    input: z.object(eventStreamQuery),
    produces: 'text/event-stream',
  }),
};
