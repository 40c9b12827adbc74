// `npm run soak:processes -- --runs N --seed S`: random schedules over real processes and
// sockets. Run i has the seed S + i; a failure names its own, with which it is run again.
import { parseArgs } from 'node:util';
import { runSchedule, type Outcome } from './run.js';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Date.now() % 1e9) },
    steps: { type: 'string', default: '60' },
  },
});
const [runs, first, length] = [values.runs, values.seed, values.steps].map(Number);
if (![runs, first, length].every((value) => Number.isInteger(value) && value! >= 0))
  throw new Error('--runs, --seed and --steps must be whole numbers.');

console.log(`${runs} runs of ${length} steps, seeds ${first} to ${first! + runs! - 1}`);
const total = { writes: 0, unknown: 0, kills: 0, connections: 0, events: 0, resets: 0, toasts: 0 };
let slowest = 0;
let failed = 0;
for (let run = 0; run < runs!; run++) {
  try {
    add(await runSchedule(first! + run, length!));
    process.stdout.write('.');
  } catch (error) {
    failed++;
    console.error(`\n${(error as Error).message}`);
    process.exitCode = 1;
  }
}
console.log(
  `\n${runs} runs, ${failed} diverged: 0 lost and 0 doubled in the others.\n` +
    `${total.writes} writes done and ${total.unknown} unanswered, ${total.kills} kills, ` +
    `${total.connections} connections, ${total.events} events told, ${total.resets} resets, ` +
    `${total.toasts} toasts; caught up within ${slowest} ms.`,
);

function add(outcome: Outcome): void {
  total.writes += outcome.writes.done;
  total.unknown += outcome.writes.unknown;
  total.kills += outcome.lives - 1;
  total.connections += outcome.connections;
  total.events += outcome.events;
  total.resets += outcome.resets;
  total.toasts += outcome.toasts;
  slowest = Math.max(slowest, outcome.convergedMs);
}
