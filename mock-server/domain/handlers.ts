import { authHandlers, type AuthServices } from './auth.js';
import { avatarHandlers } from './avatars.js';
import { controlHandlers, type ControlServices } from './control.js';
import type { Handlers } from './handler.js';
import { notificationHandlers } from './notifications.js';
import { projectHandlers } from './projects.js';
import type { Snoozes } from './snoozes.js';
import { teamHandlers } from './teams.js';
import { userWrites } from './user-writes.js';
import { bulkHandlers } from './users-bulk.js';
import { userExport } from './users-export.js';
import { userReads } from './users.js';

export interface Services extends ControlServices, AuthServices {
  /** Bytes that all pictures may take together. */
  fileSpace: number;
  snoozes: Snoozes;
}

/** The rules behind the endpoints, without the live streams and the documents. */
export function createHandlers(services: Services): Handlers {
  const avatars = avatarHandlers(services.fileSpace);
  return {
    auth: authHandlers(services),
    users: {
      ...userReads,
      ...userExport,
      ...userWrites(services.revoke),
      ...bulkHandlers(services.revoke),
      ...avatars.users,
    },
    projects: projectHandlers,
    teams: teamHandlers,
    files: avatars.files,
    notifications: notificationHandlers(services.snoozes),
    health: { live: () => ({ status: 'ok' }), ready: () => ({ status: 'ok' }) },
    control: controlHandlers(services),
  };
}
