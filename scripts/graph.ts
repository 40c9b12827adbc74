import ts from 'typescript';
import { build, type Rolldown } from 'vite';
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
    plugins: [swapStandIns()],
    build: { write: false, minify: false, target: 'es2022', rolldownOptions: { input } },
  })) as Rolldown.RolldownOutput;
  return output.flatMap((chunk) =>
    chunk.type === 'chunk'
      ? Object.entries(chunk.modules).map(([id, { code }]) => parse(id, code ?? ''))
      : [],
  );
}

export const parse = (file: string, code: string): ts.SourceFile =>
  ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);

/** A range of a text, and what comes in its place; nothing by default. */
export interface Edit {
  pos: number;
  end: number;
  text?: string;
}

/** The text after the edits, which may come in any order but not lie in one another. */
export function edit(code: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((a, b) => b.pos - a.pos)
    .reduce((text, { pos, end, text: by = '' }) => text.slice(0, pos) + by + text.slice(end), code);
}
