import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { QueryClient } from '@tanstack/query-core';
import type { Api, BulkOutcome } from '../../src/contract/index.js';
import {
  bulkUsersOptions,
  mutate,
  overlay,
  pendingChanges,
  userKeys,
  type BulkInput,
  type BulkProgress,
} from '../../src/data/index.js';
import { makeUser } from './model-server.js';

const idsOf = (count: number) => Array.from({ length: count }, (_, n) => makeUser(n).id);

interface Request {
  action: string;
  ids?: string[];
  filter?: object;
  cursor?: string;
}

function setUp(refused: readonly string[] = [], failAt = Infinity) {
  const requests: Request[] = [];
  const bulk = (input: Request) => {
    requests.push(input);
    if (requests.length > failAt) return Promise.reject(new Error('cut off'));
    const page = Number(input.cursor ?? 0);
    const whom = input.ids ?? idsOf(2);
    const results: BulkOutcome[] = whom.map((id) => ({ id, ok: !refused.includes(id) }));
    const nextCursor = input.filter && page < 2 ? String(page + 1) : null;
    return Promise.resolve({ results, nextCursor });
  };
  const api = { users: { bulk } } as unknown as Api;
  const client = new QueryClient();
  const options = bulkUsersOptions(api);
  const run = (input: BulkInput) => mutate(client, options, input);
  return { requests, client, options, run };
}

describe('bulkUsersOptions', () => {
  it('takes any number of ids, 500 a request, and tells how far it is', async () => {
    const { requests, run } = setUp([makeUser(7).id]);
    const told: BulkProgress[] = [];
    const onProgress = (progress: BulkProgress) => told.push(progress);
    const { results } = await run({ action: 'delete', ids: idsOf(1200), onProgress });
    assert.deepEqual(
      requests.map(({ ids }) => ids!.length),
      [500, 500, 200],
    );
    assert.deepEqual(told.at(-1), { done: 1200, failed: 1, total: 1200 });
    assert.equal(results.length, 1200);
  });

  it('goes on by cursor through all that a filter matches', async () => {
    const { requests, run } = setUp();
    const { results } = await run({ action: 'role', value: 'admin', filter: { role: 'user' } });
    assert.deepEqual(
      requests.map(({ cursor }) => cursor),
      [undefined, '1', '2'],
    );
    assert.equal(results.length, 6);
  });

  it('stops before the next request when told so, and keeps what is done', async () => {
    const { requests, run, options } = setUp();
    const controller = new AbortController();
    const input: BulkInput = {
      action: 'delete',
      ids: idsOf(1200),
      signal: controller.signal,
      onProgress: () => controller.abort(),
    };
    const result = await run(input);
    assert.equal(requests.length, 1);
    assert.equal(result.results.length, 500);
    assert.ok(result.stopped);
    const { message, values, tone } = options.meta.success(result, input);
    assert.deepEqual(
      [message, values, tone],
      ['bulk.partly', { count: 500, failed: 0 }, 'warning'],
    );
  });

  it('says how far it came when cut off, and rejects when nothing was done', async () => {
    const halfway = await setUp([], 1).run({ action: 'delete', ids: idsOf(600) });
    assert.deepEqual([halfway.results.length, String(halfway.stopped)], [500, 'Error: cut off']);
    await assert.rejects(setUp([], 0).run({ action: 'delete', ids: idsOf(1) }), /cut off/);
  });

  it('is drawn at once for those who are named', async () => {
    const { client, run } = setUp();
    const list = {
      data: [makeUser(1), makeUser(0)],
      meta: { limit: 20, total: 2, nextCursor: null, hasMore: false, page: 1, totalPages: 1 },
    };
    const shown = () =>
      overlay(list, userKeys.list(), pendingChanges(client.getMutationCache())).data;
    const suspending = run({ action: 'status', value: 'suspended', ids: [makeUser(1).id] });
    assert.deepEqual(
      shown().map(({ status }) => status),
      ['suspended', 'active'],
    );
    await suspending;
    void run({ action: 'delete', ids: idsOf(2) });
    assert.equal(shown().length, 0);
  });

  it('takes a deletion back for those who were deleted', async () => {
    const { requests, client, run, options } = setUp([makeUser(0).id]);
    const input: BulkInput = { action: 'delete', ids: idsOf(3) };
    const takeBack = options.meta.undo(input, await run(input));
    await takeBack!(client);
    assert.deepEqual(requests.at(-1), {
      action: 'restore',
      ids: [makeUser(1).id, makeUser(2).id],
      value: undefined,
    });
    const roles: BulkInput = { action: 'role', value: 'user', ids: idsOf(1) };
    assert.equal(options.meta.undo(roles, await run(roles)), undefined);
  });
});
