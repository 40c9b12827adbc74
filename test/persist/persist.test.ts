import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { notifyManager, onlineManager } from '@tanstack/query-core';
import type { CallOptions } from '../../src/contract/index.js';
import {
  createUserOptions,
  mutate,
  overlay,
  pendingChanges,
  updateUserOptions,
  userKeys,
  userListOptions,
} from '../../src/data/index.js';
import { persist, type PersistStorage } from '../../src/persist/index.js';
import { createRuntime, type Runtime } from '../../src/runtime/index.js';
import { makeUser, ModelServer } from '../data/model-server.js';

notifyManager.setScheduler(queueMicrotask);
const settled = async () => {
  for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
};
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
  onlineManager.setOnline(true);
});

const userId = makeUser(0).id;

function setUp() {
  const server = new ModelServer(3);
  const items = new Map<string, string>();
  const storage = {
    getItem: (key: string) => Promise.resolve(items.get(key) ?? null),
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
  /** A page that is opened; the result closes it. */
  const open = async (options: Partial<Parameters<typeof persist>[1]> = {}) => {
    const runtime = createRuntime({ api: server.api, live: false });
    const stop = await persist(runtime, { storage, userId, pause: 0, ...options });
    const close = () => {
      stop();
      runtime.destroy();
    };
    ends.push(close);
    return { runtime, close };
  };
  const kept = async (text: string | undefined) => {
    while (text === undefined ? items.size > 0 : !items.get('inlay.cache')?.includes(text)) {
      await new Promise(setImmediate);
    }
  };
  const read = ({ queries }: Runtime) =>
    queries.getQueryData<{ data: { name: string }[] }>(userKeys.list())?.data[0]?.name;
  return { server, storage, items, open, kept, read };
}

describe('persist', () => {
  it('shows what was cached at the next visit, and reads it anew', async () => {
    const { server, open, kept, read } = setUp();
    const first = await open();
    await first.runtime.queries.fetchQuery(userListOptions(server.api));
    await kept('Name 2');
    first.close();
    server.update(makeUser(2).id, { name: 'Later' });
    const second = await open();
    assert.equal(read(second.runtime), 'Name 2');
    await second.runtime.queries.fetchQuery(userListOptions(server.api));
    assert.equal(read(second.runtime), 'Later');
  });

  it('sends what waited offline in its order, as the same people', async () => {
    const { server, open, kept } = setUp();
    const first = await open();
    onlineManager.setOnline(false);
    const { queries, api } = first.runtime;
    const { id } = makeUser(1);
    const waiting = [
      mutate(queries, updateUserOptions(api), { id, name: 'One' }),
      mutate(queries, updateUserOptions(api), { id, name: 'Two' }),
      mutate(queries, createUserOptions(api), { name: 'New', email: 'new@example.com' }),
    ];
    for (const each of waiting) each.catch(() => undefined);
    await settled();
    const drawn = overlay(
      server.list(),
      userKeys.list(),
      pendingChanges(queries.getMutationCache()),
    );
    assert.equal(drawn.data[0]!.name, 'New');
    await kept('"New"');
    first.close();

    const second = await open();
    const cache = second.runtime.queries.getMutationCache();
    const again = overlay(server.list(), userKeys.list(), pendingChanges(cache));
    assert.deepEqual(
      again.data.map(({ id, name }) => [id, name]),
      drawn.data.map(({ id, name }) => [id, name]),
    );
    onlineManager.setOnline(true);
    await second.runtime.queries.resumePausedMutations();
    await settled();
    const updates = server.log.filter(({ type }) => type === 'USER_UPDATED');
    assert.deepEqual(
      updates.map(({ payload }) => (payload as { name: string }).name),
      ['One', 'Two'],
    );
    assert.equal(server.rows.get(drawn.data[0]!.id)?.name, 'New');
  });

  it('keeps nothing of another person, another version, or too long ago', async () => {
    const { server, items, open, kept, read } = setUp();
    for (const other of [{ userId: makeUser(1).id }, { version: '2' }, { maxAge: -1 }]) {
      const first = await open();
      await first.runtime.queries.fetchQuery(userListOptions(server.api));
      await kept('Name 2');
      first.close();
      const second = await open(other);
      assert.equal(read(second.runtime), undefined);
      second.close();
      assert.equal(items.size, 0);
    }
  });

  it('removes all when somebody else signs in', async () => {
    const { server, open, kept } = setUp();
    const { runtime } = await open();
    await runtime.queries.fetchQuery(userListOptions(server.api));
    await kept('Name 2');
    runtime.identityChanged();
    await kept(undefined);
  });

  it('restores nothing when somebody else signs in while the storage is read', async () => {
    const { server, storage, open, kept, read, items } = setUp();
    const first = await open();
    await first.runtime.queries.fetchQuery(userListOptions(server.api));
    await kept('Name 2');
    first.close();
    const runtime = createRuntime({ api: server.api, live: false });
    ends.push(() => runtime.destroy());
    const opening = persist(runtime, { storage, userId });
    runtime.identityChanged();
    await opening;
    await settled();
    assert.equal(read(runtime), undefined);
    assert.equal(items.size, 0);
  });

  it('removes after what is still being written', async () => {
    const { server, items, open } = setUp();
    let write: (() => void) | undefined;
    const storage: PersistStorage = {
      getItem: () => null,
      setItem: (key, value) =>
        new Promise<void>((done) => (write = () => (items.set(key, value), done()))),
      removeItem: (key) => void items.delete(key),
    };
    const { runtime } = await open({ storage });
    await runtime.queries.fetchQuery(userListOptions(server.api));
    while (!write) await new Promise(setImmediate);
    runtime.identityChanged();
    await settled();
    write();
    await settled();
    assert.equal(items.size, 0);
  });

  it('keeps what there was when its runtime ends', async () => {
    const { server, items, open, kept } = setUp();
    const { runtime } = await open();
    await runtime.queries.fetchQuery(userListOptions(server.api));
    await kept('Name 2');
    runtime.destroy();
    await new Promise((done) => setTimeout(done));
    await settled();
    assert.match(items.get('inlay.cache')!, /Name 2/);
  });

  it('keeps what could not be read anew', async () => {
    const { server, open, kept, read } = setUp();
    const first = await open();
    const { queries } = first.runtime;
    await queries.fetchQuery(userListOptions(server.api));
    const offline = () => Promise.reject(new Error('offline'));
    await queries
      .fetchQuery({ ...userListOptions(server.api), staleTime: 0, queryFn: offline })
      .catch(String);
    queries.setQueryData(['mark'], 'after the failure');
    await kept('after the failure');
    first.close();
    const second = await open();
    assert.equal(read(second.runtime), 'Name 2');
  });

  it('sends under its key what may have gone out before', async () => {
    const { server, storage, kept } = setUp();
    const keys: (string | undefined)[] = [];
    const open = async () => {
      const { update, ...users } = server.api.users;
      const api = { ...server.api, users: { ...users, update } };
      api.users.update = (input, call) => {
        keys.push(call?.idempotencyKey);
        if (keys.length > 1) return update(input, call);
        onlineManager.setOnline(false);
        return Promise.reject(Object.assign(new Error('cut off'), { code: 'NETWORK', status: 0 }));
      };
      const runtime = createRuntime({ api, live: false });
      ends.push(() => runtime.destroy());
      const stop = await persist(runtime, { storage, userId, pause: 0 });
      return { ...runtime, stop };
    };
    const first = await open();
    const { mutations } = first.queries.getDefaultOptions();
    first.queries.setDefaultOptions({ mutations: { ...mutations, retryDelay: 0 } });
    const input = { id: makeUser(1).id, name: 'Once' };
    mutate(first.queries, updateUserOptions(first.api), input).catch(String);
    await kept('Once');
    first.stop();
    const second = await open();
    onlineManager.setOnline(true);
    await second.queries.resumePausedMutations();
    assert.equal(keys.length, 2);
    assert.equal(keys[0], keys[1]);
  });

  it('keeps the newest answers that there is room for', async () => {
    const { server, items, open, kept } = setUp();
    const { runtime } = await open({ maxSize: 3000 });
    for (const page of [1, 2, 3]) {
      const { queryKey } = userListOptions(server.api, { page });
      runtime.queries.setQueryData(queryKey, server.list(), { updatedAt: page });
    }
    await kept('"page":3');
    assert.ok(!items.get('inlay.cache')!.includes('"page":1'));
    assert.ok(items.get('inlay.cache')!.length < 3200);
  });

  it('tells what the storage refuses, and goes on without', async () => {
    const { server, open, read } = setUp();
    const told: unknown[] = [];
    const refuse = () => {
      throw new Error('full');
    };
    const removed: string[] = [];
    const storage: PersistStorage = {
      getItem: () => '{',
      setItem: refuse,
      removeItem: (key) => removed.push(key),
    };
    const { runtime } = await open({ storage, onError: (error) => told.push(error) });
    assert.ok(told[0] instanceof SyntaxError);
    assert.deepEqual(removed, ['inlay.cache'], 'what cannot be read now never can');
    await runtime.queries.fetchQuery(userListOptions(server.api));
    assert.equal(read(runtime), 'Name 2');
    while (told.length < 2) await new Promise(setImmediate);
    assert.equal(String(told[1]), 'Error: full');
  });
});

describe('a write cut off under way', () => {
  it('goes out again under its key when the network is back', async () => {
    const { server } = setUp();
    const keys: (string | undefined)[] = [];
    const users = {
      ...server.api.users,
      update: (input: { id: string }, call?: CallOptions) => {
        keys.push(call?.idempotencyKey);
        if (keys.length > 1) return server.api.users.update(input, call);
        onlineManager.setOnline(false);
        return Promise.reject(Object.assign(new Error('cut off'), { code: 'NETWORK', status: 0 }));
      },
    };
    const runtime = createRuntime({ api: { ...server.api, users }, live: false });
    ends.push(() => runtime.destroy());
    runtime.queries.setDefaultOptions({
      ...runtime.queries.getDefaultOptions(),
      mutations: { ...runtime.queries.getDefaultOptions().mutations, retryDelay: 0 },
    });
    const input = { id: makeUser(1).id, name: 'Kept' };
    const done = mutate(runtime.queries, updateUserOptions(runtime.api), input);
    const cache = runtime.queries.getMutationCache();
    while (!cache.getAll()[0]?.state.isPaused) await new Promise(setImmediate);
    onlineManager.setOnline(true);
    assert.equal((await done).name, 'Kept');
    assert.equal(keys.length, 2);
    assert.equal(keys[0], keys[1]);
  });
});
