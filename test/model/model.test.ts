import { describe, it } from 'node:test';
import fc from 'fast-check';
import { property } from './steps.js';

const { SEED, REPLAY, RUNS = 300 } = process.env;

/** A failure prints seed and path: `npm run soak:live -- --seed S --path P` plays it again. */
describe('the real client and the real server over a bad network', () => {
  it('agree in the end, lose nothing and do nothing twice, whatever happens', async () => {
    await fc.assert(property, {
      numRuns: Number(RUNS),
      includeErrorInReport: true,
      ...(SEED && { seed: Number(SEED) }),
      ...(REPLAY && { path: REPLAY }),
    });
  });
});
