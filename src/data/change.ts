import type { LiveEvent, Notification, Project, User } from '../contract/index.js';

/**
 * Something that happened or is about to: the one vocabulary of the cache. A live
 * event is a change the server told us, an optimistic update is a change that has
 * not happened yet; both go through the same `fold`.
 */
export type Change =
  | LiveEvent
  | { type: 'USER_PATCHED'; payload: Partial<User> & { id: string } }
  | { type: 'USER_REMOVED'; payload: { id: string } }
  | { type: 'PROJECT_PATCHED'; payload: Partial<Project> & { id: string } }
  | { type: 'NOTIFICATION_PATCHED'; payload: Partial<Notification> & { id: string } }
  | { type: 'NOTIFICATIONS_READ'; payload: { readAt: string } };
