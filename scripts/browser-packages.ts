// Packages as few modules: each file of browser tests would else load some 220 of them anew,
// which is a fifth of their time.
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { build } from 'vite';

/** Of this run alone: another may go on beside it. */
const outDir = `node_modules/.cache/browser-packages/${process.pid}`;
process.once('exit', () => rmSync(outDir, { recursive: true, force: true }));
const folders = ['src', 'test/elements', 'test/kit', 'test/browser', 'test/helpers'];

/** Bundles what sources and browser tests import of packages; gives the address of each by its name. */
export async function bundleBrowserPackages(): Promise<ReadonlyMap<string, string>> {
  const files = new Map(
    [...findImports()].map((name) => [name, `${name.replaceAll('/', '__')}.js`]),
  );
  await build({
    configFile: false,
    logLevel: 'warn',
    // Lit's development build warns of what is wrong in a template.
    resolve: { conditions: ['development', 'browser', 'module'] },
    define: { 'process.env.NODE_ENV': '"development"' },
    build: {
      outDir,
      minify: false,
      modulePreload: false,
      rolldownOptions: {
        preserveEntrySignatures: 'strict',
        // What the test runner serves.
        external: /^\/__web-/,
        input: Object.fromEntries([...files].map(([name, file]) => [file.slice(0, -3), name])),
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[hash].js' },
      },
    },
  });
  return new Map([...files].map(([name, file]) => [name, `/${outDir}/${file}`]));
}

/** Names of all that is imported from packages, types aside. */
function findImports(): Set<string> {
  const names = new Set<string>();
  for (const folder of folders) {
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts')) continue;
      const text = readFileSync(`${folder}/${file}`, 'utf8');
      const imports = text.matchAll(
        /^(?:import|export) (?!type )(?:[^';]* from )?'(?!node:)([^./'][^']*)';$/gm,
      );
      for (const [, name] of imports) names.add(name!);
    }
  }
  return names;
}
