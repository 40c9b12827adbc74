import ts from 'typescript';
import type { Plugin } from 'vite';
import { edit, parse, type Edit } from './source.js';

/**
 * Puts known values in place of expressions of a library, by module as `library` captures its
 * name, so that what hangs on them can go; and leaves out members that nobody calls, by their head
 * (`'find(filters)': ''`). Fails the build where one of them is no longer found.
 */
export function settle(
  name: string,
  library: RegExp,
  settled: Record<string, Record<string, string>>,
): Plugin {
  return {
    name: `inlay:settle-${name}`,
    enforce: 'pre',
    transform: {
      filter: { id: library },
      handler(code, id) {
        const values = settled[library.exec(id)![1]!];
        if (!values) return undefined;
        const { text, missing } = putIn(code, values);
        if (missing.length > 0) this.error(`${id} no longer has ${missing.join(', ')}.`);
        return { code: text, map: null };
      },
    },
  };
}

/** The code with each of them replaced, however it is broken into lines, and those that it does not have. */
export function putIn(code: string, values: Record<string, string>) {
  const edits: Edit[] = [];
  const missing = new Set(Object.keys(values));
  const visit = (node: ts.Node): void => {
    const { body } = node as ts.MethodDeclaration;
    const isMember = body && (ts.isMethodDeclaration(node) || ts.isAccessor(node));
    const written = isMember ? code.slice(node.getStart(), body.pos) : node.getText();
    const found = written.replace(/\s+/g, ' ');
    if ((isMember || ts.isExpression(node)) && Object.hasOwn(values, found)) {
      missing.delete(found);
      edits.push({ pos: node.getStart(), end: node.end, text: values[found]! });
    } else ts.forEachChild(node, visit);
  };
  visit(parse('library.js', code));
  return { text: edit(code, edits), missing: [...missing] };
}
