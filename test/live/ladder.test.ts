import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LiveItem } from '../../src/contract/index.js';
import type { LiveOptions, TransportName } from '../../src/live/index.js';
import { createFixture, silent, since } from './live-fixture.js';
import { createScript, type ScriptedLink } from './scripted-transport.js';

const names = ['websocket', 'sse', 'polling'] as const;

function setUp(options: Partial<LiveOptions> = {}) {
  const scripts = names.map((name) => createScript(name));
  const fixture = createFixture({
    transports: scripts.map(({ transport }) => transport),
    ...options,
  });
  const [ws, sse, polling] = scripts.map(({ links }) => links) as [
    ScriptedLink[],
    ScriptedLink[],
    ScriptedLink[],
  ];
  const { clock, live } = fixture;
  const all = () => [ws, sse, polling].map((links) => links.length);
  /** Lets every try fail until one goes by this transport, which is welcomed. */
  const getTo = async (name: TransportName) => {
    live.follow('users', silent, since);
    await clock.advance(0);
    const links = [ws, sse, polling][names.indexOf(name)]!;
    while (links.length === 0) await fail();
    links[0]!.welcome();
    assert.deepEqual(live.state, { status: 'live', transport: name });
  };
  /** Those neither end has closed; the one that carries the stream is the last of them. */
  const open = () => [ws, sse, polling].flatMap((links) => links.filter(({ closed }) => !closed));
  /** Ends the link, and waits for the next one. */
  const fail = async (code = 1006) => {
    open().at(-1)!.close(code);
    const wait = 'retryAt' in live.state ? live.state.retryAt - clock.now() : 30_000;
    await clock.advance(wait);
  };
  return { ...fixture, ws, sse, polling, all, getTo, open, fail };
}

/** A link that is not in the way of time: pings until then. */
async function live(
  { clock, open }: Pick<ReturnType<typeof setUp>, 'clock' | 'open'>,
  ms: number,
): Promise<void> {
  for (let left = ms; left > 0; left -= 10_000) {
    await clock.advance(Math.min(left, 10_000));
    open()
      .at(-1)!
      .say({ type: 'PING', heads: { users: ['a', 5] } });
  }
}

