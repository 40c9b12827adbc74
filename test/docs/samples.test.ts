import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { readArguments, usage } from '../../mock-server/arguments.js';
import { compile, readEntries, type Sample } from './compile.js';

const documents = ['README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md'];
const texts = new Map(documents.map((name) => [name, readFileSync(name, 'utf8')]));
const compiled = [...texts.values()].join('\n');
// Its examples are run: see patterns.test.ts.
const all = compiled + readFileSync('docs/patterns.md', 'utf8');

/** Every match of the pattern's first group in the documents. */
const named = (pattern: RegExp) => [...all.matchAll(pattern)].map(([, name]) => name!);

/** Lines that go into the middle of a file of the contract, with what stands around them there. */
const isEndpoint = (code: string) => /^\w+: endpoint\(/.test(code);
const asEndpoints = (code: string) => `
  import * as z from 'zod/mini';
  import { endpoint } from './endpoint.js';
  import { Id, User } from './entities.js';
  const byId = z.object({ id: Id });
  export const users = { ${code} };`;

function samplesOf(document: string, text: string): Sample[] {
  return [...text.matchAll(/^( *)```(ts|js)\n(.*?)^ *```$/gms)].map((match, index) => {
    const [, indent, language, block] = match as unknown as [string, string, string, string];
    const code = block.replace(new RegExp(`^${indent}`, 'gm'), '');
    const at = `${document}:${text.slice(0, match.index).split('\n').length}`;
    const name = `sample-${document.replace('.md', '')}-${index}.${language}`;
    if (isEndpoint(code)) return { at, file: `src/contract/${name}`, code: asEndpoints(code) };
    // A recipe's element stands in a folder of its own beside the others.
    const folder = code.includes("from '../../") ? 'src/elements/sample' : 'test/docs';
    return { at, file: `${folder}/${name}`, code: `${code}\nexport {};\n` };
  });
}

describe('samples of the documents', () => {
  const samples = [...texts].flatMap(([name, text]) => samplesOf(name, text));
  const planted = samplesOf(
    'planted.md',
    [
      '```ts',
      "import { userOptions, gone } from 'inlay';",
      'userOptions(1);',
      '```',
      '- As an item:',
      '  ```js',
      "  import { configure } from 'inlay';",
      '  configure({ baseURL: session.tokens });',
      '  ```',
    ].join('\n'),
  );
  const errors = compile([...samples, ...planted]);
  const of = (found: string) => errors.filter((error) => error.startsWith(found));

  it('compile against the entries of the package', () => {
    const blocks = compiled.match(/^ *```(ts|js)$/gm) ?? [];
    assert.equal(samples.length, blocks.length);
    assert.ok(samples.length >= 8, `only ${samples.length} samples were found`);
    assert.deepEqual(
      errors.filter((error) => !error.startsWith('planted')),
      [],
    );
  });

  it('are told when they are wrong', () => {
    assert.match(of('planted.md:1 ')[0]!, /no exported member 'gone'/);
    assert.match(of('planted.md:1 ')[1]!, /Expected 2 arguments/);
    assert.match(of('planted.md:6 ').join(), /'baseURL' does not exist/);
    assert.match(of('planted.md:6 ').join(), /'tokens' does not exist/);
  });
});

describe('names in the documents', () => {
  it('are scripts of package.json', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: object };
    const wanted = named(/\bnpm (?:run )?((?:test|start|check)\b|(?<=run )[\w:-]+)/g);
    assert.ok(wanted.length > 10);
    for (const name of wanted) assert.ok(name in scripts, `npm run ${name}`);
  });

  it('are entries of the package, and files of dist that it ships', () => {
    const entries = readEntries();
    const wanted = named(/['"`](inlay\/[\w./-]+)['"`]/g);
    assert.ok(wanted.length > 10);
    for (const name of wanted) assert.ok(name in entries, name);
    const shipped = Object.values(entries);
    for (const name of named(/\bdist\/([\w./-]+\w)/g)) {
      const ours = ['inlay.js', 'inlay.css', 'custom-elements.json'];
      assert.ok(shipped.includes(`./dist/${name}`) || ours.includes(name), `dist/${name}`);
    }
  });

  it('are files that there are, but for those which a recipe makes', () => {
    const wanted = named(/`((?:src|mock-server|scripts|test|bench|demo)\/[\w./-]+)`/g);
    assert.ok(wanted.length > 10);
    for (const name of wanted) assert.ok(/user-count/.test(name) || existsSync(name), name);
  });

  it('are flags that a command takes', () => {
    const takes = ['scripts', 'test/model', 'test/processes'].flatMap((folder) =>
      readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8')),
    );
    for (const flag of named(/(?<![\w-])(--(?!inlay-)[a-z][\w-]*)/g)) {
      assert.ok(
        [usage, ...takes].some((text) => text.includes(flag)),
        flag,
      );
    }
  });

  it('are all flags of the server, with the variable that says the same', () => {
    const rows = [...all.matchAll(/^\| `--([\w-]+)` +\| `(\w+)`/gm)];
    const flags = rows.map(([, flag]) => flag!);
    const inUsage = [...usage.matchAll(/^ +--([\w-]+) </gm)].map(([, flag]) => flag!);
    assert.deepEqual(flags.toSorted(), inUsage.toSorted());
    const within: Record<string, string> = { 'error-rate': '1', 'max-message': '2000' };
    for (const [, flag, variable] of rows) {
      const value = within[flag!] ?? '7';
      const given = readArguments([`--${flag}`, value], {});
      assert.notDeepEqual(given, readArguments([], {}));
      assert.deepEqual(readArguments([], { [variable!]: value }), given, variable);
    }
  });
});
