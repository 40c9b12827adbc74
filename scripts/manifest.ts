// `npm run manifest`: writes custom-elements.json and the elements' tables of README.md from
// their doc comments. With --check: fails when either is not what the sources say.
import { existsSync, readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { must } from './process.js';

interface Item {
  name: string;
  /** As in the source: of an attribute the property's initial value. */
  default?: string;
}

interface Declaration {
  tagName: string;
  summary?: string;
  attributes?: Item[];
  events?: Item[];
  slots?: Item[];
  cssParts?: Item[];
  cssProperties?: Item[];
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

function describe(element: Declaration): string {
  const rows: [what: string, items: string[] | undefined][] = [
    ['attributes', element.attributes?.map(writeAttribute)],
    ['events', element.events?.map(({ name }) => name)],
    ['slots', element.slots?.map(({ name }) => name || 'default')],
    ['parts', element.cssParts?.map(({ name }) => name)],
    ['custom properties', element.cssProperties?.map(writeProperty)],
  ];
  return [
    `**\`<${element.tagName}>\`** ${element.summary}`,
    '',
    '| | |',
    '| --- | --- |',
    ...rows.flatMap(([what, items]) =>
      items?.length ? [`| ${what} | ${items.map((item) => `\`${item}\``).join(' ')} |`] : [],
    ),
  ].join('\n');
}

/** With its default as one would write it; without when that is nothing. */
function writeAttribute({ name, default: initial = '' }: Item): string {
  const value = initial.replace(/^'(.*)'$/, '$1');
  return value ? `${name}="${value}"` : name;
}

function writeProperty({ name, default: initial }: Item): string {
  return initial ? `${name}: ${initial}` : name;
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
  ['README.md', await replaceBetweenMarkers(readme, elements.map(describe).join('\n\n'))],
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
