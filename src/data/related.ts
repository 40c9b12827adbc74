import type { QueryClient } from '@tanstack/query-core';
import type { Api } from '../contract/index.js';
import { userOptions } from './users.js';
import { teamOptions, userProjectsOptions } from './workspace.js';

/**
 * Loads what a person's page will show, before it is opened: the person, the projects, the
 * team. Asks for nothing that is fresh, and never rejects. Call it on hover or selection.
 */
export async function prefetchRelated(
  client: QueryClient,
  api: Api,
  { id, teamId }: { id: string; teamId?: string | null },
): Promise<void> {
  await Promise.all([
    client.prefetchQuery(userOptions(api, id)),
    client.prefetchQuery(userProjectsOptions(api, id)),
    teamId && client.prefetchQuery(teamOptions(api, teamId)),
  ]);
}
