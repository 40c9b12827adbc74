// `npm run manifest`: writes custom-elements.json and the elements table of README.md from the
// elements' doc comments. With --check: fails when either is not what the sources say.
import { existsSync, readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { must } from './process.js';

interface Item {
  name: string;
  description?: string;
}

interface Declaration {
  tagName: string;
  summary?: string;
  attributes?: Item[];
  events?: Item[];
  slots?: Item[];
  cssParts?: Item[];
}

interface Manifest {
  modules: { declarations: Declaration[] }[];
}

const start = '<!-- elements:start -->';
const end = '<!-- elements:end -->';
const folder = 'node_modules/.cache/inlay-manifest';

async function analyze(): Promise<string> {
  await must([
    'cem',
    'analyze',
    '--config',
    'custom-elements-manifest.config.mjs',
    '--outdir',
    folder,
  ]);
  return readFile(`${folder}/custom-elements.json`, 'utf8');
}

/** The analyzer goes on without a configuration that it cannot load, so its result is checked. */
function assertComplete(elements: Declaration[]): void {
  const described = elements.filter(({ summary }) => summary).map(({ tagName }) => tagName);
  const expected = readdirSync('src/elements').filter((tag) =>
    existsSync(`src/elements/${tag}/${tag}.ts`),
  );
  const missing = expected.filter((tag) => !described.includes(tag));
  if (missing.length > 0) {
    throw new Error(
      `the manifest lacks ${missing.join(', ')}: each needs a class named like its tag with a @summary, ` +
        'and custom-elements-manifest.config.mjs must load',
    );
  }
}

function table(elements: Declaration[]): string {
  const names = (items: Item[] = []): string =>
    items.map(({ name }) => (name ? `\`${name}\`` : 'default')).join(' ') || '–';
  const rows = elements.map((element) =>
    [
      `\`<${element.tagName}>\``,
      element.summary,
      names(element.attributes),
      names(element.events),
      names(element.slots),
      names(element.cssParts),
    ].join(' | '),
  );
  return [
    '| Element | What it is | Attributes | Events | Slots | Parts |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows.map((row) => `| ${row} |`),
  ].join('\n');
}

async function replaceBetweenMarkers(readme: string, content: string): Promise<string> {
  const from = readme.indexOf(start);
  const to = readme.indexOf(end);
  if (from < 0 || to < from) throw new Error(`README.md needs the lines ${start} and ${end}`);
  const written = `${readme.slice(0, from + start.length)}\n\n${content}\n\n${readme.slice(to)}`;
  return format(written, { ...(await resolveConfig('README.md')), parser: 'markdown' });
}

const manifest = await analyze();
const elements = (JSON.parse(manifest) as Manifest).modules.flatMap(
  (module) => module.declarations,
);
assertComplete(elements);
const readme = await readFile('README.md', 'utf8');
const results: [file: string, content: string][] = [
  ['custom-elements.json', manifest],
  ['README.md', await replaceBetweenMarkers(readme, table(elements))],
];

for (const [file, content] of results) {
  const current = existsSync(file) ? await readFile(file, 'utf8') : '';
  if (current === content) continue;
  if (process.argv.includes('--check')) {
    console.error(`${file} is not what the elements say: run npm run manifest and commit it`);
    process.exitCode = 1;
  } else {
    await writeFile(file, content);
    console.log(`wrote ${file}`);
  }
}
