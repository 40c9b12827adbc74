import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { describe, it } from 'node:test';
import { parseCursor, type User } from '../../src/contract/index.js';
import { failsWith, useWorld } from './world.js';

const newId = () => crypto.randomUUID();

describe('creating people', () => {
  const world = useWorld();
  const create = (fields: object) =>
    world.admin.api.users.create({ name: 'Nia New', email: `${newId()}@new.test`, ...fields });

  it('fills in what is left out, and answers 201 with the position of its event', async () => {
    const body = JSON.stringify({ name: '  Nia New ', email: 'nia@new.test' });
    const answer = await world.send('POST', '/api/users', { as: world.admin, body });
    assert.equal(answer.status, 201);
    const { name, role, status, version, teamId } = answer.body;
    assert.deepEqual(
      { name, role, status, version, teamId },
      { name: 'Nia New', role: 'user', status: 'active', version: 1, teamId: null },
    );
    const cursors = answer.headers
      .get('x-inlay-cursor')!
      .split(',')
      .map((text) => parseCursor(text)!);
    const users = cursors.find(({ channel }) => channel === 'users')!;
    const event = world
      .events('users')
      .find((item) => item.id === answer.body['id']) as unknown as { offset: number };
    assert.equal(users.offset, event.offset);
  });

  it('refuses a taken e-mail, without regard to case', async () => {
    await assert.rejects(
      create({ email: 'Admin@INLAY.test' }),
      failsWith('CONFLICT', { field: 'email' }),
    );
  });

  it('refuses wrong fields by name', async () => {
    const wrong = {
      name: ['', ' ', 'x'.repeat(101), 7, null],
      email: ['x', '', `${'x'.repeat(250)}@a.test`],
      role: ['boss'],
      status: ['gone'],
      teamId: ['x', newId()],
      id: ['7'],
    };
    for (const [field, values] of Object.entries(wrong)) {
      for (const value of values) {
        const body = JSON.stringify({ name: 'A', email: 'a@b.test', [field]: value });
        const answer = await world.send('POST', '/api/users', { as: world.admin, body });
        assert.equal(answer.status, 400, body);
        assert.deepEqual(Object.keys(answer.body['fieldErrors'] as object), [field], body);
      }
    }
  });

  it("takes the client's id once: the same again is the same person, another is a conflict", async () => {
    const fields = { id: newId(), email: `${newId()}@new.test` };
    const first = await create(fields);
    assert.deepEqual(await create(fields), first);
    await assert.rejects(
      create({ ...fields, name: 'Other' }),
      failsWith('CONFLICT', { field: 'id' }),
    );
  });

  it('answers a repeated Idempotency-Key once more, and refuses it for another request', async () => {
    const input = { name: 'Ida', email: 'ida@new.test' };
    const idempotencyKey = newId();
    const [first, second] = await Promise.all(
      [1, 2].map(() => world.admin.api.users.create(input, { idempotencyKey })),
    );
    assert.deepEqual(second, first);
    assert.equal(world.events('users').filter(({ id }) => id === first?.id).length, 1);
    const other = world.admin.api.users.create({ ...input, name: 'Ivo' }, { idempotencyKey });
    await assert.rejects(other, failsWith('CONFLICT'));
    await world.admin.api.users.delete({ id: first!.id }, { idempotencyKey: newId() });
  });

  it('does not remember a refused request under its Idempotency-Key', async () => {
    const idempotencyKey = newId();
    const input = { name: 'Late', email: world.user.user.email };
    await assert.rejects(
      world.admin.api.users.create(input, { idempotencyKey }),
      failsWith('CONFLICT'),
    );
    await world.user.api.users.update({ id: world.user.user.id, email: 'moved@inlay.test' });
    assert.equal((await world.admin.api.users.create(input, { idempotencyKey })).name, 'Late');
  });
});

