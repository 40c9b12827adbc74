import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BusEvent } from '../../mock-server/live/bus.js';
import { createHub, type HubOptions } from '../../mock-server/live/hub.js';
import { createMemoryBus } from '../../mock-server/live/memory-bus.js';
import type { Message } from '../../mock-server/live/message.js';
import type { Identity } from '../../mock-server/live/session.js';
import type { ClientFrame, Role, ServerFrame } from '../../src/contract/index.js';
import { settled, VirtualClock } from './virtual-clock.js';

const ids = {
  admin: '00000000-0000-4000-8000-000000000001',
  user: '00000000-0000-4000-8000-000000000002',
};

const event = (channel: string, id = 'x', more: Partial<BusEvent> = {}): BusEvent => ({
  channel,
  type: 'USER_UPDATED',
  id,
  payload: { id },
  ...more,
});

/** A hub whose tokens are `admin` and `user`, and connections without a wire. */
function createFixture(options: Partial<HubOptions> = {}) {
  const clock = new VirtualClock();
  const bus = createMemoryBus({ now: clock.now, newEpoch: () => 'e' });
  const logged: string[] = [];
  const identify = (token: string, expiresAt: string | null = null): Identity | null =>
    token === 'admin' || token === 'user'
      ? { viewer: { id: ids[token], role: token as Role }, sessionId: `${token}'s`, expiresAt }
      : null;
  const hub = createHub({
    bus,
    clock,
    random: () => 0.5,
    authenticate: (token) => Promise.resolve(identify(token)),
    log: (text) => logged.push(text),
    ...options,
  });

  function connect() {
    const messages: Message[] = [];
    const wire = { buffered: 0, closed: undefined as number | undefined };
    const session = hub.connect({
      send: (message) => messages.push(message),
      close: (code) => {
        wire.closed = code;
      },
      get buffered() {
        return wire.buffered;
      },
    });
    const say = (frame: ClientFrame) => session.receive(JSON.stringify(frame));
    const frames = () => messages.map(({ text }) => JSON.parse(text) as ServerFrame);
    const heard = <T extends ServerFrame['type']>(type: T) =>
      frames().filter((frame) => frame.type === type) as Extract<ServerFrame, { type: T }>[];
    const hello = async (token = 'admin') => {
      say({ type: 'HELLO', v: 'inlay.v1', token, client: 'test' });
      await settled();
    };
    const subscribe = (channel: string, since?: number, epoch = 'e') =>
      say({ type: 'SUBSCRIBE', id: 1, channel, ...(since === undefined ? {} : { epoch, since }) });
    return { session, messages, wire, say, frames, heard, hello, subscribe };
  }

  return { clock, bus, hub, logged, identify, connect };
}

