// `<user-list>` over a million people in Chromium: what it asks for, and what it keeps.
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { chromiumExecutable, chromiumFlags } from '../../scripts/chromium.js';
import { people, type Server } from './server.js';

export interface ListFigures {
  /** Requests for people until the first rows were there, and ms since the page was asked for. */
  first: { requests: number; ms: number };
  middle: { requests: number; ms: number };
  end: { requests: number; ms: number };
  /** Of the page, in MB, with the garbage collected, after so many rows were scrolled through. */
  heap: { rows: number; mb: number; nodes: number }[];
}

interface Million {
  settled(fits?: (rows: number[]) => boolean): Promise<number[]>;
  scrollThrough(lastRow: number, pixels: number, restEvery: number): Promise<number[]>;
  scroller(): HTMLElement;
}
declare const million: Million;

const html = (token: string) => `<!doctype html><html lang="en"><title>A million people</title>
<script>(window.inlay ||= []).push((inlay) => inlay.configure({ getToken: () => ${JSON.stringify(token)} }))</script>
<script async src="/inlay.js" data-api="/api"></script>
<user-list></user-list>`;

export async function measureList(server: Server): Promise<ListFigures> {
  const browser = await chromium.launch({
    executablePath: await chromiumExecutable(),
    args: [...chromiumFlags],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1000, height: 800 } });
    page.setDefaultTimeout(120_000);
    let requests = 0;
    page.on('request', (request) => {
      if (/\/api\/users(\?|$)/.test(request.url())) requests += 1;
    });
    await page.addInitScript({ path: fileURLToPath(new URL('in-page.js', import.meta.url)) });
    await page.route('**/million', (route) =>
      route.fulfill({ contentType: 'text/html', body: html(server.token) }),
    );
    const timed = async (work: () => Promise<unknown>) => {
      const before = requests;
      const began = performance.now();
      await work();
      return { requests: requests - before, ms: performance.now() - began };
    };

    const first = await timed(async () => {
      await page.goto(`${server.url}/million`);
      await page.evaluate(() => million.settled((rows) => rows[0] === 1));
    });
    const heap = [await heapOf(page, 0)];
    for (const rows of [10_000, 100_000]) {
      await page.evaluate((last) => million.scrollThrough(last, 5600, 10), rows);
      heap.push(await heapOf(page, rows));
    }
    const middle = await timed(async () => {
      await page.evaluate(async (half) => {
        const scroller = million.scroller();
        scroller.scrollTop = (scroller.scrollHeight - scroller.clientHeight) / 2;
        await million.settled((rows) => Math.abs(rows[0]! - half) < half / 50);
      }, people / 2);
    });
    const end = await timed(async () => {
      await page.locator('user-list [part~=row] [role=gridcell]').first().focus();
      await page.keyboard.press('Control+End');
      await page.evaluate((last) => million.settled((rows) => rows.at(-1) === last), people);
    });
    return { first, middle, end, heap };
  } finally {
    await browser.close();
  }
}

async function heapOf(page: Page, rows: number) {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  const metric = (name: string) => metrics.find((each) => each.name === name)!.value;
  return { rows, mb: metric('JSHeapUsedSize') / 2 ** 20, nodes: metric('Nodes') };
}
