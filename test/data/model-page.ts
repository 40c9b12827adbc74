// A page somewhere: a cache with all kinds of lists in use, and a stream that is as late as it likes.
import assert from 'node:assert/strict';
import {
  InfiniteQueryObserver,
  QueryClient,
  QueryObserver,
  type InfiniteData,
  type Query,
  type QueryKey,
} from '@tanstack/query-core';
import type { UserPage } from '../../src/contract/index.js';
import {
  infiniteUsersOptions,
  overlay,
  pendingChanges,
  Sync,
  userBatchOptions,
  userListOptions,
  userOptions,
  userSearchOptions,
  type UserListParams,
} from '../../src/data/index.js';
import { makeUser, type ModelServer } from './model-server.js';

const pageParams: UserListParams[] = [
  { limit: 3, page: 1 },
  { limit: 3, page: 2 },
  { limit: 3, page: 3 },
  { limit: 2, role: 'admin', page: 1 },
  { limit: 2, role: 'admin', page: 2 },
  { limit: 4, sort: 'name' },
  { limit: 4, search: 'B' },
];
const detailId = makeUser(2).id;
const batchIds = [1, 2, 6, 1001].map((n) => makeUser(n).id);

interface Watched<D> {
  options: { queryKey: QueryKey };
  subscribe(listener: () => void): () => void;
  getCurrentResult(): { data: D | undefined };
}

/** All that has an id and a version, at whatever depth. */
function entitiesIn(node: unknown): { id: string }[] {
  if (typeof node !== 'object' || !node) return [];
  const below = Object.values(node).flatMap(entitiesIn);
  return 'id' in node && 'version' in node ? [node as { id: string }, ...below] : below;
}

export class ModelPage {
  readonly client = new QueryClient({
    defaultOptions: { queries: { retry: false }, mutations: { gcTime: Infinity } },
  });
  readonly #server: ModelServer;
  readonly #sync: Sync;
  readonly #step: (label: string) => Promise<void>;
  readonly #infinite;
  readonly #others: QueryObserver<unknown>[];
  readonly #stops: (() => void)[];
  readonly #watched: (() => void)[] = [];
  readonly #delivered = new Map<string, number>();
  #problem: unknown;

