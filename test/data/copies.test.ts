// Two scripts on a page: each has the data module, and both have one cache.
import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { QueryClient } from '@tanstack/query-core';
import { register } from 'tsx/esm/api';
import * as first from '../../src/data/sync.js';
import * as firstStand from '../../src/data/stand.js';

register();
const again = <T>(module: string) =>
  import(`${pathToFileURL(path.resolve(`src/data/${module}.ts`)).href}?again`) as Promise<T>;

describe('a second copy of the data module', () => {
  it('goes on with the sync of the first, whose ledger knows what was told', async () => {
    const second = await again<typeof first>('sync');
    assert.notEqual(second.Sync, first.Sync);
    const client = new QueryClient();
    const sync = new first.Sync(client);
    assert.equal(second.syncOf(client), sync);
  });

  it('knows where data stand that the first has read', async () => {
    const second = await again<typeof firstStand>('stand');
    const data = {};
    const stand = { channel: 'users', epoch: 'a', offset: 3 };
    firstStand.setStand(data, stand);
    assert.equal(second.standOf(data), stand);
  });
});
