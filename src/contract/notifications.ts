import * as z from 'zod/mini';
import { endpoint } from './endpoint.js';
import { Id, Notification, NotificationType, Timestamp, notificationTypes } from './entities.js';
import { cursorPage, cursorQuery } from './page.js';

export const notificationFilters = ['all', 'unread', 'archived'] as const;
export const NotificationFilter = z.enum(notificationFilters);
export type NotificationFilter = z.infer<typeof NotificationFilter>;

/** `total` counts what is not archived. */
export const NotificationCounts = z.object({ total: z.int(), unread: z.int(), archived: z.int() });
export type NotificationCounts = z.infer<typeof NotificationCounts>;
export const NotificationPage = cursorPage(Notification);
export type NotificationPage = z.infer<typeof NotificationPage>;

const channels = z.object({ inApp: z.boolean(), email: z.boolean() });
const Preferences = z.record(z.enum(notificationTypes), channels);
const Changed = z.object({ changed: z.int() });

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
    summary: 'How many there are, unread and archived.',
    input: z.object({}),
    output: NotificationCounts,
  }),
  update: endpoint('PATCH /notifications/:id', {
    access: 'signed-in',
    summary: 'Mark read or unread, archive, snooze.',
    input: z.object({
      id: Id,
      read: z.optional(z.boolean()),
      archived: z.optional(z.boolean()),
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
  preferences: endpoint('GET /notifications/preferences', {
    access: 'signed-in',
    summary: 'What is sent, per type and channel.',
    input: z.object({}),
    output: Preferences,
  }),
  setPreferences: endpoint('PUT /notifications/preferences', {
    access: 'signed-in',
    summary: 'Change what is sent.',
    input: z.object({ preferences: Preferences }),
    output: Preferences,
  }),
  stream: endpoint('GET /notifications/stream', {
    access: 'signed-in',
    summary: "One's own notifications as server-sent events.",
    input: z.object({ cursor: z.optional(z.string().check(z.maxLength(500))) }),
    produces: 'text/event-stream',
  }),
};
