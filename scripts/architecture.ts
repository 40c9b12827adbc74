// Who may import whom: ARCHITECTURE.md's picture as data, and the check that holds it.
import path from 'node:path';
import ts from 'typescript';

interface Layer {
  /** Layers whose values may be imported. */
  values: string[];
  /** Layers of which only types may be imported, besides those above. */
  types?: string[];
  /** Packages allowed by name or by prefix ending in `/` or `:`; anything when absent. */
  packages?: string[];
  /** Packages, in the same form, that single files may import besides. */
  files?: Record<string, string[]>;
}

const lit = ['lit', 'lit/', '@lit/'];

/** A folder is its own layer; a file that no folder claims belongs to the layer of its name. */
const layers: Record<string, Layer> = {
  'src/contract': { values: [], packages: ['zod/mini'] },
  'src/client': { values: ['src/contract'], packages: ['zod/mini'] },
  // Of the client the errors alone: who leaves a loop and whose call failed catch the same.
  'src/live': { values: ['src/contract', 'src/client'], packages: [] },
  'src/data': { values: ['src/contract', 'src/client'], packages: ['@tanstack/query-core'] },
  'src/runtime': {
    values: ['src/contract', 'src/client', 'src/live', 'src/data'],
    packages: ['@tanstack/query-core'],
  },
  'src/controllers': { values: [], packages: ['lit'] },
  'src/persist': {
    values: ['src/data'],
    types: ['src/contract', 'src/runtime'],
    packages: ['@tanstack/query-core'],
  },
  'src/kit': {
    values: ['src/runtime', 'src/data', 'src/client', 'src/locales'],
    types: ['src/contract', 'src/live'],
    packages: [...lit, '@tanstack/query-core', '@tanstack/lit-query'],
  },
  'src/locales': { values: [], types: ['src/kit', 'src/locales'], packages: [] },
  'src/elements': {
    values: ['src/kit', 'src/runtime', 'src/data', 'src/contract'],
    packages: lit,
  },
  // What the build swaps in for libraries in the scripts; nothing imports them.
  'src/stand-ins': { values: [], packages: ['@tanstack/query-core', 'lit'] },
  // The scripts for script tags; src/embed.ts is the one with everything.
  'src/embed': {
    values: ['src/runtime', 'src/kit', 'src/elements', 'src/locales'],
    packages: [],
  },
  // index.ts, define.ts and embed.ts put the whole together.
  src: {
    values: [
      'src/contract',
      'src/client',
      'src/live',
      'src/data',
      'src/runtime',
      'src/kit',
      'src/elements',
      'src/locales',
      'src/embed',
    ],
    packages: [],
  },
  // The rules run in the browser too, behind MSW: no Node and no Express in them.
  'mock-server/domain': {
    values: ['src/contract', 'mock-server/store'],
    types: ['mock-server/faults', 'mock-server/live'],
    packages: ['zod/mini', 'jose'],
  },
  'mock-server/store': { values: ['src/contract'], types: ['mock-server/live'], packages: [] },
  'mock-server/docs': { values: ['src/contract', 'mock-server/dispatch'], packages: ['zod/mini'] },
  'mock-server/dispatch': {
    values: ['src/contract', 'mock-server/domain', 'mock-server/store'],
    types: ['mock-server/faults', 'mock-server/live'],
    packages: ['zod/mini'],
  },
  // All of the server but its door: Express and MSW both stand before it.
  'mock-server/core': {
    values: [
      'src/contract',
      'mock-server/dispatch',
      'mock-server/docs',
      'mock-server/domain',
      'mock-server/store',
      'mock-server/live',
      'mock-server/faults',
    ],
    packages: [],
  },
  'mock-server/browser': {
    values: [
      'src/contract',
      'mock-server/core',
      'mock-server/dispatch',
      'mock-server/domain',
      'mock-server/live',
    ],
    packages: ['zod/mini', 'msw', 'msw/'],
  },
  'mock-server/live': {
    values: ['src/contract', 'mock-server/domain'],
    packages: [],
    files: { 'mock-server/live/ws.ts': ['ws', 'node:'] },
  },
  'mock-server/faults': { values: ['src/contract'], packages: [] },
  'mock-server/http': serverLayer(),
  'mock-server': serverLayer(),
};

function serverLayer(): Layer {
  return { values: ['src/contract', 'mock-server'] };
}