describe('the ladder of transports', () => {
  it('goes down one when two tries in a row were never welcomed, and past the lowest to the top', async () => {
    const world = setUp();
    world.live.follow('users', silent, since);
    await world.clock.advance(0);
    const order: string[] = [];
    for (let attempt = 0; attempt < 7; attempt++) {
      order.push(world.all().join());
      await world.fail();
    }
    assert.deepEqual(order, ['1,0,0', '2,0,0', '2,1,0', '2,2,0', '2,2,1', '2,2,2', '3,2,2']);
  });

  it('does not keep the next one waiting for what went before, but all when none gets through', async () => {
    const world = setUp({ random: () => 1 });
    world.live.follow('users', silent, since);
    await world.clock.advance(0);
    const waits: number[] = [];
    for (let attempt = 0; attempt < 9; attempt++) {
      world.open().at(-1)!.close(1006);
      const { state } = world.live;
      assert.ok(state.status === 'reconnecting');
      waits.push(state.retryAt - world.clock.now());
      await world.clock.advance(waits.at(-1)!);
    }
    assert.deepEqual(waits, [250, 250, 500, 250, 500, 1000, 2000, 4000, 8000]);
  });

  it('goes down when three links in a row broke before they were healthy', async () => {
    const world = setUp();
    await world.getTo('websocket');
    for (let attempt = 0; attempt < 3; attempt++) {
      await world.clock.advance(9_999);
      await world.fail();
      if (attempt < 2) world.ws.at(-1)!.welcome();
    }
    assert.deepEqual(world.all(), [3, 1, 0]);
  });

  it('counts a link that fell silent from when it was last heard', async () => {
    const world = setUp();
    await world.getTo('websocket');
    for (let attempt = 0; attempt < 3; attempt++) {
      // A proxy that lets the greeting through, and nothing else.
      await world.clock.advance(62_500 + 2000);
      world.open().at(-1)!.welcome();
    }
    assert.deepEqual(world.live.state, { status: 'live', transport: 'sse' });
    assert.equal(world.ws[0]!.reason, 4201);
  });

  it('stays where a server answers, whatever it answers, and while the browser is offline', async () => {
    for (const code of [4101, 4110, 4200]) {
      const world = setUp({ getToken: () => `${Math.random()}` });
      world.live.follow('users', silent, since);
      await world.clock.advance(0);
      for (let attempt = 0; attempt < 4; attempt++) await world.fail(code);
      assert.deepEqual(world.all(), [5, 0, 0], `${code}`);
    }
    const world = setUp();
    world.page.navigator.onLine = false;
    world.live.follow('users', silent, since);
    await world.clock.advance(0);
    for (let attempt = 0; attempt < 4; attempt++) {
      world.open()[0]!.close(1006);
      assert.equal(world.live.state.status, 'offline');
      await world.clock.advance(30_000);
    }
    assert.deepEqual(world.all(), [5, 0, 0]);
  });

  it('goes down when a transport can’t even be opened', async () => {
    const sse = createScript('sse');
    const forbidden = {
      name: 'websocket',
      open(): never {
        throw new DOMException('not from a page served by https', 'SecurityError');
      },
    } as const;
    const { clock, live } = createFixture({ transports: [forbidden, sse.transport] });
    live.follow('users', silent, since);
    await clock.advance(1000);
    sse.links[0]!.welcome();
    assert.deepEqual(live.state, { status: 'live', transport: 'sse' });
  });

  it('tries a better one in the background, ever more rarely, each in its turn', async () => {
    const world = setUp();
    await world.getTo('polling');
    const tries: string[] = [];
    let minutes = 0;
    for (const seconds of [30, 60, 120, 240, 480, 600, 600]) {
      const before = world.all();
      await live(world, seconds * 1000);
      minutes += seconds / 60;
      const [ws, sse] = world.all().map((count, index) => count - before[index]!);
      tries.push(`${ws} ${sse}`);
      // The link that is tried breaks; the one that carries the stream goes on.
      [...world.ws, ...world.sse]
        .filter(({ closed }) => !closed)
        .at(-1)!
        .close(1006);
    }
    assert.deepEqual(tries, ['1 0', '0 1', '1 0', '0 1', '1 0', '0 1', '1 0']);
    assert.ok(minutes > 35);
    assert.deepEqual(world.live.state, { status: 'live', transport: 'polling' });
    assert.equal(world.polling.length, 1);
  });

  it('climbs when the better one is welcomed, with the old one open until then', async () => {
    const world = setUp();
    const got: LiveItem[] = [];
    const seen: string[] = [];
    await world.getTo('sse');
    world.live.follow('projects', { ...silent, onEvents: (items) => got.push(...items) }, since);
    world.live.onState((state) => seen.push('transport' in state ? state.transport : state.status));
    await live(world, 30_000);
    const [old, better] = [world.sse[0]!, world.ws.at(-1)!];
    better.open();
    assert.deepEqual(
      better.sent.map((frame) => ('channel' in frame ? frame.channel : frame.type)),
      ['HELLO', 'users', 'projects'],
    );
    old.say(events(5, 6));
    // What the better one says before it is welcomed is nothing yet.
    better.say(events(5, 8));
    better.say({ type: 'ERROR', code: 'internal' });
    assert.deepEqual([old.closed, got.map(({ offset }) => offset)], [false, [6]]);
    better.say({
      type: 'WELCOME',
      connection: 'c',
      expiresAt: null,
      pingMs: 25_000,
      maxMessage: 1,
    });
    assert.deepEqual([old.closed, seen], [true, ['websocket']]);
    old.say(events(6, 7));
    old.close(1006);
    better.say(events(5, 8));
    assert.deepEqual(
      got.map(({ offset }) => offset),
      [6, 7, 8],
    );
    await live(world, 3_600_000);
    assert.deepEqual(world.all(), [3, 1, 0]);
  });

  it('goes on as it was when the better one opens, but is never welcomed', async () => {
    const world = setUp();
    await world.getTo('sse');
    await live(world, 30_000);
    const better = world.ws.at(-1)!;
    better.open();
    await live(world, 15_000);
    assert.deepEqual(
      [better.closed, world.live.state],
      [true, { status: 'live', transport: 'sse' }],
    );
    better.welcome();
    assert.equal(world.live.state.status === 'live' && world.live.state.transport, 'sse');
  });

  it('gives a try up with the link below it', async () => {
    const world = setUp();
    await world.getTo('sse');
    await live(world, 30_000);
    const better = world.ws.at(-1)!;
    world.sse[0]!.close(1006);
    assert.equal(better.closed, true);
    better.welcome();
    assert.equal(world.live.state.status, 'reconnecting');
  });

  it('tells a link that is tried of subscriptions and tokens that come meanwhile', async () => {
    const world = setUp();
    await world.getTo('sse');
    await live(world, 30_000);
    const better = world.ws.at(-1)!;
    better.open();
    const leave = world.live.follow('projects', silent, since);
    leave();
    world.tokens.push('new');
    world.sse[0]!.say({ type: 'EXPIRING', inMs: 60_000 });
    await world.clock.advance(0);
    assert.deepEqual(
      better.sent.map(({ type }) => type),
      ['HELLO', 'SUBSCRIBE', 'SUBSCRIBE', 'UNSUBSCRIBE', 'AUTH'],
    );
  });

  it('brings a token that was asked for below to the better link', async () => {
    let give = (_token: string) => {};
    const world = setUp({
      getToken: ({ refused }) =>
        refused === undefined ? 'old' : new Promise<string>((resolve) => (give = resolve)),
    });
    await world.getTo('sse');
    await live(world, 30_000);
    world.sse[0]!.say({ type: 'EXPIRING', inMs: 60_000 });
    await world.clock.advance(0);
    const better = world.ws.at(-1)!;
    better.welcome();
    assert.equal(better.said('HELLO')[0]!.token, 'old');
    give('new');
    await world.clock.advance(0);
    assert.deepEqual(better.said('AUTH'), [{ type: 'AUTH', token: 'new' }]);
  });

  it('tries at once when the page is shown or the network is back', async () => {
    for (const type of ['visibilitychange', 'online']) {
      const world = setUp();
      await world.getTo('sse');
      await live(world, 10_000);
      const before = world.ws.length;
      world.page.fire(type);
      assert.equal(world.ws.length, before + 1);
    }
  });

  it('tries what once worked as soon as the lower one is healthy', async () => {
    const world = setUp();
    await world.getTo('websocket');
    await live(world, 20_000);
    while (world.sse.length === 0) await world.fail();
    world.sse[0]!.welcome();
    const before = world.ws.length;
    await live(world, 9_999);
    assert.equal(world.ws.length, before);
    await world.clock.advance(1);
    assert.equal(world.ws.length, before + 1);
  });

  it('begins with what worked last after sleep', async () => {
    const world = setUp();
    await world.getTo('sse');
    while (world.polling.length === 0) await world.fail();
    const before = world.sse.length;
    await world.clock.advance(5000);
    world.page.fire('online');
    await world.clock.advance(0);
    assert.deepEqual([world.sse.length, world.polling[0]!.closed], [before + 1, true]);
  });
});

function events(from: number, to: number) {
  const items = Array.from({ length: to - from }, (_, index) => ({
    offset: from + index + 1,
    type: 'PROJECT_UPDATED',
    id: 'p',
    payload: {},
    timestamp: '',
  }));
  return { type: 'EVENTS', channel: 'projects', epoch: 'a', from, to, items } as const;
}
