import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { notifyManager, QueryClient, QueryObserver } from '@tanstack/query-core';
import type { Api, User } from '../../src/contract/index.js';
import { followQueries, Sync, userListOptions, userSearchOptions } from '../../src/data/index.js';
import { makeUser, ModelServer } from './model-server.js';

notifyManager.setScheduler(queueMicrotask);
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});
const tick = () => new Promise(setImmediate);

type Listener = Parameters<Parameters<typeof followQueries>[1]['follow']>[1];

/** A page whose server begins anew, from an old copy: epochs differ, and versions count from before. */
async function setUp() {
  const gates: (() => void)[] = [];
  let closed = false;
  const step = () => new Promise<void>((go) => (closed ? void gates.push(go) : go()));
  let server = new ModelServer(4, step);
  let failing = false;
  const api = new Proxy({} as Api, { get: (_api, group) => server.api[group as keyof Api] });

  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const frames: (() => void)[] = [];
  const later: (() => void)[] = [];
  new Sync(client, {
    schedule: (work) => (frames.push(work), () => undefined),
    later: (work) => (later.push(work), () => undefined),
  });
  let listener!: Listener;
  const follow = (_channel: string, next: Listener) => {
    listener = next;
    return () => undefined;
  };
  const list = new QueryObserver(client, userListOptions(api, { limit: 3 }));
  const found = new QueryObserver(client, userSearchOptions(api, 'Na'));
  const whole = new QueryObserver(client, {
    ...userListOptions(api, { limit: 10 }),
    queryFn: () => (failing ? Promise.reject(new Error('Cut.')) : api.users.list({ limit: 10 })),
  });
  ends.push(
    whole.subscribe(() => undefined),
    list.subscribe(() => undefined),
    found.subscribe(() => undefined),
  );
  ends.push(followQueries(client, { follow }), () => client.clear());
  await tick();

  const run = async (works: (() => void)[]) => {
    for (const work of works.splice(0)) work();
    await tick();
  };
  return {
    list,
    run,
    frames,
    later,
    get server() {
      return server;
    },
    names: () => list.getCurrentResult().data!.data.map(({ name }) => name),
    found: () => (found.getCurrentResult().data as { data: User[] }).data,
    tell: async () => {
      const { log } = server;
      const range = { epoch: server.epoch, from: log.length - 1, to: log.length };
      listener.onEvents(log.slice(-1), range);
      await run(frames);
    },
    beginAnew() {
      server = Object.assign(new ModelServer(4, step), { epoch: 'e2' });
    },
    /** One of the lists can't be read, or can again. */
    fail: (does: boolean) => (failing = does),
    joinNow: () => {
      const { epoch, log } = server;
      listener.onOpen({ epoch, offset: log.length });
    },
    /** What the stream does as soon as it has noticed. */
    reset: () => listener.onReset(),
    close: () => (closed = true),
    open() {
      closed = false;
      for (const go of gates.splice(0)) go();
    },
  };
}

describe('a server that begins anew', () => {
  it('is believed, even where the earlier one had newer versions', async () => {
    const page = await setUp();
    page.server.update(makeUser(3).id, { name: 'Not kept' });
    await page.tell();
    assert.deepEqual(page.names(), ['Not kept', 'Name 2', 'Name 1']);
    page.beginAnew();
    const at = await page.reset();
    assert.deepEqual(page.names(), ['Name 3', 'Name 2', 'Name 1']);
    assert.deepEqual(at, { channel: 'users', epoch: 'e2', offset: 0 });
  });

  it('is asked again by what no channel keeps', async () => {
    const page = await setUp();
    page.server.update(makeUser(3).id, { name: 'Nathan' });
    await page.tell();
    await page.run(page.later);
    page.beginAnew();
    await page.reset();
    await page.run(page.later);
    assert.deepEqual(
      page
        .found()
        .map(({ name }) => name)
        .sort(),
      ['Name 0', 'Name 1', 'Name 2', 'Name 3'],
    );
  });

  it('is asked again for what it told before a stream that begins from now was joined', async () => {
    for (const isAnew of [true, false]) {
      const page = await setUp();
      if (isAnew) page.beginAnew();
      page.fail(true);
      assert.equal(await page.reset(), undefined);
      page.fail(false);
      page.server.create({ name: 'Missed' });
      page.joinNow();
      await page.run(page.later);
      assert.deepEqual(page.names(), ['Missed', 'Name 3', 'Name 2']);
      // Whatever it goes on from later is its own place.
      page.server.create({ name: 'Told' });
      page.joinNow();
      assert.equal(page.later.length, 0);
    }
  });

  it('has the last word, however late an answer of the earlier one comes', async () => {
    const page = await setUp();
    page.server.update(makeUser(3).id, { name: 'Not kept' });
    page.close();
    void page.list.refetch();
    page.open();
    page.close();
    await tick();
    const late = { open: page.open };
    page.beginAnew();
    late.open();
    await page.reset();
    await page.run(page.later);
    assert.deepEqual(page.names(), ['Name 3', 'Name 2', 'Name 1']);
  });
});