const longest = 300;
const vagueFolder = /^src\/(?:.*\/)?(utils|helpers|common|types)\//;
const domGlobals = new Set(['document', 'window', 'customElements', 'HTMLElement', 'Element']);
const withoutDom = ['src/contract', 'src/data'];

/** Names every breach in the given sources, as `path:line what`; keys are paths from the top. */
export function findViolations(files: Record<string, string>): string[] {
  return Object.entries(files).flatMap(([file, source]) => [
    ...shapeViolations(file, source),
    ...importsOf(file, source).flatMap((found) => importViolations(file, found)),
    ...domViolations(file, source),
  ]);
}

function shapeViolations(file: string, source: string): string[] {
  const found: string[] = [];
  const length = source.trimEnd().split('\n').length;
  if (length > longest && !/Reason for length:/.test(source.slice(0, 1000))) {
    found.push(
      `${file}:1 has ${length} lines, over ${longest}: split it by concept, or give a "Reason for length:" at its top`,
    );
  }
  const vague = vagueFolder.exec(file);
  if (vague) found.push(`${file}:1 lies in a folder named "${vague[1]}": name what it holds`);
  return found;
}

interface Import {
  specifier: string;
  typeOnly: boolean;
  named: boolean;
  line: number;
}

function importViolations(file: string, found: Import): string[] {
  const from = layerOf(file);
  const at = `${file}:${found.line}`;
  if (!from) return [`${at} is in no layer of scripts/architecture.ts`];
  const rules = layers[from]!;
  if (!found.specifier.startsWith('.')) {
    if (found.specifier === 'zod/mini' && found.named) {
      return [`${at} imports names from zod/mini: write import * as z from 'zod/mini'`];
    }
    return allowsPackage(rules, file, found.specifier)
      ? []
      : [`${at} imports ${found.specifier}, which ${from} may not`];
  }
  const target = layerOf(path.posix.join(path.posix.dirname(file), found.specifier));
  if (target === from || (target && allowsLayer(rules.values, target))) return [];
  if (target && found.typeOnly && allowsLayer(rules.types ?? [], target)) return [];
  const what = found.typeOnly ? 'types of ' : '';
  return [`${at} imports ${what}${target ?? found.specifier}, which ${from} may not`];
}

/** `mock-server` in a list stands for its folders too; `src` never does. */
function allowsLayer(allowed: string[], target: string): boolean {
  return allowed.some(
    (name) => name === target || (name === 'mock-server' && target.startsWith('mock-server/')),
  );
}

function allowsPackage({ packages, files }: Layer, file: string, specifier: string): boolean {
  if (!packages) return true;
  return [...packages, ...(files?.[file] ?? [])].some((name) =>
    /[/:]$/.test(name) ? specifier.startsWith(name) : specifier === name,
  );
}

function layerOf(file: string): string | undefined {
  const [top = '', folder = ''] = file.split('/');
  if (layers[`${top}/${folder}`]) return `${top}/${folder}`;
  const isTopFile = file.split('/').length === 2;
  return isTopFile && layers[top] ? top : undefined;
}

function importsOf(file: string, source: string): Import[] {
  const tree = parse(file, source);
  const found: Import[] = [];
  const add = (node: ts.Expression | undefined, typeOnly: boolean, named = false): void => {
    if (!node || !ts.isStringLiteralLike(node)) return;
    const { line } = tree.getLineAndCharacterOfPosition(node.getStart(tree));
    found.push({ specifier: node.text, typeOnly, named, line: line + 1 });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const bindings = node.importClause?.namedBindings;
      const names = bindings && ts.isNamedImports(bindings) ? bindings.elements : undefined;
      const allTypes = names?.length ? names.every((name) => name.isTypeOnly) : false;
      const typeOnly = node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword || allTypes;
      add(node.moduleSpecifier, typeOnly, names !== undefined);
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      if (ts.isStringLiteral(node.argument.literal)) add(node.argument.literal, true);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

function domViolations(file: string, source: string): string[] {
  if (!withoutDom.includes(layerOf(file) ?? '')) return [];
  const tree = parse(file, source);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && domGlobals.has(node.text) && isFreeName(node)) {
      const { line } = tree.getLineAndCharacterOfPosition(node.getStart(tree));
      found.push(`${file}:${line + 1} uses ${node.text}: this layer knows no DOM`);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** Not `x.window` and not `{ window: … }`, which only share the name. */
function isFreeName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  return !(
    (ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent)) &&
    parent.name === node
  );
}

function parse(file: string, source: string): ts.SourceFile {
  return ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
}
