import type { Role, UserStatus } from '../../src/contract/index.js';
import type { Transaction, UserRow } from '../store/store.js';
import { Refusal, type Context, type Handlers } from './handler.js';
import { PeopleChanges, projectsOf } from './people-changes.js';
import { reflect } from './reflect.js';
import { missingPerson } from './users.js';
import { fullUser } from './views.js';
import { checkVersion, revise, write } from './write.js';

/** Ends live connections of a person whose rights changed; they come back with the new ones. */
export type Revoke = (whose: { userId: string } | { sessionId: string }) => void;

interface UserFields {
  name?: string | undefined;
  email?: string | undefined;
  role?: Role | undefined;
  status?: UserStatus | undefined;
  teamId?: string | null | undefined;
}

const undoMs = 30_000;
const adminOnly = ['role', 'status', 'teamId'] as const;

export function userWrites(revoke: Revoke) {
  async function change({ id, ...fields }: UserFields & { id: string }, ctx: Context) {
    reflect(ctx, 'users');
    const { before, after } = await write(ctx, async (tx) => {
      const before = await findUser(tx, id);
      checkVersion(ctx, fullUser(before));
      const after = revise<UserRow>(before, fields, ctx.now());
      if (after === before) return { before, after };
      const refused = adminOnly.filter((field) => before[field] !== after[field]);
      if (refused.length > 0 && ctx.viewer?.role !== 'admin') {
        throw new Refusal('FORBIDDEN', `Only an admin changes ${refused.join(', ')}.`);
      }
      await checkTeam(tx, before, after);
      await checkLastAdmin(tx, before, after);
      const people = new PeopleChanges(tx, ctx);
      await people.update(before, after);
      await people.finish();
      if (after.status !== 'active') await endSessions(tx, id);
      return { before, after };
    });
    if (before.role !== after.role || before.status !== after.status) revoke({ userId: id });
    return fullUser(after);
  }

  return {
    create({ id, ...fields }, ctx) {
      reflect(ctx, 'users');
      return write(ctx, async (tx) => {
        const existing = id && (await tx.get('users', id));
        if (existing) {
          // The client's id makes a repeated request harmless, as long as it is the same request.
          if (revise<UserRow>(existing, fields, 0) === existing) return fullUser(existing);
          const message = 'This id belongs to somebody else.';
          throw new Refusal('CONFLICT', message, { fieldErrors: { id: [message] } });
        }
        await purgeDeleted(tx, ctx.now());
        if (id && (await tx.get('deletedUsers', id))) {
          const message = 'This id belongs to somebody deleted who may still be restored.';
          throw new Refusal('CONFLICT', message, { fieldErrors: { id: [message] } });
        }
        const createdAt = new Date(ctx.now()).toISOString();
        const row: UserRow = {
          ...fields,
          id: id ?? ctx.newId(),
          version: 1,
          createdAt,
          updatedAt: createdAt,
          image: null,
          lastActiveAt: null,
          passwordHash: null,
        };
        await checkTeam(tx, undefined, row);
        const people = new PeopleChanges(tx, ctx);
        await people.create(row);
        await people.finish();
        return fullUser(row);
      });
    },

    update: change,
    replace: change,

    async delete({ id }, ctx) {
      if (id === ctx.viewer!.id)
        throw new Refusal('FORBIDDEN', 'Nobody deletes themselves. Ask another admin.');
      await write(ctx, async (tx) => {
        const user = await findUser(tx, id);
        checkVersion(ctx, fullUser(user));
        await purgeDeleted(tx, ctx.now());
        await deleteUser(tx, ctx, user);
      });
      revoke({ userId: id });
    },

    restore({ id }, ctx) {
      return write(ctx, async (tx) => {
        await purgeDeleted(tx, ctx.now());
        const deleted = await tx.get('deletedUsers', id);
        if (!deleted)
          throw new Refusal(
            'NOT_FOUND',
            `Nobody with the id ${id} was deleted within the last 30 seconds.`,
          );
        await tx.delete('deletedUsers', id);
        // Beyond the version that the deletion was told with.
        const user: UserRow = {
          ...deleted.user,
          version: deleted.user.version + 2,
          updatedAt: new Date(ctx.now()).toISOString(),
        };
        const people = new PeopleChanges(tx, ctx);
        await people.create(user);
        for (const projectId of deleted.projectIds) {
          const project = await tx.get('projects', projectId);
          if (!project) continue;
          const ownerId = deleted.ownedIds.includes(projectId) ? id : project.ownerId;
          await people.changeProject(project, { memberIds: [...project.memberIds, id], ownerId });
        }
        await people.finish();
        return fullUser(user);
      });
    },
  } satisfies Handlers['users'];
}

/** Deletes a person and keeps what is needed to undo it for 30 seconds. */
export async function deleteUser(
  tx: Transaction,
  ctx: Pick<Context, 'now' | 'origin'>,
  user: UserRow,
): Promise<void> {
  const projects = await projectsOf(tx, user.id);
  await tx.insert('deletedUsers', {
    id: user.id,
    version: 1,
    user,
    projectIds: projects.map(({ id }) => id),
    ownedIds: projects.filter(({ ownerId }) => ownerId === user.id).map(({ id }) => id),
    expiresAt: new Date(ctx.now() + undoMs).toISOString(),
  });
  const people = new PeopleChanges(tx, ctx);
  await people.delete(user);
  await people.finish();
  await endSessions(tx, user.id);
}

async function findUser(tx: Transaction, id: string): Promise<UserRow> {
  const user = await tx.get('users', id);
  if (!user) throw missingPerson(id);
  return user;
}

async function checkTeam(
  tx: Transaction,
  before: UserRow | undefined,
  after: UserRow,
): Promise<void> {
  if (
    after.teamId === null ||
    after.teamId === before?.teamId ||
    (await tx.get('teams', after.teamId))
  )
    return;
  throw new Refusal('BAD_REQUEST', 'Invalid: teamId.', {
    fieldErrors: { teamId: ['There is no such team.'] },
  });
}

async function checkLastAdmin(tx: Transaction, before: UserRow, after: UserRow): Promise<void> {
  const rules = (user: UserRow) => user.role === 'admin' && user.status === 'active';
  if (!rules(before) || rules(after)) return;
  if ((await tx.count('users', { role: 'admin', status: 'active' })) > 1) return;
  const field = before.role === after.role ? 'status' : 'role';
  const message = 'This is the last active admin. Make somebody else an admin first.';
  throw new Refusal('CONFLICT', message, { fieldErrors: { [field]: [message] } });
}

async function endSessions(tx: Transaction, userId: string): Promise<void> {
  const sort = { key: 'id', descending: false } as const;
  const { rows } = await tx.list('sessions', { where: { userId }, sort, limit: Infinity });
  for (const { id } of rows) await tx.delete('sessions', id);
}

/** Lets go of deleted people, and their notifications, once nobody can restore them any more. */
async function purgeDeleted(tx: Transaction, now: number): Promise<void> {
  const { rows } = await tx.list('deletedUsers', {
    sort: { key: 'expiresAt', descending: false },
    limit: 100,
  });
  for (const { id } of rows.filter(({ expiresAt }) => Date.parse(expiresAt) <= now)) {
    await tx.delete('deletedUsers', id);
    const sort = { key: 'id', descending: false } as const;
    const notifications = await tx.list('notifications', {
      where: { userId: id },
      sort,
      limit: Infinity,
    });
    for (const notification of notifications.rows)
      await tx.delete('notifications', notification.id);
  }
}
