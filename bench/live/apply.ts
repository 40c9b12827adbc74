// What 10,000 events a second cost a page: data work for each frame, and frames that came late.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from 'playwright-core';
import { build } from 'vite';
import { chromiumExecutable, chromiumFlags } from '../../scripts/chromium.js';
import { cutContract } from '../../scripts/cut-contract.js';
import { swapStandIns } from '../../scripts/stand-ins.js';
import { median, table, type Outcome } from './outcome.js';

/** Milliseconds of data work in a frame. */
const bar = 0.2;
const seconds = 5;
const totals = [1_000, 100_000];
/** Applications that are measured together, and how many frames are from one to the next. */
const times = 60;
const frames = 6;
/** As the script has it, with a lighter check of what comes, and as npm users have it. */
const ways = { script: [swapStandIns(), cutContract()], npm: [] };

interface Figures {
  work: number;
  frames: number;
  late: number;
  right: boolean;
}

/** Measures each page so often, one after the other. */
export async function measure(rounds: number): Promise<Outcome> {
  const browser = await chromium.launch({
    executablePath: await chromiumExecutable(),
    args: [...chromiumFlags],
  });
  const rows: string[][] = [];
  let missed = false;
  for (const [way, plugins] of Object.entries(ways)) {
    const code = await bundle(plugins);
    for (const total of totals) {
      const figures: Figures[] = [];
      for (let round = 0; round < rounds; round += 1) {
        figures.push(await inPage(browser, code, total));
      }
      const of = (figure: 'work' | 'frames' | 'late') =>
        median(figures.map((each) => each[figure]));
      const isRight = figures.every(({ right }) => right);
      // The bar is the script's, which pages of others load.
      const isBarred = way === 'script';
      missed ||= !isRight || (isBarred && of('work') > bar);
      rows.push([
        `${total.toLocaleString('en')} people, ${way}`,
        of('work').toFixed(2),
        isBarred ? `${bar}` : '–',
        `${of('late')} of ${of('frames')}`,
        isRight ? 'yes' : 'NO',
      ]);
    }
  }
  await browser.close();
  const head = ['10,000 events/s into', 'ms a frame', 'bar', 'frames late', 'ends right'];
  return { lines: table(head, rows), missed };
}

async function inPage(browser: Browser, code: string, total: number): Promise<Figures> {
  const page = await browser.newPage({ viewport: { width: 916, height: 860 } });
  page.on('pageerror', (error) => console.error(`${total} people: ${error.message}`));
  await page.setContent('<!doctype html><title>bench</title><body></body>');
  await page.addScriptTag({ content: code, type: 'module' });
  await page.waitForFunction('globalThis.bench');
  const session = await page.context().newCDPSession(page);
  // Time that the thread had a processor, so that whatever else runs on the machine is not counted.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const cpu = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')!.value * 1000;
  };
  await page.evaluate(`bench.show(${total})`);
  let work = 0;
  // The first time is to warm up.
  for (let turn = 0; turn < 2; turn += 1) {
    await page.evaluate(`bench.prepare(${times})`);
    await session.send('HeapProfiler.collectGarbage');
    const before = await cpu();
    await page.evaluate('bench.apply()');
    work = ((await cpu()) - before) / times / frames;
  }
  const seen = await page.evaluate<Omit<Figures, 'work'>>(`bench.watch(${seconds})`);
  await page.close();
  return { work, ...seen };
}

async function bundle(
  plugins: NonNullable<Parameters<typeof build>[0]>['plugins'],
): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'inlay-apply-'));
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    plugins: plugins ?? [],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input: { page: fileURLToPath(new URL('apply-page.ts', import.meta.url)) },
        output: { entryFileNames: '[name].js', codeSplitting: false },
      },
    },
  });
  const code = await readFile(path.join(folder, 'page.js'), 'utf8');
  await rm(folder, { recursive: true });
  return code;
}
