import path from 'node:path';
import { build, type Rolldown } from 'vite';

const entry = path.resolve('inlay-consumer.js');

/**
 * Bundles a module as a consumer's build would, with the built package found by its own name, and
 * gives the code that loads at once (chunks imported on demand are left out).
 */
export async function bundleEntry(code: string): Promise<string> {
  const result = (await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    publicDir: false,
    plugins: [
      {
        name: 'inlay:consumer',
        enforce: 'pre',
        resolveId: (id) => (id === entry ? entry : null),
        load: (id) => (id === entry ? { code, moduleSideEffects: true } : null),
      },
    ],
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input: entry,
        preserveEntrySignatures: 'strict',
        output: { format: 'es', minify: true, entryFileNames: 'entry.js' },
      },
    },
  })) as Rolldown.RolldownOutput;
  return initialCode(result.output);
}

function initialCode(output: Rolldown.RolldownOutput['output']): string {
  const chunks = new Map(
    output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file] as const] : [])),
  );
  const seen = new Set<string>();
  const collect = (name: string): string => {
    const chunk = chunks.get(name);
    if (!chunk || seen.has(name)) return '';
    seen.add(name);
    return chunk.imports.map(collect).join('') + chunk.code;
  };
  return collect('entry.js');
}
