import type { QueryClient } from '@tanstack/query-core';
import type { Api, endpoints, Input, Output } from '../contract/index.js';
import type { Change } from './change.js';
import { projectKeys, teamKeys, type ProjectListParams } from './keys.js';
import { standing } from './stand.js';
import { listTimes, teamTimes } from './times.js';
import { write } from './write.js';

type Fetch = { signal: AbortSignal };
type Update = Input<(typeof endpoints.projects)['update']>;
const meta = { channel: 'projects' };

/** The newest projects. */
export const projectListOptions = (api: Api, params: ProjectListParams = {}) => ({
  queryKey: projectKeys.list(params),
  queryFn: ({ signal }: Fetch) => standing(signal, (call) => api.projects.list(params, call)),
  ...listTimes,
  meta,
});

/** Projects page after page; at most 50 pages are kept. */
export const infiniteProjectsOptions = (api: Api, params: ProjectListParams = {}) => ({
  queryKey: projectKeys.infinite(params),
  queryFn: ({ signal, pageParam }: Fetch & { pageParam: string | null }) =>
    standing(signal, (call) =>
      api.projects.list({ ...params, ...(pageParam && { cursor: pageParam }) }, call),
    ),
  initialPageParam: null as string | null,
  getNextPageParam: (page: Output<(typeof endpoints.projects)['list']>) => page.meta.nextCursor,
  maxPages: 50,
  ...listTimes,
  meta,
});

/** One project. */
export const projectOptions = (api: Api, id: string) => ({
  queryKey: projectKeys.detail(id),
  queryFn: ({ signal }: Fetch) => standing(signal, (call) => api.projects.get({ id }, call)),
  ...listTimes,
  meta,
});

/** A person's projects; asks for nothing without an id. */
export const userProjectsOptions = (api: Api, id: string) => ({
  queryKey: projectKeys.ofUser(id),
  queryFn: ({ signal }: Fetch) => standing(signal, (call) => api.users.projects({ id }, call)),
  enabled: Boolean(id),
  ...listTimes,
  meta,
});

/** A team with its members; asks for nothing without an id. */
export const teamOptions = (api: Api, id: string) => ({
  queryKey: teamKeys.detail(id),
  queryFn: ({ signal }: Fetch) => standing(signal, (call) => api.teams.get({ id }, call)),
  enabled: Boolean(id),
  ...teamTimes,
  meta: { channel: `team:${id}` },
});

/** Renames, describes or sets the status of a project, at once wherever it is shown. */
export const updateProjectOptions = (api: Api) => ({
  mutationKey: ['projects', 'update'],
  mutationFn: (input: Update, { client }: { client: QueryClient }) =>
    write(
      client,
      input,
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
