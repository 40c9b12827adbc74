// The first minute with the demo as `npm start` serves it: the built server, script and pages.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { AxeResults, RunOptions } from 'axe-core';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { chromiumExecutable, chromiumFlags } from '../../scripts/chromium.js';
import { startDemo, type Demo } from '../helpers/demo.js';

declare const axe: { run(context: Document, options: RunOptions): Promise<AxeResults> };

let browser: Browser;
let demo: Demo;

before(async () => {
  [demo, browser] = await Promise.all([
    startDemo(),
    chromiumExecutable().then((executablePath) =>
      chromium.launch({ executablePath, args: [...chromiumFlags] }),
    ),
  ]);
});
after(async () => {
  await browser.close();
  demo.stop();
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  await demo.post('/reset');
});

interface Window {
  page: Page;
  list: Locator;
  feed: Locator;
  rows: Locator;
  /** Uncaught errors, and what the page itself wrote as an error. */
  troubles: string[];
}

/** A window of its own, whose list and feed have come. */
async function open(path = '/'): Promise<Window> {
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(10_000);
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => {
    // The browser's own remark on each refused or failed request.
    const own = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !own) troubles.push(message.text());
  });
  await page.goto(demo.url + path);
  const list = page.locator('user-list');
  const rows = list.locator('[part=row]:has(.name)');
  await rows.first().waitFor();
  return { page, list, rows, feed: page.locator('notification-feed'), troubles };
}

const emailOf = ({ rows }: Window, row: number) => rows.nth(row).locator('.email').innerText();
const roleOf = ({ rows }: Window, email: string) =>
  rows.filter({ has: rows.page().getByText(email, { exact: true }) }).locator('.role');
/** Chooses another role in a row, and gives it. */
async function changeRole(window: Window, email: string): Promise<string> {
  const before = await roleOf(window, email).innerText();
  const role = before === 'Moderator' ? 'User' : 'Moderator';
  await roleOf(window, email).getByRole('button').click();
  await window.list.getByRole('menuitemradio', { name: role }).click();
  return role;
}

/** What a reader with a keyboard alone has: where the focus is, and Tab. */
function keyboardOf(page: Page) {
  const focused = () =>
    page.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return element?.ariaLabel ?? element?.textContent?.trim() ?? '';
    });
  const tabTo = async (wanted: RegExp) => {
    for (let step = 0; step < 60; step += 1) {
      await page.keyboard.press('Tab');
      if (wanted.test(await focused())) return;
    }
    assert.fail(`"${String(wanted)}" is not reached by Tab; the focus is on "${await focused()}"`);
  };
  /** The focus may come a frame after the key, once what it goes to is drawn. */
  const comesTo = async (wanted: RegExp) => {
    const end = performance.now() + 10_000;
    for (let at = await focused(); !wanted.test(at); at = await focused()) {
      assert.ok(performance.now() < end, `the focus is on "${at}", not on "${String(wanted)}"`);
    }
  };
  return { comesTo, tabTo };
}

