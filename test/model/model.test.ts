// The real client and the real server agree in the end over a bad network, lose nothing and do
// nothing twice, whatever happens. Without node:test, whose hooks on each promise take a third of
// the time: a file that ends well is a test that passed.
// A failure prints seed and path: `npm run soak:live -- --seed S --path P` plays it again.
import fc from 'fast-check';
import { property } from './steps.js';

const { SEED, REPLAY, RUNS = 300 } = process.env;

await fc.assert(property, {
  numRuns: Number(RUNS),
  includeErrorInReport: true,
  // The same each time, so that a change fails by its own fault: `soak:live` goes on looking.
  seed: Number(SEED ?? 1),
  ...(REPLAY && { path: REPLAY }),
});
