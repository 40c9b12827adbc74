import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import {
  InfiniteQueryObserver,
  notifyManager,
  QueryClient,
  QueryObserver,
  type InfiniteData,
} from '@tanstack/query-core';
import type { LiveItem, Notification, UserPage } from '../../src/contract/index.js';
import {
  deleteUserOptions,
  followQueries,
  infiniteUsersOptions,
  mutate,
  notificationKeys,
  restoreUserOptions,
  Sync,
  updateUserOptions,
  userListOptions,
  userOptions,
} from '../../src/data/index.js';
import { makeUser, ModelServer } from './model-server.js';

notifyManager.setScheduler(queueMicrotask);
/** What would keep the process alive, also after a failure. */
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});
const tick = () => new Promise(setImmediate);

/** How often data are put into the cache from now on. */
function countCopies(client: QueryClient): () => number {
  let count = 0;
  client.getQueryCache().subscribe(({ type }) => (count += Number(type === 'updated')));
  return () => count;
}

interface Subscription {
  channel: string;
  since: { epoch: string; offset: number } | undefined;
  listener: Parameters<Parameters<typeof followQueries>[1]['follow']>[1];
}

function setUp(count = 5) {
  /** Messages to and from the server wait while `gate` is closed. */
  const gate = { closed: false, open: (): void => undefined };
  const server = new ModelServer(count, async () => {
    if (gate.closed) await new Promise<void>((resolve) => (gate.open = resolve));
  });
  const client = new QueryClient({
    defaultOptions: { queries: { retry: false }, mutations: { gcTime: Infinity } },
  });
  const frames: (() => void)[] = [];
  const later: (() => void)[] = [];
  const sync = new Sync(client, {
    schedule: (work) => (frames.push(work), () => undefined),
    later: (work) => (later.push(work), () => undefined),
  });
  const subscriptions: Subscription[] = [];
  const live = {
    follow(channel: string, listener: Subscription['listener'], since?: Subscription['since']) {
      const subscription = { channel, since, listener };
      subscriptions.push(subscription);
      return () => void subscriptions.splice(subscriptions.indexOf(subscription), 1);
    },
  };
  const run = async (works: (() => void)[]) => {
    for (const work of works.splice(0)) work();
    await tick();
  };
  const push = (from: number, items: readonly LiveItem[] = server.log.slice(from)) =>
    sync.push('users', items, { epoch: server.epoch, from, to: server.log.length });
  const watch = async () => {
    const observer = new InfiniteQueryObserver(
      client,
      infiniteUsersOptions(server.api, { limit: 3 }),
    );
    let told = 0;
    const stop = observer.subscribe(() => told++);
    await tick();
    const pages = () => (observer.getCurrentResult().data as InfiniteData<UserPage>).pages;
    return {
      observer,
      stop,
      told: () => told,
      pages,
      rows: () => pages().flatMap(({ data }) => data),
    };
  };
  ends.push(() => {
    sync.forget();
    client.clear();
  });
  return { gate, server, client, sync, live, subscriptions, frames, later, run, push, watch };
}

