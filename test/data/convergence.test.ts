import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  InfiniteQueryObserver,
  notifyManager,
  QueryClient,
  QueryObserver,
  type Query,
  type InfiniteData,
} from '@tanstack/query-core';
import fc from 'fast-check';
import type { User, UserPage } from '../../src/contract/index.js';
import {
  createUserOptions,
  deleteUserOptions,
  infiniteUsersOptions,
  mutate,
  overlay,
  pendingChanges,
  Sync,
  updateUserOptions,
  userKeys,
  userListOptions,
  userOptions,
} from '../../src/data/index.js';
import { makeUser, ModelServer } from './model-server.js';

type Fields = { name?: string; role?: User['role'] };
/** `at` names a person; `then` is how many messages arrive before the next action. */
type Action = { then: number } & (
  | { do: 'create'; by: 'others' | 'us'; role: User['role'] }
  | { do: 'update'; by: 'others' | 'us'; at: number; fields: Fields }
  | { do: 'delete'; by: 'others' | 'us'; at: number }
  | { do: 'refetch' | 'more' | 'leave' }
);

const at = fc.nat({ max: 6 });
const then = fc.nat({ max: 5 });
const by = fc.constantFrom('others' as const, 'us' as const);
const role = fc.constantFrom('user' as const, 'admin' as const);
const name = fc.constantFrom('A', 'B', 'C');
const fields = fc.oneof(fc.record({ name }), fc.record({ role }), fc.record({ name, role }));
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ then, by, do: fc.constant('create' as const), role }),
  fc.record({ then, by, do: fc.constant('update' as const), at, fields }),
  fc.record({ then, by, do: fc.constant('delete' as const), at }),
  fc.record({ then, do: fc.constantFrom('refetch' as const, 'more' as const, 'leave' as const) }),
);

notifyManager.setScheduler(queueMicrotask);
/** A refusal is drawn back, which is what the test looks at. */
const refused = () => undefined;
const tick = () => new Promise(setImmediate);

/** Plays the actions with every message delayed as the scheduler likes, and checks what is shown throughout. */
async function play(
  s: fc.Scheduler,
  actions: readonly Action[],
  { failing = () => false, cursors = true }: { failing?: () => boolean; cursors?: boolean } = {},
) {
  const step = (label: string) => s.schedule(Promise.resolve(), label).then(() => undefined);
  const server = new ModelServer(5, step, failing, cursors);
  const { api } = server;
  const client = new QueryClient({
    defaultOptions: { queries: { retry: false }, mutations: { gcTime: Infinity } },
  });
  const soon = (work: () => void) => {
    let off = false;
    void step('frame').then(() => off || work());
    return () => (off = true);
  };
  const sync = new Sync(client, { schedule: soon, later: soon, random: () => 0 });

  // The stream: in order, in ranges of any size, some of them twice.
  let delivered = 0;
  const deliver = (from: number, to: number) =>
    sync.push('users', server.log.slice(from, to), { epoch: server.epoch, from, to });
  const stream = () =>
    void step('event').then(() => {
      const from = delivered;
      if (from < server.log.length) {
        delivered = Math.min(from + 1 + (from % 2), server.log.length);
        deliver(from, delivered);
        if (from % 3 === 0) deliver(from, delivered);
      }
    });

  const infinite = new InfiniteQueryObserver(client, infiniteUsersOptions(api, { limit: 3 }));
  const options = [
    userListOptions(api, { limit: 3, page: 1 }),
    userListOptions(api, { limit: 3, page: 2 }),
    userListOptions(api, { limit: 4, role: 'admin' }),
    userListOptions(api, { limit: 4, sort: 'name' }),
  ];
  const detailId = makeUser(2).id;
  const lists = options.map((each) => new QueryObserver(client, each));
  const detail = new QueryObserver(client, userOptions(api, detailId));

  const shown = () => {
    const pending = pendingChanges(client.getMutationCache());
    const draw = <T>(data: T, key: readonly unknown[]) => overlay(data, key, pending);
    const rows = [
      ...(draw(
        infinite.getCurrentResult().data as InfiniteData<UserPage> | undefined,
        userKeys.infinite({ limit: 3 }),
      )?.pages ?? []),
      ...options.flatMap(
        ({ queryKey }, index) => draw(lists[index]!.getCurrentResult().data, queryKey) ?? [],
      ),
    ].flatMap(({ data }) => data);
    const one = draw(detail.getCurrentResult().data as User | undefined, userKeys.detail(detailId));
    return one ? [...rows, one] : rows;
  };
  const check = () => {
    for (const row of shown()) {
      assert.ok(server.mayShow(row), `nobody set ${row.name}, ${row.role} of ${row.id}`);
    }
  };

  const stops = [
    infinite.subscribe(check),
    detail.subscribe(check),
    ...lists.map((each) => each.subscribe(check)),
  ];
  const forget = client.getMutationCache().subscribe(check);
  const idOf = (n: number) => makeUser(n).id;

  for (const [index, each] of actions.entries()) {
    const id = 'at' in each ? idOf(each.at) : '';
    if (!('by' in each)) {
      if (each.do === 'refetch') void client.invalidateQueries();
      else if (each.do === 'more') void infinite.fetchNextPage();
      else void client.cancelQueries();
    } else if (each.by === 'others') {
      if (each.do === 'create') server.create({ role: each.role });
      else if (server.rows.has(id)) {
        if (each.do === 'update') server.update(id, each.fields);
        else server.delete(id);
      }
    } else if (each.do === 'create') {
      const { id, name, email } = makeUser(1000 + index);
      server.allow(id, name, each.role);
      void mutate(client, createUserOptions(api), { id, name, email, role: each.role }).catch(
        refused,
      );
    } else if (each.do === 'update') {
      server.allow(id, ...Object.values(each.fields));
      void mutate(client, updateUserOptions(api), { id, ...each.fields }).catch(refused);
    } else void mutate(client, deleteUserOptions(api), { id }).catch(refused);
    await tick();
    for (let n = 0; n < each.then && s.count() > 0; n++) {
      stream();
      await s.waitOne();
      await tick();
    }
  }
  // Everything arrives in the end; who left comes back.
  for (let quiet = 0; quiet < 3;) {
    if (quiet === 2) {
      const left = ({ state }: Query) => state.data === undefined || state.isInvalidated;
      const predicate = (query: Query) => left(query) && query.state.status !== 'error';
      void client.refetchQueries({ predicate });
      await tick();
    }
    if (delivered < server.log.length) stream();
    if (s.count() > 0) {
      quiet = 0;
      await s.waitOne();
    } else quiet += 1;
    await tick();
  }
  check();

  const data = infinite.getCurrentResult().data as InfiniteData<UserPage>;
  const result = {
    server,
    infinite: data,
    lists: options.map((each, index) => ({
      params: each.queryKey[2],
      data: lists[index]!.getCurrentResult().data!,
    })),
    detail: detail.getCurrentResult(),
  };
  for (const stop of stops) stop();
  forget();
  sync.forget();
  client.clear();
  return result;
}

