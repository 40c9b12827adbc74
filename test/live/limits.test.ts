import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, it } from 'node:test';
import {
  createReferenceServer,
  type ReferenceServer,
  type ReferenceServerOptions,
} from '../../mock-server/index.js';
import { createHub } from '../../mock-server/live/hub.js';
import { createMemoryBus } from '../../mock-server/live/memory-bus.js';
import { until } from './until.js';
import { VirtualClock } from './virtual-clock.js';
import { openSocket, upgrade, upgradeByHand } from './wire.js';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

const fine = [upgrade.key, upgrade.version, upgrade.protocol];

/** A server whose clock stands still until it is moved. */
async function serve(options: ReferenceServerOptions = {}) {
  const clock = { time: Date.UTC(2026, 0, 15, 12) };
  const logged: Record<string, unknown>[] = [];
  const note = (fields: object, message: string) => logged.push({ ...fields, message });
  const server = createReferenceServer({
    now: () => clock.time,
    logger: { info: note, error: note },
    ...options,
  });
  const { port, url } = await server.start(0);
  cleanups.push(() => server.stop({ graceMs: 0 }));
  const { accessToken: token } = await server.signIn('admin@inlay.test');
  const { incidents } = server.hub.counters;
  return { server, port, url, token, clock, logged, incidents };
}

/** Answers once an event has come through. */
async function works(server: ReferenceServer, port: number, token: string): Promise<void> {
  const { frames, say, socket } = await openSocket(port, token);
  say({ type: 'SUBSCRIBE', id: 1, channel: 'projects' });
  await until(() => frames.at(-1)?.type === 'SUBSCRIBED');
  server.bus.publish([{ channel: 'projects', type: 'PROJECT_DELETED', id: 'p', payload: {} }]);
  await until(() => frames.at(-1)?.type === 'EVENTS');
  socket.terminate();
}

describe('a flood', () => {
  it('fills no log: ten lines at once, one a second, each with what was withheld', async () => {
    const { port, logged, clock, incidents } = await serve();
    const flood = async (count: number) => {
      for (let index = 0; index < count; index++) {
        const { socket, state } = await upgradeByHand(port, [upgrade.key, upgrade.version]);
        await until(() => state.ended);
        socket.destroy();
      }
    };
    await flood(60);
    assert.equal(incidents.bad_subprotocol, 60);
    assert.equal(logged.length, 10);
    clock.time += 1000;
    await flood(5);
    assert.deepEqual(
      logged.slice(10).map(({ kind, withheld }) => [kind, withheld]),
      [['bad_subprotocol', 50]],
    );
  });

  it('of upgrades that never say HELLO or never end is let go of; everybody else goes on', async () => {
    const timers = new VirtualClock();
    const { server, port, token, incidents } = await serve({ now: timers.now, timers });
    const silent = await Promise.all(
      Array.from({ length: 500 }, async () => (await upgradeByHand(port, fine)).state),
    );
    const partial = Array.from({ length: 500 }, () => {
      const socket = connect(port);
      socket.on('error', () => undefined);
      socket.write('GET /api/live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n');
      return socket;
    });
    await works(server, port, token);
    await until(() => server.hub.counters.connections === 500);
    await timers.advance(10_000);
    assert.equal(incidents.silent, 500);
    await until(() => silent.every(({ answer }) => answer.includes('\x88\x02\x10\x69')));
    await works(server, port, token);
    for (const socket of partial) socket.destroy();
  });
});

