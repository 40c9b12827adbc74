// A page of somebody's own whose API is behind a bad line, with what it was told and what it asked for.
import { createServer } from 'node:http';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { BrowserContext, Page } from 'playwright-core';
import { createApi, createClient } from '../../src/client/index.js';
import type { Proxy } from '../faults/proxy.js';
import { signedIn } from '../processes/session.js';

/** What the script offers to a page that looks into it. */
declare const inlay: {
  getRuntime(): { live: { state: { status: string; transport?: string } } };
};
/** Titles of notifications that were about to be shown as toasts. */
declare const toasted: string[];

const html = (api: string, live: object) => `<!doctype html>
<connection-status></connection-status><user-list></user-list><notification-feed></notification-feed>
<script src="/inlay.js" data-api="${api}"></script>
<script>
  const toasted = [];
  document.addEventListener('inlay-notice', ({ notice }) => {
    if (notice.notification) toasted.push(notice.notification.title);
  });
  let token;
  async function getToken({ refused } = {}) {
    if (token && token !== refused) return token;
    const response = await fetch('${api}/auth/login', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: 'admin@inlay.test', password: 'inlay' }),
    });
    return (token = (await response.json()).accessToken);
  }
  inlay.configure({ getToken, live: ${JSON.stringify(live)} });
</script>`;

/** Serves the built script, and a page for any settings of the live stream at `/?api=…&live=…`. */
export async function servePages(): Promise<{ url: string; close(): void }> {
  const script = readFileSync('dist/inlay.js');
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://localhost');
    if (pathname === '/inlay.js') {
      response.setHeader('Content-Type', 'text/javascript');
      response.end(script);
      return;
    }
    response.setHeader('Content-Type', 'text/html');
    const live = JSON.parse(searchParams.get('live') ?? '{}') as object;
    response.end(html(searchParams.get('api') ?? '', live));
  });
  server.listen(0);
  await once(server, 'listening');
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

export class LivePage {
  /** What was sent and heard on each socket, by the type of the frame. */
  readonly sockets: { sent: string[]; heard: string[] }[] = [];
  readonly troubles: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly proxy: Proxy,
  ) {
    page.setDefaultTimeout(15_000);
    page.on('pageerror', (error) => this.troubles.push(error.message));
    page.on('websocket', (socket) => {
      const frames = { sent: [] as string[], heard: [] as string[] };
      this.sockets.push(frames);
      socket.on('framesent', ({ payload }) => frames.sent.push(typeOf(payload)));
      socket.on('framereceived', ({ payload }) => frames.heard.push(typeOf(payload)));
    });
  }

  /** Resolves when the list and the feed have come and the page is live. */
  static async open(
    context: BrowserContext,
    pages: string,
    proxy: Proxy,
    live: object = {},
  ): Promise<LivePage> {
    const opened = new LivePage(await context.newPage(), proxy);
    const query = new URLSearchParams({ api: `${proxy.url}/api`, live: JSON.stringify(live) });
    await opened.page.goto(`${pages}/?${query}`);
    await opened.page.locator('user-list [part=row] .name').first().waitFor();
    await opened.page.locator('notification-feed [part=item]').first().waitFor();
    await opened.live();
    return opened;
  }

  /** Resolves when it is live, by this transport if one is named. */
  async live(transport?: string): Promise<void> {
    await this.page.waitForFunction((wanted) => {
      const { state } = inlay.getRuntime().live;
      return state.status === 'live' && (!wanted || state.transport === wanted);
    }, transport);
  }

  async isNot(status: string): Promise<void> {
    await this.page.waitForFunction(
      (unwanted) => inlay.getRuntime().live.state.status !== unwanted,
      status,
    );
  }

  /** Resolves when the list shows that many people in all. */
  async counts(people: number): Promise<void> {
    await this.page.locator('user-list').getByText(`${people} people`, { exact: true }).waitFor();
  }

  /** Resolves when the feed has a notification of this title. */
  async shows(title: string): Promise<void> {
    await this.page
      .locator('notification-feed')
      .getByText(title, { exact: true })
      .first()
      .waitFor();
  }

  /** Titles in the feed that begin so, first to last. */
  async titles(beginning: string): Promise<string[]> {
    const all = await this.page.locator('notification-feed [part=item] .title').allInnerTexts();
    return all.map((text) => text.trim()).filter((text) => text.startsWith(beginning));
  }

  async toasts(beginning: string): Promise<string[]> {
    const all = await this.page.evaluate(() => toasted);
    return all.filter((text) => text.startsWith(beginning));
  }

  /** How many calls have read something so far. */
  get reads(): number {
    return this.proxy.requests.filter(
      ({ line, kind }) => kind === 'http' && line.startsWith('GET '),
    ).length;
  }
}

const typeOf = (payload: string | Buffer) =>
  (JSON.parse(payload.toString()) as { type: string }).type;

/** Somebody elsewhere, past the bad line. */
export const elsewhere = (url: string) =>
  createApi(
    createClient({ baseUrl: `${url}/api`, getToken: signedIn(`${url}/api`, 'admin@inlay.test') }),
  );
