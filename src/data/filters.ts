import type { Notification, NotificationFilter, NotificationType } from '../contract/index.js';

type Marks = Pick<Notification, 'archivedAt' | 'snoozedUntil' | 'readAt' | 'type'>;

/** Whether a notification is shown by a filter, of one type or of all. */
export const fitsFilter = (
  { archivedAt, snoozedUntil, readAt, type }: Marks,
  filter: NotificationFilter = 'all',
  wanted?: NotificationType | '',
): boolean =>
  (archivedAt ? 'archived' : snoozedUntil ? 'snoozed' : 'all') ===
    (filter === 'unread' ? 'all' : filter) &&
  !(filter === 'unread' && readAt) &&
  (!wanted || type === wanted);
