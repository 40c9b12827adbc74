import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { QueryClient } from '@tanstack/query-core';
import type { Api, User } from '../../src/contract/index.js';
import {
  createUserOptions,
  deleteUserOptions,
  mutate,
  overlay,
  pendingChanges,
  updateUserOptions,
  userKeys,
} from '../../src/data/index.js';
import { makeUser } from './model-server.js';

const key = userKeys.list();
const list = () => ({
  data: [makeUser(2), makeUser(1)],
  meta: { limit: 20, total: 2, nextCursor: null, hasMore: false, page: 1, totalPages: 1 },
});

/** An API whose writes wait for their `settle`. */
function held() {
  const settle: ((error?: Error) => void)[] = [];
  const write = (input: Partial<User>) =>
    new Promise((resolve, reject) =>
      settle.push((error) =>
        error ? reject(error) : resolve({ ...makeUser(1), ...input, version: 2 }),
      ),
    );
  const users = { update: write, delete: write, create: write };
  const client = new QueryClient({ defaultOptions: { mutations: { gcTime: Infinity } } });
  return { api: { users } as unknown as Api, settle, client, cache: client.getMutationCache() };
}
const settled = () => new Promise(setImmediate);

describe('overlay', () => {
  it('draws pending changes in the order submitted, and draws them back when refused', async () => {
    const { api, settle, client, cache } = held();
    const data = list();
    const id = makeUser(1).id;
    const one = mutate(client, updateUserOptions(api), { id, name: 'One' });
    const two = mutate(client, updateUserOptions(api), { id, name: 'Two' }).catch(String);
    const shown = () => overlay(data, key, pendingChanges(cache)).data[1]!.name;
    assert.equal(shown(), 'Two');
    await settled();
    assert.equal(settle.length, 1, 'writes of one entity go out one after the other');
    settle[0]!();
    await one;
    await settled();
    settle[1]!(new Error('refused'));
    assert.equal(await two, 'Error: refused');
    assert.equal(shown(), data.data[1]!.name);
  });

  it('gives the very same object for the same inputs', () => {
    const { api, client, cache } = held();
    const data = list();
    assert.equal(overlay(data, key, pendingChanges(cache)), data);
    void mutate(client, updateUserOptions(api), { id: makeUser(1).id, name: 'One' });
    const changes = pendingChanges(cache);
    assert.equal(pendingChanges(cache), changes);
    assert.equal(overlay(data, key, changes), overlay(data, key, changes));
    const other = { ...list(), data: [makeUser(9)] };
    assert.equal(overlay(other, key, changes), other, 'untouched data stay themselves');
  });

  it('draws a creation under the id that is sent, and a deletion with the total', async () => {
    const { api, client, cache } = held();
    void mutate(client, createUserOptions(api), { name: 'New', email: 'n@example.com' });
    await settled();
    const shown = overlay(list(), key, pendingChanges(cache));
    assert.deepEqual([shown.data[0]!.name, shown.meta.total], ['New', 3]);
    assert.match(
      shown.data[0]!.id,
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    assert.equal(overlay(list(), key, pendingChanges(cache)).data[0]!.id, shown.data[0]!.id);
    void mutate(client, deleteUserOptions(api), { id: makeUser(1).id });
    const after = overlay(list(), key, pendingChanges(cache));
    assert.deepEqual([after.data.length, after.meta.total], [2, 2]);
  });
});
