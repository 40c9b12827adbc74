import type ts from 'typescript';
import { build, type Rolldown } from 'vite';
import { settleQueryCore } from './settle-query-core.js';
import { parse } from './source.js';
import { swapStandIns } from './stand-ins.js';

/** What is left of each module of the script with everything, once unused code is gone; its path as file name. */
export type Graph = readonly ts.SourceFile[];

const graphs = new Map<string, Promise<Graph>>();

/**
 * The graph of a script by its source, read once. By default that of `src/embed.ts`: scripts on
 * one page share a runtime, so whichever comes first has to serve the others.
 */
export function readGraph(input = 'src/embed.ts'): Promise<Graph> {
  let graph = graphs.get(input);
  if (!graph) graphs.set(input, (graph = render(input)));
  return graph;
}

async function render(input: string): Promise<Graph> {
  const { output } = (await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [swapStandIns(), settleQueryCore()],
    build: { write: false, minify: false, target: 'es2022', rolldownOptions: { input } },
  })) as Rolldown.RolldownOutput;
  return output.flatMap((chunk) =>
    chunk.type === 'chunk'
      ? Object.entries(chunk.modules).map(([id, { code }]) => parse(id, code ?? ''))
      : [],
  );
}