describe('a connection', () => {
  it('is welcomed after HELLO, and may subscribe without waiting for that', async () => {
    const { connect, hub } = createFixture();
    const { say, hello, frames } = connect();
    const welcomed = hello();
    say({ type: 'SUBSCRIBE', id: 7, channel: 'users' });
    assert.deepEqual(frames(), []);
    await welcomed;
    const [welcome, subscribed] = frames();
    assert.equal(welcome!.type === 'WELCOME' && welcome.pingMs, 25_000);
    assert.deepEqual(subscribed, {
      type: 'SUBSCRIBED',
      id: 7,
      channel: 'users',
      epoch: 'e',
      head: 0,
      recovered: true,
    });
    assert.deepEqual([hub.counters.connections, hub.counters.opened], [1, 1]);
  });

  it('is closed when HELLO does not come within ten seconds', async () => {
    const { clock, connect } = createFixture();
    const { wire } = connect();
    await clock.advance(9_999);
    assert.equal(wire.closed, undefined);
    await clock.advance(1);
    assert.equal(wire.closed, 4201);
  });

  it('is closed with 4101 for a token that is not known, expired meanwhile, or missing', async () => {
    const { connect } = createFixture();
    for (const token of ['wrong', null]) {
      const { say, wire, frames } = connect();
      say({ type: 'HELLO', v: 'inlay.v1', token, client: 'test' });
      await settled();
      assert.equal(wire.closed, 4101);
      assert.deepEqual(frames(), [{ type: 'ERROR', code: 'unauthorized' }]);
    }
  });

  it('is closed with 4002 when it begins with anything but HELLO in this version', async () => {
    const { connect } = createFixture();
    const early = connect();
    early.subscribe('users');
    assert.equal(early.wire.closed, 4002);
    const other = connect();
    other.say({ type: 'HELLO', v: 'inlay.v2', token: 'admin', client: 'test' });
    assert.equal(other.wire.closed, 4002);
  });

  it('is closed with 1011 when the authority fails, which is logged', async () => {
    const { connect, hub, logged } = createFixture({
      authenticate: () => Promise.reject(new Error('database gone')),
    });
    const { hello, wire } = connect();
    await hello();
    assert.equal(wire.closed, 1011);
    assert.deepEqual([logged, hub.counters.incidents.internal], [['live incident'], 1]);
  });

  it('is told of messages that are not of the protocol, and closed when they do not end', async () => {
    const { connect } = createFixture();
    const { session, hello, heard, wire, subscribe } = connect();
    await hello();
    for (const text of ['{', '[]', '{"type":"__proto__"}', '']) session.receive(text);
    subscribe('users');
    assert.deepEqual(
      heard('ERROR').map(({ code }) => code),
      ['bad_request', 'bad_request', 'bad_request', 'bad_request'],
    );
    assert.equal(heard('SUBSCRIBED').length, 1);
    session.receive('null');
    assert.equal(wire.closed, 4002);
  });

  it('is told of a message that is too long, and closed for too many messages', async () => {
    const { connect } = createFixture({ maxMessage: 100, rate: { burst: 20, perSecond: 10 } });
    const { session, hello, heard, wire, say, messages } = connect();
    await hello();
    session.receive(' '.repeat(101));
    assert.deepEqual(heard('ERROR'), [{ type: 'ERROR', code: 'too_large' }]);
    for (let count = 0; count < 100; count++) say({ type: 'PONG', at: {} });
    assert.equal(wire.closed, 4110);
    const before = messages.length;
    say({ type: 'SUBSCRIBE', id: 1, channel: 'users' });
    assert.equal(messages.length, before);
  });

  it('may say as much in the long run as its rate', async () => {
    const { clock, connect } = createFixture({ rate: { burst: 5, perSecond: 10 } });
    const { hello, wire, say } = connect();
    await hello();
    for (let count = 0; count < 200; count++) {
      await clock.advance(100);
      say({ type: 'PONG', at: {} });
    }
    assert.equal(wire.closed, undefined);
  });

  it('gets everything that happens after its cursor, in order and without a hole', async () => {
    const { clock, bus, connect } = createFixture({ batchItems: 4 });
    bus.publish([event('users', '1'), event('users', '2')]);
    const { hello, subscribe, heard } = connect();
    await hello();
    subscribe('users', 1);
    for (let id = 3; id <= 20; id++) bus.publish([event('users', `${id}`)]);
    await clock.advance(50);
    let end = 1;
    for (const { from, to } of heard('EVENTS')) {
      assert.equal(from, end);
      end = to;
    }
    const received = heard('EVENTS').flatMap(({ items }) => items.map(({ id }) => id));
    assert.deepEqual(
      received,
      Array.from({ length: 19 }, (_, index) => `${index + 2}`),
    );
  });

  it('is not attached from another epoch, the future, or beyond the window', async () => {
    const { bus, connect } = createFixture();
    for (let count = 0; count < 10_003; count++) bus.publish([event('users')]);
    const { hello, subscribe, heard } = connect();
    await hello();
    subscribe('users', 10_000, 'other');
    subscribe('users', 10_004);
    subscribe('users', 2);
    assert.deepEqual(
      heard('SUBSCRIBED').map(({ head, recovered }) => [head, recovered]),
      [
        [10_003, false],
        [10_003, false],
        [10_003, false],
      ],
    );
    bus.publish([event('users')]);
    assert.deepEqual(heard('EVENTS'), []);
  });

  it('hears nothing more of a channel it has left', async () => {
    const { clock, bus, connect } = createFixture();
    const { hello, subscribe, say, heard } = connect();
    await hello();
    subscribe('users');
    say({ type: 'UNSUBSCRIBE', id: 1, channel: 'users' });
    bus.publish([event('users')]);
    await clock.advance(100);
    assert.deepEqual(heard('EVENTS'), []);
  });

  it('has a limit of subscriptions, which replacing one does not count against', async () => {
    const { connect } = createFixture({ maxSubscriptions: 2 });
    const { hello, subscribe, heard } = connect();
    await hello();
    for (const channel of ['users', 'projects', 'users', 'stats']) subscribe(channel);
    assert.equal(heard('SUBSCRIBED').length, 3);
    assert.deepEqual(heard('ERROR'), [{ type: 'ERROR', id: 1, code: 'limit', retryMs: 30_000 }]);
  });

  it('is refused what its person may not see', async () => {
    const { connect } = createFixture();
    const { hello, subscribe, heard } = connect();
    await hello('user');
    subscribe('users');
    subscribe('whatever');
    assert.deepEqual(
      heard('ERROR').map(({ code }) => code),
      ['forbidden', 'unknown_channel'],
    );
  });
});