function checkSettled({ server, infinite, lists, detail }: Awaited<ReturnType<typeof play>>) {
  const rows = infinite.pages.flatMap((page) => page.data);
  const all = server.list({ limit: 1000 });
  assert.deepEqual(rows, all.data.slice(0, rows.length), 'infinite');
  if (infinite.pages.at(-1)!.meta.nextCursor === null) assert.equal(rows.length, all.data.length);
  assert.deepEqual(
    infinite.pages.map(({ meta }) => meta.total),
    infinite.pages.map(() => all.meta.total),
    'infinite totals',
  );
  for (const { params, data } of lists) {
    const expected = server.list({ ...params });
    assert.deepEqual(data.data, expected.data, JSON.stringify(params));
    assert.equal(data.meta.total, expected.meta.total, JSON.stringify(params));
    assert.equal(data.meta.totalPages, expected.meta.totalPages, JSON.stringify(params));
    assert.equal(data.meta.hasMore, expected.meta.hasMore, JSON.stringify(params));
  }
  const kept = server.rows.get(makeUser(2).id);
  if (kept) assert.deepEqual(detail.data, kept, 'detail');
  else assert.equal((detail.error as { status?: number } | null)?.status, 404);
}

describe('cache, pending writes and stream together', () => {
  const numRuns = Number(process.env['RUNS'] ?? 300);
  // What a failure prints as seed and path plays it again: SEED=-1 REPLAY=12:3 npm run test:server -- …
  const { SEED, REPLAY } = process.env;
  const replay = { ...(SEED && { seed: Number(SEED) }), ...(REPLAY && { path: REPLAY }) };

  it('show only what somebody set, and end as the server is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(action, { maxLength: 12 }), async (s, actions) => {
        checkSettled(await play(s, actions));
      }),
      { numRuns, includeErrorInReport: true, ...replay },
    );
  });

  it('do so when writes are refused', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(action, { maxLength: 10 }),
        fc.infiniteStream(fc.boolean()),
        async (s, actions, refusals) => {
          checkSettled(await play(s, actions, { failing: () => refusals.next().value as boolean }));
        },
      ),
      { numRuns, includeErrorInReport: true, ...replay },
    );
  });
});
