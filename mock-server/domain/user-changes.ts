import type { Role, UserStatus } from '../../src/contract/index.js';
import type { DeletedUserRow, Transaction, UserRow } from '../store/store.js';
import { Refusal, type Context } from './handler.js';
import { projectsOf, type PeopleChanges } from './people-changes.js';
import { missingPerson } from './users.js';
import { revise } from './write.js';

/** Ends live connections of a person whose rights changed; they come back with the new ones. */
export type Revoke = (whose: { userId: string } | { sessionId: string }) => void;

export interface UserFields {
  name?: string | undefined;
  email?: string | undefined;
  role?: Role | undefined;
  status?: UserStatus | undefined;
  teamId?: string | null | undefined;
}

const undoMs = 30_000;
const mostPurged = 1000;
const adminOnly = ['role', 'status', 'teamId'] as const;

/*
 * What may happen to one person, by itself or among many. Each of these checks all before it
 * writes anything, so that a refusal leaves the others of the same transaction as they are.
 */

/** The person as changed, or the same row where nothing differs. */
export async function changeUser(
  people: PeopleChanges,
  ctx: Pick<Context, 'now' | 'viewer'>,
  before: UserRow,
  fields: UserFields,
): Promise<UserRow> {
  const { tx } = people;
  const after = revise<UserRow>(before, fields, ctx.now());
  if (after === before) return before;
  const refused = adminOnly.filter((field) => before[field] !== after[field]);
  if (refused.length > 0 && ctx.viewer?.role !== 'admin') {
    throw new Refusal('FORBIDDEN', `Only an admin changes ${refused.join(', ')}.`);
  }
  await checkTeam(tx, before, after);
  await checkLastAdmin(tx, before, after);
  await people.update(before, after);
  if (after.status !== 'active') await endSessions(tx, after.id);
  return after;
}

/** Deletes a person and keeps what is needed to undo it for 30 seconds. */
export async function deleteUser(
  people: PeopleChanges,
  ctx: Pick<Context, 'now'>,
  user: UserRow,
): Promise<void> {
  const { tx } = people;
  await checkLastAdmin(tx, user, undefined);
  const projects = await projectsOf(tx, user.id);
  await tx.insert('deletedUsers', {
    id: user.id,
    version: 1,
    user,
    projectIds: projects.map(({ id }) => id),
    ownedIds: projects.filter(({ ownerId }) => ownerId === user.id).map(({ id }) => id),
    expiresAt: new Date(ctx.now() + undoMs).toISOString(),
  });
  await people.delete(user);
  await endSessions(tx, user.id);
}

/** Brings somebody back, with the team and the projects there were. */
export async function restoreUser(
  people: PeopleChanges,
  ctx: Pick<Context, 'now'>,
  id: string,
): Promise<UserRow> {
  const { tx } = people;
  const deleted = await findDeleted(tx, id, ctx.now());
  if (!deleted) {
    throw new Refusal(
      'NOT_FOUND',
      `Nobody with the id ${id} was deleted within the last ${undoMs / 1000} seconds.`,
    );
  }
  // Beyond the version that the deletion was told with.
  const user: UserRow = {
    ...deleted.user,
    version: deleted.user.version + 2,
    updatedAt: new Date(ctx.now()).toISOString(),
  };
  await people.create(user);
  await tx.delete('deletedUsers', id);
  for (const projectId of deleted.projectIds) {
    const project = await tx.get('projects', projectId);
    if (!project) continue;
    const ownerId = deleted.ownedIds.includes(projectId) ? id : project.ownerId;
    await people.changeProject(project, { memberIds: [...project.memberIds, id], ownerId });
  }
  return user;
}

export async function findUser(tx: Transaction, id: string): Promise<UserRow> {
  const user = await tx.get('users', id);
  if (!user) throw missingPerson(id);
  return user;
}

export function checkNotOneself(ctx: Context, id: string): void {
  if (id !== ctx.viewer!.id) return;
  throw new Refusal('FORBIDDEN', 'Nobody deletes themselves. Ask another admin.');
}

export async function checkTeam(
  tx: Transaction,
  before: UserRow | undefined,
  { teamId }: UserRow,
): Promise<void> {
  if (teamId === null || teamId === before?.teamId || (await tx.get('teams', teamId))) return;
  throw new Refusal('BAD_REQUEST', 'Invalid: teamId.', {
    fieldErrors: { teamId: ['There is no such team.'] },
  });
}

async function checkLastAdmin(
  tx: Transaction,
  before: UserRow,
  after: UserRow | undefined,
): Promise<void> {
  const rules = (user: UserRow | undefined) => user?.role === 'admin' && user.status === 'active';
  if (!rules(before) || rules(after)) return;
  if ((await tx.count('users', { role: 'admin', status: 'active' })) > 1) return;
  const field = before.role === after?.role ? 'status' : 'role';
  const message = 'This is the last active admin. Make somebody else an admin first.';
  throw new Refusal('CONFLICT', message, { fieldErrors: { [field]: [message] } });
}

async function endSessions(tx: Transaction, userId: string): Promise<void> {
  const sort = { key: 'id', descending: false } as const;
  const { rows } = await tx.list('sessions', { where: { userId }, sort, limit: Infinity });
  for (const { id } of rows) await tx.delete('sessions', id);
}

/** Lets go of deleted people once nobody can restore them any more: of some, but of more than a bulk action deletes. */
export async function purgeDeleted(tx: Transaction, now: number): Promise<void> {
  const { rows } = await tx.list('deletedUsers', {
    sort: { key: 'expiresAt', descending: false },
    limit: mostPurged,
  });
  for (const row of rows) if (isOver(row, now)) await purge(tx, row.id);
}

/** Somebody deleted who may still be restored. */
export async function findDeleted(
  tx: Transaction,
  id: string,
  now: number,
): Promise<DeletedUserRow | undefined> {
  const deleted = await tx.get('deletedUsers', id);
  if (!deleted || !isOver(deleted, now)) return deleted;
  await purge(tx, id);
  return undefined;
}

const isOver = ({ expiresAt }: DeletedUserRow, now: number) => Date.parse(expiresAt) <= now;

/** With notifications, preferences and pictures. */
async function purge(tx: Transaction, id: string): Promise<void> {
  await tx.delete('deletedUsers', id);
  await tx.delete('preferences', id);
  for (const table of ['notifications', 'files'] as const) {
    const left = await tx.list(table, {
      where: { userId: id },
      sort: { key: 'id', descending: false },
      limit: Infinity,
    });
    for (const row of left.rows) await tx.delete(table, row.id);
  }
}
