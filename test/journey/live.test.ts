// The live stream in a real browser, with the script and the server as they ship, over a line
// that breaks in every way. What is asserted is counted; times are told, as they differ by machine.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import type { Api } from '../../src/contract/index.js';
import { chromiumExecutable, chromiumFlags } from '../../scripts/chromium.js';
import { openProxy, type Proxy } from '../faults/proxy.js';
import { startDemo, type Demo } from '../helpers/demo.js';
import { elsewhere, LivePage, servePages } from './live-page.js';

let browser: Browser;
let demo: Demo;
let pages: Awaited<ReturnType<typeof servePages>>;
let proxy: Proxy;
let api: Api;
let context: BrowserContext;
let people: number;
let admin: string;

const portOf = (url: string) => Number(new URL(url).port);

before(async () => {
  [demo, pages, browser] = await Promise.all([
    startDemo(),
    servePages(),
    chromiumExecutable().then((executablePath) =>
      chromium.launch({ executablePath, args: [...chromiumFlags] }),
    ),
  ]);
});
after(async () => {
  await browser.close();
  pages.close();
  demo.stop();
});
beforeEach(async () => {
  await demo.post('/reset');
  people = 250;
  api = elsewhere(demo.url);
  admin = (await api.users.me()).id;
  proxy = await openProxy({ target: portOf(demo.url) });
  context = await browser.newContext();
});
afterEach(async () => {
  await context.close();
  await proxy.close();
});

const open = (live?: object) => LivePage.open(context, pages.url, proxy, live);

/** Somebody comes and somebody is told, elsewhere. */
async function happen(title: string): Promise<void> {
  await api.control.activity({ create: 1 });
  people++;
  await api.control.notify({ userId: admin, title });
}

/** The page shows all of it, each once. */
async function showsAll(page: LivePage, ...titles: string[]): Promise<void> {
  await page.counts(people);
  for (const title of titles) await page.shows(title);
  const newestFirst = [...titles].reverse();
  assert.deepEqual(await page.titles('Told'), newestFirst);
  const toasts = await page.toasts('Told');
  assert.deepEqual([...new Set(toasts)], toasts, 'toasted once');
  assert.deepEqual(page.troubles, []);
}

describe('a page whose connection drops', () => {
  it('tries again within a second, and has all it missed by one round trip', async (t) => {
    const page = await open();
    const { reads, sockets } = page;
    const asked = () => proxy.requests.filter(({ kind }) => kind === 'websocket').length;
    const before = asked();
    proxy.impair({ stalled: 'up' }, 'websocket');
    const cutAt = performance.now();
    proxy.cut('websocket');
    await proxy.until(() => asked() > before);
    t.diagnostic(`first try after ${(performance.now() - cutAt).toFixed(0)} ms`);
    await happen('Told while away');

    const healedAt = performance.now();
    proxy.heal();
    await showsAll(page, 'Told while away');
    t.diagnostic(`shown ${(performance.now() - healedAt).toFixed(0)} ms after the line was back`);
    assert.equal(asked(), before + 1);
    const { sent, heard } = sockets.at(-1)!;
    const caughtUp = heard.indexOf('EVENTS');
    // All that was said before the answers came was said at once.
    assert.match(heard.slice(0, caughtUp).join(' '), /^WELCOME( SUBSCRIBED)+$/);
    assert.match(sent.join(' '), /^HELLO( SUBSCRIBE)+( PONG)*$/);
    assert.equal(page.reads, reads);
  });

  it('is told that it is stale, and goes on where it was, when the browser goes offline and back', async (t) => {
    const page = await open();
    const { reads } = page;
    await context.setOffline(true);
    proxy.cut();
    await page.isNot('live');
    await happen('Told while offline');
    const tries = proxy.requests.length;
    const backAt = performance.now();
    await context.setOffline(false);
    await showsAll(page, 'Told while offline');
    t.diagnostic(`shown ${(performance.now() - backAt).toFixed(0)} ms after the network was back`);
    const since = proxy.requests.slice(tries);
    assert.deepEqual(
      since.filter(({ kind }) => kind !== 'http').map(({ kind }) => kind),
      ['websocket'],
    );
    assert.equal(page.reads, reads);
  });

  it('does without a connection while it is hidden for long, and misses nothing', async () => {
    const page = await open({ hiddenMs: 50 });
    const { reads } = page;
    const setVisibility = (state: string) =>
      page.page.evaluate((wanted) => {
        Object.defineProperty(document, 'visibilityState', { value: wanted, configurable: true });
        document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
      }, state);
    const open_ = () => [...proxy.connections].filter(({ kind }) => kind === 'websocket').length;
    await setVisibility('hidden');
    await proxy.until(() => open_() === 0);
    await happen('Told while hidden');
    await setVisibility('visible');
    await showsAll(page, 'Told while hidden');
    assert.equal(page.reads, reads);
  });

  it('shows what the server has after it was killed and began anew', async () => {
    const page = await open();
    await happen('Told before');
    await showsAll(page, 'Told before');
    demo.kill();
    await page.isNot('live');
    demo = await startDemo();
    proxy.target = portOf(demo.url);
    api = elsewhere(demo.url);
    admin = (await api.users.me()).id;
    // What was in its memory alone is gone, and so it goes from the page.
    people = 250;
    await page.live();
    await page.counts(people);
    await happen('Told after');
    await showsAll(page, 'Told after');
  });
});

describe('a page to which WebSocket does not get through', () => {
  /** So that what takes minutes in life is seen in a moment. */
  const haste = { patienceMs: 1000, slowestRetryMs: 300, climbMs: 300, slowestClimbMs: 600 };

  it('is live by an event stream, else by polling, and climbs back up, losing nothing', async () => {
    proxy.impair({ refused: true }, 'websocket');
    const page = await open(haste);
    await page.live('sse');
    await happen('Told by events');
    await showsAll(page, 'Told by events');

    // A proxy that keeps streams to itself until they end.
    proxy.impair({ buffered: true }, 'sse', 'polling');
    proxy.cut('sse');
    await page.live('polling');
    const { reads } = page;
    await happen('Told by polling');
    await showsAll(page, 'Told by events', 'Told by polling');
    assert.equal(page.reads, reads);

    proxy.heal();
    await page.live('websocket');
    const polls = () => proxy.requests.filter(({ kind }) => kind === 'polling').length;
    const told = ['Told by events', 'Told by polling', 'Told by WebSocket'];
    await happen('Told by WebSocket');
    await showsAll(page, ...told);
    // The last poll may have left when the WebSocket opened.
    const before = polls();
    await happen('Told by it alone');
    await showsAll(page, ...told, 'Told by it alone');
    assert.equal(page.reads, reads);
    assert.equal(polls(), before);
  });

  it('is so too when the server itself refuses the upgrade', async () => {
    await demo.post('/faults', { blocked: ['websocket', 'sse'] });
    const page = await open(haste);
    await page.live('polling');
    await happen('Told by polling');
    await showsAll(page, 'Told by polling');
    await demo.post('/faults', { blocked: [] });
    await page.live('websocket');
    await happen('Told by WebSocket');
    await showsAll(page, 'Told by polling', 'Told by WebSocket');
  });
});
