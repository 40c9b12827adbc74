// `npm run bench:render`: <user-list> beside other lists and a hand-written bound, in one run.
import { rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { buildIfStale } from '../../scripts/build.js';
import { bundle, contestants } from './build.js';
import { runFeed } from './feed/run.js';
import { bars, Results } from './results.js';
import { launch, serve, Track } from './page.js';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    only: { type: 'string', default: '' },
    figures: { type: 'string', default: '' },
    source: { type: 'boolean', default: false },
  },
});
const asked = values.only
  ? values.only.split(',')
  : contestants.filter((name) => name !== 'row-window');
const names = ['bound', ...asked.filter((name) => name !== 'bound')];
const frames = 90;
const watched = 40;

/** Costs and checks of one contestant; `keep` takes a figure, and what is wrong with the rows after it. */
class Turn {
  constructor(
    private readonly browser: Browser,
    private readonly url: string,
    private readonly name: string,
    private readonly results: Results,
  ) {}

  async run(wants: (part: string) => boolean): Promise<void> {
    if (wants('paint') || wants('heap')) await this.inPage(50, (track) => this.paint(track, 50));
    if (wants('paint') || wants('heap') || wants('scroll') || wants('sort')) {
      await this.inPage(100_000, async (track) => {
        await this.paint(track, 100_000);
        if (wants('scroll')) await this.scroll(track);
        if (wants('sort')) await this.sort(track);
      });
    }
    if (!wants('updates') && !wants('edits')) return;
    await this.inPage(10_000, async (track) => {
      await track.call('paint');
      await track.call('inset');
      if (wants('updates')) await this.updates(track);
      if (wants('edits')) await this.edits(track);
    });
  }

  private async inPage(count: number, work: (track: Track) => Promise<void>): Promise<void> {
    const track = await Track.open(this.browser, this.url, this.name);
    await track.call('prepare', count);
    await work(track);
    await track.close();
  }

  private async keep(
    track: Track,
    figure: string,
    name: string,
    ...args: unknown[]
  ): Promise<void> {
    const { ms, result } = await track.cost(name, ...args);
    if (figure === 'sort' || figure === 'filter') await track.call('expect', figure, ...args);
    this.results.add(figure, this.name, ms, await track.call<string | undefined>('wrong'));
    if (typeof result === 'number') this.results.late(figure, this.name, result);
  }

  private async paint(track: Track, count: number): Promise<void> {
    const before = await track.heap();
    for (const figure of ['first paint', 'paint']) {
      await track.call('clear');
      const { ms } = await track.cost('paint');
      await track.call('inset');
      this.results.add(`${figure} ${count}`, this.name, ms, await track.call('wrong'));
      if (figure === 'paint') break;
      this.results.add(`heap ${count}`, this.name, (await track.heap()) - before);
      this.results.add(`nodes ${count}`, this.name, await track.call('nodes'));
    }
  }

  private async scroll(track: Track): Promise<void> {
    for (const step of [120, 3_000]) {
      await this.keep(track, `scroll ${step}`, 'scroll', step, frames);
      type Watched = { blank: number; example?: string };
      const { blank, example } = await track.call<Watched>('watchedScroll', step, watched);
      this.results.add(`blank ${step}`, this.name, blank, example);
      await track.call('top');
    }
  }

  private async sort(track: Track): Promise<void> {
    await this.keep(track, 'sort', 'sort');
    await track.call('restore');
    await this.keep(track, 'filter', 'filter', 'needle');
    await track.call('restore');
  }

  private async updates(track: Track): Promise<void> {
    await this.keep(track, 'updates 1000', 'updates', 1_000, frames);
    await this.keep(track, 'updates 10000', 'updates', 10_000, frames);
  }

  private async edits(track: Track): Promise<void> {
    await this.keep(track, 'insert at once', 'insertAtOnce', 100);
    await this.keep(track, 'insert each frame', 'insertEachFrame', 100);
    await this.keep(track, 'remove', 'remove', 100);
  }
}

if (!values.source) await buildIfStale();
const from = values.source ? 'src' : 'dist/src';
if (values.figures === 'feed') {
  const only = values.only ? asked : [];
  process.exit((await runFeed({ rounds: Number(values.rounds), from, only })) ? 0 : 1);
}
const folder = await bundle(names, from);
const { url, close } = await serve(folder);
const browser = await launch();
const results = new Results(names);
const parts = values.figures ? values.figures.split(',') : undefined;
for (let round = 0; round < Number(values.rounds); round += 1) {
  // Another one begins each time, so that no one always follows the same.
  for (const [at] of names.entries()) {
    const name = names[(at + round) % names.length]!;
    await new Turn(browser, url, name, results).run((part) => !parts || parts.includes(part));
  }
  console.error(`round ${round + 1} of ${values.rounds} done`);
}
await browser.close();
close();
await rm(folder, { recursive: true });
console.log(results.table());
const ours = names.includes('user-list') ? 'user-list' : 'row-window';
for (const line of results.missed(ours, bars)) console.log(line);
if (results.isWrong(ours)) process.exitCode = 1;
