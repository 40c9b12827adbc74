import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import ts from 'typescript';
import { readEntries } from './compile.js';

describe('declarations of the package', () => {
  it('lead from what registers an element to its class, which tells the page’s tags its type', () => {
    const entries = Object.entries(readEntries()).filter(([name]) =>
      /^inlay\/.+\/define$/.test(name),
    );
    for (const [name, file] of entries) {
      const { outputText } = ts.transpileDeclaration(readFileSync(file, 'utf8'), {
        compilerOptions: { declaration: true },
      });
      const [, tag] = name.split('/');
      assert.ok(outputText.includes(`from './${tag}.js'`), `${name} declares: ${outputText}`);
    }
    assert.equal(entries.length, 10);
  });
});
