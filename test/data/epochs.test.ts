import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { notifyManager, QueryClient, QueryObserver } from '@tanstack/query-core';
import { followQueries, Sync, userListOptions } from '../../src/data/index.js';
import { ModelServer } from './model-server.js';

notifyManager.setScheduler(queueMicrotask);
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0).reverse()) end();
});
const tick = () => new Promise(setImmediate);

/** Two lists, of which the slower one is answered when `answer` is called. */
async function setUp() {
  let slow = false;
  let answer = () => {};
  const server = new ModelServer(4, () => {
    return slow ? new Promise<void>((resolve) => (answer = resolve)) : Promise.resolve();
  });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const later: (() => void)[] = [];
  new Sync(client, { later: (work) => (later.push(work), () => undefined) });
  const watch = async (limit: number, slowly: boolean) => {
    const list = new QueryObserver(client, userListOptions(server.api, { limit }));
    ends.push(list.subscribe(() => undefined));
    await tick();
    if (slowly) {
      // It has reached the server; what it said is still on its way.
      slow = true;
      void client.refetchQueries({ queryKey: list.options.queryKey! });
      await tick();
      answer();
      await tick();
      slow = false;
    }
    return () => list.getCurrentResult().data!.meta;
  };
  const follow = () => {
    ends.push(followQueries(client, { follow: () => () => undefined }));
    return tick();
  };
  const ask = async () => {
    for (const work of later.splice(0)) work();
    await tick();
  };
  ends.push(() => client.clear());
  const refetch = () => client.refetchQueries();
  return { server, refetch, watch, follow, later, ask, answer: () => (answer(), tick()) };
}

const beginAnew = (server: ModelServer, epoch = 'e2') => {
  Object.assign(server, { epoch });
  server.create();
};

describe('answers of two epochs', () => {
  it('are not both kept: what is of another one than the stream is asked for again', async () => {
    const { server, watch, follow, ask } = await setUp();
    const old = await watch(3, false);
    beginAnew(server);
    const news = await watch(2, false);
    await follow();
    await ask();
    assert.deepEqual([old().total, news().total], [5, 5]);
  });

  it('are asked for again when the older one comes later', async () => {
    const { server, watch, follow, ask, answer } = await setUp();
    const old = await watch(3, true);
    beginAnew(server);
    await watch(2, false);
    await follow();
    await answer();
    await ask();
    assert.equal(old().total, 5);
  });

  it('are asked for again when the older one comes after the stream was joined', async () => {
    const { server, watch, follow, ask, answer } = await setUp();
    const old = await watch(3, true);
    await follow();
    beginAnew(server);
    await watch(2, false);
    await answer();
    await ask();
    await ask();
    assert.equal(old().total, 5);
  });

  it('are asked for again in each epoch anew', async () => {
    const { server, refetch, watch, follow, ask, answer } = await setUp();
    await watch(3, false);
    beginAnew(server);
    await refetch();
    await ask();
    const old = await watch(3, true);
    beginAnew(server, 'e3');
    await watch(2, false);
    await follow();
    await answer();
    await ask();
    assert.equal(old().total, 6);
  });

  it('are asked for once: who is told the same again is ahead of the stream', async () => {
    const { server, watch, follow, later, ask } = await setUp();
    await watch(3, false);
    await follow();
    beginAnew(server);
    await watch(2, false);
    await ask();
    assert.equal(later.length, 0);
  });
});
