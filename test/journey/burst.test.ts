// Many events at once: few frames, and nothing lost.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { chromium, type Browser, type Page } from 'playwright-core';
import { createApi, createClient } from '../../src/client/index.js';
import type { Api } from '../../src/contract/index.js';
import { chromiumExecutable, chromiumFlags } from '../../scripts/chromium.js';
import { startDemo, type Demo } from '../helpers/demo.js';

let browser: Browser;
let demo: Demo;
let page: Page;
let api: Api;

before(async () => {
  [demo, browser] = await Promise.all([
    startDemo(),
    chromiumExecutable().then((executablePath) =>
      chromium.launch({ executablePath, args: [...chromiumFlags] }),
    ),
  ]);
  const baseUrl = `${demo.url}/api`;
  const { accessToken } = await createApi(createClient({ baseUrl })).auth.login({
    email: 'admin@inlay.test',
    password: 'inlay',
  });
  api = createApi(createClient({ baseUrl, getToken: () => accessToken }));
});
after(async () => {
  await browser.close();
  demo.stop();
});
beforeEach(async () => {
  await demo.post('/reset');
  page = await browser.newPage();
  await page.goto(demo.url);
  await page.locator('user-list [part=row] .name').first().waitFor();
  await page.waitForFunction(() => inlay.getRuntime().live.state.status === 'live');
});

/** What the script offers to a page that looks into it. */
declare const inlay: {
  getRuntime(): { live: { state: { status: string } } };
};
declare const drawn: Set<unknown>;

/** Notes the frames in which the list draws people or their number. */
const watchFrames = () =>
  page.evaluate(() => {
    const frames = new Set<unknown>();
    // The timeline's time stands still within a frame.
    new MutationObserver(() => frames.add(document.timeline.currentTime)).observe(
      document.querySelector('user-list')!.shadowRoot!,
      { subtree: true, childList: true, characterData: true },
    );
    Object.assign(globalThis, { drawn: frames });
  });

/** Resolves when the list shows that many people in all. */
const counted = (total: number) =>
  page
    .locator('user-list')
    .getByText(`${total.toLocaleString('en')} people`, { exact: true })
    .waitFor();

const shown = () =>
  page.locator('user-list [part=row]:has(.name)').evaluateAll((rows) =>
    rows.map((row) => ({
      name: row.querySelector('.name')!.textContent.trim(),
      email: row.querySelector('.email')!.textContent.trim(),
      role: row.querySelector('.role')!.textContent.trim().toLowerCase(),
      status: row.querySelector('.state')!.textContent.trim().toLowerCase(),
    })),
  );

/** The first people as the server has them. */
async function stored(count: number) {
  const people: Awaited<ReturnType<typeof shown>> = [];
  for (let cursor: string | null | undefined; people.length < count && cursor !== null;) {
    const { data, meta } = await api.users.list({ limit: 100, ...(cursor && { cursor }) });
    people.push(...data.map(({ name, email, role, status }) => ({ name, email, role, status })));
    cursor = meta.nextCursor;
  }
  return people.slice(0, count);
}

/** Resolves when the list shows what the server has. */
async function converged(): Promise<void> {
  for (const end = Date.now() + 10_000; ;) {
    const rows = await shown();
    const people = await stored(rows.length);
    if (rows.length >= 10 && JSON.stringify(rows) === JSON.stringify(people)) return;
    if (Date.now() > end) assert.deepEqual(rows, people);
  }
}

describe('a burst of events', () => {
  for (const [what, activity, total] of [
    ['new people', { create: 1000 }, 1250],
    ['changes', { change: 1000 }, 250],
  ] as const) {
    it(`of 1,000 ${what} is drawn in at most three frames`, async () => {
      await watchFrames();
      await demo.post('/activity', activity);
      await page.waitForFunction(() => drawn.size > 0);
      await counted(total);
      if (total === 250) await converged();
      const frames = await page.evaluate(() => drawn.size);
      assert.ok(frames <= 3, `drawn in ${frames} frames`);
      await converged();
    });
  }

  it('of 10,000 leaves the list as the server has it', async () => {
    await demo.post('/activity', { create: 3000, change: 5000, delete: 2000 });
    await counted(1250);
    await converged();
  });
});
