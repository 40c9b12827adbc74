import { authHandlers, type AuthServices } from './auth.js';
import { controlHandlers, type ControlServices } from './control.js';
import type { Handlers } from './handler.js';
import { notificationHandlers } from './notifications.js';
import { projectHandlers } from './projects.js';
import { teamHandlers } from './teams.js';
import { userWrites } from './user-writes.js';
import { bulkHandlers } from './users-bulk.js';
import { userExport } from './users-export.js';
import { userReads } from './users.js';

export type Services = ControlServices & AuthServices;

/** The rules behind the endpoints, without the live streams and the documents. */
export function createHandlers(services: Services): Handlers {
  return {
    auth: authHandlers(services),
    users: {
      ...userReads,
      ...userExport,
      ...userWrites(services.revoke),
      ...bulkHandlers(services.revoke),
    },
    projects: projectHandlers,
    teams: teamHandlers,
    notifications: notificationHandlers,
    health: { live: () => ({ status: 'ok' }), ready: () => ({ status: 'ok' }) },
    control: controlHandlers(services),
  };
}
