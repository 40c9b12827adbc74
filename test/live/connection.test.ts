import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LiveItem, ServerFrame } from '../../src/contract/index.js';
import type { Live } from '../../src/live/index.js';
import type { VirtualClock } from './virtual-clock.js';
import { createFixture, silent, since } from './live-fixture.js';

const ping: ServerFrame = { type: 'PING', heads: { users: ['a', 5] } };
const range = (from: number, to: number, ...offsets: number[]): ServerFrame => ({
  type: 'EVENTS',
  channel: 'users',
  epoch: 'a',
  from,
  to,
  items: offsets.map((offset) => ({
    offset,
    type: 'USER_UPDATED',
    id: 'u',
    payload: {},
    timestamp: '',
  })),
});

const status = (live: Live) => live.state.status;
const wait = ({ state }: Live, clock: VirtualClock) =>
  'retryAt' in state ? state.retryAt - clock.now() : undefined;

describe('a connection', () => {
  it('gives up a server that goes on talking nonsense, tells it why, and backs off', async () => {
    const { clock, live, link, links, begin } = createFixture({ maxStrange: 3 });
    await begin();
    const nonsense = async (count: number) => {
      for (let n = 0; n < count; n++) link().say(undefined);
      await clock.advance(0);
    };
    await nonsense(2);
    link().say(ping);
    await nonsense(2);
    assert.equal(status(live), 'live');
    await nonsense(1);
    assert.deepEqual(
      [status(live), links[0]!.closed, links[0]!.reason],
      ['reconnecting', true, 4002],
    );
    for (const ms of [250, 500, 1000]) {
      assert.equal(wait(live, clock), ms);
      await clock.advance(ms);
      link().welcome();
      await nonsense(3);
    }
  });

  it('takes no events before it is welcomed, nor such as their range does not hold', async () => {
    const got: LiveItem[] = [];
    const { clock, live, link } = createFixture();
    live.follow('users', { ...silent, onEvents: (items) => got.push(...items) }, since);
    await clock.advance(0);
    link().open();
    link().say(range(5, 6, 6));
    link().welcome();
    link().say(range(6, 5));
    link().say(range(5, 7, 5, 6));
    link().say(range(5, 7, 7, 6));
    link().say(range(5, 7, 6, 8));
    assert.deepEqual(got, []);
    link().say(range(5, 7, 6, 7));
    link().say(range(7, 9));
    assert.deepEqual(
      got.map(({ offset }) => offset),
      [6, 7],
    );
  });

  it('is not welcomed twice by one that can only say everything again', async () => {
    const seen: string[] = [];
    const { live, link, begin } = createFixture();
    live.onState(({ status }) => seen.push(status));
    await begin();
    for (let n = 0; n < 3; n++) link().welcome();
    assert.deepEqual(seen, ['connecting', 'live']);
  });

  it('leaves when it is asked to, even where nobody closes the link, and is back at once', async () => {
    const { clock, live, link, links, begin } = createFixture();
    await begin();
    link().say({ type: 'DRAIN', inMs: 5000 });
    await clock.advance(4999);
    assert.equal(status(live), 'live');
    await clock.advance(1);
    assert.equal(wait(live, clock), 250);
    await clock.advance(250);
    link().welcome();
    assert.equal(link().said('SUBSCRIBE')[0]!.since, 5);
    await clock.advance(60_000);
    assert.equal(links.length, 2);
  });

  it('does not wait for silence to find that a subscription is never answered', async () => {
    const { clock, live, link, begin } = createFixture();
    await begin();
    live.follow('projects', silent, since);
    await clock.advance(14_999);
    assert.equal(status(live), 'live');
    live.follow('stats', silent, since);
    await clock.advance(1);
    assert.deepEqual([status(live), link().reason], ['reconnecting', 4201]);
  });

  it('tries again within a second of a drop that came after good health', async () => {
    for (const chance of [0, 0.5, 0.999]) {
      const { clock, live, link, links, begin } = createFixture({ random: () => chance });
      await begin();
      await clock.advance(20_000);
      link().close(1006);
      await clock.advance(1000);
      assert.equal(links.length, 2);
      assert.equal(status(live), 'connecting');
    }
  });

  it('catches up in one round trip: subscriptions do not wait to be welcomed', async () => {
    const { clock, link, begin } = createFixture();
    await begin();
    link().close(1006);
    await clock.advance(250);
    link().open();
    assert.deepEqual(
      link().sent.map(({ type }) => type),
      ['HELLO', 'SUBSCRIBE'],
    );
  });

  it('goes by the numbers it is given', async () => {
    const { clock, live, link, links, begin } = createFixture({
      retryMs: 10,
      slowestRetryMs: 40,
      healthyMs: 100,
      patienceMs: 1000,
      silentPings: 1,
      probeMs: 5,
      graceMs: 7,
    });
    const leave = await begin();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 4; attempt++) {
      link().close(4110);
      waits.push(wait(live, clock)!);
      await clock.advance(waits.at(-1)!);
    }
    assert.deepEqual(waits, [10, 20, 40, 40]);
    await clock.advance(1000);
    assert.equal(status(live), 'reconnecting');
    await clock.advance(40);
    link().welcome();
    link().say(ping);
    await clock.advance(24_999);
    assert.equal(status(live), 'live');
    await clock.advance(1);
    assert.equal(status(live), 'reconnecting');
    await clock.advance(40);
    link().welcome();
    live.retry();
    link().say(ping);
    leave();
    await clock.advance(7);
    assert.deepEqual([status(live), links.length], ['idle', 7]);
  });
});
