import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { User } from '../../src/contract/index.js';
import { failsWith, useWorld } from './world.js';

describe('the list of people', () => {
  const world = useWorld();

  it('has 250 people, 20 a page, newest first', async () => {
    const { data, meta } = await world.admin.api.users.list();
    assert.equal(data.length, 20);
    const { page, limit, total, totalPages, hasMore } = meta;
    assert.deepEqual(
      { page, limit, total, totalPages, hasMore },
      { page: 1, limit: 20, total: 250, totalPages: 13, hasMore: true },
    );
    assert.deepEqual(
      data.map((user) => user.createdAt),
      data
        .map((user) => user.createdAt)
        .toSorted()
        .toReversed(),
    );
  });

  it('goes by page to the end', async () => {
    const last = await world.admin.api.users.list({ page: 13 });
    assert.equal(last.data.length, 10);
    assert.equal(last.meta.hasMore, false);
    assert.equal(last.meta.nextCursor, null);
    assert.deepEqual((await world.admin.api.users.list({ page: 14 })).data, []);
  });

  it('goes by cursor in every order, each person once, with null last', async () => {
    for (const sort of [
      'name',
      '-name',
      'email',
      'role',
      '-role',
      'createdAt',
      'lastActiveAt',
      '-lastActiveAt',
    ] as const) {
      const seen: User[] = [];
      for (let cursor: string | undefined; ;) {
        const { data, meta } = await world.admin.api.users.list({
          sort,
          limit: 100,
          ...(cursor && { cursor }),
        });
        seen.push(...data);
        if (!meta.nextCursor) break;
        cursor = meta.nextCursor;
      }
      assert.equal(new Set(seen.map(({ id }) => id)).size, 250, sort);
      if (sort.endsWith('lastActiveAt')) {
        const firstNull = seen.findIndex(({ lastActiveAt }) => lastActiveAt === null);
        assert.ok(
          firstNull > 0 && seen.slice(firstNull).every(({ lastActiveAt }) => lastActiveAt === null),
          sort,
        );
      }
    }
  });

  it('filters by role and status, and searches name and e-mail without regard to case', async () => {
    const { api } = world.admin;
    const admins = await api.users.list({ role: 'admin', limit: 100 });
    assert.ok(admins.data.length > 1 && admins.data.every(({ role }) => role === 'admin'));
    const invited = await api.users.list({ role: 'user', status: 'invited', limit: 100 });
    assert.ok(
      invited.data.length > 1 &&
        invited.data.every(({ role, status }) => role === 'user' && status === 'invited'),
    );
    for (const search of ['aDMIN@inlay', 'ADA ADM', 'adm ADA', 'inlay adm ada']) {
      const { data, meta } = await api.users.list({ search });
      assert.deepEqual([data[0]?.email, meta.total], ['admin@inlay.test', 1]);
    }
    assert.equal((await api.users.list({ search: '%' })).meta.total, 0);
  });

  it('takes names of all scripts in a search', async () => {
    const { data } = await world.admin.api.users.list({ limit: 100 });
    const { name } = data.find((user) => /[^\x00-\u024f]/.test(user.name))!;
    assert.ok(
      (await world.admin.api.users.list({ search: name })).data.some((user) => user.name === name),
    );
  });

  it('refuses wrong queries field by field', async () => {
    const wrong = {
      limit: ['0', '101', '1.5', 'x', '', '1&limit=2'],
      page: ['0', '-1', 'x'],
      role: ['boss', ''],
      status: ['gone'],
      sort: ['password', 'name,email'],
      cursor: ['!', 'bm9uc2Vuc2U', btoa('["name","x","y"]'), btoa('["-createdAt","x"]')],
    };
    for (const [field, values] of Object.entries(wrong)) {
      for (const value of values) {
        const { status, body } = await world.send('GET', `/api/users?${field}=${value}`, {
          as: world.admin,
        });
        assert.equal(status, 400, `${field}=${value}`);
        assert.deepEqual(Object.keys(body['fieldErrors'] as object), [field], `${field}=${value}`);
      }
    }
  });

  it('refuses the cursor of another order, and a page with a cursor', async () => {
    const { meta } = await world.admin.api.users.list({ sort: 'name' });
    const cursor = meta.nextCursor!;
    await assert.rejects(
      world.admin.api.users.list({ sort: 'email', cursor }),
      failsWith('BAD_REQUEST', { field: 'cursor' }),
    );
    await assert.rejects(
      world.admin.api.users.list({ sort: 'name', cursor, page: 2 }),
      failsWith('BAD_REQUEST', { field: 'page' }),
    );
  });

  it('refuses a cursor that nobody was given', async () => {
    const id = crypto.randomUUID();
    const made = [
      ['-createdAt', 'yesterday', id],
      ['-createdAt', '2026-02-30T00:00:00Z', id],
      ['-createdAt', 5, id],
      ['-createdAt', '2026-01-01T00:00:00Z', 'nobody'],
      ['-createdAt', '2026-01-01T00:00:00Z'],
      'text',
      null,
    ];
    for (const keyset of made) {
      await assert.rejects(
        world.admin.api.users.list({ cursor: btoa(JSON.stringify(keyset)) }),
        failsWith('BAD_REQUEST', { field: 'cursor' }),
      );
    }
  });

  it('says which position of the stream it reflects, in header and meta', async () => {
    const { headers, body } = await world.send('GET', '/api/users?limit=1', { as: world.admin });
    assert.match(headers.get('x-inlay-cursor')!, /^users@\w+:\d+$/);
    assert.equal((body['meta'] as { cursor: string }).cursor, headers.get('x-inlay-cursor'));
  });
});

