// `npm run bench:render -- --figures feed`: <notification-feed> beside another way and a hand-written bound.
import { rm } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { bundle } from '../build.js';
import { Results } from '../results.js';
import { launch, serve, Track } from '../page.js';

/** Ratios to the bound that the feed must reach. */
const bars: Record<string, number> = {
  'paint 1000': 1.5,
  'scroll 1000': 1.2,
  'scroll 10000': 1.2,
  'insert 10000': 1.2,
};
const all = ['notification-feed', 'tanstack'];
const frames = 90;

interface FeedRun {
  rounds: number;
  from: string;
  only: readonly string[];
}

/** Prints the table of those asked for, all if none is, and answers whether every notification was right on screen. */
export async function runFeed({ rounds, from, only }: FeedRun): Promise<boolean> {
  const names = ['bound', ...all.filter((name) => only.length === 0 || only.includes(name))];
  const folder = await bundle(names, from, 'feed');
  const { url, close } = await serve(folder);
  const browser = await launch();
  const results = new Results(names);
  for (let round = 0; round < rounds; round += 1) {
    for (const [at] of names.entries()) {
      await turn(browser, url, names[(at + round) % names.length]!, results);
    }
    console.error(`round ${round + 1} of ${rounds} done`);
  }
  await browser.close();
  close();
  await rm(folder, { recursive: true });
  console.log(results.table());
  for (const line of results.missed('notification-feed', bars)) console.log(line);
  return !results.isWrong('notification-feed');
}

async function turn(browser: Browser, url: string, name: string, results: Results): Promise<void> {
  for (const count of [1_000, 10_000]) {
    const track = await Track.open(browser, url, name);
    const keep = async (figure: string, call: string, ...args: unknown[]) => {
      const { ms, result } = await track.cost(call, ...args);
      results.add(figure, name, ms, await track.call<string | undefined>('wrong'));
      if (typeof result === 'number') results.late(figure, name, result);
    };
    await track.call('prepare', count);
    await track.call('paint');
    await track.call('clear');
    // The first has made once what is made once.
    await track.call('hold');
    await keep(`paint ${count}`, 'paint');
    await keep(`fill ${count}`, 'release');
    await keep(`scroll ${count}`, 'scroll', 120, frames);
    type Watched = { blank: number; example?: string };
    const watched = await track.call<Watched>('watchedScroll', 120, 40);
    results.add(`blank ${count}`, name, watched.blank, watched.example);
    await track.call('top');
    await keep(`insert ${count}`, 'insertEachFrame', 50);
    await track.close();
  }
}
