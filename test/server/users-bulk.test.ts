import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseCursor, type BulkOutcome, type User } from '../../src/contract/index.js';
import { failsWith, useWorld, type World } from './world.js';

const nobody = '00000000-0000-4000-8000-000000000000';

/** People without a part of their own in the tests, newest first. */
async function others(world: World, count: number): Promise<User[]> {
  const { data } = await world.admin.api.users.list({ role: 'user', limit: 100 });
  return data.filter(({ email }) => !email.endsWith('@inlay.test')).slice(0, count);
}

const codes = (results: BulkOutcome[]) => results.map(({ ok, code }) => (ok ? 'ok' : code));

describe('one action on many people', () => {
  const world = useWorld();
  const bulk = (...[input, options]: Parameters<typeof world.admin.api.users.bulk>) =>
    world.admin.api.users.bulk(input, options);

  it('tells what became of each, and lets no failure stop the others', async () => {
    const [one, two, three] = await others(world, 3);
    const me = world.admin.user.id;
    const ids = [one!.id, nobody, two!.id, me, three!.id, one!.id];
    const { results, nextCursor } = await bulk({ action: 'delete', ids });
    assert.deepEqual(codes(results), ['ok', 'NOT_FOUND', 'ok', 'FORBIDDEN', 'ok']);
    assert.deepEqual(
      results.map(({ id }) => id),
      [one!.id, nobody, two!.id, me, three!.id],
    );
    assert.match(results[1]!.detail!, /There is no person/);
    assert.equal(nextCursor, null);
    const { data } = await world.admin.api.users.batch({ ids });
    assert.deepEqual(
      data.map((user) => user?.id ?? null),
      [null, null, null, me, null, null],
    );
  });

  it('changes roles and statuses, and nothing where nothing differs', async () => {
    const people = await others(world, 3);
    const ids = people.map(({ id }) => id);
    await bulk({ action: 'role', value: 'moderator', ids: ids.slice(0, 1) });
    const before = world.events('users').length;
    const { results } = await bulk({ action: 'role', value: 'moderator', ids });
    assert.deepEqual(codes(results), ['ok', 'ok', 'ok']);
    assert.equal(world.events('users').length, before + 2);
    await bulk({ action: 'status', value: 'suspended', ids });
    const { data } = await world.admin.api.users.batch({ ids });
    assert.deepEqual(
      (data as User[]).map(({ role, status, version }) => [role, status, version]),
      people.map(({ version }) => ['moderator', 'suspended', version + 2]),
    );
  });

  it('keeps the last active admin, whoever the others are', async () => {
    const { data } = await world.admin.api.users.list({ role: 'admin', limit: 100 });
    const me = world.admin.user.id;
    const ids = [...data.map(({ id }) => id).filter((id) => id !== me), me];
    const { results } = await bulk({ action: 'role', value: 'user', ids });
    assert.deepEqual(codes(results), [...ids.slice(1).map(() => 'ok'), 'CONFLICT']);
    const left = await world.admin.api.users.list({ role: 'admin' });
    assert.deepEqual(
      left.data.map(({ id }) => id),
      [me],
    );
  });

  it('restores who was deleted, with team and projects, and says of whom it cannot', async () => {
    const { data: projects } = await world.admin.api.projects.list({ limit: 100 });
    const project = projects.find(({ members }) => members.length > 4)!;
    const members = project.members.map(({ id }) => id).filter((id) => id !== world.admin.user.id);
    const before = (await world.admin.api.users.batch({ ids: members })).data as User[];
    await bulk({ action: 'delete', ids: members });
    const email = before[0]!.email;
    const heir = await world.admin.api.users.create({ name: 'Heir', email });
    const { results } = await bulk({ action: 'restore', ids: [...members, nobody] });
    assert.deepEqual(
      Object.fromEntries(results.map(({ id, code }) => [id, code])),
      Object.fromEntries([
        ...members.map((id, index) => [id, index === 0 ? 'CONFLICT' : undefined]),
        [nobody, 'NOT_FOUND'],
      ]),
    );
    await world.admin.api.users.delete({ id: heir.id });
    await bulk({ action: 'restore', ids: members.slice(0, 1) });
    const after = await world.admin.api.projects.get({ id: project.id });
    assert.equal(after.ownerId, project.ownerId);
    assert.deepEqual(
      after.members.map(({ id }) => id).toSorted(),
      project.members.map(({ id }) => id).toSorted(),
    );
    const { data } = await world.admin.api.users.batch({ ids: members });
    assert.deepEqual(
      (data as User[]).map(({ teamId, version }) => [teamId, version]),
      before.map(({ teamId, version }) => [teamId, version + 2]),
    );
  });

  it('tells each team and project once, and where the events stand', async () => {
    const ids = (await others(world, 100)).map(({ id }) => id);
    const { offset } = world.events('projects').at(-1) as unknown as { offset: number };
    let cursor = '';
    await bulk({ action: 'role', value: 'moderator', ids }, { onCursor: (at) => (cursor = at) });
    const told = world
      .events('projects')
      .filter((event) => (event as unknown as { offset: number }).offset > offset)
      .map(({ id }) => id);
    assert.equal(new Set(told).size, told.length);
    const places = cursor.split(',').map((text) => parseCursor(text)!);
    assert.deepEqual(places.map(({ channel }) => channel).toSorted(), ['projects', 'users']);
    const last = world.events('users').at(-1) as unknown as { offset: number };
    assert.equal(places.find(({ channel }) => channel === 'users')!.offset, last.offset);
  });

  it('answers a repeated Idempotency-Key once more, even at the same time', async () => {
    const [someone] = await others(world, 1);
    const input = { action: 'delete' as const, ids: [someone!.id] };
    const idempotencyKey = crypto.randomUUID();
    const answers = await Promise.all([1, 2].map(() => bulk(input, { idempotencyKey })));
    assert.deepEqual(
      answers.map(({ results }) => codes(results)),
      [['ok'], ['ok']],
    );
  });

  it('refuses what cannot be meant, at its field', async () => {
    const ids = [nobody];
    const wrong = [
      ['ids', { action: 'delete' }],
      ['ids', { action: 'delete', ids, filter: {} }],
      ['ids', { action: 'delete', ids: [] }],
      ['ids', { action: 'delete', ids: Array(501).fill(nobody) }],
      ['value', { action: 'role', ids }],
      ['value', { action: 'role', value: 'active', ids }],
      ['value', { action: 'status', value: 'admin', ids }],
      ['value', { action: 'delete', value: 'user', ids }],
      ['cursor', { action: 'delete', ids, cursor: 'x' }],
      ['cursor', { action: 'delete', filter: {}, cursor: 'x' }],
      ['filter', { action: 'restore', filter: {} }],
      ['action', { action: 'promote', ids }],
    ] as const;
    for (const [field, input] of wrong) {
      await assert.rejects(bulk(input as never), failsWith('BAD_REQUEST', { field }));
    }
    assert.deepEqual(world.logged, []);
  });
});

