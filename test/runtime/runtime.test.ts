import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import {
  InfiniteQueryObserver,
  notifyManager,
  QueryObserver,
  type InfiniteData,
} from '@tanstack/query-core';
import { WebSocket } from 'ws';
import { createReferenceServer } from '../../mock-server/index.js';
import { createApi, createClient, type ApiError, type Client } from '../../src/client/index.js';
import type { UserPage } from '../../src/contract/index.js';
import {
  deleteUserOptions,
  infiniteNotificationsOptions,
  infiniteUsersOptions,
  mutate,
  notificationCountsOptions,
  sessionOptions,
  updateUserOptions,
} from '../../src/data/index.js';
import { createLive, webSocketTransport } from '../../src/live/index.js';
import { createRuntime, type Notice, type Runtime } from '../../src/runtime/index.js';

notifyManager.setScheduler(queueMicrotask);
// Node has it from 22 on.
Object.assign(globalThis, { WebSocket });

const server = createReferenceServer({ users: 60 });
let baseUrl = '';
let token = '';
let others: Client;

before(async () => {
  const { url } = await server.start(0);
  baseUrl = `${url}/api`;
  token = (await server.signIn('admin@inlay.test')).accessToken;
  others = createClient({ baseUrl, getToken: () => token });
});
after(() => server.stop());

/** A page of the admin's, its people and the notices it shows. */
function open() {
  const notices: Notice[] = [];
  const getToken = () => token;
  const live = createLive({
    transports: [webSocketTransport({ baseUrl, WebSocket: WebSocket as never })],
    getToken,
    page: null,
    graceMs: 0,
  });
  const runtime = createRuntime({ baseUrl, getToken, live }, (notice) => notices.push(notice));
  const people = new InfiniteQueryObserver(runtime.queries, infiniteUsersOptions(runtime.api));
  people.subscribe(() => undefined);
  const pages = () =>
    (people.getCurrentResult().data as InfiniteData<UserPage> | undefined)?.pages ?? [];
  const rows = () => pages().flatMap(({ data }) => data);
  return { runtime, notices, people, pages, rows };
}

/** Resolves once the cache is as the check wants it. */
function until(runtime: Runtime, check: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!check()) return;
      stop();
      stopState();
      resolve();
    };
    const stop = runtime.queries.getQueryCache().subscribe(look);
    const stopState = runtime.live.onState(look);
    look();
  });
}

describe('a runtime against the reference server', () => {
  it('shows what others do, as it happens', async () => {
    const page = open();
    await until(
      page.runtime,
      () => page.rows().length === 20 && page.runtime.live.state.status === 'live',
    );
    const person = page.rows()[3]!;
    const api = createApi(others);
    await api.users.update({ id: person.id, name: 'Changed by others' });
    const created = await api.users.create({ name: 'Newcomer', email: 'newcomer@example.com' });
    await until(page.runtime, () => page.rows()[0]!.id === created.id);
    assert.equal(page.rows().find(({ id }) => id === person.id)!.name, 'Changed by others');
    assert.equal(page.pages()[0]!.meta.total, 61);
    await api.users.delete({ id: created.id });
    await until(page.runtime, () => page.rows()[0]!.id !== created.id);
    assert.equal(page.pages()[0]!.meta.total, 60);
    page.runtime.destroy();
  });

  it('says what was saved, what was refused, and takes a deletion back', async () => {
    const page = open();
    await until(page.runtime, () => page.rows().length === 20);
    const { queries, api } = page.runtime;
    const person = page.rows()[5]!;
    await mutate(queries, updateUserOptions(api), { id: person.id, name: 'Renamed' });
    assert.equal(page.rows()[5]!.name, 'Renamed');
    const taken = page.rows()[6]!.email;
    await assert.rejects(mutate(queries, updateUserOptions(api), { id: person.id, email: taken }));
    assert.equal(page.rows()[5]!.email, person.email);
    await mutate(queries, deleteUserOptions(api), { id: person.id });
    assert.ok(!page.rows().some(({ id }) => id === person.id));
    assert.deepEqual(
      page.notices.map(({ tone, message, values, error }) => [
        tone,
        message,
        values?.['name'],
        (error as ApiError | undefined)?.code,
      ]),
      [
        ['success', 'user.updated', 'Renamed', undefined],
        ['error', 'write.failed', undefined, 'CONFLICT'],
        ['success', 'user.deleted', 'Renamed', undefined],
      ],
    );
    page.notices.at(-1)!.undo!();
    await until(page.runtime, () => page.rows()[5]?.id === person.id);
    assert.equal(page.pages()[0]!.meta.total, 60);
    page.runtime.destroy();
  });

  it('tells of a notification that comes in, and counts it', async () => {
    const page = open();
    const { queries, api } = page.runtime;
    const feed = new InfiniteQueryObserver(queries, infiniteNotificationsOptions(api));
    const counts = new QueryObserver(queries, notificationCountsOptions(api));
    feed.subscribe(() => undefined);
    counts.subscribe(() => undefined);
    await until(page.runtime, () =>
      Boolean(feed.getCurrentResult().data && counts.getCurrentResult().data),
    );
    const { unread } = counts.getCurrentResult().data!;
    await createApi(others).control.notify({ role: 'admin', count: 1, title: 'Hear, hear' });
    await until(page.runtime, () => counts.getCurrentResult().data!.unread === unread + 1);
    assert.equal(page.notices.at(-1)?.notification?.title, 'Hear, hear');
    page.runtime.destroy();
  });

  it('keeps nothing of the former person', async () => {
    let current = token;
    const runtime = createRuntime({ baseUrl, getToken: () => current, live: false });
    const session = new QueryObserver(runtime.queries, sessionOptions(runtime.api));
    session.subscribe(() => undefined);
    const name = () => session.getCurrentResult().data?.user.email;
    await until(runtime, () => name() === 'admin@inlay.test');
    runtime.queries.setQueryData(['private'], 'of the admin');
    current = (await server.signIn('user@inlay.test')).accessToken;
    void session.refetch();
    await until(runtime, () => name() === 'user@inlay.test');
    assert.equal(runtime.queries.getQueryData(['private']), undefined);
    runtime.destroy();
  });
});

