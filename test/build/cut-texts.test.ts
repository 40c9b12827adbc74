import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { cut, findWords } from '../../scripts/cut-texts.js';
import { parse, readGraph } from '../../scripts/graph.js';
import { en } from '../../src/locales/en.js';

const source = `export const en = {
  'role.user': 'User',
  'users.none': 'No one, "matches"',
  'feed.none': { one: 'none', other: 'all' },
  'status.active': 'Active',
};`;

const keysOf = (code: string) => [...code.matchAll(/'(\w+\.\w+)':/g)].map(([, key]) => key);

describe('the texts in a script', () => {
  it('are those that its code names, whole or by their family', () => {
    const words = findWords([
      parse('element.ts', "t('users.none'); t(`role.${role}`); label('status', word);"),
    ]);
    assert.deepEqual(keysOf(cut(source, words)), ['role.user', 'users.none', 'status.active']);
  });

  it('are not named by the list of texts itself', () => {
    const words = findWords([parse('/src/locales/en.ts', source)]);
    assert.equal(words.size, 0);
  });

  it('leave out of the one for notifications what only people need', async () => {
    const words = findWords(await readGraph('src/embed/notifications.ts'));
    const kept = cut(await readFile('src/locales/en.ts', 'utf8'), words);
    for (const key of Object.keys(en)) {
      if (words.has(key)) assert.ok(kept.includes(`'${key}'`), key);
    }
    assert.ok(kept.includes("'feed.none'"));
    assert.ok(!kept.includes("'picture.choose'"));
  });
});
