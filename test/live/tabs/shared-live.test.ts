import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { UnauthorizedError } from '../../../src/client/index.js';
import { ann, bob, TabWorld, tokenOf, type Tab } from './tab-world.js';

const group = `inlay.v1 https://api.test person ${ann}`;

/** Tabs that all show the people, the first of them leading. */
async function setUp(count = 3) {
  const world = new TabWorld();
  const tabs: Tab[] = [];
  for (let n = 0; n < count; n++) {
    const tab = world.open();
    tab.show();
    tabs.push(tab);
    await world.clock.advance(500);
  }
  return { world, tabs, first: tabs[0]!, second: tabs[1]!, third: tabs[2]! };
}

/** Nobody missed anything, and nobody had to read anew. */
function assertCurrent(world: TabWorld): void {
  for (const { live, views } of world.living) {
    assert.equal(live.state.status, 'live');
    for (const view of views) assert.deepEqual([view.at, view.resets], [view.head, 0]);
  }
  if (world.failure) throw world.failure;
}

describe('tabs of one person', () => {
  it('have one connection, and all hear what happens', async () => {
    const { world } = await setUp();
    world.write('users', 3);
    await world.clock.advance(500);
    assert.equal(world.connections, 1);
    assertCurrent(world);
    assert.equal(world.hub.counters.opened, 1);
  });

  for (const leave of ['close', 'crash'] as const) {
    it(`go on at once when the one that leads does ${leave}`, async () => {
      const { world, first } = await setUp();
      if (leave === 'close') first.close();
      else first.page.crash();
      world.write('users', 3);
      await world.clock.advance(300);
      assert.equal(world.connections, 1);
      assertCurrent(world);
    });
  }

  it('take the lead from one that stands still, and go on with it when it is back', async () => {
    const { world, first, second, third } = await setUp();
    first.page.freeze();
    world.write('users', 3);
    await world.clock.advance(13_000);
    for (const { views } of [second, third]) assert.ok(views[0]!.isCurrent);
    first.page.thaw();
    await world.clock.advance(1000);
    assertCurrent(world);
    assert.equal(world.connections, 1);
  });

  it('leave the lead to one whose timers are slow as long as it answers, and take none for theirs', async () => {
    const { world, tabs, first } = await setUp();
    for (const slow of tabs) {
      for (const tab of tabs) {
        tab.page.isThrottled = tab === slow;
        tab.page.setHidden(tab === slow);
      }
      for (let count = 0; count < 20; count++) {
        world.write();
        await world.clock.advance(13_000);
        assertCurrent(world);
      }
    }
    assert.equal(world.browser.holder(group), first.page);
    assert.equal(world.hub.counters.opened, 1);
  });

  it('find out within seconds of being shown that nobody leads', async () => {
    const { world, first, second, third } = await setUp();
    for (const { page } of [second, third]) {
      page.isThrottled = true;
      page.setHidden(true);
    }
    // Until their timers are such as come late.
    await world.clock.advance(61_000);
    first.page.freeze();
    world.write('users', 3);
    await world.clock.advance(1000);
    second.page.isThrottled = false;
    second.page.setHidden(false);
    await world.clock.advance(7800);
    assert.ok(second.views[0]!.isCurrent);
  });

  it('give the lead away when they leave for the back/forward cache, and catch up when they are back', async () => {
    const { world, first, second } = await setUp(2);
    first.page.fire('pagehide', { persisted: true });
    first.page.freeze();
    await world.clock.advance(100);
    assert.equal(world.browser.holder(group), second.page);
    world.write('users', 3);
    await world.clock.advance(600_000);
    assert.ok(second.views[0]!.isCurrent);
    first.page.thaw();
    first.page.fire('pageshow', { persisted: true });
    await world.clock.advance(500);
    assertCurrent(world);
    assert.equal(world.connections, 1);
  });

  it('keep the connection as long as any of them is looked at', async () => {
    const { world, first, second } = await setUp(2);
    first.page.setHidden(true);
    await world.clock.advance(301_000);
    assert.equal(world.browser.holder(group), second.page);
    assert.deepEqual(
      [first, second].map(({ live }) => live.state.status),
      ['offline', 'live'],
    );
    second.page.setHidden(true);
    await world.clock.advance(301_000);
    assert.equal(world.connections, 0);
    world.write();
    first.page.setHidden(false);
    await world.clock.advance(500);
    assert.ok(first.views[0]!.isCurrent);
  });

  it('find out at once that the link is dead when one of them is shown again', async () => {
    const { world, first, second } = await setUp(2);
    for (const { page } of [first, second]) page.setHidden(true);
    await world.clock.advance(1000);
    world.links.at(-1)!.cut({ client: false, server: true });
    world.write();
    second.page.setHidden(false);
    await world.clock.advance(3500);
    assertCurrent(world);
    assert.equal(world.connections, 1);
  });

  it('keep a link that was opened by a hidden one, once that is shown', async () => {
    const { world, first, second } = await setUp(2);
    second.page.setHidden(true);
    first.close();
    await world.clock.advance(1000);
    second.page.setHidden(false);
    await world.clock.advance(600_000);
    world.write();
    await world.clock.advance(500);
    assertCurrent(world);
    assert.equal(world.hub.counters.opened, 2);
  });

  it('do not wait for a hidden one to try again: its timers are slow', async () => {
    const { world, first, second } = await setUp();
    first.page.setHidden(true);
    world.isDown = true;
    world.links.at(-1)!.cut({ client: true, server: true });
    await world.clock.advance(20);
    assert.notEqual(world.browser.holder(group), first.page);
    world.isDown = false;
    second.live.retry();
    await world.clock.advance(1000);
    assertCurrent(world);
    assert.equal(world.connections, 1);
  });

  it('all know how the connection is, and any of them may ask for another try', async () => {
    const { world, tabs, third } = await setUp();
    world.isDown = true;
    world.links.at(-1)!.cut({ client: true, server: true });
    const lostAt = world.clock.now();
    await world.clock.advance(60_000);
    const states = tabs.map(({ live }) => live.state);
    assert.equal(states[0]!.status, 'reconnecting');
    assert.equal('since' in states[0]! && states[0]!.since, lostAt);
    assert.deepEqual(states.slice(1), [states[0], states[0]]);
    world.isDown = false;
    third.live.retry();
    await world.clock.advance(100);
    assertCurrent(world);
  });

  it('say since when they may be stale, whoever leads by now', async () => {
    const { world, first, second } = await setUp(2);
    world.isDown = true;
    world.links.at(-1)!.cut({ client: true, server: true });
    const lostAt = world.clock.now();
    await world.clock.advance(60_000);
    first.close();
    await world.clock.advance(60_000);
    const { state } = second.live;
    assert.deepEqual([state.status, 'since' in state && state.since], ['reconnecting', lostAt]);
    world.isDown = false;
    await world.clock.advance(60_000);
    assertCurrent(world);
  });

  it('have another than the one whose token is refused lead', async () => {
    const { world, first, second } = await setUp();
    world.expired.add(first.token!);
    second.token = tokenOf(ann, 2);
    world.hub.revoke({ userId: ann });
    await world.clock.advance(60_000);
    assert.equal(world.browser.holder(group), second.page);
    assertCurrent(world);
    assert.equal(world.connections, 1);
  });

  it('are refused together when no token is any good, without asking for ever', async () => {
    const { world, tabs } = await setUp();
    world.expired.add(tokenOf(ann));
    world.hub.revoke({ userId: ann });
    await world.clock.advance(60_000);
    const { length } = world.links;
    await world.clock.advance(600_000);
    assert.deepEqual(
      tabs.map(({ live }) => live.state.status),
      ['refused', 'refused', 'refused'],
    );
    assert.equal(world.links.length, length);
  });

  it('are not tried again for one that is shown, or new, but for one who asks for it', async () => {
    const { world, tabs, second } = await setUp();
    world.expired.add(tokenOf(ann));
    world.hub.revoke({ userId: ann });
    await world.clock.advance(60_000);
    const tries = world.links.length;
    for (const { page } of [...tabs, ...tabs, ...tabs]) {
      page.setHidden(true);
      await world.clock.advance(1000);
      page.setHidden(false);
      await world.clock.advance(20_000);
    }
    assert.equal(world.links.length, tries);
    const late = world.open();
    late.show();
    await world.clock.advance(60_000);
    assert.equal(late.live.state.status, 'refused');
    // With its own token, which could be another.
    assert.equal(world.links.length, tries + 2);
    world.expired.clear();
    second.live.retry();
    await world.clock.advance(10_000);
    assertCurrent(world);
    assert.equal(world.connections, 1);
  });

  it('end a loop where its own token is refused, and not for that of another', async () => {
    const { world, tabs, first, second } = await setUp(2);
    const ends = tabs.map(async ({ live }) => {
      try {
        for await (const { type } of live.subscribe('projects')) assert.equal(type, 'connected');
      } catch (error) {
        return error instanceof UnauthorizedError;
      }
    });
    const ended: unknown[] = [];
    ends.forEach((end, index) => void end.then((how) => (ended[index] = how)));
    world.expired.add(first.token!);
    second.token = tokenOf(ann, 2);
    world.hub.revoke({ userId: ann });
    await world.clock.advance(60_000);
    assertCurrent(world);
    assert.deepEqual(ended, [true]);
    world.expired.add(second.token);
    world.hub.revoke({ userId: ann });
    await world.clock.advance(60_000);
    assert.deepEqual(ended, [true, true]);
  });

  it('renew the token for all', async () => {
    const world = new TabWorld();
    world.tokenMs = 120_000;
    const tabs = [world.open(), world.open()];
    for (const tab of tabs) tab.show();
    await world.clock.advance(500);
    tabs[0]!.token = tokenOf(ann, 2);
    await world.clock.advance(100_000);
    world.write();
    await world.clock.advance(500);
    assertCurrent(world);
    assert.equal(world.hub.counters.opened, 1);
    assert.deepEqual(tabs[1]!.reasons, [{}]);
  });
});