describe('changing people', () => {
  const world = useWorld();

  it('counts on the rights there are when the write has its turn, not when the request began', async () => {
    const { user, token, api } = world.moderator;
    await world.admin.api.users.update({ id: user.id, role: 'admin' });
    assert.equal((await api.users.me()).role, 'admin');
    const body = JSON.stringify({ role: 'admin', name: 'Back Again' });
    const slow = request(`${world.url}/api/users/${user.id}`, {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'content-length': body.length,
        expect: '100-continue',
      },
    });
    slow.flushHeaders();
    await once(slow, 'continue');
    await world.admin.api.users.update({ id: user.id, role: 'moderator' });
    const answer = once(slow, 'response') as Promise<[IncomingMessage]>;
    slow.end(body);
    assert.equal((await answer)[0].statusCode, 403);
    const { role, name } = await api.users.me();
    assert.deepEqual([role, name], ['moderator', user.name]);
  });

  it('lets people change themselves, but not others', async () => {
    const { id } = world.user.user;
    const { name, version } = await world.user.api.users.update({ id, name: 'Uma Changed' });
    assert.deepEqual({ name, version }, { name: 'Uma Changed', version: 2 });
    const other = { id: world.admin.user.id, name: 'x' };
    await assert.rejects(world.user.api.users.update(other), failsWith('FORBIDDEN'));
    await assert.rejects(world.moderator.api.users.update(other), failsWith('FORBIDDEN'));
  });

  it('lets only an admin change role, status or team', async () => {
    const { id, teamId } = await world.user.api.users.me();
    const team = (await world.admin.api.users.list({ limit: 100 })).data.find(
      (user) => user.teamId && user.teamId !== teamId,
    )!.teamId;
    for (const change of [{ role: 'admin' }, { status: 'suspended' }, { teamId: team }] as const) {
      await assert.rejects(world.user.api.users.update({ id, ...change }), failsWith('FORBIDDEN'));
    }
    assert.equal((await world.admin.api.users.update({ id, teamId: team })).teamId, team);
    const me = await world.user.api.users.me();
    const { name, email, role, status } = me;
    const replaced = await world.user.api.users.replace({
      id,
      name: `${name}!`,
      email,
      role,
      status,
      teamId: me.teamId,
    });
    assert.equal(replaced.name, `${name}!`);
    await assert.rejects(
      world.user.api.users.replace({ id, name, email, role: 'admin', status, teamId: me.teamId }),
      failsWith('FORBIDDEN'),
    );
  });

  it("refuses a taken e-mail and keeps one's own", async () => {
    const { id, email } = await world.user.api.users.me();
    await assert.rejects(
      world.user.api.users.update({ id, email: 'ADMIN@inlay.test' }),
      failsWith('CONFLICT', { field: 'email' }),
    );
    assert.equal(
      (await world.user.api.users.update({ id, email: email.toUpperCase() })).email,
      email.toUpperCase(),
    );
  });

  it('refuses a stale If-Match with the entity as it is now', async () => {
    const { id, version } = await world.someone();
    const { api } = world.admin;
    await api.users.update({ id, name: 'First' }, { ifMatch: version });
    const late = await world.send('PATCH', `/api/users/${id}`, {
      as: world.admin,
      body: '{"name":"Second"}',
      headers: { 'if-match': `"${version}"` },
    });
    assert.equal(late.status, 412);
    const current = late.body['current'] as User;
    assert.deepEqual([current.name, current.version], ['First', version + 1]);
    for (const ifMatch of ['"x"', 'W/"1"', '""']) {
      const answer = await world.send('PATCH', `/api/users/${id}`, {
        as: world.admin,
        body: '{"name":"x"}',
        headers: { 'if-match': ifMatch },
      });
      assert.equal(answer.status, 400, ifMatch);
    }
  });

  it('holds replacing and deleting to the version seen, too', async () => {
    const { id, name, email, role, status, teamId, version } = await world.someone();
    const { api } = world.admin;
    const whole = { id, email, role, status, teamId };
    const replaced = await api.users.replace({ ...whole, name: 'Whole' }, { ifMatch: version });
    for (const late of [
      api.users.replace({ ...whole, name }, { ifMatch: version }),
      api.users.delete({ id }, { ifMatch: version }),
    ]) {
      const error = await late.then(
        () => assert.fail('was not refused'),
        (reason: unknown) => reason,
      );
      const { code, current } = error as { code: string; current: User };
      assert.deepEqual([code, current], ['PRECONDITION_FAILED', replaced]);
    }
    const taken = { ...whole, name, email: 'ADMIN@inlay.test' };
    await assert.rejects(api.users.replace(taken), failsWith('CONFLICT', { field: 'email' }));
    await api.users.delete({ id }, { ifMatch: replaced.version });
  });

  it('lets exactly one of many win who saw the same version', async () => {
    const { id, version } = await world.someone();
    const attempts = Array.from({ length: 10 }, (_, index) =>
      world.admin.api.users.update({ id, name: `Racer ${index}` }, { ifMatch: version }),
    );
    const results = await Promise.allSettled(attempts);
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
    assert.equal((await world.admin.api.users.get({ id })).version, version + 1);
  });

  it('writes nothing when nothing differs', async () => {
    const { id, name, version } = await world.someone();
    const before = world.events('users').length;
    assert.equal((await world.admin.api.users.update({ id, name })).version, version);
    assert.equal(world.events('users').length, before);
  });

  it('keeps the last active admin', async () => {
    const { id } = world.admin.user;
    const { data } = await world.admin.api.users.list({ role: 'admin', limit: 100 });
    for (const other of data.filter((user) => user.id !== id))
      await world.admin.api.users.update({ id: other.id, role: 'user' });
    await assert.rejects(
      world.admin.api.users.update({ id, role: 'user' }),
      failsWith('CONFLICT', { field: 'role' }),
    );
    await assert.rejects(
      world.admin.api.users.update({ id, status: 'suspended' }),
      failsWith('CONFLICT', { field: 'status' }),
    );
    await assert.rejects(world.admin.api.users.delete({ id }), failsWith('FORBIDDEN'));
  });

  it('tells who did it', async () => {
    const { id } = await world.someone();
    await world.send('PATCH', `/api/users/${id}`, {
      as: world.admin,
      body: '{"name":"Origin"}',
      headers: { 'x-inlay-client': 'tab-7' },
    });
    const last = world.events(`user:${id}`).at(-1);
    assert.deepEqual([last?.type, last?.origin], ['USER_UPDATED', 'tab-7']);
  });
});

