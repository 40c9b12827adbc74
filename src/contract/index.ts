export * from './access.js';
export * from './endpoint.js';
export * from './endpoints.js';
export * from './entities.js';
export * from './errors.js';
export * from './events.js';
export * from './page.js';
export * from './stream-cursor.js';
export {
  userSorts,
  UserSort,
  UserPage,
  UserListQuery,
  bulkActions,
  BulkAction,
  BulkOutcome,
  avatarTypes,
  avatarMaxBytes,
} from './users.js';
export {
  notificationFilters,
  NotificationFilter,
  NotificationCounts,
  NotificationPage,
  NotificationPreferences,
} from './notifications.js';
export { Tokens, Session } from './auth.js';
export { Faults } from './system.js';
