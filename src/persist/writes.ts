import type { MutationOptions, QueryClient } from '@tanstack/query-core';
import type { Api } from '../contract/index.js';
import {
  archiveReadOptions,
  createUserOptions,
  deleteAvatarOptions,
  deleteUserOptions,
  readAllNotificationsOptions,
  replaceUserOptions,
  restoreNotificationsOptions,
  restoreUserOptions,
  setPreferencesOptions,
  updateNotificationOptions,
  updateProjectOptions,
  updateUserOptions,
} from '../data/index.js';

/** Gives writes that were kept their functions back, by their `mutationKey`. */
export function registerWrites(client: QueryClient, api: Api): void {
  const writes = [
    archiveReadOptions,
    createUserOptions,
    deleteAvatarOptions,
    deleteUserOptions,
    readAllNotificationsOptions,
    replaceUserOptions,
    restoreNotificationsOptions,
    restoreUserOptions,
    setPreferencesOptions,
    updateNotificationOptions,
    updateProjectOptions,
    updateUserOptions,
  ];
  for (const optionsOf of writes) {
    const options = optionsOf(api);
    client.setMutationDefaults(options.mutationKey, options as unknown as MutationOptions);
  }
}
