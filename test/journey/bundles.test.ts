// What the package ships, as pages and consumers meet it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import vm from 'node:vm';
import { chromium, type Browser, type Page } from 'playwright-core';
import { bundleEntry } from '../../scripts/bundle-entry.js';
import { chromiumExecutable, chromiumFlags } from '../../scripts/chromium.js';

const { exports: entries } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  exports: Record<string, string | { types: string; default?: string }>;
};
const tags = Object.keys(entries)
  .filter((entry) => /^\.\/.+\/define$/.test(entry))
  .map((entry) => entry.split('/')[1]!);
const origin = 'http://page.test';

let browser: Browser;

before(async () => {
  browser = await chromium.launch({
    executablePath: await chromiumExecutable(),
    args: [...chromiumFlags],
  });
});

after(() => browser.close());

/** A page of the given HTML and policy that finds dist/ at its root; gathers uncaught errors. */
async function open(html: string, csp = ''): Promise<{ page: Page; errors: string[] }> {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.route('**/*', (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') {
      const headers = csp ? { 'content-security-policy': csp } : {};
      return route.fulfill({ contentType: 'text/html', body: html, headers });
    }
    if (pathname.endsWith('.js')) return route.fulfill({ path: `dist${pathname}` });
    return route.fulfill({ status: 404 });
  });
  await page.goto(origin);
  return { page, errors };
}

const registered = (page: Page): Promise<string[]> =>
  page.evaluate((names) => names.filter((name) => customElements.get(name)), tags);

/** What each script brings besides `<inlay-provider>` and `<toast-region>`. */
const families: Record<string, string[]> = {
  inlay: tags,
  'inlay.users': ['user-list', 'user-profile', 'user-search'],
  'inlay.notifications': ['notification-feed', 'notification-bell', 'connection-status'],
};

for (const [name, family] of Object.entries(families)) {
  describe(`dist/${name}.js`, () => {
    it('is one classic script', () => {
      const code = readFileSync(`dist/${name}.js`, 'utf8');
      new vm.Script(code);
      assert.doesNotMatch(code, /import\.meta/);
    });

    it('registers its elements and no others', async () => {
      const { page, errors } = await open(`<script src="/${name}.js"></script>`);
      const expected = tags.filter((tag) =>
        [...family, 'inlay-provider', 'toast-region'].includes(tag),
      );
      assert.deepEqual(await registered(page), expected);
      assert.deepEqual(errors, []);
    });
  });
}

describe('dist/inlay.js', () => {
  for (const policy of ['lit-html', 'other', "'none'"]) {
    it(`loads twice under trusted-types ${policy}`, async () => {
      const { page, errors } = await open(
        '<script src="/inlay.js"></script><script src="/inlay.js?again"></script>',
        `require-trusted-types-for 'script'; trusted-types ${policy}`,
      );
      assert.deepEqual(await registered(page), tags);
      assert.deepEqual(errors, []);
    });
  }
});

describe('the ES modules for pages', () => {
  for (const tag of tags) {
    it(`register <${tag}> from its define.js`, async () => {
      const { page, errors } = await open(
        `<script type="module" src="/esm/${tag}/define.js"></script>`,
      );
      await page.waitForFunction((name) => customElements.get(name) !== undefined, tag);
      assert.deepEqual(errors, []);
    });
  }
});

describe('the package in a bundle', () => {
  for (const tag of tags) {
    it(`registers <${tag}> when its define entry is imported`, async () => {
      const code = await bundleEntry(`import 'inlay/${tag}/define';`);
      const { page, errors } = await open('');
      await page.addScriptTag({ content: code, type: 'module' });
      assert.ok((await registered(page)).includes(tag));
      assert.deepEqual(errors, []);
    });
  }
});

describe('the package without a DOM', () => {
  const modules = Object.entries(entries).flatMap(([entry, target]) =>
    typeof target === 'object' && target.default ? [entry] : [],
  );
  for (const entry of modules) {
    it(`imports ${entry}`, async () => {
      const module = (await import(entry.replace('.', 'inlay'))) as object;
      assert.ok(module);
    });
  }
});
