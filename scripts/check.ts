// `npm run check`: everything that can fail. With --without-tests: all but `npm test`, for CI.
import { run } from './process.js';

const checks: [name: string, command: string[]][] = [
  ['lock file', ['npm', 'ci', '--dry-run', '--no-audit']],
  ['build', ['npm', 'run', '--silent', 'build']],
  ['format', ['prettier', '--check', '--log-level', 'warn', '.']],
  ['lint', ['npm', 'run', '--silent', 'lint']],
  ['tests', ['npm', 'test', '--silent']],
  ['size', ['npm', 'run', '--silent', 'size']],
  ['manifest', ['npm', 'run', '--silent', 'manifest', '--', '--check']],
  ['publint', ['publint', '--strict']],
  // Stylesheet and script are no modules with types.
  [
    'types of exports',
    [
      'attw',
      ...['--pack', '--profile', 'esm-only', '--exclude-entrypoints'],
      ...['inlay.js', 'inlay.users.js', 'inlay.notifications.js', 'inlay.css'],
    ],
  ],
  ['OpenAPI document', ['npm', 'run', '--silent', 'lint:openapi']],
];

const chosen = process.argv.includes('--without-tests')
  ? checks.filter(([name]) => name !== 'tests')
  : checks;

let countable = '';
let failed = 0;
for (const [name, command] of chosen) {
  const shown = name === 'tests' || name === 'size';
  const { ok, output, seconds } = await run(command, { show: shown });
  if (!ok) failed += 1;
  if (!ok && !shown) console.log(output);
  console.log(`${ok ? '✓' : '✗'} ${name.padEnd(18)} ${seconds.toFixed(1).padStart(5)} s`);
  if (name === 'tests') countable = output.trimEnd().split('\n').at(-1) ?? '';
}
console.log(failed === 0 ? 'all checks passed' : `${failed} of ${chosen.length} checks failed`);
if (countable) console.log(countable);
if (failed > 0) process.exitCode = 1;