describe('Sync', () => {
  it('applies what came within a frame at once, with one notification', async () => {
    const { server, frames, run, push, watch } = setUp();
    const list = await watch();
    const before = list.told();
    for (let n = 0; n < 100; n++) server.update(makeUser(4).id, { name: `v${n}` });
    server.create();
    push(0);
    push(101);
    assert.equal(frames.length, 1);
    await run(frames);
    assert.equal(list.told() - before, 1);
    assert.deepEqual(
      list
        .rows()
        .slice(0, 2)
        .map(({ name }) => name),
      ['Name 5', 'v99'],
    );
  });

  it('leaves alone what does not change', async () => {
    const { server, frames, run, push, watch } = setUp();
    const list = await watch();
    const [before, pages] = [list.told(), list.pages()];
    server.update(makeUser(0).id, { name: 'not held' });
    push(0);
    await run(frames);
    assert.equal(list.told(), before);
    assert.equal(list.pages(), pages);
  });

  for (const count of [1_000, 10_000]) {
    it(`ends as the server is after ${count} events in one burst`, async () => {
      const { server, frames, later, run, push, watch } = setUp(30);
      const list = await watch();
      for (let n = 0; n < count; n++) {
        if (n % 5 === 0) server.create();
        else if (n % 50 === 1) server.delete([...server.rows.keys()][n % server.rows.size]!);
        else server.update([...server.rows.keys()].at(-1 - (n % 20))!, { name: `burst ${n}` });
      }
      push(0);
      await run(frames);
      await run(later);
      await tick();
      const rows = list.rows();
      assert.deepEqual(rows, server.list({ limit: 100_000 }).data.slice(0, rows.length));
      assert.equal(list.pages()[0]!.meta.total, server.rows.size);
    });
  }

  it('takes no more in a frame than it has time for, and goes on in the next', async () => {
    const { server, frames, run, push, watch } = setUp();
    const list = await watch();
    const id = makeUser(4).id;
    for (let n = 1; n <= 4_500; n++) {
      server.update(id, { name: `v${n}` });
      if (n % 500 === 0) push(n - 500);
    }
    const seen: string[] = [];
    while (frames.length > 0) {
      assert.equal(frames.length, 1);
      await run(frames);
      seen.push(list.rows()[0]!.name);
    }
    assert.deepEqual(seen, ['v2000', 'v4000', 'v4500']);
  });

  it('keeps nothing of what it will not apply, and reads anew once', async () => {
    const { server, frames, later, run, push, watch } = setUp();
    const list = await watch();
    for (let n = 1; n <= 60; n++) {
      for (let each = 0; each < 100; each++) server.create();
      push((n - 1) * 100);
    }
    const { reads } = server;
    assert.equal(frames.length, 1);
    await run(frames);
    assert.equal(frames.length, 0);
    assert.equal(list.rows()[0]!.name, 'Name 4');
    assert.equal(list.observer.getCurrentResult().isStale, true);
    await run(later);
    await tick();
    assert.equal(server.reads, reads + 1);
    assert.equal(list.pages()[0]!.meta.total, 6_005);
    // From there on the stream goes on.
    server.update(server.list({ limit: 1 }).data[0]!.id, { name: 'After' });
    push(6_000);
    await run(frames);
    assert.equal(list.rows()[0]!.name, 'After');
  });

  it('does nothing when the stream tells what this page has done itself', async () => {
    const { server, client, frames, run, push, watch } = setUp();
    const list = await watch();
    const options = updateUserOptions(server.api);
    await mutate(client, options, { id: makeUser(4).id, name: 'Mine' });
    await mutate(client, deleteUserOptions(server.api), { id: makeUser(3).id });
    await tick();
    assert.deepEqual(
      list.rows().map(({ name }) => name),
      ['Mine', 'Name 2'],
    );
    const [told, pages, counted] = [list.told(), list.pages(), countCopies(client)];
    push(0);
    await run(frames);
    assert.equal(list.told(), told);
    assert.equal(list.pages(), pages);
    assert.equal(counted(), 0);
    assert.equal(list.pages()[0]!.meta.total, 4);
  });

  it('asks again for the counts when a write says no place, as they may have had it', async () => {
    const { client, sync } = setUp();
    const counts = { total: 1, unread: 1, snoozed: 0, archived: 0 };
    client.setQueryData(notificationKeys.counts, counts);
    const was = { id: 'n', version: 1, readAt: null } as Notification;
    sync.settle({ type: 'NOTIFICATION_UPDATED', payload: { ...was, version: 2 }, was }, []);
    assert.equal(client.getQueryState(notificationKeys.counts)!.isInvalidated, true);
  });

  it('asks again, rather than trust it, when a payload does not fit the contract', async () => {
    const { server, frames, later, run, push, watch } = setUp();
    const list = await watch();
    server.update(makeUser(4).id, { name: 'Right' });
    push(
      0,
      server.log.map((item) => ({
        ...item,
        payload: { ...(item.payload as object), name: 5 },
      })),
    );
    await run(frames);
    assert.equal(list.rows()[0]!.name, 'Name 4');
    await run(later);
    await tick();
    assert.equal(list.rows()[0]!.name, 'Right');
  });

  it('does so of somebody whom nobody showed once an older answer brings them', async () => {
    const { server, client, frames, later, run, push, watch } = setUp();
    await watch();
    const answers = [server.list({ limit: 10 })];
    const { id } = makeUser(0);
    server.update(id, { name: 'Right' });
    push(0, [{ ...server.log[0]!, payload: { ...makeUser(0), version: 2, name: 5 } }]);
    await run(frames);
    assert.equal(later.length, 0);
    const observer = new QueryObserver(client, {
      ...userListOptions(server.api, { limit: 10 }),
      queryFn: () => answers.shift() ?? server.list({ limit: 10 }),
    });
    observer.subscribe(() => undefined);
    const name = () => observer.getCurrentResult().data!.data.at(-1)!.name;
    await tick();
    assert.equal(name(), 'Name 0');
    await run(later);
    await tick();
    assert.equal(name(), 'Right');
  });

  it('passes over events of a later version of the contract', async () => {
    const { server, frames, later, run, push, watch } = setUp();
    const list = await watch();
    const [row] = list.rows();
    server.update(row!.id, { name: 'Known' });
    server.log.push({ offset: 2, type: 'USER_PROMOTED', id: row!.id, payload: {}, timestamp: '' });
    push(0);
    await run(frames);
    assert.equal(later.length, 0);
    assert.equal(list.rows().find(({ id }) => id === row!.id)!.name, 'Known');
  });

  it('does not make stale data look fresh, nor an error go away', async () => {
    const { server, client, frames, run, push, watch } = setUp();
    const list = await watch();
    const query = client.getQueryCache().findAll()[0]!;
    const { dataUpdatedAt } = query.state;
    query.invalidate();
    server.update(makeUser(4).id, { name: 'New' });
    push(0);
    await run(frames);
    assert.equal(list.rows()[0]!.name, 'New');
    assert.deepEqual([query.state.dataUpdatedAt, query.state.isInvalidated], [dataUpdatedAt, true]);
  });
});

