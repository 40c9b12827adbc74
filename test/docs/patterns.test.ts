import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { register } from 'tsx/esm/api';
import { createReferenceServer } from '../../mock-server/index.js';
import { readEntries } from './compile.js';
import { readExamples, readGiven } from './examples.js';

register();
const text = readFileSync('docs/patterns.md', 'utf8');
const examples = readExamples(text);
const entries = readEntries();
const load = (entry: string) => {
  const file = entries[entry];
  return import(file ? pathToFileURL(path.resolve(file)).href : entry) as Promise<object>;
};

describe('examples of the patterns that need no page', () => {
  const servers: ReturnType<typeof createReferenceServer>[] = [];
  after(() => Promise.all(servers.map((server) => server.stop())));

  for (const { name, inPage, expected, run } of examples) {
    if (inPage) continue;
    it(`${name} prints what it says`, async () => {
      const server = createReferenceServer({ users: 30 });
      servers.push(server);
      const { url } = await server.start(0);
      const given = await readGiven(text, url);
      assert.ok(expected.length > 0, 'an example prints something');
      assert.deepEqual(await run(load, given), expected);
    });
  }
});

describe('the table of patterns', () => {
  it('names every row but those of other back ends, and each has an example', () => {
    const rows = [...text.matchAll(/^\| \[(\w+)\]\(#(\w+)\)/gm)];
    const wanted = ['S1', 'S3', 'S5', ...Array.from({ length: 19 }, (_, n) => `P${n + 1}`)];
    assert.deepEqual(
      rows.map(([, name]) => name),
      wanted,
    );
    assert.deepEqual(
      examples.map(({ name }) => name),
      wanted,
    );
    for (const [, name, anchor] of rows) assert.equal(anchor, name!.toLowerCase());
  });
});
