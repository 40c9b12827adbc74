// Takes guards out of the code, one at a time, and sees that the model misses each.
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { build } from 'vite';
import { mutants } from './mutants.js';
import type { property as Property } from './steps.js';

const outDir = path.resolve('node_modules/.cache/model');
const { SEED, RUNS = 300 } = process.env;
const holder = globalThis as { withoutGuard?: string };
let property: typeof Property;

/** All mutants at once: which one is alive is decided when it runs. */
function mutate(code: string, file: string): string {
  return mutants
    .filter((mutant) => mutant.file === file)
    .reduce((text, { name, text: guard, without }) => {
      assert.equal(text.split(guard).length, 2, `${file} no longer has this once: ${guard}`);
      const [key, as] = guard.startsWith('cursor: ') ? ['cursor: ', 8] : ['', 0];
      const choice = `(globalThis.withoutGuard === '${name}' ? ${without.slice(as)} : ${guard.slice(as)})`;
      return text.replace(guard, () => key + choice);
    }, code);
}

before(async () => {
  await mkdir(outDir, { recursive: true });
  await build({
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'mutants',
        enforce: 'pre',
        transform: (code: string, id: string) => mutate(code, path.relative('.', id)),
      },
    ],
    build: {
      ssr: 'test/model/steps.ts',
      target: 'node20',
      outDir,
      minify: false,
      rollupOptions: { output: { entryFileNames: 'model.mjs' } },
    },
  });
  const file = path.join(outDir, 'model.mjs');
  assert.ok((await readFile(file, 'utf8')).includes('withoutGuard'));
  ({ property } = (await import(pathToFileURL(file).href)) as { property: typeof Property });
});

describe('the model', () => {
  for (const { name, seed } of mutants) {
    it(`fails without ${name}`, async () => {
      holder.withoutGuard = name;
      const settings = { seed: Number(SEED ?? seed), numRuns: Number(RUNS), endOnFailure: true };
      const found = await fc.check(property, settings);
      delete holder.withoutGuard;
      assert.ok(found.failed, `nobody noticed in ${found.numRuns} runs, seed ${found.seed}`);
    });
  }
});