describe('Sync, with a fetch under way,', () => {
  it('keeps what came meanwhile when the fetch is cancelled', async () => {
    const { gate, server, client, frames, run, push, watch } = setUp();
    const list = await watch();
    gate.closed = true;
    void list.observer.refetch();
    server.update(makeUser(4).id, { name: 'New' });
    push(0);
    await run(frames);
    await client.cancelQueries();
    assert.equal(list.rows()[0]!.name, 'New');
  });

  it('asks again for all pages after one more page has come', async () => {
    const { gate, server, client, frames, later, run, push } = setUp();
    const params = { limit: 2, sort: 'name' as const };
    const observer = new InfiniteQueryObserver(client, infiniteUsersOptions(server.api, params));
    observer.subscribe(() => undefined);
    await tick();
    gate.closed = true;
    const more = observer.fetchNextPage();
    server.update(makeUser(4).id, { name: 'Aaron' });
    push(0);
    await run(frames);
    await run(later);
    gate.closed = false;
    gate.open();
    await more;
    await run(later);
    await tick();
    const rows = (observer.getCurrentResult().data as InfiniteData<UserPage>).pages.flatMap(
      ({ data }) => data,
    );
    assert.deepEqual(rows, server.list({ ...params, limit: 4 }).data);
  });

  it('asks again for all pages after one more page was asked for in their place', async () => {
    const { gate, server, client, frames, later, run, push } = setUp();
    const params = { limit: 2, sort: 'name' as const };
    const observer = new InfiniteQueryObserver(client, infiniteUsersOptions(server.api, params));
    observer.subscribe(() => undefined);
    await tick();
    server.update(makeUser(4).id, { name: 'Aaron' });
    push(0);
    await run(frames);
    gate.closed = true;
    await run(later);
    const more = observer.fetchNextPage();
    await tick();
    gate.closed = false;
    gate.open();
    await more;
    await tick();
    await run(later);
    await tick();
    const rows = (observer.getCurrentResult().data as InfiniteData<UserPage>).pages.flatMap(
      ({ data }) => data,
    );
    assert.deepEqual(rows, server.list({ ...params, limit: 4 }).data);
  });

  it('asks for nothing more once a list has who another channel says was restored', async () => {
    const { server, client, sync, frames, later, run, push, watch } = setUp();
    const id = makeUser(2).id;
    await watch();
    server.delete(id);
    server.restore(id);
    push(0);
    const items = server.log.map((item, index) => ({ ...item, offset: index + 1 }));
    sync.push(`user:${id}`, items, { epoch: server.epoch, from: 0, to: 2 });
    await run(frames);
    await run(later);
    await run(later);
    await client.refetchQueries();
    assert.equal(later.length, 0);
  });

  it('loses nobody who was last of a page, went and came back', async () => {
    const { server, frames, later, run, push, watch } = setUp();
    const list = await watch();
    const { id } = list.rows().at(-1)!;
    server.delete(id);
    push(0);
    await run(frames);
    server.restore(id);
    push(1);
    await run(frames);
    await run(later);
    await list.observer.fetchNextPage();
    assert.deepEqual(list.rows(), server.list({ limit: 100 }).data);
  });

  it('keeps who was restored here before it heard of the deletion', async () => {
    const { server, client, frames, later, run, push, watch } = setUp();
    const list = await watch();
    const { id } = list.rows()[0]!;
    server.delete(id);
    await mutate(client, restoreUserOptions(server.api), { id });
    push(0);
    await run(frames);
    await run(later);
    await tick();
    assert.deepEqual(list.rows(), server.list({ limit: 100 }).data.slice(0, list.rows().length));
    assert.equal(list.pages()[0]!.meta.total, 5);
  });

  it('asks again for what stands before all that is known', async () => {
    const { server, client, frames, later, run, push, watch } = setUp();
    const list = await watch();
    for (let n = 0; n < 5; n++) server.create();
    await client.fetchQuery(userListOptions(server.api));
    server.create();
    push(5);
    await run(frames);
    await run(later);
    await tick();
    const rows = list.rows();
    assert.deepEqual(rows, server.list({ limit: 100 }).data.slice(0, rows.length));
    assert.equal(list.pages()[0]!.meta.total, 11);
  });
});

