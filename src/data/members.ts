import type { Query } from '@tanstack/query-core';
import type { Team, User } from '../contract/index.js';
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
export const bringsBack = (change: Change, { queryKey: [resource, shape, id], state }: Query) =>
  change.type === 'USER_CREATED' &&
  resource === 'users' &&
  shape === 'detail' &&
  id === change.payload.id &&
  state.status === 'error';
