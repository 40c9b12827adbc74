import assert from 'node:assert/strict';
import {
  InfiniteQueryObserver,
  QueryObserver,
  type InfiniteData,
  type QueryObserverOptions,
} from '@tanstack/query-core';
import type { Api } from '../../src/contract/index.js';
import {
  infiniteNotificationsOptions,
  infiniteProjectsOptions,
  infiniteUsersOptions,
  notificationCountsOptions,
  userListOptions,
  userOptions,
} from '../../src/data/index.js';
import { standOf, unitsOf } from '../../src/data/stand.js';
import { createRuntime, type Notice, type Runtime } from '../../src/runtime/index.js';
import type { SimulatedTab } from '../live/simulated-tabs.js';
import { idOf } from './people.js';
import { Reader } from './reader.js';
import type { ModelServer } from './server.js';
import { Wire } from './wire.js';

interface Row {
  id: string;
  version: number;
}
type Rows = { data: Row[]; meta: { total: number; nextCursor: string | null } };
const limit = 4;

/** What a page shows: each query with the request that answers it in one go. */
const shown = (api: Api) => ({
  infinite: [
    [infiniteUsersOptions(api, { limit }), '/users?limit=100'],
    [infiniteNotificationsOptions(api, { limit }), '/notifications?limit=100'],
    [infiniteNotificationsOptions(api, { filter: 'unread', limit }), unread],
    [infiniteProjectsOptions(api, { limit }), '/projects?limit=100'],
  ] as const,
  single: [
    [userListOptions(api, { role: 'admin', sort: 'name', limit }), admins],
    [userOptions(api, idOf(4)), `/users/${idOf(4)}`],
    [notificationCountsOptions(api), '/notifications/counts'],
  ] as const,
});
const unread = '/notifications?filter=unread&limit=100';
const admins = `/users?role=admin&sort=name&limit=${limit}`;

type Observer = QueryObserver<unknown> | InfiniteQueryObserver<unknown>;

/** A page of somebody: the real runtime, and all there is to show in use. */
export class Page {
  readonly wire: Wire;
  /** As much of a window as the runtime looks at. */
  readonly window;
  readonly runtime: Runtime;
  readonly readers: Reader[] = [];
  readonly notices: Notice[] = [];
  failure: unknown;
  /** Notifications that were there before the page: no news to it. */
  readonly #before: ReadonlySet<string>;
  readonly #observers: [Observer, path: string][];
  readonly #stops: (() => void)[];
  #kept = false;
  #gone = false;
  /** When a query had its last answer. */
  readonly #answered = new WeakMap<object, number>();
  #token: Promise<string> | undefined;

