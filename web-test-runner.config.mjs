// Element tests run in the packaged Chromium, straight from the TypeScript sources.
import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { tsImport } from 'tsx/esm/api';

const { chromiumExecutable, chromiumFlags } = await tsImport(
  './scripts/chromium.ts',
  import.meta.url,
);
const { bundleBrowserPackages } = await tsImport('./scripts/browser-packages.ts', import.meta.url);
const packages = await bundleBrowserPackages();
const worker = createRequire(import.meta.url).resolve('msw/mockServiceWorker.js');

/** MSW's worker comes from its package, so that no copy of it can age in the tree. */
function serveMockWorker(context, next) {
  if (context.path !== '/mockServiceWorker.js') return next();
  context.type = 'text/javascript';
  context.body = createReadStream(worker);
}

/** Prints the countable line last, when everything else has been written. */
function countingReporter() {
  return {
    onTestRunFinished({ sessions }) {
      const suites = sessions.map((session) => session.testResults).filter(Boolean);
      const tests = suites.flatMap(testsOf);
      const skipped = tests.filter((test) => test.skipped).length;
      const passed = tests.filter((test) => test.passed && !test.skipped).length;
      // A file that does not load has no tests, yet it is a failure.
      const broken = sessions.filter((session) => !session.passed && session.errors.length > 0);
      const failed = tests.length - passed - skipped + broken.length;
      process.once('exit', () =>
        console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`),
      );
    },
  };
}

function testsOf(suite) {
  return [...suite.tests, ...suite.suites.flatMap(testsOf)];
}

export default {
  files: ['test/elements/**/*.test.ts', 'test/kit/**/*.test.ts', 'test/browser/**/*.test.ts'],
  nodeResolve: true,
  concurrency: 2,
  browserStartTimeout: 60_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 120_000,
  testFramework: { config: { timeout: 10_000 } },
  plugins: [
    { name: 'packages', resolveImport: ({ source }) => packages.get(source) },
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      tsconfig: fileURLToPath(new URL('./tsconfig.json', import.meta.url)),
    }),
  ],
  middleware: [serveMockWorker],
  browsers: [
    chromeLauncher({
      launchOptions: { executablePath: await chromiumExecutable(), args: [...chromiumFlags] },
      // A second tab would be hidden, and requestAnimationFrame never fires in a hidden page.
      createPage: ({ context }) => context.newPage({ type: 'window' }),
    }),
  ],
  reporters: [defaultReporter({ reportTestProgress: false }), countingReporter()],
  filterBrowserLogs: ({ args }) => !String(args[0]).includes('Lit is in dev mode'),
  // query-core reads process.env.NODE_ENV unguarded.
  testRunnerHtml: (testFramework) => `<!doctype html>
<html lang="en">
  <body>
    <script>
      globalThis.process = { env: { NODE_ENV: 'development' } };
    </script>
    <script type="module" src="${testFramework}"></script>
  </body>
</html>`,
};
