import assert from 'node:assert/strict';
import {
  InfiniteQueryObserver,
  QueryObserver,
  type InfiniteData,
  type QueryObserverResult,
} from '@tanstack/query-core';
import { WebSocket } from 'ws';
import type { Api, Notification, User } from '../../src/contract/index.js';
import {
  infiniteNotificationsOptions,
  infiniteUsersOptions,
  mutate,
  notificationCountsOptions,
  readAllNotificationsOptions,
  updateNotificationOptions,
  updateUserOptions,
  userListOptions,
  userOptions,
} from '../../src/data/index.js';
import {
  createLive,
  pollingTransport,
  sseTransport,
  webSocketTransport,
  type Transport,
  type TransportName,
} from '../../src/live/index.js';
import { createRuntime, type Runtime } from '../../src/runtime/index.js';
import { signedIn } from './session.js';
import { watch, type Testimony } from './witness.js';

/** What the server has, read past all faults. */
export interface Truth {
  api: Api;
  /** All people, newest first. */
  users: readonly User[];
}

type Check = (truth: Truth) => Promise<void>;

/** A page as somebody has it open: lists, a person, a feed and its counts, kept by one stream. */
export class Visitor {
  readonly runtime: Runtime;
  readonly testimony: Testimony;
  /** What it was shown twice or out of order. */
  readonly problems: unknown[] = [];
  readonly page = Object.assign(new EventTarget(), {
    document: { visibilityState: 'visible' as DocumentVisibilityState },
  });
  readonly #toasted = new Set<string>();
  readonly #shown: { result: () => QueryObserverResult; check: Check }[] = [];
  readonly #stops: (() => void)[] = [];

  constructor(
    readonly name: string,
    baseUrl: string,
    readonly email: string,
    ways: readonly TransportName[],
    someone: string,
  ) {
    const getToken = signedIn(baseUrl, email);
    const live = createLive({
      transports: ways.map((way) => transports[way](baseUrl)),
      getToken,
      page: this.page as unknown as Window,
      ...haste,
    });
    const { source, testimony } = watch(live, (problem) => this.problems.push(problem));
    this.testimony = testimony;
    this.runtime = createRuntime(
      { baseUrl, getToken, live: source, timeout: 2000 },
      ({ notification }) => notification && this.#toast(notification),
    );
    this.#show(someone);
  }

  get toasts(): number {
    return this.#toasted.size;
  }

  get transport(): TransportName | undefined {
    const { state } = this.runtime.live;
    return state.status === 'live' ? state.transport : undefined;
  }

