import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { AbortedError, createBatcher, NotFoundError } from '../../src/client/index.js';

type Person = { id: string };

function batcher(missing: string[] = [], options = {}) {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout'] });
  const calls: { ids: string[]; signal: AbortSignal | undefined }[] = [];
  const users = createBatcher<Person>(async ({ ids }, call) => {
    calls.push({ ids, signal: call?.signal });
    return { data: ids.map((id) => (missing.includes(id) ? null : { id })) };
  }, options);
  return { users, calls };
}

describe('createBatcher', () => {
  it('makes one request of the calls within the window; duplicates share', async () => {
    const { users, calls } = batcher();
    const all = Promise.all(['a', 'b', 'a'].map((id) => users.byId(id)));
    mock.timers.tick(49);
    assert.equal(calls.length, 0);
    mock.timers.tick(1);
    assert.deepEqual(
      (await all).map(({ id }) => id),
      ['a', 'b', 'a'],
    );
    assert.deepEqual(
      calls.map(({ ids }) => ids),
      [['a', 'b']],
    );
    const later = users.byId('c');
    mock.timers.tick(50);
    await later;
    assert.equal(calls.length, 2);
  });

  it('splits at the maximum', async () => {
    const { users, calls } = batcher([], { max: 2, windowMs: 10 });
    const all = Promise.all(['a', 'b', 'c'].map((id) => users.byId(id)));
    mock.timers.tick(10);
    await all;
    assert.deepEqual(
      calls.map(({ ids }) => ids),
      [['a', 'b'], ['c']],
    );
  });

  it('refuses only the caller of a missing id', async () => {
    const { users } = batcher(['b']);
    const [a, b] = [users.byId('a'), users.byId('b')];
    mock.timers.tick(50);
    assert.deepEqual(await a, { id: 'a' });
    await assert.rejects(b, NotFoundError);
  });

  it('refuses all callers when the request fails', async () => {
    mock.timers.reset();
    mock.timers.enable({ apis: ['setTimeout'] });
    const failure = new Error('down');
    const users = createBatcher<Person>(() => Promise.reject(failure));
    const all = Promise.allSettled([users.byId('a'), users.byId('b')]);
    mock.timers.tick(50);
    assert.deepEqual(
      (await all).map((each) => (each as PromiseRejectedResult).reason as Error),
      [failure, failure],
    );
  });

  it('gives up the request only when every caller has', async () => {
    mock.timers.reset();
    mock.timers.enable({ apis: ['setTimeout'] });
    let wire: AbortSignal | undefined;
    const users = createBatcher<Person>((_input, call) => {
      wire = call?.signal;
      return new Promise(() => {});
    });
    const [first, second] = [new AbortController(), new AbortController()];
    const a = users.byId('a', { signal: first.signal });
    const b = users.byId('a', { signal: second.signal });
    mock.timers.tick(50);
    await new Promise(setImmediate);
    first.abort();
    await assert.rejects(a, AbortedError);
    assert.equal(wire?.aborted, false);
    second.abort();
    await assert.rejects(b, AbortedError);
    assert.equal(wire?.aborted, true);
    await assert.rejects(users.byId('c', { signal: AbortSignal.abort() }), AbortedError);
  });

  it('asks nothing when all gave up before the window closed, and starts anew', async () => {
    const { users, calls } = batcher();
    const controller = new AbortController();
    const given = users.byId('a', { signal: controller.signal });
    controller.abort();
    await assert.rejects(given, AbortedError);
    const next = users.byId('b');
    mock.timers.tick(50);
    assert.deepEqual(await next, { id: 'b' });
    assert.deepEqual(
      calls.map(({ ids }) => ids),
      [['b']],
    );
  });
});
