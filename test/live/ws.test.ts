import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { connect as connectTcp, type AddressInfo } from 'node:net';
import { afterEach, describe, it } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { WebSocket, WebSocketServer, type ClientOptions } from 'ws';
import type { BusEvent } from '../../mock-server/live/bus.js';
import { createHub, type HubOptions } from '../../mock-server/live/hub.js';
import { createMemoryBus } from '../../mock-server/live/memory-bus.js';
import { attachWebSocket, type WebSocketOptions } from '../../mock-server/live/ws.js';
import type { LiveItem, Role, ServerFrame } from '../../src/contract/index.js';
import { createLive, webSocketTransport, type Position } from '../../src/live/index.js';
import { until } from './until.js';

const viewerId = '00000000-0000-4000-8000-000000000001';
const cleanups: (() => void)[] = [];

afterEach(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup();
});

/** Bytes in buffers that somebody still holds, without those that only await collection. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  const sweep = runInNewContext('gc') as () => void;
  // Twice: what the first one found is counted off by the second.
  sweep();
  sweep();
  return process.memoryUsage().arrayBuffers;
}

const event = (id: string, payload: unknown = {}): BusEvent => ({
  channel: 'users',
  type: 'USER_CREATED',
  id,
  payload,
});

/** A real port, where a token is the role of its bearer. */
async function serve(options: Partial<HubOptions> & WebSocketOptions = {}) {
  const bus = createMemoryBus({ window: { events: 20_000 } });
  const hub = createHub({
    bus,
    authenticate: (token) =>
      Promise.resolve(
        ['admin', 'user'].includes(token)
          ? { viewer: { id: viewerId, role: token as Role }, sessionId: null, expiresAt: null }
          : null,
      ),
    ...options,
  });
  const server = createServer((_request, response) => response.end('page'));
  attachWebSocket(server, hub, options);
  server.listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  cleanups.push(() => {
    hub.close();
    hub.dropAll();
    server.close();
    server.closeAllConnections();
  });

  /** A socket that speaks as the test wishes. */
  async function open(path = '/api/live', protocol = 'inlay.v1', more: ClientOptions = {}) {
    const socket = new WebSocket(`ws://localhost:${port}${path}`, protocol, more);
    const frames: ServerFrame[] = [];
    let closed: number | undefined;
    socket.on('message', (data: Buffer) => frames.push(JSON.parse(data.toString()) as ServerFrame));
    socket.on('close', (code) => (closed = code));
    cleanups.push(() => socket.terminate());
    await once(socket, 'open');
    const say = (frame: object) => socket.send(JSON.stringify(frame));
    const hello = () => say({ type: 'HELLO', v: 'inlay.v1', token: 'admin', client: 'test' });
    const heard = (type: ServerFrame['type']) => frames.filter((frame) => frame.type === type);
    return { socket, frames, say, hello, heard, closed: () => closed };
  }

  function createClient(token = 'admin') {
    const live = createLive({
      transports: [
        webSocketTransport({
          baseUrl: `http://localhost:${port}/api`,
          WebSocket: WebSocket as never,
        }),
      ],
      getToken: () => token,
    });
    cleanups.push(() => live.close());
    return live;
  }

  return { bus, hub, port, server, open, createClient };
}

/** Collects a channel's items, and what became of it otherwise. */
function collect(live: ReturnType<typeof createLive>, channel: string, since?: Position) {
  const items: LiveItem[] = [];
  const seen = { items, resets: 0, ended: undefined as string | undefined };
  live.follow(
    channel,
    {
      onEvents: (news) => items.push(...news),
      onReset: () => {
        seen.resets++;
        return Promise.resolve(undefined);
      },
      onEnd: (code) => (seen.ended = code),
    },
    since,
  );
  return seen;
}

