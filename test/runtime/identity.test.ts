// Another backend's API, which nothing cuts off when somebody else signs in.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { notifyManager, QueryObserver } from '@tanstack/query-core';
import type { Api, CallOptions } from '../../src/contract/index.js';
import {
  bulkUsersOptions,
  deleteUserOptions,
  mutate,
  notificationCountsOptions,
  updateUserOptions,
  userKeys,
} from '../../src/data/index.js';
import type { LiveSource } from '../../src/live/index.js';
import { createRuntime, type Notice } from '../../src/runtime/index.js';
import { makeUser } from '../data/model-server.js';

notifyManager.setScheduler(queueMicrotask);
const settled = () => new Promise(setImmediate);
const idsOf = (count: number) => Array.from({ length: count }, (_, n) => makeUser(n).id);

function setUp() {
  const answers: (() => void)[] = [];
  const asked: string[] = [];
  const call =
    (name: string) =>
    ({ id, ids = [] }: { id: string; ids?: string[] }) =>
      new Promise((resolve) => {
        asked.push(name);
        const results = ids.map((id) => ({ id, ok: true }));
        answers.push(() =>
          resolve({
            ...makeUser(1, { name: 'Private', version: 9 }),
            id,
            results,
            nextCursor: null,
          }),
        );
      });
  const names = ['update', 'delete', 'restore', 'bulk'];
  const users = Object.fromEntries(names.map((name) => [name, call(name)]));
  const notices: Notice[] = [];
  const runtime = createRuntime({ api: { users } as unknown as Api, live: false }, (notice) =>
    notices.push(notice),
  );
  const answer = async () => {
    await settled();
    answers.splice(0).forEach((each) => each());
    await settled();
  };
  return { runtime, notices, asked, answer };
}

describe('what was begun before somebody else signed in', () => {
  it('neither changes nor tells anything when it is answered', async () => {
    const { runtime, notices, answer } = setUp();
    const { queries, api } = runtime;
    const { id } = makeUser(1);
    void mutate(queries, updateUserOptions(api), { id, name: 'Private' });
    await settled();
    runtime.identityChanged();
    queries.setQueryData(userKeys.detail(id), makeUser(1));
    await answer();
    assert.deepEqual(queries.getQueryData(userKeys.detail(id)), makeUser(1));
    assert.deepEqual(notices, []);
    runtime.destroy();
  });

  it('makes no further request, and says nothing of how far it came', async () => {
    for (const leave of ['identityChanged', 'destroy'] as const) {
      const { runtime, notices, asked, answer } = setUp();
      const input = { action: 'delete' as const, ids: idsOf(1200) };
      const done = mutate(runtime.queries, bulkUsersOptions(runtime.api), input).catch(String);
      await answer();
      runtime[leave]();
      await answer();
      await answer();
      await done;
      assert.deepEqual([asked.length, notices], [2, []], leave);
      runtime.destroy();
    }
  });

  it('cannot be taken back by who came after', async () => {
    const { runtime, notices, asked, answer } = setUp();
    const { queries, api } = runtime;
    const done = mutate(queries, deleteUserOptions(api), { id: makeUser(1).id });
    await answer();
    await done;
    runtime.identityChanged();
    notices[0]!.undo!();
    await settled();
    assert.deepEqual(asked, ['delete']);
    runtime.destroy();
  });
});

describe('what is followed', () => {
  it('begins where the answers to the next person stand, not where those to the former did', async () => {
    const followed: (number | undefined)[] = [];
    let head = 90;
    const counts = (_input: unknown, { onCursor }: CallOptions) => {
      onCursor!(`notifications@e:${head}`);
      return Promise.resolve({ total: 1, unread: 1, snoozed: 0, archived: 0 });
    };
    const live: LiveSource = {
      state: { status: 'idle' },
      follow: (_channel, _listener, since) => {
        followed.push(since?.offset);
        return () => undefined;
      },
      onState: () => () => undefined,
      retry: () => undefined,
      restart: () => undefined,
      close: () => undefined,
    };
    const api = { notifications: { counts } } as unknown as Api;
    const runtime = createRuntime({ api, live });
    const stop = new QueryObserver(runtime.queries, notificationCountsOptions(api)).subscribe(
      () => undefined,
    );
    await settled();
    head = 7;
    runtime.identityChanged();
    await settled();
    assert.deepEqual(followed, [90, 7]);
    stop();
    runtime.destroy();
  });
});
