// `npm run soak:live -- --runs 10000 --seed 1`: random lives of the model, on all processors.
// At a failure it prints what happened, as short as it can be made, and how to play it again.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { property } from './steps.js';

/** Runs under one seed: a process forgets what it holds after them. */
const batch = 250;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    path: { type: 'string' },
    /** This process plays one batch and tells the one that started it. */
    batch: { type: 'boolean', default: false },
  },
});
const runs = Number(values.runs);
const seed = Number(values.seed);

/** Time in ms for finding the shortest life that fails. */
const shrinking = 120_000;

async function play(): Promise<string | undefined> {
  const { path } = values;
  const settings = { numRuns: runs, seed, includeErrorInReport: true };
  const first = await fc.check(property, {
    ...settings,
    endOnFailure: true,
    ...(path !== undefined && { path }),
  });
  if (!first.failed) return undefined;
  const replay = (at: string | null) => `npm run soak:live -- --seed ${seed} --path ${at}`;
  console.log(
    `Failed: ${replay(first.counterexamplePath)}\nMakes it shorter, for two minutes at most`,
  );
  const shortest = await fc.check(property, {
    ...settings,
    path: first.counterexamplePath!,
    interruptAfterTimeLimit: shrinking,
  });
  const report = fc.defaultReportMessage(shortest);
  return `${report}\nTo play it again: ${replay(shortest.counterexamplePath)}`;
}

/** One batch after the other, each in a process of its own; gives the first failure. */
async function work(seeds: number[], onDone: (runs: number) => void): Promise<string | undefined> {
  for (let next = seeds.shift(); next !== undefined; next = seeds.shift()) {
    const size = Math.min(batch, runs - (next - seed) * batch);
    const args = ['--batch', '--runs', String(size), '--seed', String(next)];
    const child = fork(fileURLToPath(import.meta.url), args);
    const [told] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as unknown[];
    if (typeof told === 'string' && told !== '') return told;
    if (typeof told === 'number') return `The seed ${next} ended its process with code ${told}.`;
    onDone(size);
  }
  return undefined;
}

async function soak(): Promise<string | undefined> {
  const seeds = Array.from({ length: Math.ceil(runs / batch) }, (_, index) => seed + index);
  const start = performance.now();
  let done = 0;
  const onDone = (count: number) => {
    done += count;
    console.log(`${done} of ${runs} runs, ${((performance.now() - start) / 1000).toFixed(0)} s`);
  };
  const workers = Array.from({ length: availableParallelism() }, () => work(seeds, onDone));
  const failures = await Promise.all(
    workers.map((worker) => worker.then((failure) => (failure && seeds.splice(0), failure))),
  );
  return failures.find((failure) => failure !== undefined);
}

if (values.batch) {
  process.send!((await play()) ?? '', () => process.exit());
} else {
  const failure = await (values.path === undefined ? soak() : play());
  console.log(failure ?? `0 of ${runs} runs failed, from seed ${seed} on`);
  // Queries would be kept for minutes.
  process.exit(failure === undefined ? 0 : 1);
}
