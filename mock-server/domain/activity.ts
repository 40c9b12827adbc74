import { roles, userStatuses, type NotificationType, type Role } from '../../src/contract/index.js';
import type { NotificationRow, Reader, Transaction, UserRow } from '../store/store.js';
import { Refusal, type Context } from './handler.js';
import { makeNotification } from './notification-kinds.js';
import { addNotifications } from './notification-changes.js';
import { PeopleChanges } from './people-changes.js';
import { makePerson } from './people.js';
import { pick } from './random.js';
import { personas } from './personas.js';
import { deleteUser, purgeDeleted } from './user-changes.js';
import { missingPerson } from './users.js';

/** What activity needs of a request's context; it also happens by itself. */
export type World = Pick<Context, 'store' | 'now' | 'newId' | 'random' | 'origin'>;

export interface Activity {
  create: number;
  change: number;
  delete: number;
}

/** Makes life happen: one transaction each for the created, the changed and the deleted. Personas stay as they are. */
export async function act(wanted: Activity, ctx: World) {
  const created = await run(ctx, async (tx) => {
    const people = new PeopleChanges(tx, ctx);
    const total = await tx.count('users');
    for (let index = 0; index < wanted.create; index += 1) {
      await people.create(await makeUser(tx, ctx, total + index));
    }
    await people.finish();
    return wanted.create;
  });
  const changed = await run(ctx, async (tx) => {
    const people = new PeopleChanges(tx, ctx);
    for (let done = 0; done < wanted.change; done += 1) {
      const before = await pickOther(tx, ctx);
      if (!before) return done;
      await people.update(before, vary(before, ctx));
    }
    await people.finish();
    return wanted.change;
  });
  const deleted = await run(ctx, async (tx) => {
    await purgeDeleted(tx, ctx.now());
    const people = new PeopleChanges(tx, ctx);
    let count = 0;
    for (; count < wanted.delete; count += 1) {
      const user = await pickOther(tx, ctx);
      if (!user) break;
      await deleteUser(people, ctx, user);
    }
    await people.finish();
    return count;
  });
  return { created, changed, deleted };
}

export interface NotificationOrder {
  userId?: string | undefined;
  role?: Role | undefined;
  count: number;
  type?: NotificationType | undefined;
  title?: string | undefined;
}

/** Sends `count` notifications to a person, or to everyone of a role, as far as they want them: one transaction a person. */
export async function notify(
  { userId, role, count, type, title }: NotificationOrder,
  ctx: World,
): Promise<number> {
  if (!userId === !role)
    throw new Refusal('BAD_REQUEST', 'Give either userId or role, to say who is notified.');
  if (userId && !(await ctx.store.get('users', userId))) throw missingPerson(userId);
  let sent = 0;
  for await (const receiver of userId ? [userId] : idsOf(role!, ctx.store)) {
    const rows: NotificationRow[] = [];
    for (let done = 0; done < count; done += 1) {
      const actor = await pickUser(ctx.store, ctx);
      const order = { ...(type && { type }), ...(title && { title }) };
      const to = { id: ctx.newId(), userId: receiver, actorId: actor.id, now: ctx.now() };
      rows.push(makeNotification(ctx.random, { ...to, ...order }));
    }
    sent += await run(ctx, (tx) => addNotifications(tx, ctx.origin, receiver, rows));
  }
  return sent;
}

/** Everyone of a role, some at a time: of a million, others get their turn in between. */
async function* idsOf(role: Role, store: Reader): AsyncGenerator<string> {
  let last: UserRow | undefined;
  do {
    const { rows, hasMore } = await store.list('users', {
      where: { role },
      sort: oldestFirst,
      limit: 100,
      ...(last && { after: { value: last.createdAt, id: last.id } }),
    });
    for (const { id } of rows) yield id;
    last = hasMore ? rows.at(-1) : undefined;
    await new Promise((resolve) => setTimeout(resolve));
  } while (last);
}

/** Without the cursors of the answer: there would be one for each person. */
async function run<T>(ctx: World, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return (await ctx.store.transaction(work)).result;
}

async function makeUser(tx: Transaction, ctx: World, index: number): Promise<UserRow> {
  const { name, local } = makePerson(ctx.random, index);
  const email = `${local}@example.com`;
  const createdAt = new Date(ctx.now()).toISOString();
  return {
    id: ctx.newId(),
    version: 1,
    createdAt,
    updatedAt: createdAt,
    name,
    email: (await tx.userByEmail(email))
      ? `${local}.${ctx.newId().slice(0, 8)}@example.com`
      : email,
    role: 'user',
    status: 'active',
    image: null,
    teamId: null,
    lastActiveAt: null,
    passwordHash: null,
  };
}

/** Mostly somebody was active again; now and then a name, a role or a status changes. */
function vary(before: UserRow, ctx: World): UserRow {
  const chance = ctx.random();
  const changes: Partial<UserRow> = { lastActiveAt: new Date(ctx.now()).toISOString() };
  if (chance < 0.2) changes.name = makePerson(ctx.random, 0).name;
  else if (chance < 0.3) changes.role = pick(ctx.random, roles);
  else if (chance < 0.4) changes.status = pick(ctx.random, userStatuses);
  return {
    ...before,
    ...changes,
    version: before.version + 1,
    updatedAt: new Date(ctx.now()).toISOString(),
  };
}

const oldestFirst = { key: 'createdAt', descending: false } as const;

/** Anybody, by chance; `further` people on, for another one with the same draw. */
async function pickUser(reader: Reader, ctx: World, further = 0, draw = ctx.random()) {
  const total = await reader.count('users');
  const offset = (Math.floor(draw * total) + further) % total;
  return (await reader.list('users', { sort: oldestFirst, offset, limit: 1 })).rows[0]!;
}

/** Anybody but the personas, if there is anybody else. */
async function pickOther(tx: Transaction, ctx: World): Promise<UserRow | undefined> {
  const draw = ctx.random();
  const total = await tx.count('users');
  for (let further = 0; further < total && further <= personas.length; further += 1) {
    const user = await pickUser(tx, ctx, further, draw);
    if (!personas.some(({ email }) => email === user.email)) return user;
  }
  return undefined;
}
