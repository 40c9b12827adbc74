// `npm run bench:live`: what the live stream costs, beside others, in one run.
import { parseArgs } from 'node:util';
import type { Outcome } from './outcome.js';

/** By name: each measures so many rounds, in processes or pages of its own. */
const figures: Record<string, () => Promise<{ measure(rounds: number): Promise<Outcome> }>> = {
  fanout: () => import('./fanout.js'),
  sockets: () => import('./sockets.js'),
  slow: () => import('./slow.js'),
  apply: () => import('./apply.js'),
};

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    figures: { type: 'string', default: Object.keys(figures).join(',') },
  },
});

for (const name of values.figures.split(',')) {
  const load = figures[name];
  if (!load) {
    throw new RangeError(
      `--figures takes some of ${Object.keys(figures).join(', ')}, parted by commas, got "${name}".`,
    );
  }
  const { lines, missed } = await (await load()).measure(Number(values.rounds));
  console.log(`${lines.join('\n')}\n`);
  if (missed) process.exitCode = 1;
}
process.exit();
