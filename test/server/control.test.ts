import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRandom } from '../../mock-server/domain/random.js';
import { failsWith, useWorld, World } from './world.js';

describe('faults', () => {
  const waits: number[] = [];
  const world = useWorld({
    random: createRandom(7),
    delay: async (ms) => {
      waits.push(ms);
    },
  });
  const control = () => world.apiFor(null).control;
  const health = () => world.send('GET', '/healthz');
  const me = () => world.send('GET', '/api/users/me', { as: world.user });

  it('delays every answer but those of control and health', async () => {
    await control().setFaults({ latency: 1500 });
    await me();
    await health();
    assert.deepEqual(waits, [1500]);
    assert.deepEqual(await control().setFaults({ latency: 0 }), {
      latency: 0,
      errorRate: 0,
      offline: false,
    });
  });

  it('fails the share asked for with 503, to be tried again', async () => {
    await control().setFaults({ errorRate: 0.5 });
    const answers = [];
    for (let count = 0; count < 40; count += 1) answers.push(await me());
    const failed = answers.filter(({ status }) => status === 503);
    assert.ok(failed.length > 10 && failed.length < 30, `${failed.length} of 40`);
    assert.deepEqual(
      [failed[0]!.body['code'], failed[0]!.headers.get('retry-after')],
      ['UNAVAILABLE', '1'],
    );
    await control().setFaults({ errorRate: 1 });
    assert.equal((await health()).status, 200);
    await control().setFaults({ errorRate: 0 });
    assert.equal((await me()).status, 200);
  });

  it('hangs up on everybody while offline', async () => {
    await control().setFaults({ offline: true });
    await assert.rejects(me(), TypeError);
    assert.equal((await health()).status, 200);
    await control().setFaults({ offline: false });
    assert.equal((await me()).status, 200);
  });

  it('refuses settings out of bounds', async () => {
    await assert.rejects(
      control().setFaults({ errorRate: 2 }),
      failsWith('BAD_REQUEST', { field: 'errorRate' }),
    );
    await assert.rejects(
      control().setFaults({ latency: -1 }),
      failsWith('BAD_REQUEST', { field: 'latency' }),
    );
  });

  it('cuts live connections', async () => {
    const stream = await fetch(`${world.url}/api/notifications/stream`, {
      headers: { authorization: `Bearer ${world.user.token}` },
    });
    assert.deepEqual(await control().dropSockets(), { dropped: 1 });
    await assert.rejects(stream.text());
  });
});

describe('activity', () => {
  const world = useWorld({ random: createRandom(3) });
  const control = () => world.apiFor(null).control;

  it('creates, changes and deletes people, all told when it answers', async () => {
    const done = await control().activity({ create: 30, change: 20, delete: 10 });
    assert.deepEqual(done, { created: 30, changed: 20, deleted: 10 });
    assert.equal((await world.admin.api.users.list()).meta.total, 270);
    const types = world.events('users').map(({ type }) => type);
    const count = (type: string) => types.filter((each) => each === type).length;
    assert.deepEqual(
      [count('USER_CREATED'), count('USER_UPDATED'), count('USER_DELETED')],
      [30, 20, 10],
    );
    const { data } = await world.admin.api.users.list({ search: '@inlay.test' });
    assert.equal(data.length, 3);
  });

  it('goes on when hardly anybody is left', async () => {
    const world = new World();
    await world.open({ users: 5 });
    assert.deepEqual(await world.server.act({ delete: 9 }), { created: 0, changed: 0, deleted: 2 });
    assert.deepEqual(await world.server.act({ change: 4 }), { created: 0, changed: 0, deleted: 0 });
    await world.server.stop();
  });

  it('notifies a person, or everybody of a role', async () => {
    const { id } = world.user.user;
    assert.deepEqual(
      await control().notify({ userId: id, count: 3, type: 'warning', title: 'Look' }),
      { sent: 3 },
    );
    const { data } = await world.user.api.notifications.list({ limit: 3 });
    assert.ok(data.every(({ type, title }) => type === 'warning' && title === 'Look'));
    const types = world.events(`notifications:${id}`).map(({ type }) => type);
    assert.deepEqual(types, [
      'NOTIFICATION_CREATED',
      'NOTIFICATION_CREATED',
      'NOTIFICATION_CREATED',
      'NOTIFICATION_COUNTED',
    ]);
    const { meta } = await world.admin.api.users.list({ role: 'moderator' });
    assert.deepEqual(await control().notify({ role: 'moderator' }), { sent: meta.total });
    await assert.rejects(control().notify({ count: 1 }), failsWith('BAD_REQUEST'));
    await assert.rejects(control().notify({ userId: crypto.randomUUID() }), failsWith('NOT_FOUND'));
  });
});

describe('reset', () => {
  const world = useWorld();

  it('brings back the seed in a new epoch, and leaves people signed in', async () => {
    const { api, user } = world.admin;
    const before = (await api.users.list({ limit: 100 })).data;
    const epoch = world.server.bus.head('users').epoch;
    await api.users.update({ id: user.id, name: 'Changed' });
    await world.apiFor(null).control.reset();
    assert.deepEqual((await api.users.list({ limit: 100 })).data, before);
    const head = world.server.bus.head('users');
    assert.equal(head.offset, 0);
    assert.notEqual(head.epoch, epoch);
  });

  it('ends live connections of those whose rights it takes back', async () => {
    const { server, admin, user } = world;
    await admin.api.users.update({ id: user.user.id, role: 'admin' });
    const closed: string[] = [];
    for (const { token, user: whose } of [user, admin]) {
      const session = server.hub.connect({
        send: () => undefined,
        close: (code) => closed.push(`${whose.email} ${code}`),
        buffered: 0,
      });
      const { viewer, sessionId, expiresAt } = (await server.tokens.identify(token))!;
      session.open({ viewer, sessionId, expiresAt });
    }
    await world.apiFor(null).control.reset();
    assert.deepEqual(closed, ['user@inlay.test 4101']);
  });

  it('forgets the answers kept for idempotency keys', async () => {
    const { api } = world.admin;
    const create = () =>
      api.users.create({ name: 'Nia', email: 'nia@new.test' }, { idempotencyKey: 'one' });
    const first = await create();
    assert.deepEqual(await create(), first);
    await world.apiFor(null).control.reset();
    const second = await create();
    assert.equal((await api.users.get({ id: second.id })).id, second.id);
  });

  it('takes another seed and number of people; those who are gone are signed out', async () => {
    await world.apiFor(null).control.reset({ seed: 2, users: 12 });
    await assert.rejects(world.admin.api.users.me(), failsWith('UNAUTHORIZED'));
    const { meta } = await (await world.person('admin@inlay.test')).api.users.list();
    assert.equal(meta.total, 12);
  });
});
