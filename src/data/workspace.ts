import type { QueryClient } from '@tanstack/query-core';
import type { Api, endpoints, Input } from '../contract/index.js';
import type { Change } from './change.js';
import { projectKeys, teamKeys, type ProjectListParams } from './keys.js';
import { standing } from './stand.js';
import { listTimes, teamTimes } from './times.js';
import { write } from './write.js';

type Fetch = { signal: AbortSignal };
type Update = Input<(typeof endpoints.projects)['update']>;
const meta = { channel: 'projects' };

export const projectListOptions = (api: Api, params: ProjectListParams = {}) => ({
  queryKey: projectKeys.list(params),
  queryFn: ({ signal }: Fetch) => standing(signal, (call) => api.projects.list(params, call)),
  ...listTimes,
  meta,
});

export const projectOptions = (api: Api, id: string) => ({
  queryKey: projectKeys.detail(id),
  queryFn: ({ signal }: Fetch) => standing(signal, (call) => api.projects.get({ id }, call)),
  ...listTimes,
  meta,
});

/** A person's projects. */
export const userProjectsOptions = (api: Api, id: string) => ({
  queryKey: projectKeys.ofUser(id),
  queryFn: ({ signal }: Fetch) => standing(signal, (call) => api.users.projects({ id }, call)),
  ...listTimes,
  meta,
});

export const teamOptions = (api: Api, id: string) => ({
  queryKey: teamKeys.detail(id),
  queryFn: ({ signal }: Fetch) => standing(signal, (call) => api.teams.get({ id }, call)),
  ...teamTimes,
  meta: { channel: `team:${id}` },
});

/** Renames, describes or sets the status of a project, at once wherever it is shown. */
export const updateProjectOptions = (api: Api) => ({
  mutationFn: (input: Update, { client }: { client: QueryClient }) =>
    write(
      client,
      (call) => api.projects.update(input, call),
      (payload) => ({ type: 'PROJECT_UPDATED', payload }),
    ),
  meta: {
    scope: ({ id }: Update) => `project:${id}`,
    change: (input: Update): Change[] => [{ type: 'PATCHED', payload: input }],
    success: 'project.updated',
    failure: 'write.failed',
  },
});