describe('a runtime whose token provider keeps its token until told', () => {
  /** A page at a server whose clock can be set ahead; `renew` is what a refresh does. */
  async function openLate(
    renew: (old: string, refresh: () => Promise<string>) => Promise<string | null>,
  ) {
    let late = 0;
    const own = createReferenceServer({ users: 5, now: () => Date.now() + late });
    const ownUrl = `${(await own.start(0)).url}/api`;
    const signIn = () => own.signIn('admin@inlay.test');
    const { accessToken, refreshToken } = await signIn();
    const provider = { token: accessToken as string | null, refreshes: 0 };
    const { auth } = createApi(createClient({ baseUrl: ownUrl }));
    const refresh = async () => (await auth.refresh({ refreshToken })).accessToken;
    const runtime = createRuntime({
      baseUrl: ownUrl,
      getToken: async ({ refused }) => {
        if (refused && refused === provider.token) {
          provider.refreshes++;
          provider.token = await renew(refused, refresh);
        }
        return provider.token;
      },
    });
    cleanups.push(async () => {
      runtime.destroy();
      await own.stop();
    });
    const people = new InfiniteQueryObserver(runtime.queries, infiniteUsersOptions(runtime.api));
    people.subscribe(() => undefined);
    await until(runtime, () => runtime.live.state.status === 'live');
    const expire = () => {
      late += 16 * 60_000;
      own.hub.dropAll();
    };
    const status = () => (people.getCurrentResult().error as ApiError | null)?.status;
    return { runtime, provider, people, expire, signIn, status };
  }
  const cleanups: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0)) await cleanup();
  });

  it('is live again after a token expired out of touch, with one refresh for all', async () => {
    const page = await openLate((_, refresh) => refresh());
    page.expire();
    await until(page.runtime, () => page.runtime.live.state.status !== 'live');
    // No call has told the provider: the stream does so itself, and calls have its answer.
    await until(page.runtime, () => page.runtime.live.state.status === 'live');
    await page.people.refetch();
    assert.deepEqual([page.status(), page.provider.refreshes], [undefined, 1]);
  });

  it('shows who was signed out that it is so, and comes back after the sign-in', async () => {
    const page = await openLate(() => Promise.resolve(null));
    page.expire();
    await until(page.runtime, () => page.status() === 401);
    assert.notEqual(page.runtime.live.state.status, 'live');
    page.provider.token = (await page.signIn()).accessToken;
    page.runtime.identityChanged();
    await until(page.runtime, () => page.runtime.live.state.status === 'live');
    assert.deepEqual([page.status(), page.people.getCurrentResult().isSuccess], [undefined, true]);
  });

  it('stops where there is only the refused token, until a retry finds another', async () => {
    const page = await openLate((old) => Promise.resolve(old));
    page.expire();
    await until(page.runtime, () => page.runtime.live.state.status === 'refused');
    await page.people.refetch();
    assert.equal(page.status(), 401);
    page.provider.token = (await page.signIn()).accessToken;
    page.runtime.live.retry();
    await until(page.runtime, () => page.runtime.live.state.status === 'live');
  });
});

describe('createRuntime', () => {
  it('asks for nothing before the first query, and refuses a wrong base URL', () => {
    const fetch = () => assert.fail('no request');
    createRuntime({ baseUrl: 'https://api.example.com', fetch }).destroy();
    assert.throws(() => createRuntime({ baseUrl: 'api' }), /base URL must be absolute/);
  });

  it('takes another backend that gives an Api', () => {
    const api = createApi(others);
    const runtime = createRuntime({ api, live: false });
    assert.equal(runtime.api, api);
    assert.deepEqual(runtime.live.state, { status: 'idle' });
    runtime.destroy();
  });
});
