// Plays actions on two pages and elsewhere, with every message as late as a scheduler likes.
import type fc from 'fast-check';
import type { ModelPage } from './model-page.js';

/** When something is done, and by whom: somebody elsewhere, or on one of the two pages that are looked at. */
export interface Moment {
  by: 'elsewhere' | 0 | 1;
  /** How many messages arrive before the next action. */
  then: number;
}

const { SEED, REPLAY, RUNS = 60 } = process.env;

/** A failure prints seed and path: SEED=-1 REPLAY=12:3 npm run test:server -- … plays it again. */
export const settings = {
  numRuns: Number(RUNS),
  includeErrorInReport: true,
  // The same each time, so that a change fails by its own fault; CONTRIBUTING says how to look on.
  seed: Number(SEED ?? 1),
  ...(REPLAY && { path: REPLAY }),
};

const tick = () => new Promise(setImmediate);

/** Checks what is shown throughout, and that all pages end as the server is. */
export async function converge<A extends Moment>(
  s: fc.Scheduler,
  pages: readonly ModelPage[],
  actions: readonly A[],
  act: (action: A, index: number) => void,
): Promise<void> {
  try {
    for (const [index, each] of actions.entries()) {
      act(each, index);
      await tick();
      for (let n = 0; n < each.then && s.count() > 0; n++) {
        for (const page of pages) page.stream();
        await s.waitOne();
        await tick();
        for (const page of pages) {
          page.check();
          page.checkTotals();
        }
      }
    }
    await arrive(s, pages);
    for (const page of pages) {
      page.check();
      page.checkSettled();
    }
  } finally {
    for (const page of pages) page.close();
  }
}

/** Everything arrives in the end. */
async function arrive(s: fc.Scheduler, pages: readonly ModelPage[]): Promise<void> {
  for (let quiet = 0; quiet < 3;) {
    if (quiet === 2) for (const page of pages) page.comeBack();
    if (quiet === 2) await tick();
    for (const page of pages) if (page.isBehind) page.stream();
    if (s.count() > 0) {
      quiet = 0;
      await s.waitOne();
    } else quiet += 1;
    await tick();
  }
}
