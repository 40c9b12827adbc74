import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { WebSocket, WebSocketServer } from 'ws';
import { until } from '../live/until.js';
import { VirtualClock } from '../live/virtual-clock.js';
import { openProxy, type Proxy } from './proxy.js';

const page = 'x'.repeat(1000);
let server: Server;
let asked: string[] = [];
let sockets: Socket[] = [];
let proxy: Proxy;
const clock = new VirtualClock();

before(async () => {
  server = createServer((request, response) => {
    asked.push(request.url!);
    if (request.url === '/live/sse?ch=users') {
      response.write('data: one\n\n');
      return;
    }
    if (request.url?.includes('wait=')) {
      response.write('data: one\n\n');
      setImmediate(() => response.end(`data: ${'x'.repeat(200_000)}two\n\n`));
      return;
    }
    response.end(page);
  });
  const webSockets = new WebSocketServer({ server });
  webSockets.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => socket.send(data.toString()));
    socket.on('error', () => undefined);
  });
  server.on('connection', (socket) => sockets.push(socket));
  // Whose end would pass on what is held back.
  server.keepAliveTimeout = 0;
  server.listen(0);
  await once(server, 'listening');
});
after(() => {
  server.close();
  server.closeAllConnections();
});
beforeEach(async () => {
  asked = [];
  sockets = [];
  proxy = await openProxy({ target: (server.address() as AddressInfo).port, clock });
});
afterEach(() => proxy.close());

/** A connection of its own, with what it has heard so far and how it ended. */
function call(path: string) {
  const socket = connect(proxy.port);
  const heard = { text: '', end: '' };
  socket.on('data', (bytes: Buffer) => (heard.text += bytes.toString()));
  socket.on('end', () => (heard.end ||= 'end'));
  socket.on('error', (error: NodeJS.ErrnoException) => (heard.end ||= error.code!));
  socket.write(`GET ${path} HTTP/1.1\r\nHost: proxy\r\n\r\n`);
  return { socket, heard, whole: () => until(() => heard.text.endsWith(page)) };
}

async function talk() {
  const socket = new WebSocket(proxy.url.replace('http', 'ws'));
  const heard: string[] = [];
  socket.on('message', (data: Buffer) => heard.push(data.toString()));
  socket.on('error', () => undefined);
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await once(socket, 'open');
  return { socket, heard, closed };
}