  constructor(server: ModelServer, step: (label: string) => Promise<void>) {
    this.#server = server;
    this.#step = step;
    const { client } = this;
    const { api } = server;
    const soon = (work: () => void) => {
      let off = false;
      void step('frame').then(() => off || work());
      return () => (off = true);
    };
    this.#sync = new Sync(client, { schedule: soon, later: soon, random: () => 0 });
    this.#infinite = new InfiniteQueryObserver(client, infiniteUsersOptions(api, { limit: 3 }));
    this.#others = [
      ...pageParams.map(
        (params) => new QueryObserver<unknown>(client, userListOptions(api, params)),
      ),
      new QueryObserver<unknown>(client, userSearchOptions(api, 'Na')),
      new QueryObserver<unknown>(client, userBatchOptions(api, batchIds)),
      new QueryObserver<unknown>(client, userOptions(api, detailId)),
    ];
    this.#stops = [
      this.#infinite.subscribe(this.#note),
      ...this.#others.map((each) => each.subscribe(this.#note)),
      client.getMutationCache().subscribe(this.#note),
    ];
  }

  /** Has another query in use, whose data `check` finds as they should be in the end. */
  protected watch<D>(observer: Watched<D>, check: (data: D, label: string) => void): void {
    this.#stops.push(observer.subscribe(this.#note));
    const label = JSON.stringify(observer.options.queryKey);
    this.#watched.push(() => check(observer.getCurrentResult().data as D, label));
  }

  fetchMore = () => void this.#infinite.fetchNextPage();

  /** Lets the stream tell the next one or two, some of them twice, once the scheduler likes. */
  stream(): void {
    for (const [channel, { length }] of this.#server.logs) {
      const behind = () => (this.#delivered.get(channel) ?? 0) < length;
      if (behind()) void this.#step(`event of ${channel}`).then(() => this.#deliver(channel));
    }
  }

  #deliver(channel: string): void {
    const { logs, epoch } = this.#server;
    const log = logs.get(channel)!;
    const from = this.#delivered.get(channel) ?? 0;
    if (from >= log.length) return;
    const to = Math.min(from + 1 + (from % 2), log.length);
    this.#delivered.set(channel, to);
    const push = () => this.#sync.push(channel, log.slice(from, to), { epoch, from, to });
    push();
    if (from % 3 === 0) push();
  }

  get isBehind(): boolean {
    return [...this.#server.logs].some(
      ([channel, { length }]) => (this.#delivered.get(channel) ?? 0) < length,
    );
  }

  /** Who left comes back. */
  comeBack(): void {
    const left = ({ state }: Query) => state.data === undefined || state.isInvalidated;
    const predicate = (query: Query) => left(query) && query.state.status !== 'error';
    void this.client.refetchQueries({ predicate });
  }

  /** Whoever listens must not throw: it would end what is being told. */
  readonly #note = () => {
    try {
      this.#checkShown();
    } catch (error) {
      this.#problem ??= error;
    }
  };

  check(): void {
    this.#note();
    if (this.#problem) throw this.#problem;
  }

  /** Nothing that is shown is anything but what somebody gave, and nobody twice in a list. */
  #checkShown(): void {
    const pending = pendingChanges(this.client.getMutationCache());
    const draw = <T>(data: T, key: QueryKey) => data && overlay(data, key, pending);
    for (const { queryKey, state } of this.client.getQueryCache().getAll()) {
      const data = draw(state.data, queryKey) as Partial<InfiniteData<UserPage> & UserPage>;
      if (!data) continue;
      for (const row of entitiesIn(data)) {
        assert.ok(this.#server.mayShow(row), `nobody set ${JSON.stringify(row)}`);
      }
      const rows = (data.pages ?? [data]).flatMap((page) => page.data?.filter(Boolean) ?? []);
      assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length, JSON.stringify(queryKey));
    }
  }

  /** Pages of one list say the same total; to be asked between tasks, which is when pages draw. */
  checkTotals(): void {
    for (const role of [undefined, 'admin']) {
      const totals = pageParams
        .filter((params) => params.page && params.role === role)
        .flatMap((params) => this.#read<UserPage>(['users', 'list', params])?.meta.total ?? []);
      assert.ok(new Set(totals).size <= 1, `totals differ: ${totals.join()}`);
    }
  }

  #read<T>(key: QueryKey): T | undefined {
    return this.client.getQueryData<T>(key);
  }

  /** All is as the server has it. */
  checkSettled(): void {
    const server = this.#server;
    const { pages } = this.#infinite.getCurrentResult().data as InfiniteData<UserPage>;
    const rows = pages.flatMap((page) => page.data);
    const all = server.list({ limit: 1000 });
    assert.deepEqual(rows, all.data.slice(0, rows.length), 'infinite');
    if (pages.at(-1)!.meta.nextCursor === null) assert.equal(rows.length, all.data.length);
    for (const { meta } of pages) assert.equal(meta.total, all.meta.total, 'infinite total');
    pageParams.forEach((params, index) => {
      const held = this.#others[index]!.getCurrentResult().data as UserPage;
      const label = JSON.stringify(params);
      const expected = server.list({ ...params });
      assert.deepEqual(held.data, expected.data, label);
      const { total, totalPages, hasMore } = expected.meta;
      const { meta } = held;
      assert.deepEqual(
        [meta.total, meta.totalPages, meta.hasMore],
        [total, totalPages, hasMore],
        label,
      );
    });
    for (const check of this.#watched) check();
    const [search, batch, detail] = this.#others.slice(-3).map((each) => each.getCurrentResult());
    assert.deepEqual(search!.data, { data: server.search('Na') }, 'search');
    assert.deepEqual(batch!.data, { data: server.batch(batchIds) }, 'batch');
    const kept = server.rows.get(detailId);
    if (kept) assert.deepEqual(detail!.data, kept, 'detail');
    else assert.equal((detail!.error as { status?: number } | null)?.status, 404);
  }

  close(): void {
    for (const stop of this.#stops) stop();
    this.#sync.forget();
    this.client.clear();
  }
}