describe('the hub', () => {
  it('sends at once when idle, in batches under load, each serialised once for everybody', async () => {
    const { clock, bus, connect } = createFixture();
    const [first, second] = [connect(), connect()];
    for (const { hello, subscribe } of [first, second]) {
      await hello();
      subscribe('users');
    }
    for (const id of ['a', 'b', 'c']) bus.publish([event('users', id)]);
    assert.deepEqual(
      first.heard('EVENTS').map(({ to }) => to),
      [1],
    );
    await clock.advance(50);
    assert.deepEqual(
      first.heard('EVENTS').map(({ from, to }) => [from, to]),
      [
        [0, 1],
        [1, 3],
      ],
    );
    const shared = (messages: Message[]) => messages.filter(({ type }) => type === 'EVENTS');
    shared(first.messages).forEach((message, index) =>
      assert.equal(message, shared(second.messages)[index]),
    );
  });

  it('keeps only the newest of several states of one entity, but every notification', async () => {
    const { clock, bus, connect } = createFixture();
    const { hello, subscribe, heard } = connect();
    await hello();
    subscribe('users');
    subscribe('notifications');
    const inbox = `notifications:${ids.admin}`;
    const notified = { type: 'NOTIFICATION_UPDATED' } as const;
    bus.publish([event('users', 'first'), event(inbox, 'first', notified)]);
    bus.publish([
      event('users', 'a', { payload: 1 }),
      event('users', 'b', { type: 'USER_CREATED' }),
      event('users', 'a', { payload: 2 }),
      event('users', 'b', { type: 'USER_DELETED' }),
      event(inbox, 'n', notified),
      event(inbox, 'n', notified),
    ]);
    await clock.advance(50);
    const [, ofUsers] = heard('EVENTS').filter(({ channel }) => channel === 'users');
    assert.deepEqual([ofUsers!.from, ofUsers!.to], [1, 5]);
    assert.deepEqual(
      ofUsers!.items.map(({ offset, id, payload }) => [offset, id, payload]),
      [
        [3, 'b', { id: 'b' }],
        [4, 'a', 2],
        [5, 'b', { id: 'b' }],
      ],
    );
    const [, ofInbox] = heard('EVENTS').filter(({ channel }) => channel === 'notifications');
    assert.equal(ofInbox!.items.length, 2);
  });

  it('shows one log in two forms', async () => {
    const { bus, connect } = createFixture();
    const [admin, user] = [connect(), connect()];
    const channel = `user:${ids.admin}`;
    for (const [who, token] of [
      [admin, 'admin'],
      [user, 'user'],
    ] as const) {
      await who.hello(token);
      who.subscribe(channel);
    }
    const payload = { id: ids.admin, name: 'A', email: 'a@b', role: 'admin', status: 'active' };
    bus.publish([event(channel, ids.admin, { payload })]);
    assert.deepEqual(admin.heard('EVENTS')[0]!.items[0]!.payload, payload);
    assert.deepEqual(user.heard('EVENTS')[0]!.items[0]!.payload, { id: ids.admin, name: 'A' });
  });

  it('gives each person their own notifications', async () => {
    const { bus, connect } = createFixture();
    const [admin, user] = [connect(), connect()];
    await admin.hello('admin');
    await user.hello('user');
    admin.subscribe('notifications');
    user.subscribe('notifications');
    bus.publish([event(`notifications:${ids.user}`, 'n', { type: 'NOTIFICATION_CREATED' })]);
    assert.equal(admin.heard('EVENTS').length, 0);
    assert.equal(user.heard('EVENTS')[0]!.channel, 'notifications');
  });

  it('says GAP to a reader that leaves too much unread; the others go on', async () => {
    const { clock, bus, hub, connect } = createFixture();
    const [slow, quick] = [connect(), connect()];
    for (const { hello, subscribe } of [slow, quick]) {
      await hello();
      subscribe('users');
    }
    slow.wire.buffered = 256 * 1024 + 1;
    for (let id = 0; id < 5; id++) {
      bus.publish([event('users', `${id}`)]);
      await clock.advance(50);
    }
    assert.deepEqual(slow.heard('GAP'), [{ type: 'GAP', channel: 'users', reason: 'slow' }]);
    assert.equal(slow.heard('EVENTS').length, 0);
    assert.equal(quick.heard('EVENTS').length, 5);
    assert.equal(hub.counters.gaps, 1);
    slow.wire.buffered = 0;
    slow.subscribe('users', 0);
    assert.equal(slow.heard('EVENTS')[0]!.items.length, 5);
  });

  it('encodes no more history than the wire takes, however often it is asked for', async () => {
    const { bus, connect } = createFixture();
    let encoded = 0;
    const payload = { toJSON: () => ++encoded };
    bus.publish(
      Array.from({ length: 5000 }, (_, id) =>
        event('users', `${id}`, { type: 'USER_CREATED', payload }),
      ),
    );
    const { wire, hello, subscribe, heard } = connect();
    await hello();
    wire.buffered = 256 * 1024 + 1;
    for (let count = 0; count < 10; count++) subscribe('users', 0);
    assert.equal(heard('GAP').length, 10);
    assert.ok(encoded <= 1000, `${encoded} events encoded`);
  });

  it('says nothing after the end, not even that there is a gap', async () => {
    const { bus, connect } = createFixture({ maxBuffered: 100 });
    bus.publish([event('users')]);
    const { wire, hello, subscribe, heard } = connect();
    await hello();
    wire.buffered = 101;
    subscribe('users', 0);
    assert.equal(wire.closed, 4120);
    assert.deepEqual([heard('SUBSCRIBED'), heard('GAP')], [[], []]);
  });

  it('says GAP to everybody when the log begins anew', async () => {
    const { bus, connect } = createFixture();
    const { hello, subscribe, heard } = connect();
    await hello();
    subscribe('users');
    bus.reset();
    assert.deepEqual(heard('GAP'), [{ type: 'GAP', channel: 'users', reason: 'bus' }]);
  });

  it('closes with 4120 who stands still for two pings while the head moves on', async () => {
    const { clock, bus, connect } = createFixture();
    const { hello, subscribe, say, wire } = connect();
    await hello();
    subscribe('users');
    for (let ping = 0; ping < 3; ping++) {
      assert.equal(wire.closed, undefined);
      bus.publish([event('users')]);
      await clock.advance(25_000);
      say({ type: 'PONG', at: { users: 0 } });
    }
    assert.equal(wire.closed, 4120);
  });

  it('lets those be who are behind but move, or have nothing to move to', async () => {
    const { clock, bus, connect } = createFixture();
    const [mover, idler] = [connect(), connect()];
    await mover.hello();
    await idler.hello();
    mover.subscribe('users');
    idler.subscribe('projects');
    for (let ping = 0; ping < 10; ping++) {
      bus.publish([event('users'), event('users')]);
      await clock.advance(25_000);
      mover.say({ type: 'PONG', at: { users: ping } });
      idler.say({ type: 'PONG', at: { projects: 0, strange: 3 } });
    }
    assert.deepEqual([mover.wire.closed, idler.wire.closed], [undefined, undefined]);
  });

  it('closes who answers no ping: 4120 with events unread, else 4201', async () => {
    const { clock, bus, connect } = createFixture();
    const [behind, silent] = [connect(), connect()];
    await behind.hello();
    await silent.hello();
    behind.subscribe('users');
    bus.publish([event('users')]);
    await clock.advance(50_000);
    assert.deepEqual(
      behind.heard('PING').map(({ heads }) => heads),
      [{ users: ['e', 1] }, { users: ['e', 1] }],
    );
    assert.deepEqual([behind.wire.closed, silent.wire.closed], [undefined, undefined]);
    await clock.advance(25_000);
    assert.deepEqual([behind.wire.closed, silent.wire.closed], [4120, 4201]);
  });

  it('warns of a token’s end, takes a new one in place, and closes with 4101 without', async () => {
    const start = new VirtualClock().now();
    const at = (ms: number) => new Date(start + ms).toISOString();
    const ends: Record<string, string> = { admin: at(100_000), renewed: at(40 * 86_400_000) };
    const { clock, hub, connect, bus } = createFixture({
      authenticate: (token) =>
        Promise.resolve(
          ends[token]
            ? {
                viewer: { id: ids.admin, role: 'admin' },
                sessionId: null,
                expiresAt: ends[token],
              }
            : null,
        ),
    });
    const [renewing, lapsing] = [connect(), connect()];
    for (const { hello, subscribe } of [renewing, lapsing]) {
      await hello();
      subscribe('users');
    }
    await clock.advance(40_000);
    assert.deepEqual(renewing.heard('EXPIRING'), [{ type: 'EXPIRING', inMs: 60_000 }]);
    renewing.say({ type: 'AUTH', token: 'nonsense' });
    renewing.say({ type: 'AUTH', token: 'renewed' });
    await settled();
    assert.equal(renewing.heard('ERROR')[0]!.code, 'unauthorized');
    assert.deepEqual(renewing.heard('AUTHENTICATED')[0], {
      type: 'AUTHENTICATED',
      expiresAt: ends['renewed'],
    });
    await clock.advance(30_000);
    for (const { say } of [renewing, lapsing]) say({ type: 'PONG', at: {} });
    await clock.advance(30_000);
    assert.deepEqual(lapsing.heard('UNSUBSCRIBED'), [
      { type: 'UNSUBSCRIBED', channel: 'users', code: 'expired' },
    ]);
    assert.deepEqual([lapsing.wire.closed, renewing.wire.closed], [4101, undefined]);
    bus.publish([event('users')]);
    assert.deepEqual([lapsing.heard('EVENTS').length, renewing.heard('EVENTS').length], [0, 1]);
    hub.close();
    assert.equal(clock.pending, 0);
  });

  it('goes on without end with a token that has none', async () => {
    const { clock, connect, identify } = createFixture({
      authenticate: (token) =>
        Promise.resolve(
          identify(
            'admin',
            token === 'first' ? new Date(clock.now() + 60_000).toISOString() : null,
          ),
        ),
    });
    const { hello, say, wire } = connect();
    await hello('first');
    say({ type: 'AUTH', token: 'endless' });
    for (let passed = 0; passed < 100; passed += 20) {
      await clock.advance(20_000);
      say({ type: 'PONG', at: {} });
    }
    assert.equal(wire.closed, undefined);
  });

  it('closes who brings the token of somebody else', async () => {
    const { connect } = createFixture();
    const { hello, say, wire } = connect();
    await hello('admin');
    say({ type: 'AUTH', token: 'user' });
    await settled();
    assert.equal(wire.closed, 4101);
  });

  it('delivers nothing after a revocation, by person or by session, and spares the others', async () => {
    const { bus, hub, connect } = createFixture();
    const [admin, user] = [connect(), connect()];
    await admin.hello('admin');
    await user.hello('user');
    admin.subscribe('projects');
    user.subscribe('projects');
    bus.publish([event('projects')]);
    // A batch is under way when the right is lost.
    bus.publish([event('projects')]);
    assert.equal(hub.revoke({ sessionId: "user's" }), 1);
    assert.equal(hub.revoke({ userId: ids.user }), 0);
    bus.publish([event('projects')]);
    await settled();
    assert.deepEqual([admin.wire.closed, user.wire.closed], [undefined, 4101]);
    assert.equal(user.heard('EVENTS').length, 1);
  });

  it('does not let in a token that is revoked while it is being checked', async () => {
    const checks: ((identity: Identity | null) => void)[] = [];
    const { hub, connect, identify } = createFixture({
      authenticate: () => new Promise((resolve) => checks.push(resolve)),
    });
    const { hello, wire } = connect();
    await hello();
    hub.revoke({ userId: ids.admin });
    checks[0]!(identify('admin'));
    await settled();
    checks[1]!(null);
    await settled();
    assert.equal(wire.closed, 4101);
  });

  it('makes people come back whose role changed, who are suspended or deleted', async () => {
    const changes: [Partial<BusEvent>, number | undefined][] = [
      [{ payload: { id: ids.user, role: 'user', status: 'active' } }, undefined],
      [{ payload: { id: ids.user, role: 'admin', status: 'active' } }, 4101],
      [{ payload: { id: ids.user, role: 'user', status: 'suspended' } }, 4101],
      [{ payload: { id: ids.user, role: 'user', status: 'invited' } }, 4101],
      [{ type: 'USER_DELETED', payload: { id: ids.user, version: 2 } }, 4101],
    ];
    for (const [change, code] of changes) {
      const { bus, connect } = createFixture();
      const { hello, wire } = connect();
      await hello('user');
      bus.publish([event(`user:${ids.user}`, ids.user, change)]);
      assert.equal(wire.closed, code);
      const late = connect();
      await late.hello('user');
      assert.equal(late.wire.closed, code);
    }
  });

  it('drains everybody at another moment', async () => {
    const { clock, hub, connect } = createFixture();
    const connections = [connect(), connect(), connect(), connect()];
    for (const { hello } of connections) await hello();
    const drained = hub.drain(1000);
    const waits = connections.map(({ heard }) => heard('DRAIN')[0]!.inMs);
    assert.deepEqual(waits, [125, 375, 625, 875]);
    await clock.advance(500);
    assert.deepEqual(
      connections.map(({ wire }) => wire.closed),
      [4200, 4200, undefined, undefined],
    );
    await clock.advance(500);
    await drained;
    assert.equal(hub.counters.connections, 0);
  });

  it('cuts everybody when told to, and leaves nothing running when closed', async () => {
    const { clock, bus, hub, connect } = createFixture();
    const [first, second] = [connect(), connect()];
    await first.hello();
    first.subscribe('users');
    assert.equal(hub.dropAll(), 2);
    assert.deepEqual([first.wire.closed, second.wire.closed], [1006, 1006]);
    first.session.drain(5);
    assert.equal(first.heard('DRAIN').length, 0);
    const third = connect();
    await third.hello();
    third.subscribe('users');
    bus.publish([event('users')]);
    bus.publish([event('users')]);
    hub.close();
    assert.equal(third.wire.closed, 1001);
    assert.deepEqual([clock.pending, hub.counters.connections], [0, 0]);
  });
});
