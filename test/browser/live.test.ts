import { assert } from '@open-wc/testing';
import { setupWorker } from 'msw/browser';
import { createBrowserLive } from '../../mock-server/browser/live.js';
import { createHub } from '../../mock-server/live/hub.js';
import { createMemoryBus } from '../../mock-server/live/memory-bus.js';
import type { LiveItem } from '../../src/contract/index.js';
import { createLive, webSocketTransport, type LiveSource } from '../../src/live/index.js';

describe('the live stream inside a page', () => {
  const bus = createMemoryBus();
  const hub = createHub({
    bus,
    authenticate: (token) =>
      Promise.resolve(
        token === 'good'
          ? { viewer: { id: crypto.randomUUID(), role: 'admin' }, sessionId: null, expiresAt: null }
          : null,
      ),
  });
  const worker = setupWorker(
    createBrowserLive(hub, `${location.origin.replace('http', 'ws')}/api/live`),
  );
  let live: LiveSource;

  const open = (token: string) =>
    createLive({ transports: [webSocketTransport({ baseUrl: '/api' })], getToken: () => token });
  const until = (status: string) =>
    new Promise<void>((resolve) => {
      if (live.state.status === status) resolve();
      live.onState((state) => state.status === status && resolve());
    });
  const publish = (id: string) =>
    bus.publish([{ channel: 'users', type: 'USER_CREATED', id, payload: {} }]);

  before(() => worker.start({ quiet: true, onUnhandledRequest: 'bypass' }));
  after(() => worker.stop());
  afterEach(() => live.close());

  it('brings events, and those missed while the link was cut', async () => {
    live = open('good');
    const items: LiveItem[] = [];
    let arrived = () => {};
    const next = () => new Promise<void>((resolve) => (arrived = resolve));
    const listener = {
      onEvents: (news: readonly LiveItem[]) => {
        items.push(...news);
        arrived();
      },
      onReset: () => Promise.resolve(undefined),
    };
    const first = next();
    live.follow('users', listener, bus.head('users'));
    publish('a');
    await first;
    const second = next();
    assert.equal(hub.dropAll(), 1);
    publish('b');
    await second;
    assert.deepEqual(
      items.map(({ id }) => id),
      ['a', 'b'],
    );
  });

  it('is refused without a token that is good, and told so', async () => {
    live = open('bad');
    live.follow('users', { onEvents: () => {}, onReset: () => Promise.resolve(undefined) });
    await until('refused');
    assert.equal(hub.counters.connections, 0);
  });

  it('lets the page into the back/forward cache, and returns with it', async () => {
    live = open('good');
    live.follow('users', { onEvents: () => {}, onReset: () => Promise.resolve(undefined) });
    await until('live');
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    await until('offline');
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await until('live');
  });
});
