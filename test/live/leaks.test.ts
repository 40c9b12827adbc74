import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Context } from '../../mock-server/domain/handler.js';
import type { BusEvent } from '../../mock-server/live/bus.js';
import { createHub, type Hub } from '../../mock-server/live/hub.js';
import { createMemoryBus } from '../../mock-server/live/memory-bus.js';
import type { Session } from '../../mock-server/live/session.js';
import { streamHandlers } from '../../mock-server/live/sse.js';
import type { ClientFrame } from '../../src/contract/index.js';
import { useWorld } from '../server/world.js';
import { until } from './until.js';
import { settled, VirtualClock } from './virtual-clock.js';
import { openSocket } from './wire.js';

const idOf = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
const event = (channel: string, id: string, size = 1): BusEvent => ({
  channel,
  type: 'USER_CREATED',
  id,
  payload: { text: 'x'.repeat(size) },
});

/** A hub where a token is the number of its bearer, and everybody's ends within the hour. */
function createFixture() {
  const clock = new VirtualClock();
  const bus = createMemoryBus({ now: clock.now, newEpoch: () => 'e' });
  const hub = createHub({
    bus,
    clock,
    authenticate: (token) =>
      Promise.resolve({
        viewer: { id: idOf(Number(token)), role: 'admin' },
        sessionId: token,
        expiresAt: new Date(clock.now() + 3_600_000).toISOString(),
      }),
  });
  const left = (of: Hub) => {
    const { connections, people, topics } = of.counters;
    return { connections, people, topics };
  };
  return { clock, bus, hub, left: () => ({ ...left(hub), timers: clock.pending }) };
}

const nothing = { connections: 0, people: 0, topics: 0, timers: 0 };

describe('a thousand connections', () => {
  it('leave nothing behind, however they end', async () => {
    const { clock, bus, hub, left } = createFixture();
    const endings: ((session: Session, wire: { buffered: number }, index: number) => void)[] = [
      (session) => session.close(1000),
      (_session, _wire, index) => void hub.revoke({ sessionId: String(index) }),
      (session) => session.drain(5),
      (session) => session.receive('{"type":"AUTH","token":"1000000"}'),
      (_session, wire) => (wire.buffered = 300_000),
      (session) => {
        for (let count = 0; count < 300; count++) session.receive('{}');
      },
      (_session, _wire, index) => {
        bus.publish([{ ...event(`user:${idOf(index)}`, idOf(index)), type: 'USER_DELETED' }]);
      },
      // Answers nothing.
      () => undefined,
    ];
    for (let index = 0; index < 1000; index++) {
      const wire = { buffered: 0 };
      const session = hub.connect({
        send: () => undefined,
        close: () => undefined,
        get buffered() {
          return wire.buffered;
        },
      });
      const say = (frame: ClientFrame) => session.receive(JSON.stringify(frame));
      if (index % 10 > 0) say({ type: 'HELLO', v: 'inlay.v1', token: String(index), client: 'x' });
      await settled();
      const channels = ['users', 'projects', `user:${idOf(index)}`, `team:${idOf(index % 7)}`];
      for (const [id, channel] of channels.entries()) say({ type: 'SUBSCRIBE', id, channel });
      bus.publish([event('users', 'a'), event(`user:${idOf(index)}`, 'b')]);
      endings[index % endings.length]!(session, wire, index);
    }
    await clock.advance(90_000);
    assert.deepEqual(left(), nothing);
    assert.equal(hub.counters.closed, 1000);
  });
});

describe('an event stream that its history fills', () => {
  it('attaches to nothing after its end, and nothing is told to it any more', async () => {
    const { bus, hub, left } = createFixture();
    for (let count = 0; count < 200; count++) bus.publish([event('users', `${count}`, 10_000)]);
    const ctx = {
      viewer: { id: idOf(1), role: 'admin' },
      sessionId: 's',
      expiresAt: null,
      header: () => undefined,
      setHeader: () => undefined,
    } as unknown as Context;
    const stream = (await streamHandlers(hub).live.sse(
      { ch: 'users,projects,stats', cursor: 'users@e:0' },
      ctx,
    )) as ReadableStream;
    assert.equal(hub.counters.gaps, 1);
    assert.deepEqual(left(), nothing);
    bus.publish([event('projects', 'late'), event('users', 'late')]);
    const text = await new Response(stream).text();
    assert.match(text, /"type":"GAP"/);
    assert.doesNotMatch(text, /"channel":"projects"|late/);
  });
});

describe('over a real port', () => {
  const world = useWorld();

  it('nothing is left of readers that come and go', async () => {
    const { hub } = world.server;
    const port = Number(new URL(world.url).port);
    for (let round = 0; round < 4; round++) {
      const sockets = await Promise.all(
        Array.from({ length: 25 }, () => openSocket(port, world.admin.token)),
      );
      for (const { say } of sockets) say({ type: 'SUBSCRIBE', id: 1, channel: 'users' });
      const streams = await Promise.all(
        Array.from({ length: 25 }, () =>
          fetch(`${world.url}/api/live/sse?ch=users,projects`, {
            headers: { Authorization: `Bearer ${world.user.token}` },
          }),
        ),
      );
      assert.equal(hub.counters.connections, 50);
      sockets.forEach(({ socket }, index) => (index % 2 ? socket.close() : socket.terminate()));
      for (const stream of streams) await stream.body!.cancel();
      await until(() => hub.counters.connections === 0);
      assert.deepEqual([hub.counters.people, hub.counters.topics], [0, 0]);
    }
    assert.equal(hub.counters.closed, 200);
  });
});