describe('single people', () => {
  const world = useWorld();

  it('shows all of oneself, and all of everybody to moderators', async () => {
    const { user, moderator, admin } = world;
    assert.deepEqual(await user.api.users.me(), user.user);
    assert.deepEqual(await user.api.users.get({ id: user.user.id }), user.user);
    assert.ok(User.safeParse(await moderator.api.users.get({ id: user.user.id })).success);
    assert.ok(User.safeParse(await admin.api.users.get({ id: user.user.id })).success);
  });

  it('shows others the public form only', async () => {
    const { id } = world.admin.user;
    const { body, headers } = await world.send('GET', `/api/users/${id}`, { as: world.user });
    assert.deepEqual(Object.keys(body).toSorted(), ['createdAt', 'id', 'image', 'name', 'version']);
    assert.equal(headers.get('etag'), `"${String(body['version'])}"`);
    assert.match(headers.get('x-inlay-cursor')!, new RegExp(`^user:${id}@`));
  });

  it('answers 404 for nobody and 400 for what is no id', async () => {
    const id = '00000000-0000-4000-8000-000000000000';
    await assert.rejects(world.user.api.users.get({ id }), failsWith('NOT_FOUND'));
    await assert.rejects(world.user.api.users.projects({ id }), failsWith('NOT_FOUND'));
    assert.equal((await world.send('GET', '/api/users/7', { as: world.user })).status, 400);
  });

  it('answers a batch in the order asked, null for who is missing, public where due', async () => {
    const nobody = '00000000-0000-4000-8000-000000000000';
    const ids = [world.user.user.id, nobody, world.admin.user.id, world.user.user.id];
    const { data } = await world.user.api.users.batch({ ids });
    assert.deepEqual(
      data.map((user) => user && ['email' in user, user.id]),
      [[true, ids[0]], null, [false, ids[2]], [true, ids[3]]],
    );
    await assert.rejects(
      world.user.api.users.batch({ ids: [] }),
      failsWith('BAD_REQUEST', { field: 'ids' }),
    );
    await assert.rejects(
      world.user.api.users.batch({ ids: Array<string>(101).fill(nobody) }),
      failsWith('BAD_REQUEST', { field: 'ids' }),
    );
  });

  it('ranks a search: start of the name, of a word, of the e-mail, anywhere', async () => {
    const { api } = world.admin;
    const make = (name: string, email: string) => api.users.create({ name, email });
    await make('Quill Before', 'xquux@rank.test');
    await make('Before Quux', 'a@rank.test');
    await make('Quux First', 'b@rank.test');
    await make('Nobody', 'quux@rank.test');
    await make('Inquuxer', 'c@rank.test');
    const { data } = await api.users.search({ q: 'QUUX' });
    assert.deepEqual(
      data.map(({ name }) => name),
      ['Quux First', 'Before Quux', 'Nobody', 'Inquuxer', 'Quill Before'],
    );
    assert.equal((await api.users.search({ q: 'quux', limit: 2 })).data.length, 2);
  });

  it('does not find people by an e-mail one may not see', async () => {
    assert.deepEqual((await world.user.api.users.search({ q: 'admin@inlay' })).data, []);
    assert.deepEqual((await world.user.api.users.search({ q: 'ada inlay' })).data, []);
    const [found] = (await world.user.api.users.search({ q: 'admin ada' })).data;
    assert.equal(found?.name, 'Ada Admin');
    assert.ok(found && !('email' in found));
  });

  it('wants two characters to search', async () => {
    await assert.rejects(
      world.user.api.users.search({ q: 'a' }),
      failsWith('BAD_REQUEST', { field: 'q' }),
    );
    await assert.rejects(
      world.user.api.users.search({ q: ' a ' }),
      failsWith('BAD_REQUEST', { field: 'q' }),
    );
  });

  it("lists a person's projects with their members", async () => {
    const { id } = world.user.user;
    const { data } = await world.admin.api.users.projects({ id });
    assert.ok(data.length > 0);
    assert.ok(data.every(({ members }) => members.some((member) => member.id === id)));
  });
});
