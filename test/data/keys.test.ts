import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { QueryClient } from '@tanstack/query-core';
import type { Api } from '../../src/contract/index.js';
import {
  infiniteUsersOptions,
  notificationKeys,
  optimisticOptions,
  mutate,
  userKeys,
  userListOptions,
  userOptions,
  userSearchOptions,
} from '../../src/data/index.js';

const api = {} as Api;

describe('keys', () => {
  it('go from the resource over the shape to what the fetcher reads', () => {
    assert.deepEqual(userKeys.list({ role: 'admin' }), ['users', 'list', { role: 'admin' }]);
    assert.deepEqual(userKeys.infinite(), ['users', 'infinite', {}]);
    assert.deepEqual(userKeys.search('ada'), ['users', 'search', 'ada']);
    assert.deepEqual(userKeys.detail('1'), ['users', 'detail', '1']);
    assert.deepEqual(userKeys.batch(['1']), ['users', 'batch', ['1']]);
    assert.deepEqual(notificationKeys.counts, ['notifications', 'counts']);
    for (const key of [userKeys.list(), userKeys.infinite(), userKeys.detail('1')]) {
      assert.deepEqual(key.slice(0, 1), userKeys.all);
    }
  });
});

describe('options', () => {
  it('ask only when there is something to ask for', () => {
    assert.deepEqual(
      [
        userOptions(api, undefined),
        userOptions(api, '1'),
        userSearchOptions(api, ' a '),
        userSearchOptions(api, 'ab'),
      ].map(({ enabled }) => enabled),
      [false, true, false, true],
    );
  });

  it('know how long answers are fresh, and what keeps them so', () => {
    const minutes = 60_000;
    assert.equal(userListOptions(api).staleTime, 5 * minutes);
    assert.equal(userListOptions(api).gcTime, 10 * minutes);
    assert.equal(userOptions(api, '1').staleTime, 2 * minutes);
    assert.equal(userSearchOptions(api, 'ab').staleTime, 30_000);
    assert.deepEqual(infiniteUsersOptions(api).meta, { channel: 'users' });
    assert.deepEqual(userOptions(api, '1').meta, { channel: 'user:1' });
  });
});

describe('optimisticOptions', () => {
  it('changes at once, and puts back what was when refused', async () => {
    const client = new QueryClient({ defaultOptions: { mutations: { gcTime: Infinity } } });
    client.setQueryData(['todo', 1], { done: false });
    const seen: unknown[] = [];
    client
      .getQueryCache()
      .subscribe(({ query }) => seen.push((query.state.data as { done: boolean }).done));
    const options = optimisticOptions({
      queryKey: ['todo'],
      update: (todo: { done: boolean }, done: boolean) => ({ ...todo, done }),
      mutationFn: async (_done: boolean) => Promise.reject(new Error('no')),
      onError: (error) => seen.push(error.message),
    });
    await assert.rejects(mutate(client, options, true));
    assert.deepEqual([...new Set(seen)], [true, false, 'no']);
    assert.deepEqual(client.getQueryData(['todo', 1]), { done: false });
    client.clear();
  });
});
