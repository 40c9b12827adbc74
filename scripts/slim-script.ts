import path from 'node:path';
import ts from 'typescript';
import type { Plugin } from 'vite';

/** Libraries and what stands in for them in the one-file script; each file says why and what it saves. */
const standIns: Record<string, string> = {
  'zod/mini': 'src/stand-ins/schema.ts',
  '@tanstack/lit-query': 'src/stand-ins/query.ts',
};

/** Names in the contract's tables that a page has no use for: by file, the property's name. */
const serverOnly: Record<string, string[]> = {
  // Of every `endpoint(…)`, what only the server and the documents read.
  '*': ['summary', 'input'],
  'endpoints.ts': ['health', 'docs', 'control'],
  'events.ts': ['client'],
};

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
      handler(code, id) {
        const slim = cut(code, path.basename(id), seen);
        // Schemas that nothing uses any more may then go: the calls that made them do nothing else.
        const pure = slim.replace(
          /(?<![\w.]|function )(z\.\w+|endpoint|cursor\w+|frame)\(/g,
          '/*@__PURE__*/$1(',
        );
        return { code: pure, map: null };
      },
    },
    buildEnd(error) {
      const missing = Object.values(serverOnly)
        .flat()
        .filter((name) => !seen.has(name));
      if (error || missing.length === 0) return;
      this.error(
        `src/contract no longer has ${missing.join(', ')} where scripts/slim-script.ts looks for it.`,
      );
    },
  };
}

function cut(code: string, file: string, seen: Set<string>): string {
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
  const cuts: ts.ObjectLiteralElementLike[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const inEndpoint =
        ts.isCallExpression(node.parent) && node.parent.expression.getText() === 'endpoint';
      const inTable =
        ts.isVariableDeclaration(node.parent) && node.parent.parent.parent.parent === source;
      const names = inEndpoint ? serverOnly['*']! : inTable ? (serverOnly[file] ?? []) : [];
      for (const property of node.properties) {
        const name = property.name?.getText() ?? '';
        if (!names.includes(name)) continue;
        seen.add(name);
        cuts.push(property);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  for (const { pos, end } of cuts.sort((a, b) => b.pos - a.pos)) {
    const comma = /^\s*,/.exec(code.slice(end))?.[0].length ?? 0;
    code = code.slice(0, pos) + code.slice(end + comma);
  }
  return code;
}
