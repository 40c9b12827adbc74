import type { Query } from '@tanstack/query-core';
import type { NotificationPage, Team, User } from '../contract/index.js';
import type { Change } from './change.js';

/**
 * Whether a person who was written came into a team or project, or left it, so that the
 * server has to be asked who its members are. The stream tells it too, where there is one.
 */
export function movesMembers(change: Change, { queryKey: [resource], state }: Query): boolean {
  // Created, or restored: into projects as well.
  if (change.type === 'USER_CREATED') return resource === 'teams' || resource === 'projects';
  if (change.type !== 'USER_UPDATED' || resource !== 'teams' || !state.data) return false;
  const { id, members } = state.data as Team;
  const { id: userId, teamId } = change.payload as Partial<User>;
  return teamId !== undefined && (teamId === id) !== members.some((each) => each.id === userId);
}

/** Whether somebody is there (again) of whom the query had heard that there is nobody. */
export function bringsBack(change: Change, { queryKey, state }: Query): boolean {
  if (change.type !== 'USER_CREATED') return false;
  const [resource, shape, id] = queryKey;
  const { payload } = change;
  if (resource === 'users') {
    return shape === 'detail' && id === payload.id && state.status === 'error';
  }
  // Who is new has done nothing yet; who was restored may have.
  if (resource !== 'notifications' || payload.version === 1) return false;
  const { pages = [] } = (state.data ?? {}) as { pages?: readonly NotificationPage[] };
  return pages.some(({ data }) => data.some(({ actor }) => !actor));
}