describe('the live stream over a real port', () => {
  it('resumes after a drop with what happened meanwhile', async () => {
    const { bus, hub, createClient } = await serve();
    const live = createClient();
    const { items } = collect(live, 'users', bus.head('users'));
    await until(() => live.state.status === 'live');
    bus.publish([event('1')]);
    await until(() => items.length === 1);
    hub.dropAll();
    bus.publish([event('2'), event('3')]);
    await until(() => items.length === 3);
    assert.deepEqual(
      items.map(({ id, offset }) => [id, offset]),
      [
        ['1', 1],
        ['2', 2],
        ['3', 3],
      ],
    );
  });

  it('lets a reader read anew whose position the log does not reach, and goes on', async () => {
    const { bus, createClient } = await serve();
    const live = createClient();
    const seen = collect(live, 'users', { epoch: 'gone', offset: 7 });
    await until(() => seen.resets === 1);
    await until(() => {
      bus.publish([event('new')]);
      return seen.items.length > 0;
    });
    assert.equal(seen.resets, 1);
  });

  it('carries a burst of 10,000 events complete and in order', async () => {
    const { bus, createClient } = await serve();
    const live = createClient();
    const { items } = collect(live, 'users', bus.head('users'));
    await until(() => live.state.status === 'live');
    const payload = { text: 'x'.repeat(300) };
    for (let id = 0; id < 10_000; id++) bus.publish([event(`${id}`, payload)]);
    await until(() => items.length >= 10_000);
    assert.deepEqual(
      items.map(({ id }) => id),
      Array.from({ length: 10_000 }, (_, id) => `${id}`),
    );
  });

  it('replays 10,000 events to who was away', async () => {
    const { bus, createClient } = await serve();
    const since = bus.head('users');
    bus.publish(
      Array.from({ length: 10_000 }, (_, id) => event(`${id}`, { text: 'x'.repeat(300) })),
    );
    const { items } = collect(createClient(), 'users', since);
    await until(() => items.length >= 10_000);
    assert.deepEqual(
      items.map(({ offset }) => offset),
      Array.from({ length: 10_000 }, (_, index) => index + 1),
    );
  });

  it('ends a forbidden channel without ending the others', async () => {
    const { bus, createClient } = await serve();
    const live = createClient('user');
    const [users, projects] = [collect(live, 'users'), collect(live, 'projects')];
    await until(() => users.ended === 'forbidden');
    await until(() => {
      bus.publish([{ ...event('p'), channel: 'projects' }]);
      return projects.items.length > 0;
    });
  });

  it('brings everybody back whom it asks to leave', async () => {
    const { bus, hub, createClient } = await serve();
    const live = createClient();
    const { items } = collect(live, 'users', bus.head('users'));
    await until(() => live.state.status === 'live');
    await hub.drain(0);
    await until(() => live.state.status === 'reconnecting');
    bus.publish([event('1')]);
    await until(() => items.length === 1);
    assert.equal(hub.counters.opened, 2);
  });

  it('stops asking with a token that is refused twice', async () => {
    const { createClient, hub } = await serve();
    const live = createClient('nonsense');
    collect(live, 'users');
    await until(() => live.state.status === 'refused');
    assert.equal('code' in live.state && live.state.code, 4101);
    assert.equal(hub.counters.closed, 2);
  });

  it('survives whatever a socket sends; everybody else goes on', async () => {
    const { bus, createClient, open } = await serve();
    const live = createClient();
    const { items } = collect(live, 'users', bus.head('users'));
    await until(() => live.state.status === 'live');

    const binary = await open();
    for (let count = 0; count < 5; count++) binary.socket.send(Buffer.from([0xff, 0x00]));
    await until(() => binary.closed() === 4002);

    const silly = await open();
    silly.hello();
    await until(() => silly.heard('WELCOME').length === 1);
    silly.say({ type: 'SUBSCRIBE', id: 1, channel: { toString: 'users' } });
    silly.say({ type: 'SUBSCRIBE', id: 1, channel: 'users', since: -1 });
    silly.say({ type: 'PONG', at: { users: 'many' } });
    silly.say(JSON.parse('{"type":"PONG","at":{"__proto__":1}}') as object);
    silly.say({ type: 'SUBSCRIBE', id: 1, channel: 'users' });
    await until(() => silly.heard('SUBSCRIBED').length === 1);

    const long = await open();
    long.hello();
    long.socket.send(`"${'x'.repeat(20_000)}"`);
    await until(() =>
      long.heard('ERROR').some((frame) => 'code' in frame && frame.code === 'too_large'),
    );

    const endless = await open();
    endless.socket.send('x'.repeat(1_000_000));
    await until(() => endless.closed() === 1009);

    const flood = await open();
    flood.hello();
    for (let count = 0; count < 2000; count++) flood.say({ type: 'PONG', at: {} });
    await until(() => flood.closed() === 4110);

    bus.publish([event('1')]);
    await until(() => items.length === 1);
  });

  it('takes messages as long as it is told, whatever characters they have', async () => {
    const { open } = await serve({ maxMessage: 100 });
    const { socket, say, hello, heard, closed } = await open();
    hello();
    await until(() => heard('WELCOME').length === 1);
    say({ type: 'PONG', at: {}, x: '𐍈'.repeat(30) });
    say({ type: 'SUBSCRIBE', id: 1, channel: 'users' });
    await until(() => heard('SUBSCRIBED').length === 1);
    socket.send('x'.repeat(400));
    await until(() => heard('ERROR').length === 1);
    assert.equal(closed(), undefined);
    socket.send('x'.repeat(401));
    await until(() => closed() === 1009);
  });

  it('bounds what waits for a socket that is never read, and spares the others', async () => {
    const { bus, hub, createClient, port } = await serve({ batchMs: 1 });
    const live = createClient();
    const { items } = collect(live, 'users', bus.head('users'));
    await until(() => live.state.status === 'live');

    const socket = new WebSocket(`ws://localhost:${port}/api/live`, 'inlay.v1');
    cleanups.push(() => socket.terminate());
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'HELLO', v: 'inlay.v1', token: 'admin', client: 'slow' }));
    socket.send(JSON.stringify({ type: 'SUBSCRIBE', id: 1, channel: 'users' }));
    await until(() => hub.counters.opened === 2);
    socket.pause();

    let published = 0;
    const payload = { text: 'x'.repeat(2000) };
    const before = heldBytes();
    await until(() => {
      bus.publish(Array.from({ length: 100 }, () => event(`${++published}`, payload)));
      return hub.counters.gaps > 0;
    });
    const atGap = published;
    while (published < atGap + 10_000) {
      bus.publish(Array.from({ length: 100 }, () => event(`${++published}`, payload)));
      await until(() => items.length === published);
    }
    // 20 MB went by since; a queue of them would be seen.
    const grown = heldBytes() - before;
    assert.ok(grown < 8_000_000, `${grown} bytes more in buffers`);
  });
});