describe('the last admin', () => {
  const world = useWorld();

  it('stays, even when two admins are rid of each other at the same time', async () => {
    const { data } = await world.admin.api.users.list({ role: 'admin', limit: 100 });
    const [other, ...more] = data.filter(({ id }) => id !== world.admin.user.id);
    await world.admin.api.users.bulk({
      action: 'role',
      value: 'user',
      ids: more.map(({ id }) => id),
    });
    const ids = { one: world.admin.user.id, other: other!.id };
    const { api } = await world.person(other!.email);
    // Neither writes before both have been let in.
    const { store } = world.server;
    const { transaction } = store;
    let waiting = 2;
    let go = () => {};
    const both = new Promise<void>((resolve) => (go = resolve));
    store.transaction = async (work) => {
      waiting -= 1;
      if (waiting === 0) go();
      await both;
      return transaction(work);
    };
    await Promise.allSettled([
      api.users.delete({ id: ids.one }),
      world.admin.api.users.delete({ id: ids.other }),
    ]);
    const left = await world.moderator.api.users.list({ role: 'admin', status: 'active' });
    assert.equal(left.meta.total, 1);
  });
});

describe('what a change of a person reaches', () => {
  const world = useWorld();

  async function member(): Promise<User> {
    const { data } = await world.admin.api.users.list({
      limit: 100,
      role: 'user',
      status: 'active',
    });
    for (const user of data) {
      if (!user.teamId || user.email.endsWith('inlay.test')) continue;
      if ((await world.admin.api.users.projects({ id: user.id })).data.length > 1) return user;
    }
    throw new Error('nobody is in a team and in projects');
  }

  it('carries a new name into team and projects, with a new version of each', async () => {
    const { id, teamId } = await member();
    const team = await world.admin.api.teams.get({ id: teamId! });
    const { data: projects } = await world.admin.api.users.projects({ id });
    await world.admin.api.users.update({ id, name: 'Carried Over' });
    const after = await world.admin.api.teams.get({ id: teamId! });
    assert.equal(after.version, team.version + 1);
    assert.equal(after.members.find((user) => user.id === id)?.name, 'Carried Over');
    const told = world
      .events('projects')
      .filter(({ type }) => type === 'PROJECT_UPDATED')
      .map((event) => event.id);
    assert.deepEqual(told.toSorted(), projects.map((project) => project.id).toSorted());
    assert.equal(world.events(`team:${teamId}`).at(-1)?.type, 'TEAM_UPDATED');
    const [project] = (await world.admin.api.users.projects({ id })).data;
    assert.equal(project?.version, projects.find((was) => was.id === project?.id)!.version + 1);
  });

  it('leaves them alone when what they show did not change', async () => {
    const { id, teamId } = await member();
    const before = [world.events('projects').length, world.events(`team:${teamId}`).length];
    await world.admin.api.users.update({ id, email: `${newId()}@quiet.test` });
    assert.deepEqual(
      [world.events('projects').length, world.events(`team:${teamId}`).length],
      before,
    );
  });

  it('tells both teams of a move', async () => {
    const { id, teamId } = await member();
    const other = (await world.admin.api.users.list({ limit: 100 })).data.find(
      (user) => user.teamId && user.teamId !== teamId,
    )!.teamId!;
    await world.admin.api.users.update({ id, teamId: other });
    for (const [team, isIn] of [
      [teamId!, false],
      [other, true],
    ] as const) {
      const { members } = await world.admin.api.teams.get({ id: team });
      assert.equal(
        members.some((user) => user.id === id),
        isIn,
      );
      assert.equal(world.events(`team:${team}`).at(-1)?.type, 'TEAM_UPDATED');
    }
  });

  it('takes the deleted out of team and projects, and restores them within 30 seconds', async () => {
    const user = await member();
    const { id, teamId } = user;
    const { data: projects } = await world.admin.api.users.projects({ id });
    const owned = projects.filter(({ ownerId }) => ownerId === id).map((project) => project.id);
    await world.admin.api.users.delete({ id });
    await assert.rejects(world.admin.api.users.get({ id }), failsWith('NOT_FOUND'));
    assert.deepEqual(world.events('users').at(-1)?.payload, { id, version: user.version + 1 });
    for (const project of projects) {
      const { members, ownerId } = await world.admin.api.projects.get({ id: project.id });
      assert.ok(members.every((each) => each.id !== id) && ownerId !== id);
    }
    assert.ok(
      (await world.admin.api.teams.get({ id: teamId! })).members.every((each) => each.id !== id),
    );

    world.time += 29_000;
    const restored = await world.admin.api.users.restore({ id });
    assert.deepEqual(
      { ...restored, version: 0, updatedAt: '' },
      { ...user, version: 0, updatedAt: '' },
    );
    assert.ok(restored.version > user.version + 1);
    const after = (await world.admin.api.users.projects({ id })).data;
    assert.equal(after.length, projects.length);
    assert.deepEqual(
      after
        .filter(({ ownerId }) => ownerId === id)
        .map((project) => project.id)
        .toSorted(),
      owned.toSorted(),
    );
    await assert.rejects(world.admin.api.users.restore({ id }), failsWith('NOT_FOUND'));
  });

  it('forgets the deleted after 30 seconds', async () => {
    const { id } = await world.someone();
    await world.admin.api.users.delete({ id });
    world.time += 30_000;
    await assert.rejects(world.admin.api.users.restore({ id }), failsWith('NOT_FOUND'));
  });

  it('keeps the id of the deleted for them as long as they may be restored', async () => {
    const { api } = world.admin;
    const fields = { id: newId(), name: 'Dora', email: 'dora@new.test' };
    await api.users.create(fields);
    await api.users.delete({ id: fields.id });
    await assert.rejects(api.users.create(fields), failsWith('CONFLICT', { field: 'id' }));
    world.time += 30_000;
    await api.users.create(fields);
    await api.users.delete({ id: fields.id });
  });

  it('does not restore over somebody who has the e-mail by now', async () => {
    const { id, email } = await world.someone();
    await world.admin.api.users.delete({ id });
    await world.admin.api.users.create({ name: 'Heir', email });
    await assert.rejects(
      world.admin.api.users.restore({ id }),
      failsWith('CONFLICT', { field: 'email' }),
    );
  });
});
