import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { cut, namedBy } from '../../scripts/cut-texts.js';
import { readGraph } from '../../scripts/graph.js';
import { parse } from '../../scripts/source.js';

const source = `export const en = {
  'role.user': 'User',
  'users.none': 'No one, "matches"',
  'feed.none': { one: 'none', other: 'all' },
  'status.active': 'Active',
};`;

const keysOf = (code: string) => [...code.matchAll(/'(\w+\.\w+)':/g)].map(([, key]) => key);

describe('the texts in a script', () => {
  it('are those that its code names, whole or by their family', () => {
    const isNamed = namedBy([
      parse('/src/elements/a.ts', "t('users.none'); t(`role.${role}`); label('status', word);"),
    ]);
    assert.deepEqual(keysOf(cut(source, isNamed)), ['role.user', 'users.none', 'status.active']);
  });

  it('are not named by words of what draws nothing, but whole', () => {
    const isNamed = namedBy([parse('/src/data/a.ts', "key('users'); tell('feed.none', 'role');")]);
    assert.deepEqual(keysOf(cut(source, isNamed)), ['feed.none']);
  });

  it('are not named by the list of texts itself', () => {
    const isNamed = namedBy([parse('/src/locales/en.ts', source)]);
    assert.deepEqual(keysOf(cut(source, isNamed)), []);
  });

  it('leave out of the one for notifications what only people need', async () => {
    const isNamed = namedBy(await readGraph('src/embed/notifications.ts'));
    const kept = keysOf(cut(await readFile('src/locales/en.ts', 'utf8'), isNamed));
    for (const key of ['feed.none', 'done.archived', 'error.NETWORK', 'type.info']) {
      assert.ok(kept.includes(key), key);
    }
    for (const key of ['picture.choose', 'users.none', 'role.admin']) {
      assert.ok(!kept.includes(key), key);
    }
  });
});