describe('what one tab does', () => {
  it('drops one that went without a word, and no other', async () => {
    const { world, second, third } = await setUp();
    third.show('projects');
    await world.clock.advance(500);
    const { subscriptions } = world.links.at(-1)!.session;
    assert.equal(subscriptions.size, 2);
    third.page.crash();
    await world.clock.advance(400_000);
    assert.equal(subscriptions.size, 1);
    world.write();
    await world.clock.advance(500);
    assert.ok(second.views[0]!.isCurrent);
  });

  it('does not pile up what a frozen one does not take, which then catches up', async () => {
    const { world, second } = await setUp(2);
    second.page.freeze();
    for (let n = 0; n < 1100; n++) {
      world.write();
      await world.clock.advance(60);
    }
    assert.ok(second.page.waiting < 1010, `${second.page.waiting} messages wait`);
    second.page.thaw();
    await world.clock.advance(30_000);
    assert.ok(second.views[0]!.isCurrent);
  });

  it('ignores what others say on the channel', async () => {
    const { world, second } = await setUp();
    const port = world.browser.open().tabs.open(group);
    const state = { status: 'live', transport: 'websocket' };
    const by = 'x';
    for (const data of [
      null,
      7,
      'text',
      [],
      {},
      { from: 1, type: 'SUBSCRIBE' },
      { from: 'x', type: 'SUBSCRIBE', channel: 7 },
      { from: 'x', type: 'NONSENSE' },
      { by, to: 'all', text: '{}', state },
      { by, text: 7, state },
      { v: 'inlay.v0', by, state },
      { v: 'inlay.v0', from: 'x', frame: { type: 'SUBSCRIBE', id: 1, channel: 'users' } },
      { by, state: 'live' },
      { by, to: [], text: '{', state },
    ]) {
      port.postMessage(data);
    }
    await world.clock.advance(500);
    world.write();
    await world.clock.advance(500);
    assertCurrent(world);
    assert.deepEqual(second.states, ['connecting', 'live']);
  });
});

