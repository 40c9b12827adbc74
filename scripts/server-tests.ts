// The tests that run in Node as few modules: to load TypeScript and some 300 modules for each
// of 70 files anew takes a quarter of their time.
import { rmSync } from 'node:fs';
import { build } from 'vite';

/** Of this run alone: another may go on beside it. */
const outDir = `node_modules/.cache/server-tests/${process.pid}`;
process.once('exit', () => rmSync(outDir, { recursive: true, force: true }));

/** Bundles these test files, and with them what they use again and again; gives the files to run. */
export async function bundleServerTests(files: readonly string[]): Promise<string[]> {
  const names = files.map((file) => file.replace(/\.ts$/, ''));
  await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    ssr: {
      noExternal: [
        ...['express', 'cors', 'helmet', 'multer', 'express-rate-limit', 'ws', 'pino', 'jose'],
        ...['zod', 'msw', '@tanstack/query-core', 'fast-check'],
      ],
    },
    build: {
      ssr: true,
      target: 'node20',
      outDir,
      emptyOutDir: true,
      sourcemap: true,
      minify: false,
      rolldownOptions: {
        input: Object.fromEntries(names.map((name) => [name, `${name}.ts`])),
        output: { entryFileNames: '[name].mjs', chunkFileNames: 'chunks/[name]-[hash].mjs' },
      },
    },
  });
  return names.map((name) => `${outDir}/${name}.mjs`);
}
