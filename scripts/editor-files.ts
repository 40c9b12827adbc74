import { readFile, writeFile } from 'node:fs/promises';
import { generateJsxTypes } from '@wc-toolkit/jsx-types';
import { generateVsCodeCustomElementData } from 'custom-element-vs-code-integration';

const outdir = 'dist/editor';

/** From the manifest: completion data for editors, and the elements' types for JSX. */
export async function writeEditorFiles(): Promise<void> {
  const text = await readFile('custom-elements.json', 'utf8');
  const manifest = JSON.parse(text);
  generateVsCodeCustomElementData(manifest, { outdir, hideLogs: true });
  generateJsxTypes(manifest, {
    outdir,
    fileName: 'jsx.d.ts',
    componentTypePath: (_name, tag) => `../src/elements/${tag}/${tag}.js`,
  });
  // The generator names the events' types without importing them.
  const events = [...new Set(text.match(/\bInlay\w+Event\b/g))].sort().join(', ');
  const types = await readFile(`${outdir}/jsx.d.ts`, 'utf8');
  const imported = events ? `import type { ${events} } from '../src/kit/events.js';\n` : '';
  await writeFile(`${outdir}/jsx.d.ts`, imported + types);
}