describe('connections', () => {
  it('are bounded, over WebSocket and as event streams together', async () => {
    const { server, port, url, token, incidents } = await serve({ live: { maxConnections: 2 } });
    const sse = () =>
      fetch(`${url}/api/live/sse?ch=users`, { headers: { Authorization: `Bearer ${token}` } });
    const first = await openSocket(port, token);
    const stream = await sse();
    assert.equal(stream.status, 200);

    const { state } = await upgradeByHand(port, fine);
    await until(() => state.ended);
    assert.match(state.answer, /^HTTP\/1\.1 503 [^]*Retry-After: 30/);
    const refused = await sse();
    assert.equal(refused.status, 503);
    assert.equal(refused.headers.get('retry-after'), '30');
    assert.equal(incidents.too_many_connections, 2);

    first.socket.terminate();
    await until(() => server.hub.counters.connections === 1);
    await works(server, port, token);
    await stream.body!.cancel();
  });

  it('may be opened so often a minute by an address, as the nearest proxies tell it', async () => {
    const { port, clock, incidents } = await serve({ upgradeLimit: 3, trustProxy: 1 });
    const statusFor = async (forwarded: string) => {
      const header = `X-Forwarded-For: ${forwarded}`;
      const { socket, state } = await upgradeByHand(port, [...fine, header]);
      await until(() => state.answer.includes('\r\n\r\n'));
      socket.destroy();
      return Number(state.answer.slice(9, 12));
    };
    // What stands before the last address is anybody's word.
    for (const claim of ['1.1.1.1, ', '2.2.2.2, ', '']) {
      assert.equal(await statusFor(`${claim}192.0.2.7`), 101);
    }
    assert.equal(await statusFor('3.3.3.3, 192.0.2.7'), 429);
    assert.equal(await statusFor('192.0.2.8'), 101);
    assert.equal(incidents.too_many_upgrades, 1);
    clock.time += 20_000;
    assert.equal(await statusFor('192.0.2.7'), 101);
    assert.equal(await statusFor('192.0.2.7'), 429);
  });

  it('may be so many from an address, also such as say nothing; behind a proxy that is its matter', async () => {
    const open = async (port: number) => {
      const socket = connect(port);
      const state = { socket, closed: false };
      socket.on('error', () => undefined);
      socket.on('close', () => (state.closed = true));
      await once(socket, 'connect');
      return state;
    };
    const { port, server, token } = await serve({ socketLimit: 3 });
    const silent = [await open(port), await open(port), await open(port)];
    const next = await open(port);
    await until(() => next.closed);
    assert.deepEqual(
      silent.map(({ closed }) => closed),
      [false, false, false],
    );
    silent[0]!.socket.destroy();
    await until(() => silent[0]!.closed);
    await works(server, port, token);
    for (const { socket } of silent) socket.destroy();

    const proxied = await serve({ socketLimit: 1, trustProxy: 1 });
    const ofProxy = [await open(proxied.port), await open(proxied.port)];
    await works(proxied.server, proxied.port, proxied.token);
    for (const { socket } of ofProxy) socket.destroy();
  });

  it('that were refused are hung up on, whether or not the other side does', async () => {
    const { port } = await serve();
    const { socket, state } = await upgradeByHand(port, [upgrade.key]);
    await until(() => state.ended);
    await until(() => {
      socket.write('x');
      return state.closed;
    });
  });
});

describe('a reader that never reads', () => {
  /** Fills what the network takes, and 256 KiB that wait. */
  async function fill(server: ReferenceServer, port: number, token: string) {
    const before = server.hub.counters.gaps;
    const reader = await openSocket(port, token);
    reader.say({ type: 'SUBSCRIBE', id: 1, channel: 'projects' });
    await until(() => reader.frames.at(-1)?.type === 'SUBSCRIBED');
    reader.socket.pause();
    const payload = { text: 'x'.repeat(50_000) };
    await until(() => {
      server.bus.publish([{ channel: 'projects', type: 'PROJECT_CREATED', id: 'p', payload }]);
      return server.hub.counters.gaps > before;
    });
    return reader;
  }
  const live = { rate: { burst: 1_000_000, perSecond: 1 }, batchMs: 0 };

  it('and asks on and on is closed with 4120', async () => {
    const { server, port, token, incidents } = await serve({ live });
    const { say, socket, closed } = await fill(server, port, token);
    await until(() => {
      say({ type: 'SUBSCRIBE', id: 1, channel: 'users' });
      return server.hub.counters.connections === 0;
    });
    assert.equal(incidents.slow, 2, 'once for GAP, once for the end');
    socket.resume();
    await until(() => closed() !== undefined);
    assert.equal(closed(), 4120);
    await works(server, port, token);
  });

  it('gets no answers to pings of its own, which would pile up', async () => {
    const { server, port, token } = await serve({ live });
    const { socket, say, errors } = await fill(server, port, token);
    let pongs = 0;
    socket.on('pong', () => pongs++);
    for (let count = 0; count < 20_000; count++) socket.ping('x'.repeat(100));
    say({ type: 'SUBSCRIBE', id: 2, channel: 'nothing' });
    await until(() => server.hub.counters.incidents.unknown_channel === 1);
    socket.resume();
    await until(() => errors().length === 1);
    assert.equal(pongs, 0);
    socket.terminate();
  });
});