describe('Sync, of who is deleted,', () => {
  /** A page whose list was read before the deletion, and comes after it. */
  async function lateAnswer() {
    const page = setUp();
    const list = await page.watch();
    page.gate.closed = true;
    void list.observer.refetch();
    // The request is through; its answer waits.
    page.gate.open();
    await tick();
    page.server.delete(makeUser(4).id);
    return { ...page, list };
  }
  const names = (list: { rows(): { name: string }[] }) => list.rows().map(({ name }) => name);

  it('brings nobody back by an answer that is older than the deletion', async () => {
    const { gate, frames, run, push, list } = await lateAnswer();
    push(0);
    await run(frames);
    assert.deepEqual(names(list), ['Name 3', 'Name 2']);
    gate.closed = false;
    gate.open();
    await tick();
    assert.deepEqual(names(list), ['Name 3', 'Name 2']);
    assert.equal(list.pages()[0]!.meta.total, 4);
  });

  it('brings nobody back by an older event of another channel', async () => {
    const { gate, server, sync, frames, run, push, list } = await lateAnswer();
    push(0);
    await run(frames);
    const payload = { ...makeUser(4), version: 1, name: 'Ghost' };
    const item = { offset: 1, type: 'USER_UPDATED', id: payload.id, payload, timestamp: '' };
    sync.push(`user:${payload.id}`, [item], { epoch: server.epoch, from: 0, to: 1 });
    await run(frames);
    assert.deepEqual(names(list), ['Name 3', 'Name 2']);
    gate.closed = false;
    gate.open();
    await tick();
    assert.deepEqual(names(list), ['Name 3', 'Name 2']);
  });
});