  constructor(
    private readonly server: ModelServer,
    readonly person: string,
    readonly tab: SimulatedTab,
  ) {
    this.wire = new Wire(server);
    const { page, tabs } = tab;
    const { locks } = tabs;
    const gone = () => this.#gone;
    const BroadcastChannel = function (name: string) {
      const port = tabs.open(name);
      const { postMessage } = port;
      return Object.assign(port, { postMessage: (data: unknown) => gone() || postMessage(data) });
    };
    this.window = Object.assign(page, { navigator: { locks }, BroadcastChannel });
    this.#before = new Set(server.journal.told.keys());
    Object.assign(globalThis, { window: this.window });
    this.runtime = createRuntime(
      {
        baseUrl: 'http://model/api',
        fetch: this.wire.fetch,
        WebSocket: this.wire.WebSocket,
        getToken: ({ refused }) => this.#getToken(refused),
      },
      (notice) => this.check(() => this.#hear(notice)),
    );
    Reflect.deleteProperty(globalThis, 'window');
    const { api, queries } = this.runtime;
    queries.getQueryCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'success')
        this.#answered.set(event.query, server.time.passed);
    });
    const { infinite, single } = shown(api);
    this.#observers = [
      ...infinite.map(([options, path]): [Observer, string] => [
        new InfiniteQueryObserver(queries, options as never) as Observer,
        path,
      ]),
      ...single.map(([options, path]): [Observer, string] => [
        new QueryObserver(queries, options as QueryObserverOptions<unknown>),
        path,
      ]),
    ];
    this.#stops = this.#observers.map(([observer]) =>
      observer.subscribe(() => this.check(() => this.#checkShown(observer))),
    );
    this.follow('notifications', true);
    this.follow('users', true);
  }

  /** Keeps a failure: who listens must not throw, as that would end what is being told. */
  readonly check = (assertion: () => void): void => {
    try {
      assertion();
    } catch (error) {
      this.failure ??= error;
    }
  };

  follow(channel: string, keepsRows: boolean): void {
    const { live } = this.runtime;
    const log = this.#logOf(channel);
    this.readers.push(new Reader(this.server, live, channel, log, keepsRows, this.check));
  }

  fetchMore(): void {
    void (this.#observers[0]![0] as InfiniteQueryObserver).fetchNextPage();
  }

  /** Into the browser's cache of pages, or out of it. */
  keep(kept: boolean): void {
    if (kept === this.#kept) return;
    this.#kept = kept;
    this.#dispatch(kept ? 'pagehide' : 'pageshow', { persisted: true });
  }

  hide(hidden: boolean): void {
    const state = hidden ? 'hidden' : 'visible';
    if (this.window.document.visibilityState === state) return;
    this.window.document.visibilityState = state;
    this.#dispatch('visibilitychange');
  }

  setOffline(offline: boolean): void {
    if (this.wire.offline === offline) return;
    this.wire.offline = offline;
    if (offline) for (const { line } of this.wire.open) line.cut({ client: false, server: false });
    this.#dispatch(offline ? 'offline' : 'online');
  }

  /** The notification on top. */
  get newest(): string | undefined {
    const { data } = this.#observers[1]![0].getCurrentResult();
    return (unitsOf(data)[0] as Partial<Rows> | undefined)?.data?.[0]?.id;
  }

  /** The reader presses whatever offers another try. */
  retry(): void {
    this.wire.refused = false;
    const { live, queries } = this.runtime;
    if (live.state.status !== 'live') live.retry();
    void queries.refetchQueries({ predicate: ({ state }) => state.status === 'error' });
  }

  #dispatch(type: string, fields: object = {}): void {
    this.window.dispatchEvent(Object.assign(new Event(type), fields));
  }

  /** Nothing that is shown is behind the place it claims to reflect. */
  checkStands(): void {
    for (const query of this.runtime.queries.getQueryCache().getAll()) {
      // An answer that missed something is asked for again within a second.
      const isFresh = this.server.time.passed < (this.#answered.get(query) ?? 0) + 1500;
      if (isFresh || query.state.isInvalidated || query.state.fetchStatus === 'fetching') continue;
      for (const unit of unitsOf(query.state.data)) this.#checkStand(unit);
    }
  }

  #logOf(channel: string): string {
    return channel === 'notifications' ? `notifications:${this.person}` : channel;
  }

  #checkStand(unit: unknown): void {
    const stand = standOf(unit);
    if (!stand || stand.epoch !== this.server.bus.head('users').epoch) return;
    const log = this.#logOf(stand.channel);
    const told = this.server.journal.at(log, stand);
    const { data } = unit as Partial<Rows>;
    for (const { id, version } of data ?? ('version' in (unit as object) ? [unit as Row] : [])) {
      const known = told.get(id) ?? 0;
      const at = `at ${log}@${stand.epoch}:${stand.offset}`;
      assert.ok(
        version >= Math.abs(known),
        `P1: ${id} has version ${version}, not ${known}, ${at}`,
      );
      assert.ok(version > -known, `P1: ${id} is deleted ${at}`);
    }
  }

  /** All is as the server would answer now. */
  async assertCurrent(): Promise<void> {
    for (const reader of this.readers) reader.assertCurrent();
    for (const [observer, path] of this.#observers) await this.#assertCurrent(observer, path);
  }

  async #assertCurrent(observer: Observer, path: string): Promise<void> {
    const answer = await this.server.askAs(this.person, 'GET', path);
    const { data, error } = observer.getCurrentResult();
    if (answer.status >= 400) {
      // Whoever may not see it any more is shown what was there, or why it is not.
      const status = (error as { status?: number } | null)?.status;
      if (answer.status === 404) assert.equal(status, 404, `P3: ${path}`);
      return;
    }
    assert.equal(error, null, `P3: ${path} failed`);
    const expected = JSON.parse(JSON.stringify(answer.body)) as Rows;
    const { pages } = data as Partial<InfiniteData<Rows>>;
    if (!pages) return compare(data, expected, path);
    const rows = pages.flatMap((page) => page.data);
    compare(rows, expected.data.slice(0, rows.length), path);
    for (const { meta } of pages)
      assert.equal(meta.total, expected.meta.total, `P3: ${path} total`);
    if (!pages.at(-1)!.meta.nextCursor)
      assert.equal(rows.length, expected.data.length, `P3: ${path} ends too early`);
  }

  /** It is gone without a word, to the server as to other tabs. */
  crash(): void {
    this.#gone = true;
    for (const { line } of this.wire.connections) line.cut({ client: false, server: true });
    this.tab.crash();
    this.close();
  }

  close(): void {
    for (const reader of this.readers) reader.leave();
    for (const stop of this.#stops) stop();
    this.runtime.destroy();
  }

  #hear({ notification }: Notice): void {
    if (!notification) return;
    const { id } = notification;
    assert.ok(!this.#before.has(id), `a toast for ${id}, which was there before the page`);
    const twice = this.notices.some((each) => each.notification?.id === id);
    assert.ok(!twice, `two toasts for ${id}`);
    this.notices.push({ tone: 'info', notification });
  }

  #checkShown(observer: Observer): void {
    const { data } = observer.getCurrentResult();
    const rows = unitsOf(data).flatMap((unit) => (unit as Partial<Rows> | undefined)?.data ?? []);
    assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length, 'somebody is shown twice');
  }

  /** Another one for a token that is refused; one for all who ask meanwhile. */
  async #getToken(refused: string | undefined): Promise<string> {
    if (this.#token && (await this.#token) !== refused) return this.#token;
    this.#token = this.#signIn();
    this.#token.catch(() => (this.#token = undefined));
    return this.#token;
  }

  async #signIn(): Promise<string> {
    const { time } = this.server;
    await time.wait(time.random() * 300);
    if (this.wire.offline) throw new TypeError('Failed to fetch');
    return this.server.signIn(this.person);
  }
}

/** Where an answer stands is not what it says; and who is embedded need not be told of with each version. */
function compare(held: unknown, expected: unknown, path: string): void {
  const bare = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value, (key, each: unknown) => {
        if (['cursor', 'nextCursor', 'page', 'actor'].includes(key)) return undefined;
        if (key !== 'members') return each;
        return JSON.stringify(each).replace(/"version":\d+/g, '');
      }),
    );
  assert.deepEqual(bare(held), bare(expected), `P3: ${path}`);
}