describe('tabs of different people', () => {
  it('have different connections, and nothing of one reaches the other', async () => {
    const { world, first, second } = await setUp(2);
    const anns = first.show('notifications', `notifications:${ann}`);
    second.token = tokenOf(bob);
    second.live.restart();
    const bobs = second.show('notifications', `notifications:${bob}`);
    await world.clock.advance(500);
    assert.equal(world.connections, 2);
    world.write(`notifications:${bob}`, 2);
    world.write(`notifications:${ann}`, 1);
    await world.clock.advance(500);
    assert.deepEqual([anns.at.offset, bobs.at.offset], [1, 2]);
    assert.equal(world.failure, undefined);
  });

  it('part as soon as the provider of the one that leads gives another person', async () => {
    const { world, first, second } = await setUp(2);
    const anns = second.show('notifications', `notifications:${ann}`);
    first.token = tokenOf(bob);
    world.links.at(-1)!.cut({ client: true, server: true });
    await world.clock.advance(3000);
    world.write(`notifications:${bob}`, 5);
    world.write(`notifications:${ann}`, 2);
    await world.clock.advance(500);
    assert.deepEqual([anns.at.offset, anns.resets], [2, 0]);
    assert.equal(world.connections, 2);
  });

  it('share nothing by a token that does not tell whose it is, unless it is the same', async () => {
    const world = new TabWorld();
    for (const token of ['opaque', 'opaque', 'other']) {
      world.open(token).show();
    }
    // Digests are made in another thread.
    const isDone = () => world.connections === 2 && world.tabs.every((tab) => tab.isLive);
    for (const end = Date.now() + 10_000; !isDone() && Date.now() < end;) {
      await world.clock.advance(100);
    }
    assert.equal(world.connections, 2);
    assert.ok(![...world.browser.ports.keys()].some((name) => name.includes('opaque')));
  });

  it('share nothing without a token', async () => {
    const world = new TabWorld();
    const tabs = [world.open(null), world.open(null)];
    for (const tab of tabs) tab.show();
    await world.clock.advance(500);
    assert.equal(world.links.length >= 2, true);
    assert.equal(world.browser.ports.size, 0);
  });
});