describe('the proxy', () => {
  it('passes everything on, and tells what was asked for', async () => {
    const one = call('/one');
    await one.whole();
    const { socket, heard } = await talk();
    socket.send('hello');
    await until(() => heard.length === 1);
    assert.deepEqual(
      proxy.requests.map(({ line, kind }) => [line, kind]),
      [
        ['GET /one', 'http'],
        ['GET /', 'websocket'],
      ],
    );
    assert.deepEqual(proxy.counts, { accepted: 2, refused: 0, cut: 0 });
    socket.close();
    one.socket.end();
    await proxy.until(() => proxy.connections.size === 0);
  });

  it('cuts what is open, by kind', async () => {
    const { closed } = await talk();
    const one = call('/one');
    await one.whole();
    assert.equal(proxy.cut('websocket'), 1);
    assert.equal(await closed, 1006);
    assert.equal(one.heard.end, '');
    assert.equal(proxy.cut(), 1);
    await until(() => one.heard.end !== '');
  });

  it('cuts an answer after so many bytes', async () => {
    proxy.impair({ cutAfter: 500 });
    const one = call('/one');
    await until(() => one.heard.end !== '');
    assert.equal(one.heard.text.length, 500);
  });

  it('delays each way', async () => {
    proxy.impair({ delayMs: 100 });
    const one = call('/one');
    await proxy.until(() => proxy.requests.length === 1);
    await clock.advance(99);
    assert.deepEqual(asked, []);
    await clock.advance(1);
    await proxy.until(() => proxy.connections.values().next().value!.up.passed > 0);
    await until(() => asked.length === 1);
    assert.equal(one.heard.text, '');
    await until(() => clock.pending > 0);
    await clock.advance(100);
    await one.whole();
  });

  it('lets a later connection overtake an earlier one', async () => {
    const { socket, heard } = await talk();
    proxy.impair({ delayMs: 1000 }, 'http');
    const slow = call('/slow');
    await proxy.until(() => proxy.requests.length === 2);
    socket.send('quick');
    await until(() => heard.length === 1);
    assert.deepEqual([slow.heard.text, asked], ['', []]);
    proxy.heal();
    await clock.advance(1000);
    await slow.whole();
  });

  it('lets through so many bytes a second', async () => {
    proxy.impair({ bytesPerSecond: 2000 });
    const one = call('/one');
    await until(() => proxy.connections.size === 1);
    const [connection] = proxy.connections;
    await until(() => clock.pending > 0 || connection!.down.passed > 0);
    await clock.advance(0);
    await until(() => connection!.down.passed > 0);
    assert.equal(connection!.down.passed, 100);
    await clock.advance(500);
    assert.equal(connection!.down.passed, 1100);
    await clock.advance(500);
    await one.whole();
  });

  it('holds back one direction without telling anybody, and goes on where it was', async () => {
    const { socket, heard } = await talk();
    proxy.impair({ stalled: 'down' }, 'websocket');
    socket.send('one');
    const [connection] = proxy.connections;
    const { passed } = connection!.up;
    socket.send('two');
    await proxy.until(() => connection!.up.passed > passed);
    assert.deepEqual(heard, []);
    proxy.impair({ stalled: 'up' }, 'websocket');
    await until(() => heard.length > 0);
    proxy.heal();
    await until(() => heard.length === 2);
    assert.deepEqual(heard, ['one', 'two']);
  });

  it('does not tell the server of who has gone while it is half-open', async () => {
    const { socket } = await talk();
    const [atServer] = sockets;
    proxy.impair({ stalled: 'both' });
    socket.terminate();
    const other = call('/other');
    await proxy.until(() => proxy.connections.size === 2);
    assert.equal(atServer!.destroyed, false);
    assert.equal(other.heard.text, '');
    proxy.heal();
    await until(() => atServer!.destroyed);
    await other.whole();
  });

  it('refuses by kind', async () => {
    proxy.impair({ refused: true }, 'websocket');
    await assert.rejects(talk(), /ECONNRESET|hang up/);
    assert.equal(proxy.counts.refused, 1);
    const one = call('/one');
    await one.whole();
  });

  it('keeps streams to itself until they end', async () => {
    const open = call('/live/sse?ch=users');
    await until(() => open.heard.text.includes('one'));
    proxy.impair({ buffered: true });
    const stream = call('/live/sse?ch=users');
    const polled = call('/live/sse?ch=users&wait=10');
    await until(() => polled.heard.text.includes('two'));
    const plain = call('/one');
    await plain.whole();
    assert.equal(stream.heard.text, '');
    proxy.heal();
    await until(() => stream.heard.text.includes('one'));
  });

  it('sends once more what was sent', async () => {
    const one = call('/one');
    await one.whole();
    const [connection] = proxy.connections;
    assert.match(await connection!.replay(), /^HTTP\/1\.1 200 OK\r\n/);
    assert.deepEqual(asked, ['/one', '/one']);
  });

  it('goes to another server when told, and says when nobody is there', async () => {
    const away = createServer((_request, response) => response.end(`elsewhere ${page}`));
    away.listen(0);
    await once(away, 'listening');
    proxy.target = (away.address() as AddressInfo).port;
    const one = call('/one');
    await one.whole();
    assert.match(one.heard.text, /elsewhere/);
    away.close();
    away.closeAllConnections();
    await once(away, 'close');
    const nobody = call('/one');
    await until(() => nobody.heard.end !== '');
    assert.equal(nobody.heard.text, '');
  });
});
