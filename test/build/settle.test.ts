import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { putIn } from '../../scripts/settle.js';

const sources = ['elements', 'kit', 'data', 'runtime', 'embed']
  .flatMap((folder) =>
    readdirSync(`src/${folder}`, { recursive: true }).map(
      (file) => `src/${folder}/${String(file)}`,
    ),
  )
  .filter((file) => file.endsWith('.ts'));

/** What the scripts would do otherwise than the packages, as its values are taken for settled. */
const otherwise = {
  'templates of SVG or MathML alone': /import \{[^}]*\b(svg|mathml)\b[^}]*\} from 'lit'/,
  'something to fill in within a text area, a title or a style':
    /<(textarea|title|style|script)\b[^>]*>[^<]*\$\{/,
  'properties that are lists or objects, or have a converter, a default that is reflected, or no accessor':
    /\btype: (Array|Object)\b|\b(converter|useDefault|noAccessor):/,
  'a single style sheet without a list': /static override styles = [^[]/,
  'queries that poll, are restored, or are skipped':
    /\b(refetchInterval|skipToken|isRestoring|notifyOnChangeProps|suspense)\b/,
  'queries whose times or state are functions':
    /\b(staleTime|enabled|refetchOnMount|placeholderData): \(/,
  'queries that are asked for again on other occasions':
    /\b(refetchOn(Mount|WindowFocus|Reconnect)|refetchType)\b/,
  'filters that are not understood': /\b(fetchStatus: '|findAll\(\{ mutationKey)/,
  'defaults by key': /\bset(Query|Mutation)Defaults\b/,
  'pages before the first': /\b(fetchPreviousPage|getPreviousPageParam)\b/,
};

describe('what is settled in the scripts', () => {
  it('stands in place of what would find it out', () => {
    const values = { 'isServer( 1 )': 'false', 'this.#a()': 'undefined', gone: '1' };
    const { text, missing } = putIn('if (!isServer(\n1 ) && this.#b) { this.#a(); }', values);
    assert.equal(text, 'if (!false && this.#b) { undefined; }');
    assert.deepEqual(missing, ['gone']);
  });

  it('leaves out members by their head', () => {
    const values = { 'find(filters)': '', 'get a()': '' };
    const { text, missing } = putIn(
      'class A { find(filters) { find(filters); } get a() {} b() {} }',
      values,
    );
    assert.equal(text, 'class A {   b() {} }');
    assert.deepEqual(missing, []);
  });

  for (const [what, pattern] of Object.entries(otherwise)) {
    it(`holds: nothing of theirs has ${what}`, () => {
      const found = sources.filter((file) => pattern.test(readFileSync(file, 'utf8')));
      assert.deepEqual(found, []);
    });
  }
});
