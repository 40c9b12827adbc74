// Installs the other lists, in this folder alone, and bundles each for the page.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { must } from '../../scripts/process.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const installed = path.join(here, 'node_modules/.package-lock.json');
const lock = path.join(here, 'package-lock.json');

export const contestants = readdirSync(path.join(here, 'contestants')).map((file) =>
  path.basename(file, '.js'),
);

/**
 * Resolves with a new folder that holds the bundles; `inlay` is taken `from` a folder of the
 * project, the contestants and their harness from the folder `part` of this one.
 */
export async function bundle(names: readonly string[], from: string, part = ''): Promise<string> {
  if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) {
    await must(['npm', 'ci', '--prefix', here, '--no-audit', '--no-fund', '--ignore-scripts']);
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'inlay-bench-'));
  await build({
    root: here,
    configFile: false,
    logLevel: 'warn',
    resolve: {
      alias: [
        {
          find: /^inlay\/(.*)\.js$/,
          replacement: path.join(here, '../..', from, from === 'src' ? '$1.ts' : '$1.js'),
        },
      ],
    },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: false,
      chunkSizeWarningLimit: 5_000,
      rolldownOptions: {
        input: Object.fromEntries([
          ['harness', path.join(here, part, 'harness.js')],
          ...names.map((name) => [name, path.join(here, part, 'contestants', `${name}.js`)]),
        ]),
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  return folder;
}