describe('followQueries', () => {
  it('subscribes once a channel, from where the first answer stands, while anyone watches', async () => {
    const { server, client, live, subscriptions, watch } = setUp();
    server.create();
    const stop = followQueries(client, live);
    assert.equal(subscriptions.length, 0);
    const [list, other] = [await watch(), await watch()];
    const page = new QueryObserver(client, userListOptions(server.api));
    const stopPage = page.subscribe(() => undefined);
    await tick();
    assert.deepEqual(
      subscriptions.map(({ channel, since }) => [channel, since]),
      [['users', { channel: 'users', epoch: 'e1', offset: 1 }]],
    );
    list.stop();
    other.stop();
    await tick();
    assert.equal(subscriptions.length, 1);
    stopPage();
    await tick();
    assert.equal(subscriptions.length, 0);
    stop();
  });

  it('brings to whoever uses our options what happens', async () => {
    const { server, client, live, subscriptions, frames, run, watch } = setUp();
    const stop = followQueries(client, live);
    const list = await watch();
    server.update(makeUser(4).id, { name: 'Live' });
    subscriptions[0]!.listener.onEvents(server.log, { epoch: 'e1', from: 0, to: 1 });
    await run(frames);
    assert.equal(list.rows()[0]!.name, 'Live');
    stop();
  });

  it('reads anew after a reset, and goes on from there', async () => {
    const { server, client, live, subscriptions, watch } = setUp();
    const stop = followQueries(client, live);
    const list = await watch();
    for (let n = 0; n < 3; n++) server.create();
    const place = await subscriptions[0]!.listener.onReset();
    assert.equal(place?.offset, 3);
    assert.equal(list.pages()[0]!.meta.total, 8);
    stop();
  });

  it('goes on after what was read, not after what was told before, which is beyond the window', async () => {
    const { server, client, live, subscriptions, frames, run, watch } = setUp();
    const stop = followQueries(client, live);
    await watch();
    server.create();
    subscriptions[0]!.listener.onEvents(server.log, { epoch: 'e1', from: 0, to: 1 });
    await run(frames);
    for (let n = 0; n < 3; n++) server.create();
    const place = await subscriptions[0]!.listener.onReset();
    assert.equal(place?.offset, 4);
    stop();
  });

  it('asks again for an answer that stands before where the stream was begun', async () => {
    const { gate, server, client, live, later, run, watch } = setUp();
    const stop = followQueries(client, live);
    gate.closed = true;
    const slow = new QueryObserver(client, userListOptions(server.api, { limit: 3, page: 1 }));
    slow.subscribe(() => undefined);
    await tick();
    gate.open();
    await tick();
    const answer = gate.open;
    gate.closed = false;
    server.create();
    await watch();
    answer();
    await tick();
    assert.equal(slow.getCurrentResult().data?.meta.total, 5);
    await run(later);
    await tick();
    assert.equal(slow.getCurrentResult().data?.meta.total, 6);
    stop();
  });

  it('asks again for what somebody comes back to, when it has missed something', async () => {
    const { server, client, live, later, run, watch } = setUp();
    const stop = followQueries(client, live);
    const page = new QueryObserver(client, userListOptions(server.api, { role: 'user' }));
    const leave = page.subscribe(() => undefined);
    await tick();
    leave();
    await tick();
    server.create();
    await watch();
    page.subscribe(() => undefined);
    await tick();
    await run(later);
    await tick();
    assert.equal(page.getCurrentResult().data?.meta.total, 6);
    stop();
  });

  it('does not ask again for a channel that was refused, nor follow what is disabled', async () => {
    const { server, client, live, subscriptions, watch } = setUp();
    const stop = followQueries(client, live);
    const list = await watch();
    const idle = new QueryObserver(client, userOptions(server.api, undefined));
    const stopIdle = idle.subscribe(() => undefined);
    const [refused] = subscriptions;
    subscriptions.length = 0;
    refused!.listener.onEnd();
    await list.observer.refetch();
    await tick();
    assert.equal(subscriptions.length, 0);
    stopIdle();
    stop();
  });
});
