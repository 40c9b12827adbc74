import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BusEvent } from '../../mock-server/live/bus.js';
import { createMemoryBus } from '../../mock-server/live/memory-bus.js';
import { VirtualClock } from './virtual-clock.js';

const event = (channel: string, id = 'x'): BusEvent => ({
  channel,
  type: 'USER_UPDATED',
  id,
  payload: { id },
});
const offsets = (items: readonly { offset: number }[] | undefined) =>
  items?.map(({ offset }) => offset);

describe('the memory bus', () => {
  it('numbers each channel by itself and answers with the heads it moved', () => {
    const bus = createMemoryBus({ newEpoch: () => 'e' });
    const heads = bus.publish([event('users'), event('projects'), event('users')]);
    assert.deepEqual(
      [...heads],
      [
        ['users', { epoch: 'e', offset: 2 }],
        ['projects', { epoch: 'e', offset: 1 }],
      ],
    );
    assert.deepEqual(bus.head('teams'), { epoch: 'e', offset: 0 });
  });

  it('reads what came after an offset, and nothing it cannot know', () => {
    const bus = createMemoryBus();
    bus.publish([event('users'), event('users'), event('users')]);
    assert.deepEqual(offsets(bus.read('users', 1)), [2, 3]);
    assert.deepEqual(bus.read('users', 3), []);
    assert.deepEqual(bus.read('nothing', 0), []);
    assert.equal(bus.read('users', 4), undefined);
    assert.equal(bus.read('nothing', 1), undefined);
    assert.equal(bus.read('users', -1), undefined);
  });

  it('keeps items whole: origin, type, payload, and the time they were written', () => {
    const bus = createMemoryBus({ now: () => 0 });
    bus.publish([{ ...event('users', 'a'), origin: 'me' }]);
    assert.deepEqual(bus.read('users', 0), [
      {
        offset: 1,
        type: 'USER_UPDATED',
        id: 'a',
        payload: { id: 'a' },
        origin: 'me',
        timestamp: '1970-01-01T00:00:00.000Z',
      },
    ]);
  });

  it('reaches back exactly as many events as its window', () => {
    const bus = createMemoryBus({ window: { events: 10 } });
    for (let count = 1; count <= 57; count++) {
      bus.publish([event('users')]);
      const floor = Math.max(0, count - 10);
      assert.equal(bus.read('users', floor)?.length, count - floor);
      assert.equal(bus.read('users', floor - 1), undefined);
    }
  });

  it('forgets what is older than its window, and never the offset', async () => {
    const clock = new VirtualClock();
    const bus = createMemoryBus({ now: clock.now, window: { ms: 1000 } });
    bus.publish([event('users')]);
    await clock.advance(600);
    bus.publish([event('users')]);
    await clock.advance(600);
    assert.equal(bus.read('users', 0), undefined);
    assert.deepEqual(offsets(bus.read('users', 1)), [2]);
    await clock.advance(24 * 3_600_000);
    bus.publish([event('projects')]);
    assert.equal(bus.head('users').offset, 2);
    assert.deepEqual(bus.read('users', 2), []);
    bus.publish([event('users')]);
    assert.deepEqual(offsets(bus.read('users', 2)), [3]);
  });

  it('tells listeners when all of a publication can be read, until they leave', () => {
    const bus = createMemoryBus();
    const seen: unknown[] = [];
    const leave = bus.subscribe({
      onEvents: (channel) => seen.push([channel, bus.head('users').offset]),
      onReset: () => seen.push('reset'),
    });
    bus.publish([event('users'), event('users'), event('projects')]);
    bus.reset();
    leave();
    bus.publish([event('users')]);
    bus.reset();
    assert.deepEqual(seen, [['users', 2], ['projects', 2], 'reset']);
  });

  it('begins a new epoch with nothing in it at a reset', () => {
    const bus = createMemoryBus();
    bus.publish([event('users')]);
    const epochs = new Set([bus.head('users').epoch]);
    for (let count = 0; count < 100; count++) {
      bus.reset();
      epochs.add(bus.head('users').epoch);
    }
    assert.equal(epochs.size, 101);
    assert.equal(bus.head('users').offset, 0);
    for (const epoch of epochs) assert.match(epoch, /^\w{1,32}$/);
  });
});