describe('one action on all that match', () => {
  const world = useWorld({ users: 1600 });

  it('handles 500 at a time, newest first, and goes on after the last', async () => {
    const filter = { role: 'user', status: 'active' } as const;
    const { meta } = await world.admin.api.users.list({ ...filter, limit: 1 });
    const seen: string[] = [];
    const sizes: number[] = [];
    let cursor: string | undefined;
    do {
      // What is done takes people out of the filter, and newcomers come before the cursor.
      await world.admin.api.users.create({ name: 'New', email: `${crypto.randomUUID()}@new.test` });
      const answer = await world.admin.api.users.bulk({
        action: 'status',
        value: 'suspended',
        filter,
        ...(cursor && { cursor }),
      });
      sizes.push(answer.results.length);
      seen.push(...answer.results.map(({ id }) => id));
      cursor = answer.nextCursor ?? undefined;
    } while (cursor);
    assert.deepEqual(sizes, [500, 500, meta.total + 1 - 1000]);
    assert.equal(new Set(seen).size, seen.length);
    const left = await world.admin.api.users.list(filter);
    assert.equal(left.meta.total, 2, 'those who came in between');
  });

  it('searches as the list does', async () => {
    const { data } = await world.admin.api.users.list({ search: 'müller', limit: 100 });
    const { results } = await world.admin.api.users.bulk({
      action: 'delete',
      filter: { search: 'MÜLLER' },
    });
    assert.deepEqual(
      results.map(({ id }) => id),
      data.map(({ id }) => id),
    );
  });
});

describe('many deleted people', () => {
  const world = useWorld({ users: 2000 });

  it('are forgotten after 30 seconds, each for good', async () => {
    const { users } = world.admin.api;
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const given: { cursor?: string } = cursor ? { cursor } : {};
      const done = await users.bulk({ action: 'delete', filter: { role: 'user' }, ...given });
      ids.push(...done.results.filter(({ ok }) => ok).map(({ id }) => id));
      cursor = done.nextCursor;
    } while (cursor);
    assert.ok(ids.length > 1500, 'more than are let go at once');
    world.time += 30_000;
    const [id, other] = ids.slice(-2) as [string, string];
    await assert.rejects(users.restore({ id }), failsWith('NOT_FOUND'));
    await users.create({ id: other, name: 'Another', email: 'another@new.test' });
    await users.delete({ id: other });
    assert.equal(await world.server.store.count('deletedUsers'), 1);
  });
});
