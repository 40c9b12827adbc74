// Tabs of one person over one connection, in a real browser and against the real server.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import path from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { createReferenceServer, type ReferenceServer } from '../../mock-server/index.js';
import { chromiumExecutable, chromiumFlags } from '../../scripts/chromium.js';
import { until } from '../live/until.js';

/** What the script offers to a page that looks into it. */
declare const inlay: {
  getRuntime(): { live: { state: { status: string } } };
};

let browser: Browser;
let server: ReferenceServer;
let url: string;
let context: BrowserContext;
let people: number;

before(async () => {
  server = createReferenceServer({
    mountPages(app) {
      app.get('/inlay.js', (_request, response) =>
        response.sendFile(path.resolve('dist/inlay.js')),
      );
      app.get('/', async (_request, response) => {
        const { accessToken } = await server.signIn('admin@inlay.test');
        response.send(`<!doctype html><user-list></user-list>
          <script src="/inlay.js" data-api="/api"></script>
          <script>
            inlay.configure({
              getToken: () => '${accessToken}',
              // Quick enough for a test to wait for.
              live: { beatMs: 250, probeMs: 250 },
            });
          </script>`);
      });
    },
  });
  ({ url } = await server.start(0));
  browser = await chromium.launch({
    executablePath: await chromiumExecutable(),
    args: [...chromiumFlags],
  });
});
after(async () => {
  await browser.close();
  await server.stop();
});
beforeEach(async () => {
  context = await browser.newContext();
  people = 250;
  await server.reset({ users: people });
});
afterEach(() => context.close());

async function open(): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await shows(page);
  await page.waitForFunction(() => inlay.getRuntime().live.state.status === 'live');
  return page;
}

const shows = (page: Page) =>
  page.locator('user-list').getByText(`${people} people`, { exact: true }).waitFor();

/** Somebody comes, and all these pages show it. */
async function assertLive(...pages: Page[]): Promise<void> {
  await server.act({ create: 1 });
  people++;
  await Promise.all(pages.map(shows));
  await until(() => server.hub.counters.connections === 1);
}

describe('tabs of one person', () => {
  it('have one connection, and another one goes on when the one that leads is closed', async () => {
    const [first, second, third] = [await open(), await open(), await open()];
    await assertLive(first, second, third);
    await first.close();
    await assertLive(second, third);
    await second.close();
    await assertLive(third);
  });

  it('go on when the one that leads crashes', async () => {
    const [first, second] = [await open(), await open()];
    await assertLive(first, second);
    const crashed = first.waitForEvent('crash');
    first.goto('chrome://crash').catch(() => undefined);
    await crashed;
    await assertLive(second);
  });

  it('take the lead from one that stands still, and let it come back', async () => {
    const [first, second] = [await open(), await open()];
    const session = await context.newCDPSession(first);
    await session.send('Debugger.enable');
    await session.send('Debugger.pause');
    await server.act({ create: 1 });
    people++;
    await shows(second);
    await session.send('Debugger.resume');
    await session.send('Debugger.disable');
    await assertLive(first, second);
  });

  // The browser of the tests neither freezes pages nor keeps them: here they are only told so.
  for (const [asleep, awake] of [
    ['freeze', 'resume'],
    ['pagehide', 'pageshow'],
  ] as const) {
    it(`hold nothing between ${asleep} and ${awake}, and are fresh afterwards`, async () => {
      const [first, second] = [await open(), await open()];
      await tell(first, asleep);
      await assertLive(second);
      const { held, pending } = await second.evaluate(() => navigator.locks.query());
      assert.deepEqual([held?.length, pending?.length], [1, 0]);
      await tell(first, awake);
      await assertLive(first, second);
    });
  }
});

/** As the browser does, to the document or the window. */
const tell = (page: Page, type: string) =>
  page.evaluate((name) => {
    if (name.startsWith('page')) {
      dispatchEvent(new PageTransitionEvent(name, { persisted: true }));
    } else document.dispatchEvent(new Event(name));
  }, type);
