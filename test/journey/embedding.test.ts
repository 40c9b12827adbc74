// The built script in pages that nobody here controls, against the reference server.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { createReferenceServer } from '../../mock-server/index.js';
import { chromiumExecutable, chromiumFlags } from '../../scripts/chromium.js';

const server = createReferenceServer({ users: 30, production: false });
let browser: Browser;
let context: BrowserContext;
let api: string;
let token: string;
let origin: string;
/** What the host serves: `/` as the test at hand has it, dist/ below /1/. */
const served = { html: '', csp: '', config: '', type: 'text/html' };
const host = createServer((request, response) => {
  const path = new URL(request.url!, origin).pathname;
  if (path === '/') {
    if (served.csp) response.setHeader('Content-Security-Policy', served.csp);
    response.setHeader('Content-Type', served.type).end(served.html);
  } else if (path === '/config.js') {
    response.setHeader('Content-Type', 'text/javascript').end(served.config);
  } else if (path.startsWith('/1/')) {
    response.setHeader('Content-Type', 'text/javascript');
    response.end(readFileSync(`dist${path.slice(2)}`));
  } else response.writeHead(404).end();
});

interface Host {
  page: Page;
  /** Uncaught errors and policy violations. */
  troubles: string[];
  warnings: string[];
  /** Paths asked of the API, in order. */
  calls: string[];
}

/** A host page: `html` at its root, `config` as /config.js, dist/ below /1/. */
async function open(
  html: string,
  { csp = '', config = '', type = 'text/html' } = {},
): Promise<Host> {
  const page = await context.newPage();
  const seen: Host = { page, troubles: [], warnings: [], calls: [] };
  page.on('pageerror', (error) => seen.troubles.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'warning') seen.warnings.push(message.text());
    if (message.text().includes('Content Security Policy')) seen.troubles.push(message.text());
  });
  page.on('request', (request) => {
    if (request.url().startsWith(api)) seen.calls.push(new URL(request.url()).pathname);
  });
  Object.assign(served, { html, csp, config, type });
  await page.goto(origin);
  return seen;
}

const script = (attributes = '') =>
  `<script async src="/1/inlay.js" data-api="${api}" ${attributes}></script>`;
const configure = () =>
  `(window.inlay ||= []).push((inlay) => inlay.configure({ getToken: () => ${JSON.stringify(token)} }))`;
