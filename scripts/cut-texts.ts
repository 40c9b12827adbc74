import ts from 'typescript';
import type { Plugin } from 'vite';
import { readGraph, type Graph } from './graph.js';
import { edit, parse, type Edit } from './source.js';

/**
 * Leaves out of a script the English texts that none of its elements names. A text is named
 * whole, or by its family: as the head of a template (`role.${role}`) or, by what is drawn, as a
 * word (`'role'`); elsewhere such a word is the name of a field or a channel. Scripts on one page
 * share their texts, so what one leaves out another brings with it.
 */
export function cutTexts(input: string): Plugin {
  let isNamed: (key: string) => boolean;
  return {
    name: 'inlay:cut-texts',
    async buildStart() {
      isNamed = namedBy(await readGraph(input));
    },
    transform: {
      filter: { id: /src\/locales\/en\.ts$/ },
      handler: (code) => ({ code: cut(code, isNamed), map: null }),
    },
  };
}

/** Whether the code names a text. */
export function namedBy(files: Graph): (key: string) => boolean {
  const words = findWords(files);
  const families = findWords(
    files.filter(({ fileName }) => /src\/(elements|kit)\//.test(fileName)),
  );
  return (key) => {
    const family = key.slice(0, key.indexOf('.'));
    return words.has(key) || words.has(`${family}.`) || families.has(family);
  };
}

/** The texts in the code, of templates their beginning. */
export function findWords(files: Graph): Set<string> {
  const words = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node)) words.add(node.text);
    ts.forEachChild(node, visit);
  };
  files.filter(({ fileName }) => !fileName.includes('src/locales/')).forEach(visit);
  return words;
}

/** The module without the texts of other scripts. */
export function cut(code: string, isNamed: (key: string) => boolean): string {
  const cuts: Edit[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && ts.isStringLiteral(node.name)) {
      if (isNamed(node.name.text)) return;
      const comma = /^\s*,/.exec(code.slice(node.end))?.[0].length ?? 0;
      return void cuts.push({ pos: node.pos, end: node.end + comma });
    }
    ts.forEachChild(node, visit);
  };
  visit(parse('en.ts', code));
  return edit(code, cuts);
}
