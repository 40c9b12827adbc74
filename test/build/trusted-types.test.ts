import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { build } from 'vite';
import { shareTrustedTypesPolicy } from '../../scripts/trusted-types.js';

/** Bundles one module in memory with the Trusted Types step. */
async function bundle(code: string): Promise<string> {
  const entry = 'virtual:entry';
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'entry',
        enforce: 'pre',
        resolveId: (id) => (id === entry ? id : null),
        load: (id) => (id === entry ? code : null),
      },
      shareTrustedTypesPolicy(),
    ],
    build: { write: false, minify: false, rolldownOptions: { input: entry } },
  });
  assert.ok('output' in result);
  return result.output[0].code;
}

describe('the Trusted Types step of the build', () => {
  it("shares and guards the policy of today's lit-html", async () => {
    const code = await bundle("import { html } from 'lit'; globalThis.x = html;");
    assert.match(code, /Symbol\.for\("inlay\.lit-html-policy"\)/);
    assert.equal(code.match(/createPolicy/g)?.length, 1);
  });

  it('fails the build when the call is gone', async () => {
    await assert.rejects(bundle('globalThis.x = 1;'), /createPolicy call was found 0 times/);
  });
});
