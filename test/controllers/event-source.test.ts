import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EventSourceController, type EventSourceOptions } from '../../src/controllers/index.js';
import { createHost } from './host.js';

class FakeSource extends EventTarget {
  static readonly CLOSED = 2;
  static readonly made: FakeSource[] = [];
  readyState = 0;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  constructor(
    readonly url: string,
    readonly init: EventSourceInit,
  ) {
    super();
    FakeSource.made.push(this);
  }
  close = () => (this.readyState = FakeSource.CLOSED);

  say(type: string, data: string): void {
    this.dispatchEvent(Object.assign(new Event(type), { data }));
  }
}

function setUp(options: Partial<EventSourceOptions> = {}) {
  FakeSource.made.length = 0;
  const { host, tell } = createHost();
  const settings: EventSourceOptions = { url: '/a', EventSource: FakeSource as never, ...options };
  const source = new EventSourceController(host, () => settings);
  return { source, settings, tell, made: FakeSource.made };
}

describe('EventSourceController', () => {
  it('connects while it is enabled, and leaves with its element', () => {
    const { source, settings, tell, made } = setUp({ enabled: false, withCredentials: true });
    tell('hostConnected');
    assert.deepEqual([source.status, made.length], ['idle', 0]);
    settings.enabled = true;
    tell('hostUpdate');
    assert.deepEqual([source.status, made[0]!.init], ['connecting', { withCredentials: true }]);
    made[0]!.onopen!();
    assert.equal(source.connected, true);
    tell('hostDisconnected');
    assert.deepEqual([source.status, made[0]!.readyState], ['idle', FakeSource.CLOSED]);
  });

  it('takes the events of the names it is given, and no others', () => {
    const heard: unknown[] = [];
    const { source, tell, made } = setUp({
      events: ['news', 'weather'],
      onMessage: (message) => heard.push(message),
    });
    tell('hostConnected');
    for (const type of ['news', 'message', 'weather']) made[0]!.say(type, JSON.stringify(type));
    assert.deepEqual([heard, source.message], [['news', 'weather'], 'weather']);
    made[0]!.say('news', 'rain');
    assert.match(String(source.error), /not JSON: "rain"/);
    assert.equal(source.message, 'weather');
  });

  it('leaves it to the browser to connect again, and does it itself where that gives up', (context) => {
    context.mock.timers.enable({ apis: ['setTimeout'] });
    const { source, tell, made } = setUp({ maxReconnects: 1 });
    tell('hostConnected');
    made[0]!.onopen!();
    made[0]!.onerror!();
    assert.equal(source.status, 'reconnecting');
    assert.match(String(source.error), /\/a broke off/);
    context.mock.timers.tick(60_000);
    assert.equal(made.length, 1);
    made[0]!.readyState = FakeSource.CLOSED;
    made[0]!.onerror!();
    context.mock.timers.tick(3000);
    assert.equal(made.length, 2);
    made[1]!.readyState = FakeSource.CLOSED;
    made[1]!.onerror!();
    assert.equal(source.status, 'failed');
  });
});