  /** How each thing shown stands, for who looks for what is missing. */
  get state(): unknown {
    return {
      live: this.runtime.live.state,
      shown: this.#shown.map(({ result }) => {
        const { status, fetchStatus, error } = result();
        return [status, fetchStatus, error?.message].join(' ');
      }),
    };
  }

  /** Everything has come at least once. */
  get ready(): boolean {
    return this.#shown.every(({ result }) => result().data !== undefined);
  }

  /** Nothing is under way, and what could not be read is asked for again, as by "Try again". */
  get quiet(): boolean {
    const { queries, live } = this.runtime;
    for (const { result } of this.#shown) {
      if (result().isError && !result().isFetching) void result().refetch();
    }
    return live.state.status === 'live' && queries.isFetching() === 0 && queries.isMutating() === 0;
  }

  /** The network is back, as browsers tell it. */
  online(): void {
    this.page.dispatchEvent(new Event('online'));
  }

  offline(): void {
    this.page.dispatchEvent(new Event('offline'));
  }

  hide(): void {
    this.page.dispatchEvent(new Event('pagehide'));
  }

  show(): void {
    this.page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  }

  /** Writes as an element would; resolves to whether the server has said that it is done. */
  async write(what: 'rename' | 'read' | 'read all', value: number): Promise<boolean> {
    const { queries, api } = this.runtime;
    const users = queries.getQueryData<InfiniteData<{ data: User[] }>>(
      infiniteUsersOptions(api, people).queryKey,
    );
    const feed = queries.getQueryData<InfiniteData<{ data: Notification[] }>>(
      infiniteNotificationsOptions(api, few).queryKey,
    );
    const user = pick(users, value);
    const notification = pick(feed, value);
    try {
      if (what === 'rename' && user)
        await mutate(queries, updateUserOptions(api), { id: user.id, name: `Renamed ${value}` });
      else if (what === 'read' && notification)
        await mutate(queries, updateNotificationOptions(api), {
          id: notification.id,
          read: notification.readAt === null,
        });
      else await mutate(queries, readAllNotificationsOptions(api), {});
      return true;
    } catch {
      // It has not been done, or nobody knows; in the end all that counts is what the server has.
      return false;
    }
  }

  /** @throws AssertionError when something shown is not what the server has. */
  async compare(truth: Truth): Promise<void> {
    for (const { check } of this.#shown) await check(truth);
  }

  leave(): void {
    for (const stop of this.#stops) stop();
    this.runtime.destroy();
  }

  #toast({ id }: Notification): void {
    if (this.#toasted.has(id))
      this.problems.push(new Error(`${this.name} was toasted ${id} twice`));
    this.#toasted.add(id);
  }

  #show(someone: string): void {
    const { queries, api } = this.runtime;
    const keep = <D>(
      observer: {
        subscribe(listener: () => void): () => void;
        getCurrentResult(): QueryObserverResult<D>;
      },
      check: (data: D, truth: Truth) => void | Promise<void>,
    ) => {
      this.#stops.push(observer.subscribe(() => undefined));
      const result = () => observer.getCurrentResult();
      this.#shown.push({
        result: result as () => QueryObserverResult,
        check: async (truth) => check(result().data!, truth),
      });
    };

    keep(
      new InfiniteQueryObserver(queries, infiniteUsersOptions(api, people)) as never,
      ({ pages }: InfiniteData<{ data: User[]; meta: { total: number } }>, { users }) => {
        const rows = pages.flatMap(({ data }) => data);
        this.#same('people', rows, users.slice(0, rows.length));
        assert.ok(rows.length >= Math.min(people.limit, users.length), `${this.name}: people lost`);
        this.#same('number of people', pages.at(-1)!.meta.total, users.length);
      },
    );
    for (const params of [
      { limit: 5, page: 1, sort: 'name' },
      { limit: 5, page: 2, sort: 'name' },
      { limit: 100, role: 'moderator' },
    ] as const) {
      keep(
        new QueryObserver(queries, userListOptions(api, params)),
        async ({ data, meta }, truth) => {
          const answer = await truth.api.users.list(params);
          this.#same(JSON.stringify(params), data, answer.data);
          this.#same('their number', meta.total, answer.meta.total);
        },
      );
    }
    keep(new QueryObserver(queries, userOptions(api, someone)), (person, { users }) =>
      this.#same(
        'the person',
        person,
        users.find(({ id }) => id === someone),
      ),
    );
    keep(
      new InfiniteQueryObserver(queries, infiniteNotificationsOptions(api, few)) as never,
      async ({ pages }: InfiniteData<{ data: Notification[] }>) => {
        const rows = pages.flatMap(({ data }) => data);
        const { data } = await this.#mine.notifications.list({ limit: 100 });
        this.#same('feed', rows, data.slice(0, rows.length));
      },
    );
    keep(new QueryObserver(queries, notificationCountsOptions(api)), async (counts) =>
      this.#same('counts', counts, await this.#mine.notifications.counts()),
    );
  }

  /** What the server has for this person: by the caller's own line, once it is healed. */
  get #mine(): Api {
    return this.runtime.api;
  }

  #same(what: string, shown: unknown, stored: unknown): void {
    assert.deepEqual(shown, stored, `${this.name}: ${what}`);
  }
}

const people = { limit: 10 };
const few = { limit: 10 };

const transports: Record<TransportName, (baseUrl: string) => Transport> = {
  websocket: (baseUrl) => webSocketTransport({ baseUrl, WebSocket }),
  sse: (baseUrl) => sseTransport({ baseUrl }),
  polling: (baseUrl) => pollingTransport({ baseUrl, pollMs: 2000 }),
};

/** So that what takes minutes in life fits into a run. */
const haste = {
  patienceMs: 3000,
  probeMs: 1500,
  slowestRetryMs: 3000,
  healthyMs: 2000,
  climbMs: 1000,
  slowestClimbMs: 4000,
};

function pick<T>(held: InfiniteData<{ data: T[] }> | undefined, value: number): T | undefined {
  const rows = held?.pages.flatMap(({ data }) => data) ?? [];
  return rows[value % rows.length];
}
