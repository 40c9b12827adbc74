import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { QueryClient } from '@tanstack/query-core';
import type { Api } from '../../src/contract/index.js';
import {
  mutate,
  optimisticOptions,
  overlay,
  pendingChanges,
  updateUserOptions,
  userKeys,
} from '../../src/data/index.js';
import { makeUser } from './model-server.js';

const key = ['cart'];

describe('optimisticOptions', () => {
  it('begins from nothing as well as from something', async () => {
    const client = new QueryClient();
    client.setQueryData(key, 0);
    const add = optimisticOptions({
      queryKey: key,
      update: (count: number, more: number) => count + more,
      mutationFn: () => new Promise(() => undefined),
    });
    void mutate(client, add, 2);
    await new Promise(setImmediate);
    assert.equal(client.getQueryData(key), 2);
  });
});

describe('a refused change, while somebody else changed the same data,', () => {
  type Cart = { mine: number; theirs: number };
  it('takes theirs back, too, by snapshot and rollback', async () => {
    const client = new QueryClient();
    client.setQueryData<Cart>(key, { mine: 0, theirs: 0 });
    let refuse: (error: Error) => void = () => undefined;
    const add = optimisticOptions({
      queryKey: key,
      update: (cart: Cart, more: number) => ({ ...cart, mine: cart.mine + more }),
      mutationFn: () => new Promise((_, reject) => (refuse = reject)),
    });
    const done = mutate(client, add, 1).catch(String);
    await new Promise(setImmediate);
    client.setQueryData<Cart>(key, (cart) => ({ ...cart!, theirs: 5 }));
    refuse(new Error('refused'));
    await done;
    assert.deepEqual(client.getQueryData(key), { mine: 0, theirs: 0 });
  });

  it('takes back nothing but itself by the overlay', async () => {
    const client = new QueryClient();
    const user = makeUser(1);
    let refuse: (error: Error) => void = () => undefined;
    const update = () => new Promise((_, reject) => (refuse = reject));
    const options = updateUserOptions({ users: { update } } as unknown as Api);
    const done = mutate(client, options, { id: user.id, name: 'Mine' }).catch(String);
    await new Promise(setImmediate);
    const theirs = { ...user, role: 'admin' as const, version: 2 };
    const shown = () =>
      overlay(theirs, userKeys.detail(user.id), pendingChanges(client.getMutationCache()));
    assert.deepEqual([shown().name, shown().role], ['Mine', 'admin']);
    refuse(new Error('refused'));
    await done;
    assert.equal(shown(), theirs);
  });
});