describe('a tab', () => {
  for (const [what, spoil] of [
    [
      'locks',
      (tab: Tab) =>
        (tab.page.tabs.locks.request = () => Promise.reject(new DOMException('', 'SecurityError'))),
    ],
    [
      'channels',
      (tab: Tab) =>
        (tab.page.tabs.open = () => {
          throw new DOMException('', 'SecurityError');
        }),
    ],
  ] as const) {
    it(`has its own connection where there are no ${what}`, async () => {
      const world = new TabWorld();
      for (let n = 0; n < 2; n++) {
        const tab = world.open();
        spoil(tab);
        tab.show();
      }
      await world.clock.advance(500);
      world.write();
      await world.clock.advance(500);
      assert.equal(world.connections, 2);
      assertCurrent(world);
    });
  }

  it('keeps as many events for a slow loop as it is told to', async () => {
    const world = new TabWorld();
    const { live } = world.open(undefined, { maxQueued: 2 });
    const events = live.subscribe('users');
    const connected = events.next();
    await world.clock.advance(500);
    assert.equal((await connected).value?.type, 'connected');
    world.write('users', 3);
    await world.clock.advance(500);
    assert.equal((await events.next()).value?.type, 'missed');
    await events.return();
    live.close();
  });

  it('leaves nothing behind when its source is closed', async () => {
    const { world, first, second } = await setUp(2);
    for (const { live } of [first, second]) live.close();
    await world.clock.advance(500);
    assert.equal(world.connections, 0);
    assert.equal(world.browser.holder(group), undefined);
    assert.equal([...world.browser.ports.values()].flatMap((ports) => [...ports]).length, 0);
    assert.equal(world.clock.pending, 0);
  });
});
