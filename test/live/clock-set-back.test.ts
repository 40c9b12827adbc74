// A server's clock is set right now and then, also backwards: nobody pays for it.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createHub } from '../../mock-server/live/hub.js';
import { createMemoryBus } from '../../mock-server/live/memory-bus.js';
import { RateLimit } from '../../mock-server/live/rate.js';
import type { ServerFrame } from '../../src/contract/index.js';
import { settled, VirtualClock } from './virtual-clock.js';

const hour = 3_600_000;

describe('when the clock is set back an hour', () => {
  it('a rate goes on from what is left of it', () => {
    let now = 10 * hour;
    const rate = new RateLimit({ burst: 3, perSecond: 1 }, () => now);
    rate.take();
    now -= hour;
    assert.deepEqual(
      Array.from({ length: 3 }, () => rate.take()),
      [true, true, false],
    );
    now += 1000;
    assert.equal(rate.take(), true);
  });

  it('a busy channel waits for its next batch no longer than ever', async () => {
    const clock = new VirtualClock();
    const bus = createMemoryBus({ now: clock.now });
    const hub = createHub({
      bus,
      clock,
      batchMs: 50,
      authenticate: (id) =>
        Promise.resolve({ viewer: { id, role: 'admin' }, sessionId: null, expiresAt: null }),
    });
    const frames: ServerFrame[] = [];
    const session = hub.connect({
      send: ({ text }) => frames.push(JSON.parse(text) as ServerFrame),
      close: () => undefined,
      buffered: 0,
    });
    session.receive(JSON.stringify({ type: 'HELLO', v: 'inlay.v1', token: 'a', client: 'x' }));
    await settled();
    session.receive(JSON.stringify({ type: 'SUBSCRIBE', id: 1, channel: 'projects' }));
    const tell = () =>
      bus.publish([{ channel: 'projects', type: 'PROJECT_DELETED', id: 'p', payload: {} }]);
    tell();
    clock.sleep(-hour);
    tell();
    await clock.advance(50);
    assert.equal(frames.filter(({ type }) => type === 'EVENTS').length, 2);
  });
});
