import type { UserRow } from '../store/store.js';
import { Refusal, type Context, type Handlers } from './handler.js';
import { PeopleChanges } from './people-changes.js';
import { reflect } from './reflect.js';
import {
  changeUser,
  checkNotOneself,
  checkTeam,
  deleteUser,
  findDeleted,
  findUser,
  purgeDeleted,
  restoreUser,
  type Revoke,
  type UserFields,
} from './user-changes.js';
import { fullUser } from './views.js';
import { checkVersion, revise, write } from './write.js';

export function userWrites(revoke: Revoke) {
  async function change({ id, ...fields }: UserFields & { id: string }, ctx: Context) {
    reflect(ctx, 'users');
    const { before, after } = await write(ctx, async (tx) => {
      const before = await findUser(tx, id);
      checkVersion(ctx, fullUser(before));
      const people = new PeopleChanges(tx, ctx);
      const after = await changeUser(people, ctx, before, fields);
      await people.finish();
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
          throw takenId('This id belongs to somebody else.');
        }
        await purgeDeleted(tx, ctx.now());
        if (id && (await findDeleted(tx, id, ctx.now())))
          throw takenId('This id belongs to somebody deleted who may still be restored.');
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
      checkNotOneself(ctx, id);
      await write(ctx, async (tx) => {
        const user = await findUser(tx, id);
        checkVersion(ctx, fullUser(user));
        await purgeDeleted(tx, ctx.now());
        const people = new PeopleChanges(tx, ctx);
        await deleteUser(people, ctx, user);
        await people.finish();
      });
      revoke({ userId: id });
    },

    restore({ id }, ctx) {
      return write(ctx, async (tx) => {
        await purgeDeleted(tx, ctx.now());
        const people = new PeopleChanges(tx, ctx);
        const user = await restoreUser(people, ctx, id);
        await people.finish();
        return fullUser(user);
      });
    },
  } satisfies Handlers['users'];
}

function takenId(message: string): Refusal {
  return new Refusal('CONFLICT', message, { fieldErrors: { id: [message] } });
}
