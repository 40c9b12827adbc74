import ts from 'typescript';
import type { Plugin } from 'vite';
import { events, listEndpoints } from '../src/contract/index.js';
import { findWords } from './cut-texts.js';
import { readGraph, type Graph } from './graph.js';
import { edit, parse, type Edit } from './source.js';

/** Of every `endpoint(…)`, what only the server and the documents read. */
const serverOnly = ['summary', 'input', 'status'];

/** Rules on values are the server's to keep; a page checks shapes, and of values only links, for its own safety. */
const checked = 'Href';

/**
 * Leaves out of the contract what only servers read, and the endpoints and events that no
 * element of the scripts asks for or hears of. Fails the build when the contract, or the code
 * that uses it, is no longer written in a way that this understands.
 */
export function cutContract(): Plugin {
  const seen = new Set<string>();
  let unused: ReadonlySet<string> = new Set();
  return {
    name: 'inlay:cut-contract',
    async buildStart() {
      seen.clear();
      unused = findUnused(await readGraph());
    },
    transform: {
      filter: { id: /src\/contract\/[\w-]+\.ts$/ },
      handler(code) {
        return { code: cut(code, unused, seen), map: null };
      },
    },
    buildEnd(error) {
      const missing = [...serverOnly, ...unused].filter((name) => !seen.has(name));
      if (error || missing.length === 0) return;
      this.error(
        `src/contract no longer has ${missing.join(', ')} where scripts/cut-contract.ts looks for it.`,
      );
    },
  };
}

/** What may be cut, by the dotted path at which the contract has it. */
export function findUnused(graph: Graph): Set<string> {
  const users = graph.filter(({ fileName }) => !fileName.includes('src/contract/'));
  const [called, words] = [findCalls(users), findWords(users)];
  const endpoints = listEndpoints();
  const idle = endpoints.filter(({ name }) => !called.has(name));
  const groups = new Set(endpoints.map(({ group }) => group));
  for (const { group, name } of endpoints) if (called.has(name)) groups.delete(group);
  const types = Object.keys(events.items);
  // Whoever asks for it says whose: `endpoints.users.update.access`.
  const isAsked = (name: string) => called.has(`${name.split('.')[1]}.access`);
  const open = endpoints.filter(({ name }) => called.has(name) && !isAsked(name));
  return new Set([
    'events.client',
    'endpoint.status',
    ...open.map(({ name }) => `${name}.access`),
    ...[...groups].map((group) => `endpoints.${group}`),
    ...idle.filter(({ group }) => !groups.has(group)).map(({ name }) => name),
    ...types.filter((type) => !isHeard(type, words)).map((type) => `events.items.${type}`),
  ]);
}

/** Every `….users.list` in the code, as `users.list`; throws where a group is taken in another way. */
function findCalls(files: Graph): Set<string> {
  const groups = new Set(listEndpoints().map(({ group }) => group));
  const isTable = (node: ts.Node | undefined) =>
    node !== undefined && /(^|\.)(api|endpoints)(\$\d+)?$/.test(node.getText());
  const called = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const name = `${node.expression.name.text}.${node.name.text}`;
      called.add(name);
    }
    const taken =
      (ts.isPropertyAccessExpression(node) &&
        isTable(node.expression) &&
        groups.has(node.name.text) &&
        !(ts.isPropertyAccessExpression(node.parent) && node.parent.expression === node)) ||
      (ts.isElementAccessExpression(node) && isTable(node.expression)) ||
      (ts.isVariableDeclaration(node) &&
        ts.isObjectBindingPattern(node.name) &&
        isTable(node.initializer)) ||
      (ts.isBindingElement(node) &&
        ts.isObjectBindingPattern(node.name) &&
        isTable(node.propertyName));
    if (taken) {
      throw new Error(
        `${node.getSourceFile().fileName}: "${node.getText()}" hides which endpoint it takes from ` +
          'the build, which leaves out of the scripts what is not called; write api.GROUP.NAME',
      );
    }
    ts.forEachChild(node, visit);
  };
  files.forEach(visit);
  return called;
}

/** Whether a channel is named that tells it: TEAM_UPDATED comes over `team:ID`, USER_… over `users` too. */
function isHeard(type: string, words: ReadonlySet<string>): boolean {
  const family = type.split('_')[0]!.toLowerCase();
  return [family, `${family}s`, `${family}:`].some((channel) => words.has(channel));
}

/** The module without what is not wanted; what was cut is added to `seen`. */
function cut(code: string, unused: ReadonlySet<string>, seen: Set<string>): string {
  const cuts: Edit[] = [];
  /** `at` is the dotted path from the declared name on, `spec` the one of the endpoint it is of. */
  const visit = (node: ts.Node, at: string, spec?: string): void => {
    if (ts.isVariableDeclaration(node) || ts.isFunctionDeclaration(node)) at = node.name!.getText();
    // What nothing uses any more may go: what made it does nothing else.
    if (
      ts.isVariableDeclaration(node) &&
      node.initializer &&
      ts.isSourceFile(node.parent.parent.parent)
    ) {
      const { initializer } = node;
      const [pos, end] = [initializer.getStart(), initializer.end];
      cuts.push({ pos, end: pos, text: '/*@__PURE__*/(() => (' }, { pos: end, end, text: '))()' });
    }
    if (ts.isCallExpression(node)) {
      const { expression: callee } = node;
      if (ts.isPropertyAccessExpression(callee) && callee.name.text === 'check' && at !== checked) {
        cuts.push({ pos: callee.expression.end, end: node.end });
        return visit(callee.expression, at, spec);
      }
      if (callee.getText() === 'endpoint') spec = at;
      // What a pattern stands for is said to those who write.
      const [pattern, text] = node.arguments;
      if (callee.getText() === 'z.regex' && text) cuts.push({ pos: pattern!.end, end: text.end });
    }
    if (!ts.isObjectLiteralElement(node)) {
      return ts.forEachChild(node, (each) => visit(each, at, spec));
    }
    const name = node.name?.getText() ?? '';
    const dotted = `${at}.${name}`;
    const forServer = spec === at && serverOnly.includes(name);
    if (forServer || unused.has(dotted)) {
      seen.add(forServer ? name : dotted);
      const comma = /^\s*,/.exec(code.slice(node.end))?.[0].length ?? 0;
      cuts.push({ pos: node.pos, end: node.end + comma });
    } else ts.forEachChild(node, (each) => visit(each, dotted, spec));
  };
  visit(parse('contract.ts', code), '');
  return edit(code, cuts);
}