/** Calls the API as the admin. */
async function call<T>(method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(api + path, {
    method,
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer = (response.status === 204 ? undefined : await response.json()) as T;
  assert.ok(response.ok, `${method} ${path} answered ${response.status} ${JSON.stringify(answer)}`);
  return answer;
}
interface Person {
  id: string;
  teamId: string | null;
}
const create = (name: string) =>
  call<Person>('POST', '/users', {
    name,
    email: `p${Math.random().toString(36).slice(2)}@inlay.test`,
  });
const rows = (page: Page, tag = 'user-list') => page.locator(`${tag} [part=row]`);

before(async () => {
  const { url } = await server.start(0);
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
  api = `${url}/api`;
  const response = await fetch(`${api}/auth/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email: 'admin@inlay.test', password: 'inlay' }),
  });
  ({ accessToken: token } = (await response.json()) as { accessToken: string });
  browser = await chromium.launch({
    executablePath: await chromiumExecutable(),
    args: [...chromiumFlags],
  });
});

beforeEach(async () => {
  context = await browser.newContext();
  context.setDefaultTimeout(5000);
});
afterEach(() => context.close());

after(async () => {
  await browser.close();
  await server.stop();
  host.close();
});

describe('inlay.js in a host page', () => {
  it('works under a policy without any style source, with Trusted Types', async () => {
    const { page, troubles } = await open(
      `<script src="/config.js"></script>${script()}<user-list></user-list><notification-feed></notification-feed>`,
      {
        config: configure(),
        csp:
          `default-src 'none'; script-src ${origin}; connect-src ${api.replace('/api', '')} ${api.replace(/^http(.*)\/api/, 'ws$1')}; ` +
          "img-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html",
      },
    );
    await rows(page).first().waitFor();
    await page.locator('notification-feed [part=item]').first().waitFor();
    const hue = await page
      .locator('user-list span[part=avatar]')
      .first()
      .evaluate((avatar) => getComputedStyle(avatar).getPropertyValue('--hue'));
    assert.match(hue, /^\d+$/);
    assert.deepEqual(troubles, []);
  });

  for (const [how, tag] of [
    ['plain', '<script src="/1/inlay.js"'],
    ['deferred', '<script defer src="/1/inlay.js"'],
    ['a module', '<script type="module" src="/1/inlay.js"'],
    ['after a clobbered currentScript', '<img name="currentScript"><script src="/1/inlay.js"'],
    [
      'under a foreign base',
      '<base href="https://elsewhere.invalid/"><script src="ORIGIN/1/inlay.js"',
    ],
  ] as const) {
    it(`finds its attributes when loaded ${how}`, async () => {
      const { page, troubles } = await open(
        `${tag.replace('ORIGIN', origin)} data-api="${api}"></script><script>${configure()}</script><user-list></user-list>`,
      );
      await rows(page).first().waitFor();
      assert.deepEqual(troubles, []);
    });
  }

  it('takes calls of the queue before and after it has loaded', async () => {
    const { page } = await open(`${script()}<user-list></user-list>`);
    await page.locator('user-list [part=error]').waitFor();
    await page.evaluate(configure());
    await rows(page).first().waitFor();
  });

  it('waits for a token where the page announces one', async () => {
    const { page, calls } = await open(`${script('data-auth="token"')}<user-list></user-list>`);
    await page.locator('user-list [aria-busy=true]').waitFor();
    assert.deepEqual(calls, []);
    await page.evaluate(configure());
    await rows(page).first().waitFor();
  });

  it('asks for nothing and keeps nothing before an element is used', async () => {
    const { page, calls } = await open(script());
    await page.waitForFunction(() => customElements.get('user-list'));
    assert.deepEqual(calls, []);
    assert.deepEqual(await context.cookies(), []);
    assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
  });

  it('leaves a name to the page that owns it, and takes a prefix', async () => {
    const own = '<script>customElements.define("user-list", class extends HTMLElement {})</script>';
    const { page, warnings, troubles } = await open(
      `${own}<script>${configure()}</script>${script()}<notification-feed></notification-feed>`,
    );
    await page.locator('notification-feed [part=item]').first().waitFor();
    assert.match(warnings.join(), /<user-list> of its own\. Set data-prefix/);
    assert.deepEqual(troubles, []);

    const prefixed = await open(
      `${own}<script>${configure()}</script>${script('data-prefix="acme"')}<acme-user-list></acme-user-list>`,
    );
    await rows(prefixed.page, 'acme-user-list').first().waitFor();
    assert.deepEqual(prefixed.warnings, []);
  });

  it('shares cache and connection between two copies', async () => {
    const { page, calls, troubles, warnings } = await open(
      `<script>${configure()}</script>${script()}<script async src="/1/inlay.js?again" data-api="${api}"></script>` +
        '<user-list></user-list><user-list></user-list>',
    );
    await rows(page).nth(2).waitFor();
    assert.equal(calls.filter((path) => path === '/api/users').length, 1);
    assert.deepEqual([troubles, warnings], [[], []]);
  });

  for (const [first, second] of [
    ['users', 'notifications'],
    ['notifications', 'users'],
  ]) {
    it(`shares cache and connection between the scripts of two families, ${first} first`, async () => {
      const sockets: string[] = [];
      context.on('page', (page) => page.on('websocket', (socket) => sockets.push(socket.url())));
      const { page, calls, troubles, warnings } = await open(
        `<script>${configure()}</script>` +
          [first, second]
            .map((name) => `<script src="/1/inlay.${name}.js" data-api="${api}"></script>`)
            .join('') +
          '<user-list></user-list><notification-feed></notification-feed>',
      );
      await rows(page).first().waitFor();
      await page.locator('notification-feed [part=item]').first().waitFor();
      // What either asks for, tells and hears goes through the runtime of the first.
      await call('POST', '/__control/notify', { role: 'admin', title: 'For both' });
      await page.locator('notification-feed').getByText('For both').first().waitFor();
      const { id } = await create('Zebedee Lake');
      await rows(page).getByText('Zebedee Lake').waitFor();
      await call('PATCH', `/users/${id}`, { name: 'Zebedee Lakes' });
      await rows(page).getByText('Zebedee Lakes').waitFor();
      await page.evaluate(async (user) => {
        const { inlay } = window as unknown as {
          inlay: { getRuntime(): { api: Record<'users', { delete(i: object): Promise<void> }> } };
        };
        await inlay.getRuntime().api.users.delete({ id: user });
      }, id);
      await rows(page).getByText('Zebedee').waitFor({ state: 'detached' });
      assert.equal(sockets.length, 1);
      assert.equal(calls.filter((path) => path === '/api/auth/session').length, 1);
      assert.deepEqual([troubles, warnings], [[], []]);
    });
  }

  it('renders what people write as text, everywhere', async () => {
    const evil = `<img src=x onerror="hit=1">'"><b>{{1+1}}</b>`;
    const { data: people } = await call<{ data: Person[] }>('GET', '/users?limit=100');
    const { id, teamId } = people.find((each) => each.teamId !== null)!;
    await call('PATCH', `/users/${id}`, { name: evil });
    const { data: projects } = await call<{ data: { id: string }[] }>('GET', '/projects');
    await call('PATCH', `/projects/${projects[0]!.id}`, { name: evil, description: evil });
    await call('POST', '/__control/notify', { role: 'admin', title: evil });
    const { page, troubles } = await open(
      `<script>${configure()}</script>${script()}` +
        `<user-list search="onerror"></user-list><user-profile user-id="${id}"></user-profile>` +
        `<form><user-search name="who" aria-label="Who"></user-search></form>` +
        `<project-list></project-list><team-members team-id="${teamId}"></team-members>` +
        '<notification-feed></notification-feed>',
    );
    const shown = (tag: string) => page.locator(tag).getByText(evil, { exact: true }).first();
    for (const tag of ['user-list', 'user-profile', 'team-members', 'notification-feed']) {
      await shown(tag).waitFor();
    }
    await shown('project-list').waitFor();
    await page.getByRole('combobox', { name: 'Who' }).pressSequentially('onerror');
    await page.locator('user-search [part=option]').first().waitFor();
    const option = await page.locator('user-search [part=option]').first().textContent();
    assert.ok(option?.includes(evil));
    await page.locator('user-search [part=option]').first().click();
    assert.equal(await page.getByRole('combobox', { name: 'Who' }).inputValue(), evil);
    // Its toast says the name, too.
    await page.locator('user-profile').getByRole('button', { name: 'Edit' }).click();
    await page
      .locator('user-profile')
      .getByRole('textbox', { name: 'E-mail' })
      .fill('evil@inlay.test');
    await page.keyboard.press('Enter');
    await page.locator('toast-region .toast').getByText(evil).first().waitFor();
    assert.equal(await page.evaluate(() => 'hit' in window), false);
    assert.deepEqual(troubles, []);
  });

  it('fills mount points, but takes no address and no token from them', async () => {
    const { page, calls } = await open(
      `<script>${configure()}</script>${script()}` +
        '<div data-inlay="user-list" data-page-size="5" data-api="https://evil.test" data-token="x"><a href="/people">People</a></div>' +
        '<div data-inlay="script" id="unknown"></div>',
    );
    await rows(page).nth(4).waitFor();
    assert.equal(await page.locator('user-list').getAttribute('page-size'), '5');
    assert.equal(await page.locator('user-list').getAttribute('api'), null);
    assert.equal(await page.locator('user-list > a').count(), 1);
    assert.equal(await page.locator('#unknown *').count(), 0);
    assert.ok(calls.length > 0);
    await page.evaluate(() => {
      document.body.insertAdjacentHTML(
        'beforeend',
        '<p><span data-inlay="notification-feed"></span></p>',
      );
    });
    await page.locator('p notification-feed [part=item]').first().waitFor();
  });

  it('shows what the page put inside where it cannot draw', async () => {
    const { page } = await open(
      `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>
        <user-list><a href="/people">People</a></user-list>
        <script src="/1/inlay.js" data-api="${api}"></script></body></html>`,
      { type: 'application/xhtml+xml' },
    );
    await page.waitForFunction(() => customElements.get('user-list'));
    await page.locator('user-list > a').waitFor({ state: 'visible' });
  });

  it('says in the element what is wrong with the address', async () => {
    const { page, troubles } = await open(
      '<script async src="/1/inlay.js" data-api="api.example.com"></script><user-list></user-list>',
    );
    const text = await page.locator('user-list [part=error]').textContent();
    assert.match(
      text ?? '',
      /base URL must be absolute or start with "\/", got "api\.example\.com"/,
    );
    assert.deepEqual(troubles, []);
  });
});
