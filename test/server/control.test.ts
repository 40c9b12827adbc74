import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { createCore } from '../../mock-server/core/core.js';
import { createRandom } from '../../mock-server/domain/random.js';
import { createLive, sseTransport, webSocketTransport } from '../../src/live/index.js';
import { until } from '../live/until.js';
import { VirtualClock } from '../live/virtual-clock.js';
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
      blocked: [],
      liveLatency: 0,
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

describe('faults of the live stream', () => {
  const world = useWorld();
  const control = () => world.apiFor(null).control;
  const cleanups: (() => void)[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0)) cleanup();
    await control().setFaults({ blocked: [] });
  });

  /** A client of one channel, with what it has heard. */
  function listen(...ways: ('websocket' | 'sse')[]) {
    const baseUrl = `${world.url}/api`;
    const live = createLive({
      transports: ways.map((way) =>
        way === 'sse' ? sseTransport({ baseUrl }) : webSocketTransport({ baseUrl, WebSocket }),
      ),
      getToken: ({ refused }) => {
        if (refused) heard.push('token refused');
        return world.admin.token;
      },
    });
    const heard: string[] = [];
    cleanups.push(() => live.close());
    live.onState((state) => heard.push(state.status));
    live.follow('users', {
      onOpen: () => heard.push('open'),
      onEvents: (items) => heard.push(...items.map(({ type }) => type)),
      onReset: () => {
        heard.push('reset');
        return Promise.resolve(undefined);
      },
    });
    return { live, heard, opened: () => until(() => heard.includes('open')) };
  }

  it('refuse a way that is blocked, and cut who came by it', async () => {
    const { heard, opened } = listen('websocket');
    await opened();
    heard.length = 0;
    await control().setFaults({ blocked: ['websocket'] });
    await until(() => heard.filter((each) => each === 'reconnecting').length > 1);
    assert.ok(!heard.includes('live'));
    const byEvents = listen('sse');
    await byEvents.opened();
    const status = async (query: string) => {
      const { status } = await world.send('GET', `/api/live/sse?ch=users${query}`, {
        as: world.user,
      });
      return status;
    };
    await control().setFaults({ blocked: ['sse', 'polling'] });
    assert.deepEqual([await status(''), await status('&wait=0')], [503, 503]);
    await control().setFaults({ blocked: ['sse'] });
    assert.deepEqual([await status(''), await status('&wait=0')], [503, 200]);
    await opened();
  });

  it('make every cursor stale, without a word to who is attached', async () => {
    const { heard, opened } = listen('websocket');
    await opened();
    await world.server.act({ create: 1 });
    await until(() => heard.includes('USER_CREATED'));
    await control().forgetHistory();
    await world.server.act({ create: 1 });
    await until(() => heard.filter((each) => each === 'USER_CREATED').length === 2);
    assert.ok(!heard.includes('reset'));

    await control().setFaults({ blocked: ['websocket'] });
    await world.server.act({ create: 1 });
    await control().forgetHistory();
    await control().setFaults({ blocked: [] });
    await until(() => heard.includes('reset'));
  });

  it('end all access tokens, on the stream as well', async () => {
    const { heard, opened } = listen('websocket');
    await opened();
    assert.deepEqual(await control().expireTokens(), { dropped: 1 });
    await assert.rejects(world.admin.api.users.me(), failsWith('UNAUTHORIZED'));
    await until(() => heard.includes('token refused'));
    world.admin = await world.person('admin@inlay.test');
    assert.equal((await world.admin.api.users.me()).id, world.admin.user.id);
    world.moderator = await world.person('moderator@inlay.test');
    world.user = await world.person('user@inlay.test');
  });
});

describe('a live stream that is late', () => {
  it('tells of everything in the end, in order', async () => {
    const clock = new VirtualClock();
    const { hub, tokens, faults, act, signIn } = createCore({ timers: clock });
    const heard: string[] = [];
    const session = hub.connect({
      send: ({ type, text }) => type === 'EVENTS' && heard.push(text),
      close: () => undefined,
      buffered: 0,
    });
    const { accessToken } = await signIn('admin@inlay.test');
    const { viewer, sessionId, expiresAt } = (await tokens.identify(accessToken))!;
    session.open({ viewer, sessionId, expiresAt });
    session.subscriptions.subscribe({ type: 'SUBSCRIBE', id: 1, channel: 'users' }, viewer);

    faults.set({ liveLatency: 5000 });
    await act({ create: 1 });
    await clock.advance(4999);
    assert.deepEqual(heard, []);
    faults.set({ liveLatency: 0 });
    await act({ delete: 1 });
    await clock.advance(1000);
    assert.match(heard.join(), /USER_CREATED[^]*USER_DELETED/);
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
