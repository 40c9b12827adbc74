import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Notification, User } from '../../src/contract/index.js';
import {
  fold,
  foldAll,
  notificationKeys,
  projectKeys,
  sessionKeys,
  teamKeys,
  userKeys,
  type Change,
} from '../../src/data/index.js';
import { makeUser } from './model-server.js';

const meta = (total: number, more: object = {}) => ({
  limit: 3,
  total,
  nextCursor: null,
  hasMore: false,
  cursor: 'users@e:10',
  ...more,
});
const at = (offset: number) => ({ channel: 'users', epoch: 'e', offset });
const users = [3, 2, 1].map((n) => makeUser(n));
const [first, second, third] = users as [User, User, User];
const updated = (user: User, fields: Partial<User>, offset = 11): Change => ({
  type: 'USER_UPDATED',
  payload: { ...user, ...fields, version: user.version + 1 },
  at: at(offset),
});
const notification = (n: number, fields: Partial<Notification> = {}): Notification => ({
  id: `10000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  version: 1,
  createdAt: new Date(n * 1000).toISOString(),
  updatedAt: new Date(0).toISOString(),
  userId: '20000000-0000-4000-8000-000000000000',
  type: 'info',
  title: 't',
  message: 'm',
  href: null,
  actor: null,
  readAt: null,
  archivedAt: null,
  snoozedUntil: null,
  ...fields,
});
const summary = ({ id, version, name, image, role }: User) => ({ id, version, name, image, role });
const ids = (page: { data: readonly { id: string }[] }) => page.data.map(({ id }) => id);

/** Every cached shape that holds a person. */
const shapes: [name: string, key: readonly unknown[], data: object][] = [
  ['list', userKeys.list(), { data: users, meta: meta(3, { totalPages: 1 }) }],
  ['infinite', userKeys.infinite(), { pages: [{ data: users.slice(0, 2), meta: meta(3, { hasMore: true }) }, { data: [third], meta: meta(3) }], pageParams: [null, 'c'] }],
  ['search', userKeys.search('na'), { data: users }],
  ['detail', userKeys.detail(first.id), first],
  ['batch', userKeys.batch(['x']), { data: [null, ...users] }],
  ['session', sessionKeys.all, { user: first, expiresAt: '' }],
  ['team', teamKeys.detail('t'), { id: 't', version: 1, members: users.map(summary) }],
  ['projects', projectKeys.list(), { data: [{ id: 'p', version: 1, members: users.map(summary) }], meta: meta(1) }],
  ['notifications', notificationKeys.infinite(), { pages: [{ data: [notification(1, { actor: summary(first) })], meta: meta(1) }], pageParams: [null] }],
]; // prettier-ignore

describe('fold', () => {
  for (const [name, key, data] of shapes) {
    it(`carries a changed person into ${name}, and nowhere else`, () => {
      const next = fold(data, [updated(first, { name: 'New' })], key);
      const text = JSON.stringify(next);
      assert.equal(text.split('"name":"New"').length, 2);
      const expected = JSON.parse(JSON.stringify(data), (_key, value: { id?: string } | null) =>
        value?.id === first.id ? { ...value, name: 'New', version: 2 } : value,
      ) as object;
      assert.deepEqual(JSON.parse(text), expected);
    });

    it(`gives the very same ${name} where nothing changes`, () => {
      const stranger = makeUser(99);
      assert.equal(fold(data, [], key), data);
      assert.equal(fold(data, [updated(stranger, { name: 'X' })], key), data);
      assert.equal(fold(data, [{ type: 'USER_UPDATED', payload: first, at: at(11) }], key), data);
      assert.equal(
        fold(
          data,
          [{ type: 'PATCHED', payload: { id: first.id, name: first.name } as { id: string } }],
          key,
        ),
        data,
      );
    });
  }

  it('puts who is created on top of the newest, and counts', () => {
    const created: Change = { type: 'USER_CREATED', payload: makeUser(4), at: at(11) };
    const [, key, data] = shapes[1] as [
      string,
      readonly unknown[],
      { pages: { data: User[]; meta: { total: number } }[] },
    ];
    const next = fold(data, [created], key);
    assert.deepEqual(next.pages.map(ids), [
      [makeUser(4), first, second].map(({ id }) => id),
      [third.id],
    ]);
    assert.deepEqual(
      next.pages.map((page) => page.meta.total),
      [4, 4],
    );
    assert.equal(fold(data, [{ ...created, at: at(10) }], key), data, 'reflected already');
  });

  it('keeps a page at its size', () => {
    const data = { data: users, meta: meta(3, { totalPages: 1 }) };
    const next = fold(
      data,
      [{ type: 'USER_CREATED', payload: makeUser(4), at: at(11) }],
      userKeys.list(),
    );
    assert.deepEqual(ids(next), [makeUser(4).id, first.id, second.id]);
    assert.deepEqual([next.meta.total, next.meta.hasMore], [4, true]);
    assert.deepEqual((next.meta as { totalPages?: number }).totalPages, 2);
  });

  it('takes who is deleted out of everything, and counts', () => {
    const gone: Change = {
      type: 'USER_DELETED',
      payload: { id: first.id, version: 2 },
      at: at(11),
    };
    for (const [name, key, data] of shapes) {
      if (name === 'session' || name === 'detail') continue;
      const next = fold(data, [gone], key);
      assert.ok(!JSON.stringify(next).includes(first.id), name);
    }
    const [, key, batch] = shapes[4]! as [string, readonly unknown[], { data: unknown[] }];
    assert.deepEqual(fold(batch, [gone], key).data, [null, null, second, third]);
    const list = fold({ data: users, meta: meta(3) }, [gone], userKeys.list());
    assert.equal(list.meta.total, 2);
    const elsewhere = fold(list, [{ type: 'REMOVED', payload: { id: 'nobody' } }], userKeys.list());
    assert.equal(elsewhere, list, 'a pending deletion counts only who is held');
  });

  it('does not let an older version or a tombstone of a former life undo a newer one', () => {
    const data = { data: [{ ...first, version: 5 }], meta: meta(1) };
    assert.equal(fold(data, [updated(first, { name: 'Old' })], userKeys.list()), data);
    const gone: Change = {
      type: 'USER_DELETED',
      payload: { id: first.id, version: 4 },
      at: at(10),
    };
    assert.equal(fold(data, [gone], userKeys.list()), data);
    const isOpen = (user: User) => foldAll([user], [gone], [userKeys.detail(first.id)]).unsure[0];
    assert.deepEqual([isOpen(first), isOpen({ ...first, version: 5 })], [true, false]);
  });

  it('lets leave who no longer belongs to a filtered list', () => {
    const data = { data: users, meta: meta(3) };
    const next = fold(data, [updated(first, { role: 'admin' })], userKeys.list({ role: 'user' }));
    assert.deepEqual([ids(next).length, next.meta.total], [2, 2]);
  });

  it('moves notifications between filters, and the counts with them', () => {
    const [one, two] = [notification(1), notification(2)];
    const pages = { pages: [{ data: [two, one], meta: meta(2) }], pageParams: [null] };
    const archive: Change = {
      type: 'PATCHED',
      payload: { id: one.id, archivedAt: 'now' } as { id: string },
      was: one,
    };
    const all = fold(pages, [archive], notificationKeys.infinite({ filter: 'all' }));
    assert.deepEqual([ids(all.pages[0]!), all.pages[0]!.meta.total], [[two.id], 1]);
    const counts = { total: 2, unread: 2, snoozed: 0, archived: 0 };
    assert.deepEqual(fold(counts, [archive], notificationKeys.counts), {
      total: 1,
      unread: 1,
      snoozed: 0,
      archived: 1,
    });
    const read: Change = { type: 'ALL_READ', payload: { readAt: 'now' } };
    assert.deepEqual(fold(counts, [read], notificationKeys.counts), {
      total: 2,
      unread: 0,
      snoozed: 0,
      archived: 0,
    });
    const unread = fold(pages, [read], notificationKeys.infinite({ filter: 'unread' }));
    assert.deepEqual([unread.pages[0]!.data.length, unread.pages[0]!.meta.total], [0, 0]);
    const shown = fold(pages, [read], notificationKeys.infinite());
    assert.deepEqual(
      shown.pages[0]!.data.map(({ readAt }) => readAt),
      ['now', 'now'],
    );
  });
});
