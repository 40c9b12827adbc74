// The page that a contestant is measured in: served from memory, its main thread's CPU read by CDP.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core';
import { chromiumExecutable, chromiumFlags } from '../../scripts/chromium.js';

const page = `<!doctype html><meta charset="utf-8"><title>bench</title>
<style>body { margin: 0; font: 14px sans-serif } #place { inline-size: 916px }</style><div id="place"></div>`;

/** Serves the page, and the built modules of a folder; the result is its address. */
export async function serve(folder: string): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    const name = path.basename(request.url ?? '');
    if (!name.endsWith('.js')) {
      response.setHeader('content-type', 'text/html').end(page);
      return;
    }
    response.setHeader('content-type', 'text/javascript');
    readFile(path.join(folder, name)).then(
      (file) => response.end(file),
      (error: unknown) => response.writeHead(404).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

export async function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: await chromiumExecutable(), args: [...chromiumFlags] });
}

/** One contestant in a page of its own. */
export class Track {
  private constructor(
    private readonly page: Page,
    private readonly session: CDPSession,
  ) {}

  static async open(browser: Browser, url: string, name: string): Promise<Track> {
    const page = await browser.newPage({ viewport: { width: 916, height: 860 } });
    page.setDefaultTimeout(0);
    page.on('pageerror', (error) => console.error(`${name}: ${error.message}`));
    const session = await page.context().newCDPSession(page);
    // Time that the thread had a processor, so that whatever else runs on the machine is not counted.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.goto(url);
    await page.evaluate(`(async () => {
      const [{ Contestant }, { drive }] = await Promise.all([import('/${name}.js'), import('/harness.js')]);
      globalThis.bench = drive(Contestant);
    })()`);
    return new Track(page, session);
  }

  call<T>(name: string, ...args: unknown[]): Promise<T> {
    return this.page.evaluate(`bench.${name}(...${JSON.stringify(args)})`);
  }

  /** Milliseconds of CPU that the main thread spends on a call, and on what follows until it rests. */
  async cost(name: string, ...args: unknown[]): Promise<{ ms: number; result: unknown }> {
    await this.rest();
    // Else whoever comes to it pays for the garbage of what was before.
    await this.session.send('HeapProfiler.collectGarbage');
    const before = await this.cpu();
    const result = await this.call(name, ...args);
    await this.rest();
    return { ms: (await this.cpu()) - before, result };
  }

  /** Megabytes in use, without garbage. */
  async heap(): Promise<number> {
    await this.rest();
    for (let n = 0; n < 3; n += 1) await this.session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await this.session.send('Runtime.getHeapUsage');
    return usedSize / 1e6;
  }

  close(): Promise<void> {
    return this.page.close();
  }

  private async cpu(): Promise<number> {
    const { metrics } = await this.session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')!.value * 1000;
  }

  /** Two tenths of a second with nothing to do. */
  private async rest(): Promise<void> {
    let before = await this.cpu();
    for (let calm = 0; calm < 2;) {
      await sleep(100);
      const now = await this.cpu();
      calm = now - before < 1.5 ? calm + 1 : 0;
      before = now;
    }
  }
}
