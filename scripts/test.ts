// `npm test`: every stage, then the sum of all tests on the last line.
// `npm run test:server` and its like name one stage, whose output is shown while it runs;
// files after it narrow it down: npm run test:server -- test/server/users.test.ts
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { buildIfStale } from './build.js';
import { run, type Finished } from './process.js';
import { bundleServerTests } from './server-tests.js';

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

interface Stage {
  name: string;
  /** Resolves to the command, or to none when there is nothing to run. */
  command: (files: string[]) => string[] | Promise<string[]>;
  /** Reads the counts from the output; absent for stages that run no tests. */
  count?: (output: string) => Counts;
}

const inBrowser = ['test/elements/', 'test/kit/', 'test/browser/'];
const journey = 'test/journey/';

const stages: Stage[] = [
  { name: 'types', command: () => ['npm', 'run', '--silent', 'typecheck'] },
  // For the journeys, which use the pages and the server as they ship.
  { name: 'build', command: () => ['tsx', 'scripts/build.ts', '--if-stale'] },
  {
    name: 'server',
    command: async (files) => {
      const bundled = await bundleServerTests(files.length > 0 ? files : nodeTests());
      return ['node', '--enable-source-maps', ...nodeTest(bundled)];
    },
    count: countNode,
  },
  {
    name: 'browser',
    command: (files) => ['wtr', ...(files.length > 0 ? ['--files', ...files] : [])],
    count: countLastLine,
  },
  {
    name: 'journey',
    command: async (files) => {
      await buildIfStale();
      const journeys = testFiles().filter((file) => file.startsWith(journey));
      return ['node', '--import', 'tsx', ...nodeTest(files.length > 0 ? files : journeys)];
    },
    count: countNode,
  },
];

/** Node 20 takes no patterns, so the files are listed here. */
function testFiles(): string[] {
  return readdirSync('test', { recursive: true, encoding: 'utf8' })
    .map((name) => path.posix.join('test', name.split(path.sep).join('/')))
    .filter((file) => file.endsWith('.test.ts'))
    .sort();
}

function nodeTests(): string[] {
  return testFiles().filter((file) => ![...inBrowser, journey].some((top) => file.startsWith(top)));
}

function nodeTest(files: string[]): string[] {
  return [
    '--test',
    '--test-reporter=spec',
    '--test-concurrency=2',
    // Of a whole file, on a busy machine: the model alone takes half a minute on a quiet one.
    '--test-timeout=180000',
    ...files,
  ];
}

function countNode(output: string): Counts {
  const number = (word: string): number =>
    Number(new RegExp(`^ℹ ${word} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);
  return {
    passed: number('pass'),
    failed: number('fail') + number('cancelled'),
    skipped: number('skipped') + number('todo'),
  };
}

function countLastLine(output: string): Counts {
  const line = /(\d+) passed, (\d+) failed, (\d+) skipped\s*$/.exec(output);
  return {
    passed: Number(line?.[1] ?? 0),
    failed: Number(line?.[2] ?? 0),
    skipped: Number(line?.[3] ?? 0),
  };
}

async function runStage(stage: Stage, files: string[], show: boolean): Promise<Counts> {
  const command = await stage.command(files);
  const finished: Finished =
    command.length > 0
      ? await run(command, { show })
      : { ok: false, output: 'no test files', seconds: 0 };
  const counts = stage.count?.(finished.output) ?? { passed: 0, failed: 0, skipped: 0 };
  const ranNothing = stage.count !== undefined && counts.passed + counts.failed === 0;
  const ok = finished.ok && !ranNothing && counts.failed === 0;
  // A stage that fails without a failed test (a type error, a crash) counts as one failure.
  if (!ok && counts.failed === 0) counts.failed = 1;
  if (!ok && !show) console.log(finished.output);
  const tests = stage.count ? `${counts.passed} passed, ${counts.failed} failed` : '';
  const seconds = `${finished.seconds.toFixed(1)} s`;
  console.log(`${ok ? '✓' : '✗'} ${stage.name.padEnd(9)} ${seconds.padStart(7)}  ${tests}`);
  if (ranNothing) console.log(`  ${stage.name} executed no test, which is a failure`);
  return counts;
}

const [only, ...files] = process.argv.slice(2);
const chosen = only ? stages.filter((stage) => stage.name === only) : stages;
if (chosen.length === 0) {
  throw new Error(`no stage "${only}"; there are ${stages.map((stage) => stage.name).join(', ')}`);
}
const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const runChosen = (stage: Stage) => runStage(stage, files, only !== undefined);
// These keep one core each at most; the stages with tests fill all of them.
const counted = await Promise.all(chosen.filter(({ count }) => !count).map(runChosen));
for (const stage of chosen.filter(({ count }) => count)) counted.push(await runChosen(stage));
for (const counts of counted) {
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
}
if (total.failed > 0) process.exitCode = 1;
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
