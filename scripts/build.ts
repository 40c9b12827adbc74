// `npm run build`: dist/ anew. With --if-stale: only when a source is newer than the last build.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as buildPages } from 'vite';
import { languages } from '../src/locales/languages.js';
import configOf from '../vite.config.js';
import { writeEditorFiles } from './editor-files.js';
import { must } from './process.js';
import { scripts } from './scripts.js';

const stamp = 'dist/.built';
const sources = [
  'src',
  'mock-server',
  'scripts',
  'custom-elements.json',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'vite.config.ts',
  'vite.server.config.ts',
];

export async function build(): Promise<void> {
  const started = performance.now();
  await Promise.all([compile(), bundle()]);
  await cp('src/inlay.css', 'dist/inlay.css');
  await writeLocales();
  await writeEditorFiles();
  await writeFile(stamp, '');
  console.log(`built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  for (const name of Object.keys(scripts)) {
    const script = await readFile(`dist/${name}.js`);
    const hash = createHash('sha384').update(script).digest('base64');
    console.log(`dist/${name}.js integrity="sha384-${hash}"`);
  }
}

export async function buildIfStale(): Promise<void> {
  if (isStale()) await build();
}

/** Files for npm users and the server: clean modules, types and maps. */
async function compile(): Promise<void> {
  await must(['tsc', '-p', 'tsconfig.build.json']);
  // Pages and other files that the server reads beside its modules.
  await cp('mock-server', 'dist/mock-server', {
    recursive: true,
    filter: (file) => !file.endsWith('.ts'),
  });
  // Over the compiled cli.js: one file starts in half the time of some 300.
  await rm('dist/mock-server/chunks', { recursive: true, force: true });
  await must(['vite', 'build', '-c', 'vite.server.config.ts']);
}

/** Files for pages. In one process, as all scripts are made by one reading of the sources. */
async function bundle(): Promise<void> {
  // Chunks of the last build have other names and would stay.
  await rm('dist/esm', { recursive: true, force: true });
  for (const mode of [...Object.keys(scripts), 'esm']) {
    await buildPages({ ...configOf({ mode, command: 'build' }), configFile: false, mode });
  }
}

/** Languages for the script to fetch, as data: a page's policy need not allow more scripts. */
async function writeLocales(): Promise<void> {
  await mkdir('dist/locales', { recursive: true });
  for (const language of languages) {
    const module = (await import(`../src/locales/${language}.ts`)) as Record<string, unknown>;
    await writeFile(`dist/locales/${language}.json`, JSON.stringify(module[language]));
  }
}

function isStale(): boolean {
  if (!existsSync(stamp)) return true;
  const built = statSync(stamp).mtimeMs;
  return sources.some((source) => existsSync(source) && newest(source) > built);
}

/** Folders count with their own time, which changes when a file goes. */
function newest(file: string): number {
  const { mtimeMs } = statSync(file);
  if (!statSync(file).isDirectory()) return mtimeMs;
  const inside = readdirSync(file).map((name) => newest(path.join(file, name)));
  return Math.max(mtimeMs, ...inside);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--if-stale')) {
    await buildIfStale();
  } else {
    await rm('dist', { recursive: true, force: true });
    await build();
  }
}
