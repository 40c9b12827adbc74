import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { seedData } from '../../mock-server/domain/seed.js';
import { createMemoryBus } from '../../mock-server/live/memory-bus.js';
import { createMemoryStore } from '../../mock-server/store/memory.js';
import { MemoryTable } from '../../mock-server/store/table.js';
import {
  DuplicateError,
  type NotificationRow,
  type UserRow,
} from '../../mock-server/store/store.js';
import { rowsOf } from './world.js';

const now = Date.UTC(2026, 0, 1);
const event = (id: string) =>
  ({ channel: 'users', type: 'USER_UPDATED', id, payload: {} }) as const;
const byId = { key: 'id', descending: false } as const;

const people = seedData({ seed: 1, users: 20, now }).users;
const rows = rowsOf(people);

function setUp(users: typeof people | UserRow[] = people) {
  const bus = createMemoryBus();
  const store = createMemoryStore(bus);
  store.load({ users });
  return { bus, store, users: rows };
}

const next = (row: UserRow, changes: Partial<UserRow> = {}): UserRow => ({
  ...row,
  ...changes,
  version: row.version + 1,
});

for (const [name, base] of Object.entries({ 'computed people': people, 'plain rows': rows })) {
  describe(`a transaction over ${name}`, () => {
    it('undoes all its writes and events when it throws', async () => {
      const { bus, store, users } = setUp(base);
      const before = await store.list('users', { sort: byId, limit: Infinity });
      const failing = store.transaction(async (tx) => {
        await tx.update('users', next(users[0]!, { name: 'x' }));
        await tx.delete('users', users[1]!.id);
        await tx.insert('users', { ...users[2]!, id: 'new', email: 'new@new.test' });
        tx.emit(event(users[0]!.id));
        throw new Error('stop');
      });
      await assert.rejects(failing, /stop/);
      assert.deepEqual(await store.list('users', { sort: byId, limit: Infinity }), before);
      assert.equal(await store.userByEmail('new@new.test'), undefined);
      assert.equal(bus.head('users').offset, 0);
    });

    it('finds the owner of an e-mail as quickly among many new rows as among few', async () => {
      const { store, users } = setUp(base);
      const asked = { count: 0 };
      await store.transaction(async (tx) => {
        for (let index = 0; index < 500; index += 1) {
          const row = { ...users[0]!, id: `new${index}` };
          Object.defineProperty(row, 'email', {
            enumerable: true,
            get: () => ((asked.count += 1), `${index}@new.test`),
          });
          await tx.insert('users', row);
        }
        assert.equal((await tx.userByEmail('499@NEW.test'))?.id, 'new499');
      });
      assert.ok(asked.count < 500 * 10, `${asked.count} reads of 500 e-mails`);
    });

    it('sees its own writes, while others see none of them before the end', async () => {
      const { bus, store, users } = setUp(base);
      const [first, second] = users as [UserRow, UserRow];
      await store.transaction(async (tx) => {
        await tx.update('users', next(first, { name: 'Aaa', email: 'free@new.test' }));
        await tx.delete('users', second.id);
        tx.emit(event(first.id));
        const sort = { key: 'name', descending: false } as const;
        assert.equal((await tx.list('users', { sort, limit: 1 })).rows[0]?.name, 'Aaa');
        assert.equal(await tx.count('users'), 19);
        assert.equal((await tx.userByEmail('FREE@new.test'))?.id, first.id);
        assert.equal(await tx.userByEmail(first.email), undefined);
        assert.deepEqual(await tx.getMany('users', [second.id, first.id]), [
          undefined,
          next(first, { name: 'Aaa', email: 'free@new.test' }),
        ]);
        assert.equal(await store.count('users'), 20);
        assert.equal((await store.get('users', first.id))?.name, first.name);
        assert.equal(bus.head('users').offset, 0);
      });
      assert.equal(await store.count('users'), 19);
      assert.equal(bus.head('users').offset, 1);
    });

    it('runs alone: a hundred increments at once lose none', async () => {
      const { store, users } = setUp(base);
      const { id, version } = users[0]!;
      const increments = Array.from({ length: 100 }, () =>
        store.transaction(async (tx) => {
          const row = (await tx.get('users', id))!;
          await new Promise((resolve) => setImmediate(resolve));
          await tx.update('users', next(row));
        }),
      );
      await Promise.all(increments);
      assert.equal((await store.get('users', id))?.version, version + 100);
    });

    it('answers with the heads of the channels it wrote to', async () => {
      const { store } = setUp(base);
      const { heads } = await store.transaction(async (tx) => {
        tx.emit(event('a'));
        tx.emit(event('b'));
      });
      assert.deepEqual(
        [...heads].map(([channel, { offset }]) => [channel, offset]),
        [['users', 2]],
      );
    });

    it('refuses taken ids and e-mails, also of the same transaction, and lets two people swap theirs', async () => {
      const { store, users } = setUp(base);
      const [first, second] = users as [UserRow, UserRow];
      const insert = (row: Partial<UserRow>) =>
        store.transaction((tx) => tx.insert('users', { ...first, id: 'new', ...row }));
      await assert.rejects(
        insert({ email: first.email.toUpperCase() }),
        (error) => error instanceof DuplicateError && error.field === 'email',
      );
      await assert.rejects(
        insert({ id: first.id, email: 'x@new.test' }),
        (error) => error instanceof DuplicateError && error.field === 'id',
      );
      await store.transaction(async (tx) => {
        await tx.update('users', next(first, { email: 'between@new.test' }));
        await tx.update('users', next(second, { email: first.email }));
        await tx.update('users', next(next(first), { email: second.email }));
        await assert.rejects(
          tx.insert('users', { ...first, id: 'new', email: second.email }),
          DuplicateError,
        );
      });
      assert.equal((await store.userByEmail(first.email))?.id, second.id);
      assert.equal((await store.userByEmail(second.email))?.id, first.id);
    });

    it('refuses a version that does not follow the stored one', async () => {
      const { store, users } = setUp(base);
      const [row] = users as [UserRow];
      await assert.rejects(
        store.transaction((tx) => tx.update('users', row)),
        /cannot write version 1 .* over version 1/,
      );
      await assert.rejects(
        store.transaction((tx) => tx.update('users', { ...row, id: 'nobody' })),
        /over nothing/,
      );
    });

    it('is lost, with its events, when everything is replaced under it', async () => {
      const { bus, store, users } = setUp(base);
      await store.transaction(async (tx) => {
        await tx.delete('users', users[0]!.id);
        tx.emit(event(users[0]!.id));
        store.load({ users });
      });
      assert.equal(await store.count('users'), 20);
      assert.equal(bus.head('users').offset, 0);
    });
  });
}