describe('upgrades', () => {
  const statusOf = async (opening: Promise<unknown>) => {
    const error = await opening.then(
      () => new Error('opened'),
      (reason: Error) => reason,
    );
    return error.message;
  };

  it('are refused on other paths, without the subprotocol, and from strange origins', async () => {
    const { open } = await serve({ allowedOrigins: ['https://good.example'] });
    const origin = (value: string) => ({ origin: value });
    assert.match(await statusOf(open('/api/other')), /404/);
    assert.match(await statusOf(open('/api/live', 'graphql-ws')), /400/);
    assert.match(
      await statusOf(open('/api/live', 'inlay.v1', origin('https://bad.example'))),
      /403/,
    );
    assert.match(await statusOf(open('/api/live', 'inlay.v1', origin('null'))), /403/);
    await open('/api/live?x=1', 'inlay.v1', origin('https://good.example'));
    const { socket } = await open();
    assert.equal(socket.protocol, 'inlay.v1');
    assert.equal(socket.extensions, '');
  });

  it('leave other listeners their own paths', async () => {
    const { server, open } = await serve();
    const other = new WebSocketServer({ noServer: true });
    server.on('upgrade', (incoming, socket, head) => {
      if (incoming.url === '/hmr')
        other.handleUpgrade(incoming, socket, head, (ws) => ws.send('"hmr"'));
    });
    const { frames } = await open('/hmr', 'vite-hmr');
    await until(() => frames.length === 1);
    await open();
  });

  it('do not fall over what is no WebSocket', async () => {
    const { port, open } = await serve();
    const raw = connectTcp(port);
    raw.write('GET /api/live HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n');
    raw.write('Sec-WebSocket-Protocol: inlay.v1\r\nSec-WebSocket-Version: 99\r\n\r\n');
    const [answer] = (await once(raw, 'data')) as [Buffer];
    assert.match(answer.toString(), /^HTTP\/1\.1 400/);
    raw.destroy();
    const plain = request({ port, path: '/api/live' }).end();
    const [response] = (await once(plain, 'response')) as [{ statusCode: number; resume(): void }];
    response.resume();
    assert.equal(response.statusCode, 200);
    await open();
  });

  it('outlive whoever resets the connection instead of hearing the refusal', async () => {
    const { port, open } = await serve();
    for (const path of ['/api/other', '/api/live']) {
      for (let count = 0; count < 100; count++) {
        const raw = connectTcp(port);
        await once(raw, 'connect');
        raw.write(
          `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
          () => raw.resetAndDestroy(),
        );
        await once(raw, 'close');
      }
    }
    await open();
  });
});
