import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { QueryClient, QueryObserver } from '@tanstack/query-core';
import { NetworkError, NotFoundError } from '../../src/client/index.js';
import { recover } from '../../src/runtime/recover.js';

const request = { method: 'GET', url: '/users' };
const cut = new NetworkError('cut', { status: 0, code: 'NETWORK', request });
const gone = new NotFoundError('gone', { status: 404, code: 'NOT_FOUND', request });

describe('what could not be read', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  /** A query that fails as long as there is something to fail by. */
  function open(failures: Error[]) {
    const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
    let asked = 0;
    const observer = new QueryObserver(queries, {
      queryKey: ['users'],
      queryFn: () => {
        asked++;
        const failure = failures.shift();
        return failure ? Promise.reject(failure) : Promise.resolve('people');
      },
    });
    const leave = observer.subscribe(() => undefined);
    const stop = recover(queries, () => 0);
    const settle = async () => {
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    };
    const wait = async (ms: number) => {
      await settle();
      mock.timers.tick(ms);
      await settle();
      return asked;
    };
    return { observer, queries, leave, stop, wait };
  }

  it('is asked for again after 5 s, then 10, until it is there', async () => {
    const { observer, wait, stop, leave } = open([cut, cut]);
    assert.equal(await wait(4_999), 1);
    assert.equal(await wait(1), 2);
    assert.equal(await wait(9_999), 2);
    assert.equal(await wait(1), 3);
    assert.equal(observer.getCurrentResult().data, 'people');
    assert.equal(await wait(120_000), 3);
    stop();
    leave();
  });

  it('is left alone when asking again is of no use, nobody looks, or all is over', async () => {
    const refused = open([gone]);
    assert.equal(await refused.wait(120_000), 1);
    const left = open([cut]);
    await left.wait(0);
    left.leave();
    assert.equal(await left.wait(120_000), 1);
    const stopped = open([cut]);
    await stopped.wait(0);
    stopped.stop();
    assert.equal(await stopped.wait(120_000), 1);
    for (const { queries } of [refused, left, stopped]) queries.clear();
  });
});
