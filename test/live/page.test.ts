import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createFixture, silent, since } from './live-fixture.js';

describe('a live source in a page', () => {
  it('probes the link when shown or online, and replaces one that does not answer', async () => {
    for (const type of ['visibilitychange', 'online', 'pageshow']) {
      const { clock, live, page, link, links, begin } = createFixture();
      await begin();
      page.fire(type, { persisted: true });
      assert.equal(link().said('SUBSCRIBE').length, 2);
      link().say({ type: 'PING', heads: { users: ['a', 5] } });
      await clock.advance(2500);
      assert.equal(live.state.status, 'live');
      page.fire(type, { persisted: true });
      await clock.advance(2750);
      assert.deepEqual([links.length, links[0]!.closed], [2, true]);
    }
  });

  it('closes on pagehide, so that the page can be kept, and resumes when it is shown again', async () => {
    const { clock, live, page, link, links, begin } = createFixture();
    await begin();
    page.fire('pagehide');
    assert.deepEqual([live.state.status, link().closed], ['offline', true]);
    await clock.advance(3_600_000);
    assert.equal(links.length, 1);
    page.fire('pageshow', { persisted: true });
    await clock.advance(0);
    link().open();
    assert.equal(link().said('SUBSCRIBE')[0]!.since, 5);
  });

  it('closes when the page is frozen, and resumes with it', async () => {
    const { clock, live, page, link, links, begin } = createFixture();
    await begin();
    page.fire('freeze');
    assert.deepEqual([live.state.status, link().closed], ['offline', true]);
    page.document.visibilityState = 'hidden';
    page.fire('resume');
    await clock.advance(3_600_000);
    assert.equal(links.length, 1);
    page.document.visibilityState = 'visible';
    page.fire('resume');
    await clock.advance(0);
    assert.equal(links.length, 2);
  });

  it('closes after five minutes out of sight', async () => {
    const { clock, live, page, link, begin } = createFixture();
    await begin();
    page.document.visibilityState = 'hidden';
    page.fire('visibilitychange');
    for (let ping = 0; ping < 12; ping++) {
      assert.equal(live.state.status, 'live');
      await clock.advance(25_000);
      link().say({ type: 'PING', heads: { users: ['a', 5] } });
    }
    assert.equal(live.state.status, 'offline');
    page.document.visibilityState = 'visible';
    page.fire('visibilitychange');
    assert.equal(live.state.status, 'connecting');
  });

  it('says that it is offline as soon as the link does not answer', async () => {
    const { clock, live, page, link, begin } = createFixture();
    await begin();
    page.navigator.onLine = false;
    page.fire('offline');
    assert.equal(link().said('SUBSCRIBE').length, 2);
    await clock.advance(2499);
    assert.equal(live.state.status, 'live');
    await clock.advance(1);
    assert.equal(live.state.status, 'offline');
  });

  it('stays live while the link answers, whatever the browser says of the network', async () => {
    const { clock, live, page, link, links, begin } = createFixture();
    await begin();
    page.navigator.onLine = false;
    page.fire('offline');
    link().say({ type: 'PING', heads: { users: ['a', 5] } });
    await clock.advance(10_000);
    assert.deepEqual([live.state.status, links.length], ['live', 1]);
  });

  it('tries rarely while offline, and at once when back', async () => {
    const { clock, live, page, link, links, begin } = createFixture();
    await begin();
    page.fire('offline');
    assert.equal(live.state.status, 'live');
    link().close(1006);
    page.fire('offline');
    assert.equal(live.state.status, 'offline');
    await clock.advance(29_999);
    assert.equal(links.length, 1);
    page.fire('online');
    await clock.advance(0);
    assert.equal(links.length, 2);
  });

  it('closes as well when it was never in sight, and does not come back before it is', async () => {
    const { clock, live, page, links } = createFixture({}, 'hidden');
    live.follow('users', silent, since);
    await clock.advance(0);
    links[0]!.welcome();
    for (let minute = 0; minute < 5; minute++) {
      await clock.advance(60_000);
      links[0]!.say({ type: 'PING', heads: { users: ['a', 5] } });
    }
    assert.deepEqual([live.state.status, links[0]!.closed], ['offline', true]);
    page.fire('online');
    await clock.advance(600_000);
    assert.equal(links.length, 1);
    page.document.visibilityState = 'visible';
    page.fire('visibilitychange');
    await clock.advance(0);
    assert.equal(links.length, 2);
  });

  it('probes the link once the clock has jumped: the machine was asleep, and no event says so', async () => {
    const { clock, live, link, links, begin } = createFixture();
    await begin();
    await clock.advance(30_000);
    assert.equal(link().said('SUBSCRIBE').length, 1);
    // Not so long that the silence itself would be noticed.
    clock.sleep(31_000);
    await clock.advance(0);
    assert.equal(link().said('SUBSCRIBE').length, 2);
    await clock.advance(2500);
    assert.equal(live.state.status, 'reconnecting');
    await clock.advance(250);
    assert.equal(links.length, 2);
  });

  it('probes as ever once the clock was set back', async () => {
    const { clock, page, link, begin } = createFixture();
    await begin();
    page.fire('online');
    clock.sleep(-3_600_000);
    page.fire('online');
    assert.equal(link().said('SUBSCRIBE').length, 3);
  });

  it('takes late timers of a page out of sight for what they are', async () => {
    const { clock, page, link, begin } = createFixture();
    await begin();
    page.document.visibilityState = 'hidden';
    page.fire('visibilitychange');
    clock.sleep(50_000);
    await clock.advance(0);
    assert.equal(link().said('SUBSCRIBE').length, 1);
  });

  it('probes once, however many events say that it is back', async () => {
    const { clock, page, link, links, begin } = createFixture();
    await begin();
    const all = ['visibilitychange', 'pageshow', 'online'];
    for (const type of all) page.fire(type, { persisted: true });
    assert.equal(link().said('SUBSCRIBE').length, 2);
    link().close(1006);
    for (const type of all) page.fire(type, { persisted: true });
    await clock.advance(0);
    for (const type of all) page.fire(type, { persisted: true });
    await clock.advance(0);
    assert.equal(links.length, 2);
  });

  it('tries rarely while the browser says that it is offline, though no event told so', async () => {
    const { clock, live, page, link, links, begin } = createFixture();
    await begin();
    page.navigator.onLine = false;
    link().close(1006);
    assert.equal(live.state.status, 'offline');
    await clock.advance(30_000);
    link().close(1006);
    assert.deepEqual([live.state.status, links.length], ['offline', 2]);
    page.navigator.onLine = true;
    page.fire('online');
    await clock.advance(0);
    link().welcome();
    assert.equal(live.state.status, 'live');
  });

  it('does not connect by page events without a subscription', async () => {
    const { clock, live, page, links } = createFixture();
    for (const type of ['online', 'pagehide', 'pageshow', 'visibilitychange', 'offline']) {
      page.fire(type, { persisted: true });
    }
    live.retry();
    live.restart();
    await clock.advance(60_000);
    assert.deepEqual([links.length, live.state.status], [0, 'idle']);
  });
});
