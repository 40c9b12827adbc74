import path from 'node:path';
import ts from 'typescript';
import type { Plugin } from 'vite';

/** Libraries and what stands in for them in the one-file script; each file says why and what it saves. */
const standIns: Record<string, string> = {
  'zod/mini': 'src/stand-ins/schema.ts',
  '@tanstack/lit-query': 'src/stand-ins/query.ts',
};

/** Of every `endpoint(…)`, what only the server and the documents read. */
const serverOnly = ['summary', 'input'];

/** What no element of the script asks for or hears of; it comes back with the element that does. */
const unused = [
  'endpoints.health endpoints.docs endpoints.control endpoints.live',
  'endpoints.stats projects.list projects.get',
  'auth.login auth.refresh auth.logout',
  'users.me users.bulk users.export users.replace',
  'notifications.archiveRead notifications.preferences notifications.setPreferences',
  'notifications.stream',
  'events.client events.items.STATS_UPDATED',
].flatMap((line) => line.split(' '));

/**
 * Makes the one-file script small: swaps in the stand-ins, and leaves out of the
 * contract what only servers read. Fails the build when the contract is no longer
 * written in a way it understands.
 */
export function slimScript(): Plugin {
  const seen = new Set<string>();
  return {
    name: 'inlay:slim-script',
    enforce: 'pre',
    buildStart: () => seen.clear(),
    resolveId: (id) => (Object.hasOwn(standIns, id) ? path.resolve(standIns[id]!) : null),
    transform: {
      filter: { id: /src\/contract\/[\w-]+\.ts$/ },
      handler(code) {
        const slim = cut(code, seen);
        // Schemas that nothing uses any more may then go: the calls that made them do nothing else.
        const pure = slim.replace(
          /(?<![\w.]|function )(z\.\w+|endpoint|cursor\w+|frame)\(/g,
          '/*@__PURE__*/$1(',
        );
        return { code: pure, map: null };
      },
    },
    buildEnd(error) {
      const missing = [...serverOnly, ...unused].filter((name) => !seen.has(name));
      if (error || missing.length === 0) return;
      this.error(
        `src/contract no longer has ${missing.join(', ')} where scripts/slim-script.ts looks for it.`,
      );
    },
  };
}

/** Rules on values are the server's to keep; a page checks shapes, and of values only links, for its own safety. */
const checked = 'Href';

/** The module without what is not wanted; what was cut is added to `seen`. */
function cut(code: string, seen: Set<string>): string {
  const source = ts.createSourceFile('contract.ts', code, ts.ScriptTarget.Latest, true);
  const cuts: { pos: number; end: number }[] = [];
  /** `at` is the dotted path from the declared name on, or "endpoint" in a call of it. */
  const visit = (node: ts.Node, at: string): void => {
    if (ts.isVariableDeclaration(node)) at = node.name.getText();
    if (ts.isCallExpression(node)) {
      const { expression: callee } = node;
      if (ts.isPropertyAccessExpression(callee) && callee.name.text === 'check' && at !== checked) {
        cuts.push({ pos: callee.expression.end, end: node.end });
        return visit(callee.expression, at);
      }
      if (callee.getText() === 'endpoint') at = 'endpoint';
    }
    if (!ts.isObjectLiteralElement(node)) return ts.forEachChild(node, (each) => visit(each, at));
    const name = node.name?.getText() ?? '';
    const dotted = at === 'endpoint' ? name : `${at}.${name}`;
    if ((at === 'endpoint' ? serverOnly : unused).includes(dotted)) {
      seen.add(dotted);
      cuts.push({
        pos: node.pos,
        end: node.end + (/^\s*,/.exec(code.slice(node.end))?.[0].length ?? 0),
      });
    } else ts.forEachChild(node, (each) => visit(each, dotted));
  };
  visit(source, '');
  for (const { pos, end } of cuts.sort((a, b) => b.pos - a.pos)) {
    code = code.slice(0, pos) + code.slice(end);
  }
  return code;
}