describe("one person's rows", () => {
  const [notification] = seedData({ seed: 1, users: 20, now }).notifications;
  const row = (id: string, userId: string, readAt: string | null = null): NotificationRow => ({
    ...notification!,
    id,
    userId,
    readAt,
    version: 1,
  });

  it('are counted without a look at those of anybody else', async () => {
    const { store } = setUp();
    let looked = 0;
    const others = Array.from({ length: 1000 }, (_, index) =>
      Object.defineProperty(row(`other${index}`, 'other'), 'readAt', {
        enumerable: true,
        get: () => ((looked += 1), null),
      }),
    );
    store.load({ users: rows, notifications: [...others, row('a', 'one'), row('b', 'one')] });
    const unread = { userId: 'one', readAt: null };
    assert.equal(await store.count('notifications', unread), 2);
    await store.transaction(async (tx) => {
      await tx.insert('notifications', row('c', 'one'));
      await tx.delete('notifications', 'a');
      await tx.insert('notifications', row('d', 'two'));
      assert.equal(await tx.count('notifications', unread), 2);
      assert.equal(await tx.count('notifications', { userId: 'two' }), 1);
    });
    const { rows: left } = await store.list('notifications', {
      where: unread,
      sort: byId,
      limit: 9,
    });
    assert.deepEqual(
      left.map(({ id }) => id),
      ['b', 'c'],
    );
    assert.equal(await store.count('notifications', { userId: 'two', readAt: null }), 1);
    assert.equal(await store.count('notifications', { userId: 'nobody' }), 0);
    assert.equal(looked, 0);
  });
});

describe('a list', () => {
  it('goes on after a row that is gone', async () => {
    const { store } = setUp();
    const sort = { key: 'name', descending: false } as const;
    const { rows } = await store.list('users', { sort, limit: 20 });
    const [, gone, following] = rows as [UserRow, UserRow, UserRow];
    await store.transaction((tx) => tx.delete('users', gone.id));
    const page = await store.list('users', {
      sort,
      limit: 1,
      after: { value: gone.name, id: gone.id },
    });
    assert.equal(page.rows[0]?.id, following.id);
  });

  it('stays as it was in a fork while the view goes on, and the other way round', () => {
    const table = new MemoryTable<UserRow>('users', people);
    const view = table.view({ sort: byId });
    const [first, second, third] = view.page({ limit: 3 }).rows as [UserRow, UserRow, UserRow];
    table.write(first.id, undefined);
    const fork = view.fork();
    table.write(second.id, undefined);
    fork.note({ before: people.indexOf(second.id), after: { ...second, name: 'Forked' } });
    assert.deepEqual([view.size, fork.size], [18, 19]);
    assert.deepEqual(fork.page({ limit: 2 }).rows, [{ ...second, name: 'Forked' }, third]);
    assert.deepEqual(view.page({ limit: 1 }).rows, [third]);
  });
});