describe('a token that ends', () => {
  it('opens nothing any more, over WebSocket, as a stream or by polling', async () => {
    const { port, url, token, clock, incidents } = await serve();
    clock.time += 15 * 60_000;
    const { say, closed } = await openSocket(port);
    say({ type: 'HELLO', v: 'inlay.v1', token, client: 'test' });
    await until(() => closed() === 4101);
    assert.equal(incidents.unauthorized, 1);
    for (const query of ['', '&wait=0']) {
      const answer = await fetch(`${url}/api/live/sse?ch=users${query}`, {
        headers: { Authorization: `Bearer ${token}` },
      });
      assert.equal(answer.status, 401);
    }
  });
});

describe('what waits while a token is being checked', () => {
  const hello = (token: string) => ({ type: 'HELLO', v: 'inlay.v1', token, client: 'x' });
  const auth = (token: string) => ({ type: 'AUTH', token });

  /** A hub whose check of any token but one hangs. */
  function connect() {
    const closed: number[] = [];
    const hub = createHub({
      bus: createMemoryBus(),
      authenticate: (token) =>
        token === 'quick'
          ? Promise.resolve({ viewer: { id: 'a', role: 'user' }, sessionId: 's', expiresAt: null })
          : new Promise(() => undefined),
    });
    const session = hub.connect({
      send: () => undefined,
      close: (code) => closed.push(code),
      buffered: 0,
    });
    const say = (frame: object) => session.receive(JSON.stringify(frame));
    return { closed, say, hub };
  }

  it('is as much as some of the longest messages, not as many as the rate allows', () => {
    const { closed, say, hub } = connect();
    say(hello('slow'));
    for (let count = 0; count < 100; count++)
      say({ type: 'SUBSCRIBE', id: count, channel: `user:${'0'.repeat(36)}` });
    assert.deepEqual(closed, []);
    for (let count = 0; count < 5; count++) say({ type: 'PONG', at: {}, ['x'.repeat(16_000)]: 1 });
    assert.deepEqual([closed, hub.counters.incidents.rate], [[4110], 1]);
  });

  it('are tokens, too, that are to replace the first one', async () => {
    const { closed, say, hub } = connect();
    say(hello('quick'));
    await until(() => hub.counters.people === 1);
    for (let count = 0; count < 3; count++) {
      say(auth('quick'));
      say(auth('slow'));
    }
    assert.deepEqual(closed, []);
    for (let count = 0; count < 5; count++) say(auth('x'.repeat(16_000)));
    assert.deepEqual(closed, [4110]);
    hub.close();
  });
});

describe('one person', () => {
  it('may hold so many connections, over WebSocket and as event streams together', async () => {
    const { server, port, url, token, incidents } = await serve({ live: { maxPerPerson: 2 } });
    const headers = { Authorization: `Bearer ${token}` };
    const sse = () => fetch(`${url}/api/live/sse?ch=users`, { headers });
    const first = await openSocket(port, token);
    const stream = await sse();
    assert.equal(stream.status, 200);

    const refused = await sse();
    assert.equal(refused.status, 429);
    assert.equal(refused.headers.get('retry-after'), '30');
    const third = await openSocket(port);
    third.say({ type: 'HELLO', v: 'inlay.v1', token, client: 'x' });
    await until(() => third.closed() !== undefined);
    assert.deepEqual([third.closed(), third.errors()], [4110, ['limit']]);
    assert.equal(incidents.too_many_connections, 2);
    const { accessToken: other } = await server.signIn('user@inlay.test');
    await works(server, port, other);

    first.socket.terminate();
    await until(() => server.hub.counters.connections === 1);
    await works(server, port, token);
    await stream.body!.cancel();
  });
});

describe('an event stream', () => {
  it('has up to 100 channels with names as they can be', async () => {
    const { url, token } = await serve();
    const ask = (ch: string) =>
      fetch(`${url}/api/live/sse?wait=0&ch=${encodeURIComponent(ch)}`, {
        headers: { Authorization: `Bearer ${token}` },
      });
    const channels = (count: number) =>
      Array.from({ length: count }, (_, index) => `team:${String(index).padStart(36, '0')}`).join();
    assert.equal((await ask(channels(100))).status, 200);
    for (const wrong of [channels(101), 'users,', 'users,,stats', 'users\n', 'Users', 'a:b:c']) {
      const answer = await ask(wrong);
      assert.equal(answer.status, 400, wrong);
      const { fieldErrors } = (await answer.json()) as { fieldErrors: object };
      assert.deepEqual(Object.keys(fieldErrors), ['ch']);
    }
  });
});
