import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Context } from '../../mock-server/domain/handler.js';
import type { BusEvent } from '../../mock-server/live/bus.js';
import { createHub } from '../../mock-server/live/hub.js';
import { createMemoryBus } from '../../mock-server/live/memory-bus.js';
import { streamHandlers } from '../../mock-server/live/sse.js';
import type { ServerFrame } from '../../src/contract/index.js';
import { useWorld } from '../server/world.js';
import { settled, VirtualClock } from './virtual-clock.js';

const id = '00000000-0000-4000-8000-000000000001';
const event = (channel: string, entity: string): BusEvent => ({
  channel,
  type: 'USER_CREATED',
  id: entity,
  payload: { id: entity },
});

/** Frames and the last id of a whole event stream. */
function parse(text: string) {
  const frames = [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data!));
  const lastId = [...text.matchAll(/^id: (.*)$/gm)].at(-1)?.[1];
  const names = (frames as ServerFrame[]).map((frame) =>
    frame.type === 'EVENTS' ? frame.items.map((item) => item.id).join() : frame.type,
  );
  return { names, lastId };
}

/** Streams of one admin, on a clock that stands still. */
function createFixture() {
  const clock = new VirtualClock();
  const bus = createMemoryBus({ now: clock.now, newEpoch: () => 'e' });
  const hub = createHub({ bus, clock, authenticate: () => Promise.resolve(null) });
  const ctx = {
    viewer: { id, role: 'admin' },
    sessionId: 's',
    expiresAt: null,
    header: () => undefined,
    setHeader: () => undefined,
  } as unknown as Context;

  async function poll(ch: string, wait: number, cursor?: string) {
    const stream = (await streamHandlers(hub).live.sse(
      { ch, wait, cursor },
      ctx,
    )) as ReadableStream;
    const state = { text: undefined as string | undefined };
    void new Response(stream).text().then((text) => (state.text = text));
    return state;
  }
  return { clock, bus, hub, poll };
}

describe('a stream with a time to wait', () => {
  it('ends when the time is up, and tells where to go on', async () => {
    const { clock, bus, hub, poll } = createFixture();
    bus.publish([event('users', 'a')]);
    const answer = await poll('users', 20);
    await clock.advance(19_999);
    assert.equal(answer.text, undefined);
    await clock.advance(1);
    await settled();
    assert.deepEqual(parse(answer.text!), {
      names: ['WELCOME', 'SUBSCRIBED'],
      lastId: 'users@e:1',
    });
    assert.deepEqual([hub.counters.connections, clock.pending], [0, 0]);
  });

  it('ends at once when there is something already, with all channels of it', async () => {
    const { clock, bus, poll } = createFixture();
    bus.publish([event('users', 'a'), event('projects', 'p')]);
    const answer = await poll('users,projects', 60, 'users@e:0,projects@e:0');
    await settled();
    assert.deepEqual(parse(answer.text!), {
      names: ['WELCOME', 'SUBSCRIBED', 'a', 'SUBSCRIBED', 'p'],
      lastId: 'users@e:1,projects@e:1',
    });
    assert.equal(clock.pending, 0);
  });

  it('ends with what happens, and with what else happens in the same turn', async () => {
    const { bus, poll } = createFixture();
    const answer = await poll('users,projects', 60);
    bus.publish([event('users', 'a'), event('projects', 'p')]);
    await settled();
    assert.deepEqual(parse(answer.text!).names.slice(-2), ['a', 'p']);
  });

  it('asks for nothing but what is there when the time is none', async () => {
    const { poll } = createFixture();
    const answer = await poll('users', 0);
    await settled();
    assert.deepEqual(parse(answer.text!).names, ['WELCOME', 'SUBSCRIBED']);
  });

  it('misses nothing between two', async () => {
    const { bus, poll } = createFixture();
    let cursor = 'users@e:0';
    const seen: string[] = [];
    for (let round = 0; round < 20; round++) {
      bus.publish([event('users', `${2 * round}`)]);
      const answer = await poll('users', 60, cursor);
      bus.publish([event('users', `${2 * round + 1}`)]);
      await settled();
      const { names, lastId } = parse(answer.text!);
      seen.push(...names.slice(2).flatMap((name) => name.split(',')));
      cursor = lastId!;
    }
    const [last] = [await poll('users', 0, cursor)];
    await settled();
    seen.push(...parse(last.text!).names.slice(2));
    assert.deepEqual(
      seen,
      Array.from({ length: 40 }, (_, index) => `${index}`),
    );
  });
});

describe('polling over a real port', () => {
  const world = useWorld();
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${world.url}/api${path}`, {
      headers: { Authorization: `Bearer ${world.admin.token}`, ...headers },
    });

  it('answers news and ends', async () => {
    const { epoch, offset } = world.server.bus.head('users');
    world.server.bus.publish([event('users', 'a')]);
    const response = await get(`/live/sse?ch=users&cursor=users@${epoch}:${offset}&wait=60`);
    assert.equal(response.headers.get('content-type'), 'text/event-stream');
    assert.deepEqual(parse(await response.text()).names, ['WELCOME', 'SUBSCRIBED', 'a']);
    const own = await get('/notifications/stream?wait=0');
    assert.deepEqual(parse(await own.text()).names, ['WELCOME', 'SUBSCRIBED']);
  });

  it('takes 100 channels by id, with their cursors in the address and in a header', async () => {
    const { epoch } = world.server.bus.head('users');
    const channels = Array.from(
      { length: 100 },
      (_, index) => `user:00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    );
    const cursor = channels.map((channel) => `${channel}@${epoch}:0`).join(',');
    const query = new URLSearchParams({ ch: channels.join(','), cursor, wait: '0' });
    const response = await get(`/live/sse?${query}`, { 'Last-Event-ID': cursor });
    assert.equal(response.status, 200);
    const { names } = parse(await response.text());
    assert.equal(names.filter((name) => name === 'SUBSCRIBED').length, 100);
  });

  it('refuses other times', async () => {
    for (const wait of ['-1', '61', '1.5', 'long', '']) {
      assert.equal((await get(`/live/sse?ch=users&wait=${wait}`)).status, 400, wait);
    }
  });
});
