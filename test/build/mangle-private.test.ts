import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import ts from 'typescript';
import { edit } from '../../scripts/graph.js';
import { renameAll } from '../../scripts/mangle-private.js';

/** The module after its private members have got short names. */
function mangle(code: string): string {
  const file = 'src/sample.ts';
  const read = (name: string) => (name === file ? code : ts.sys.readFile(name));
  return edit(code, renameAll([file], read).get(file)!);
}

describe('the step that shortens private names', () => {
  it('renames what is private and nothing that only shares the name', () => {
    const code = mangle(`
      export class A {
        private rows = 1;
        constructor(private readonly host: { rows: number }, readonly open = 2) {}
        get sum() { const { rows } = this; return rows + this.host.rows + this.open; }
        same(other: A) { return other.rows === this.rows ? { rows: this.rows } : { ...this.host }; }
      }
      export class B { rows = 3; private open() { return this.rows; } go() { this.open(); } }
    `);
    assert.match(code, /private _\w = 1;/);
    assert.match(
      code,
      /const \{ _\w: rows \} = this; return rows \+ this\._\w\.rows \+ this\.open;/,
    );
    assert.match(code, /other\._\w === this\._\w \? \{ rows: this\._\w \}/);
    assert.match(
      code,
      /rows = 3; private _\w\(\) \{ return this\.rows; \} go\(\) \{ this\._\w\(\); \}/,
    );
  });

  it('leaves alone what Lit knows by name', () => {
    const code = mangle(`
      export class A { static properties = { shown: { state: true } }; private shown = 1; private kept = 2; }
    `);
    assert.match(code, /private shown = 1; private _a = 2;/);
  });
});
