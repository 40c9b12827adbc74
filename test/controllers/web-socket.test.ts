import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { WebSocketController, type WebSocketOptions } from '../../src/controllers/index.js';
import { createHost } from './host.js';

class FakeSocket {
  static readonly made: FakeSocket[] = [];
  readonly sent: string[] = [];
  closed = false;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  constructor(readonly url: string) {
    FakeSocket.made.push(this);
  }
  send = (text: string) => this.sent.push(text);
  close = () => (this.closed = true);
}

function setUp(options: Partial<WebSocketOptions> = {}) {
  FakeSocket.made.length = 0;
  const { host, tell } = createHost();
  const settings: WebSocketOptions = { url: 'ws://a', WebSocket: FakeSocket as never, ...options };
  const socket = new WebSocketController(host, () => settings);
  return { socket, settings, tell, made: FakeSocket.made };
}

describe('WebSocketController', () => {
  it('connects with its element, and no sooner; leaves with it', () => {
    const { socket, tell, made } = setUp();
    tell('hostUpdate');
    assert.equal(made.length, 0);
    tell('hostConnected');
    made[0]!.onopen!();
    assert.equal(socket.connected, true);
    tell('hostDisconnected');
    assert.deepEqual([socket.connected, made[0]!.closed], [false, true]);
  });

  it('tries again after pauses that double, at most as often as it may, and anew after a success', (context) => {
    context.mock.timers.enable({ apis: ['setTimeout'] });
    context.mock.method(Math, 'random', () => 1);
    const limits = { maxReconnects: 3, reconnectInterval: 100, maxReconnectInterval: 300 };
    const { socket, tell, made } = setUp(limits);
    tell('hostConnected');
    assert.equal(socket.status, 'connecting');
    const fail = (pause: number) => {
      const before = made.length;
      made.at(-1)!.onclose!({ code: 1006 });
      context.mock.timers.tick(pause - 1);
      assert.deepEqual([socket.status, made.length], ['reconnecting', before]);
      context.mock.timers.tick(1);
      assert.equal(made.length, before + 1);
    };
    fail(100);
    fail(200);
    made.at(-1)!.onopen!();
    assert.equal(socket.status, 'connected');
    for (const pause of [100, 200, 300]) fail(pause);
    made.at(-1)!.onclose!({ code: 1006 });
    context.mock.timers.tick(60_000);
    assert.deepEqual([socket.status, made.length], ['failed', 6]);
    assert.match(String(socket.error), /ws:\/\/a was closed with 1006/);
  });

  it('connects anew when it is asked to, also after it has given up', (context) => {
    context.mock.timers.enable({ apis: ['setTimeout'] });
    const { socket, tell, made } = setUp({ maxReconnects: 1 });
    socket.reconnect();
    assert.equal(made.length, 0);
    tell('hostConnected');
    for (let attempt = 0; attempt < 2; attempt++) {
      made.at(-1)!.onclose!({ code: 1006 });
      context.mock.timers.tick(3000);
    }
    assert.deepEqual([socket.status, made.length], ['failed', 2]);
    socket.reconnect();
    assert.deepEqual([socket.status, socket.error, made.length], ['connecting', undefined, 3]);
    made[2]!.onclose!({ code: 1006 });
    socket.reconnect();
    context.mock.timers.tick(3000);
    assert.equal(made.length, 4);
    made[3]!.onopen!();
    socket.reconnect();
    assert.deepEqual([made[3]!.closed, socket.connected], [true, false]);
  });

  it('gives up a pending attempt when its element leaves', () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    const { tell, made } = setUp();
    tell('hostConnected');
    made[0]!.onclose!({ code: 1006 });
    tell('hostDisconnected');
    mock.timers.tick(60_000);
    assert.equal(made.length, 1);
    mock.timers.reset();
  });

  it('follows another address, and connects only while enabled', () => {
    const { settings, tell, made } = setUp();
    tell('hostConnected');
    settings.url = 'ws://b';
    tell('hostUpdate');
    assert.deepEqual(
      made.map(({ url, closed }) => [url, closed]),
      [
        ['ws://a', true],
        ['ws://b', false],
      ],
    );
    settings.enabled = false;
    tell('hostUpdate');
    assert.equal(made[1]!.closed, true);
  });

  it('says so where there can be no connection, instead of throwing', () => {
    const refuse = function () {
      throw new SyntaxError('invalid URL');
    };
    const { socket, settings, tell, made } = setUp();
    settings.WebSocket = refuse as never;
    tell('hostConnected');
    assert.match(String(socket.error), /Can't connect to ws:\/\/a/);
    settings.WebSocket = FakeSocket as never;
    settings.url = 'ws://b';
    tell('hostUpdate');
    assert.deepEqual([made.length, socket.error], [1, undefined]);
  });

  it('reads JSON, and says of anything else that it is none', () => {
    const heard: unknown[] = [];
    const { socket, tell, made } = setUp({ onMessage: (message) => heard.push(message) });
    tell('hostConnected');
    made[0]!.onmessage!({ data: 'nonsense' });
    assert.match(String(socket.error), /not JSON: "nonsense"/);
    made[0]!.onmessage!({ data: '{"a":1}' });
    assert.deepEqual([heard, socket.error], [[{ a: 1 }], undefined]);
  });

  it('sends while connected, and warns else', () => {
    const warn = mock.method(console, 'warn', () => undefined);
    const { socket, tell, made } = setUp();
    tell('hostConnected');
    assert.equal(socket.send({ a: 1 }), false);
    assert.equal(warn.mock.callCount(), 1);
    made[0]!.onopen!();
    assert.equal(socket.send({ a: 1 }), true);
    assert.deepEqual(made[0]!.sent, ['{"a":1}']);
    warn.mock.restore();
  });
});
