import ts from 'typescript';
import type { Plugin } from 'vite';
import { readGraph, type Graph } from './graph.js';
import { edit, parse, type Edit } from './source.js';

const library = /@tanstack\/query-core\/build\/modern\/\w+\.js$/;
/** What gives it options. */
const user = /src\/data\/[\w-]+\.ts$/;

/** Read by pages, or by the scripts of another release that share the runtime. */
const kept = ['getQueryData', 'setQueryData', 'fetchQuery', 'prefetchQuery', 'invalidateQueries'];

/** Read by the language: in descriptors, proxies and conversions. */
const language = /^(constructor|get|set|enumerable|configurable|value|writable|then|toString)$/;

/**
 * Leaves out of query-core, and of what our data give it, what the scripts have no use for:
 * members and fields that nothing in them reads, and options that nothing sets, each told by its
 * name alone, so that a name which anything shares stays. It saves 1.1 kB (gzip).
 */
export function cutQueryCore(): Plugin {
  let unread: ReadonlySet<string>;
  let unset: ReadonlySet<string>;
  return {
    name: 'inlay:cut-query-core',
    enforce: 'pre',
    async buildStart() {
      const graph = await readGraph();
      unread = findUnread(graph);
      unset = findUnset(graph, unread);
    },
    transform: {
      filter: { id: [library, user] },
      handler: (code, id) => ({
        code: cut(code, unread, user.test(id) ? new Set() : unset),
        map: null,
      }),
    },
  };
}

type Given =
  | ts.MethodDeclaration
  | ts.AccessorDeclaration
  | ts.PropertyAssignment
  | ts.ShorthandPropertyAssignment;

/** Where a name is given something: a member of a class, a field of an object, an assignment. */
const isGiven = (node: ts.Node): node is Given =>
  ts.isMethodDeclaration(node) ||
  ts.isAccessor(node) ||
  ts.isPropertyAssignment(node) ||
  ts.isShorthandPropertyAssignment(node);

/** `this.a = this.a.bind(this)`: only who reads it otherwise needs it. */
const boundBy = (node: ts.Node): string | undefined =>
  /^this\.(\w+) = this\.\1\.bind\(this\);$/.exec(
    ts.isExpressionStatement(node) ? node.getText() : '',
  )?.[1];

const isTarget = (node: ts.PropertyAccessExpression) =>
  ts.isBinaryExpression(node.parent) &&
  node.parent.left === node &&
  node.parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;

/** Options of which those are taken for undefined that nothing gives. */
const options = [
  ...['persister', 'behavior', 'initialPromise', 'initialData', 'initialDataUpdatedAt'],
  ...['refetchInterval', 'refetchIntervalInBackground', 'getPreviousPageParam'],
  ...['throwOnError', 'suspense', 'retryDelay', 'refetchType'],
];

/** `a: other.a`, which gives only what was given. */
const passesOn = (node: Given) =>
  ts.isPropertyAssignment(node) &&
  ts.isPropertyAccessExpression(node.initializer) &&
  node.initializer.name.text === node.name.getText();

/** Names that query-core gives and nothing reads, but what is not read itself or gives that very name. */
export function findUnread(graph: Graph): Set<string> {
  const unread = new Set<string>();
  for (;;) {
    const read = new Set(kept);
    const given = new Set<string>();
    /** `within` is the name that is given there, empty if none is; undefined in other code. */
    const visit = (node: ts.Node, within?: string): void => {
      if (ts.isPropertyAccessExpression(node) && !isTarget(node)) {
        if (node.name.text !== within) read.add(node.name.text);
      } else if (ts.isBindingElement(node)) read.add((node.propertyName ?? node.name).getText());
      else if (ts.isStringLiteralLike(node)) read.add(node.text);
      else if (within !== undefined && isGiven(node)) {
        within = node.name.getText();
        if (unread.has(within)) return;
        if (/^[#\w]+$/.test(within)) given.add(within);
      } else if (within !== undefined) within = boundBy(node) ?? within;
      ts.forEachChild(node, (each) => visit(each, within));
    };
    for (const file of graph) visit(file, library.test(file.fileName) ? '' : undefined);
    const more = [...given].filter((name) => !read.has(name) && !language.test(name));
    if (more.length === 0) return unread;
    for (const name of more) unread.add(name);
  }
}

/** Those of `options` that nothing gives. */
export function findUnset(graph: Graph, unread: ReadonlySet<string>): Set<string> {
  const unset = new Set(options);
  const visit = (node: ts.Node): void => {
    if (isGiven(node)) {
      const name = node.name.getText();
      if (unread.has(name)) return;
      if (!passesOn(node)) unset.delete(name);
    } else if (ts.isPropertyAccessExpression(node) && isTarget(node)) unset.delete(node.name.text);
    ts.forEachChild(node, visit);
  };
  graph.forEach(visit);
  return unset;
}

function cut(code: string, unread: ReadonlySet<string>, unset: ReadonlySet<string>): string {
  const edits: Edit[] = [];
  const visit = (node: ts.Node): void => {
    if (unread.has(boundBy(node) ?? '')) edits.push({ pos: node.pos, end: node.end });
    else if (isGiven(node) && (unread.has(node.name.getText()) || unset.has(node.name.getText()))) {
      const inObject = ts.isObjectLiteralExpression(node.parent);
      const comma = inObject ? (/^\s*,/.exec(code.slice(node.end))?.[0].length ?? 0) : 0;
      edits.push({ pos: node.pos, end: node.end + comma });
    } else if (ts.isPropertyAccessExpression(node) && unset.has(node.name.text)) {
      edits.push({ pos: node.pos, end: node.end, text: ' undefined' });
    } else ts.forEachChild(node, visit);
  };
  visit(parse('query-core.js', code));
  return edit(code, edits);
}