describe('the first minute', () => {
  it('shows a signed-in admin a list and a feed that are alive', async () => {
    const window = await open();
    assert.ok((await window.rows.count()) >= 10);
    await window.list.getByText('250 people').waitFor();
    await window.feed.locator('article').first().waitFor();
    await window.page.getByRole('button', { name: 'Add a person' }).click();
    await window.list.getByText('251 people').waitFor();
    const unread = window.feed.locator('.tab', { hasText: 'Unread' });
    const before = await unread.innerText();
    await window.page.getByRole('button', { name: 'Notify me' }).click();
    await window.page.locator('toast-region .toast').first().waitFor();
    await unread.filter({ hasNotText: before }).waitFor();
    assert.deepEqual(window.troubles, []);
  });

  it('carries a change from one window to the other', async () => {
    const [a, b] = await Promise.all([open(), open()]);
    const email = await emailOf(a, 2);
    const role = await changeRole(a, email);
    await roleOf(b, email).filter({ hasText: role }).waitFor();
    await a.page.getByText('was changed').first().waitFor();
    assert.deepEqual([...a.troubles, ...b.troubles], []);
  });

  it('catches up with what happened while the connection was gone', async () => {
    const [a, b] = await Promise.all([open(), open()]);
    const email = await emailOf(a, 3);
    await b.page.context().setOffline(true);
    await demo.post('/drop-sockets');
    const role = await changeRole(a, email);
    await a.page.getByText('was changed').first().waitFor();
    assert.notEqual(await roleOf(b, email).innerText(), role);
    await b.page.context().setOffline(false);
    await roleOf(b, email).filter({ hasText: role }).waitFor();
    await b.rows.first().waitFor();
  });

  it('shows each person what is theirs to see', async () => {
    const window = await open();
    await window.feed.locator('article').first().waitFor();
    await window.page.getByLabel('Signed in as').selectOption('moderator');
    await window.list.locator('[part=row] .role:not(:has(button))').first().waitFor();
    assert.equal(await window.list.getByRole('button', { name: /^Actions for/ }).count(), 0);
    await window.page.getByLabel('Signed in as').selectOption('user');
    await window.list.getByText('You do not have access to this').waitFor();
    await window.feed.locator('article').first().waitFor();
    await window.page.getByLabel('Signed in as').selectOption('');
    await window.feed.getByText('Sign in to see this').waitFor();
    await window.page.getByLabel('Signed in as').selectOption('admin');
    await window.rows.first().waitFor();
    assert.deepEqual(window.troubles, []);
  });

  it('speaks Arabic from right to left when asked to', async () => {
    const window = await open();
    await window.page.getByLabel('Language').selectOption('ar');
    await window.list.getByText('250 شخص').or(window.list.getByText('٢٥٠ شخص')).waitFor();
    const direction = await window.rows.first().evaluate((row) => getComputedStyle(row).direction);
    assert.equal(direction, 'rtl');
    assert.deepEqual(window.troubles, []);
  });

  it('says when the server is out of reach, keeps what it has, and comes back', async () => {
    const window = await open();
    await window.page.getByLabel('offline').check();
    await window.list.evaluate((list) => (list as unknown as { refresh(): void }).refresh());
    await window.list.getByText('Could not be refreshed').waitFor();
    assert.ok((await window.rows.count()) >= 10);
    await window.page.getByLabel('offline').uncheck();
    await window.list.getByRole('button', { name: 'Try again' }).click();
    await window.list.getByText('Could not be refreshed').waitFor({ state: 'detached' });
    await demo.post('/activity', { create: 1 });
    await window.list.getByText('251 people').waitFor();
    assert.deepEqual(window.troubles, []);
  });

  for (const path of ['/', '/esm.html']) {
    it(`has no accessibility violation at ${path}, light and dark, wide and narrow`, async () => {
      const { page } = await open(path);
      await page.addScriptTag({ path: 'node_modules/axe-core/axe.min.js' });
      for (const colorScheme of ['light', 'dark'] as const) {
        for (const width of [1280, 320]) {
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
          await page.setViewportSize({ width, height: 800 });
          // Of all rules, only the one on contrast looks at colours.
          const rules = colorScheme === 'dark' ? { runOnly: ['color-contrast'] } : {};
          const { violations } = await page.evaluate(
            (options) => axe.run(document, options),
            rules,
          );
          const found = violations.flatMap(({ id, nodes }) =>
            nodes.map(({ target, failureSummary }) => `${id} ${String(target)}: ${failureSummary}`),
          );
          assert.deepEqual(found, [], `${colorScheme}, ${width} pixels`);
          const overflow = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          assert.equal(overflow, 0, `scrolls sideways at ${width} pixels`);
        }
      }
    });
  }

  it('works from ES modules', async () => {
    const window = await open('/esm.html');
    await window.rows.first().locator('.name').click();
    await window.page.locator('#choice', { hasText: '@' }).waitFor();
    assert.deepEqual(window.troubles, []);
  });

  it('can be worked with the keyboard alone', async () => {
    const { page, list, feed, rows, troubles } = await open();
    await feed.locator('article').first().waitFor();
    const { comesTo, tabTo } = keyboardOf(page);
    await tabTo(/^Search people$/);
    await page.keyboard.type('uma user');
    await list.getByText('1 person', { exact: true }).waitFor();
    await tabTo(/^Uma User$/);
    await page.keyboard.press('End');
    await comesTo(/^Actions for Uma User$/);
    await page.keyboard.press('Enter');
    await page.keyboard.type('a');
    await page.keyboard.press('Enter');
    await rows.locator('.role', { hasText: 'Admin' }).waitFor();
    await page.getByText('Uma User was changed').first().waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('End');
    await comesTo(/^Delete Uma User$/);
    await page.keyboard.press('Enter');
    await list.getByText('No one matches').waitFor();
    await tabTo(/^Mark all read$/);
    await page.keyboard.press('Enter');
    await feed.locator('article.unread').first().waitFor({ state: 'detached' });
    const titles = await feed.locator('article .title').allInnerTexts();
    const [first, second] = titles.map((title) => new RegExp(title.replace(/\W/g, '.')));
    // "More" may stand on the way, once all is read.
    await tabTo(first!);
    await page.keyboard.press('PageDown');
    await comesTo(second!);
    assert.deepEqual(troubles, []);
  });

  it('can be worked with the keyboard alone from the list to the profile', async () => {
    const { page, list, rows, troubles } = await open();
    const { tabTo } = keyboardOf(page);
    const profile = page.locator('user-profile');
    await tabTo(/^Search people$/);
    await page.keyboard.type('uma user');
    await list.getByText('1 person', { exact: true }).waitFor();
    await tabTo(/^Uma User$/);
    await page.keyboard.press('Enter');
    await profile.getByRole('heading', { name: 'Uma User' }).waitFor();
    await tabTo(/^Edit$/);
    await page.keyboard.press('Enter');
    await profile.getByRole('textbox', { name: 'Name' }).waitFor();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('Una Usera');
    await page.keyboard.press('Enter');
    await profile.getByRole('heading', { name: 'Una Usera' }).waitFor();
    await rows.getByText('Una Usera').waitFor();
    assert.deepEqual(troubles, []);
  });

  it('can be worked with the keyboard alone in projects and in a form', async () => {
    const { page, troubles } = await open();
    const { comesTo, tabTo } = keyboardOf(page);
    const projects = page.locator('project-list');
    await projects.locator('[part=row]').first().waitFor();
    // By the page's own links, past the feed, which has no end.
    await tabTo(/^Projects$/);
    await page.keyboard.press('Enter');
    await tabTo(/^Rename /);
    await page.keyboard.press('Enter');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('Moon base');
    await page.keyboard.press('Enter');
    await projects.getByText('Moon base').waitFor();
    await tabTo(/^Who reviews it\?$/);
    await page.keyboard.type('uma us');
    await page.locator('user-search [part=option]').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await tabTo(/^Assign$/);
    await page.keyboard.press('Enter');
    await page.getByText(/would send reviewer=[\da-f-]{36}/).waitFor();
    await comesTo(/^Assign$/);
    assert.deepEqual(troubles, []);
  });

  it('comes to itself after a sign-in that failed', async () => {
    const { page, list, rows, troubles } = await open();
    await page.getByLabel('failing half').evaluate((box) => box.setAttribute('value', '1'));
    await page.getByLabel('failing half').check();
    await page.getByText('Done.').waitFor();
    await page.getByLabel('Signed in as').selectOption('moderator');
    await list.getByRole('button', { name: 'Try again' }).waitFor();
    await demo.post('/faults', { errorRate: 0 });
    await list.getByRole('button', { name: 'Try again' }).click();
    await rows.first().waitFor();
    assert.deepEqual(troubles, []);
  });

  it('keeps looks over a reload, shows the faults in force, and follows links within', async () => {
    const { page, feed } = await open();
    await page.getByLabel('Language').selectOption('ar');
    await page.getByLabel('Theme').selectOption('dark');
    await demo.post('/faults', { latency: 1 });
    await page.reload();
    assert.deepEqual(
      await page.evaluate(() => [document.dir, document.documentElement.style.colorScheme]),
      ['rtl', 'dark'],
    );
    await page.locator('[data-fault=latency]:checked').waitFor();
    await demo.post('/faults', { latency: 0 });
    await feed.locator('article a[href^="/"]').first().click();
    assert.equal(new URL(page.url()).pathname, '/');
    for (const path of ['/projects', '/settings/billing']) {
      assert.equal((await fetch(demo.url + path)).status, 200);
    }
  });
});
