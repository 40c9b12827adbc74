import assert from 'node:assert/strict';
import { createCore, type Core } from '../../mock-server/core/core.js';
import type { WireResponse } from '../../mock-server/dispatch/dispatch.js';
import { createRoutes } from '../../mock-server/dispatch/routes.js';
import { addNotifications } from '../../mock-server/domain/notification-changes.js';
import type { Bus, BusListener } from '../../mock-server/live/bus.js';
import { createMemoryBus } from '../../mock-server/live/memory-bus.js';
import { createMemoryStore, type MemoryStore } from '../../mock-server/store/memory.js';
import { Journal } from './journal.js';
import { beginning, makeNotification } from './people.js';
import type { VirtualTime } from './virtual-time.js';

/** So little that replay is often impossible, and readers are often slow. */
const window = { events: 25 };
export const maxBuffered = 6000;
const secret = 'of the model, and known to everybody';
const patterns = createRoutes().map(
  ({ method, path }) =>
    [method, new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`)] as const,
);

// Loads what reads tokens, so that it takes no time any more.
await createCore({ users: 3 }).tokens.identify('');

export interface Asked {
  method: string;
  /** From the server's root, with the query. */
  path: string;
  header(name: string): string | undefined;
  body?: unknown;
}

/** The reference server without its door. Its rows outlive it. */
export class ModelServer {
  readonly journal = new Journal(beginning());
  /** Wake-ups of the bus do not arrive, as those of an at-most-once broker. */
  deaf = false;
  bus!: Bus;
  core!: Core;
  readonly #rows: MemoryStore;
  readonly #store: MemoryStore;
  readonly #insiders = new Map<string, string>();
  #made = 0;

  constructor(readonly time: VirtualTime) {
    this.#rows = createMemoryStore({
      publish: (events) => {
        const heads = this.bus.publish(events);
        this.journal.note(events, heads);
        return heads;
      },
    });
    this.#rows.load(beginning());
    this.#store = this.#withLatency(this.#rows);
    this.start();
  }

  get hub(): Core['hub'] {
    return this.core.hub;
  }

  /** Starts over with the same rows, as a process does whose rows stand in a database. */
  start(): void {
    (this.core as Core | undefined)?.hub.close();
    const bus = createMemoryBus({ window, newEpoch: () => `e${this.journal.epochs + 1}` });
    this.bus = { ...bus, subscribe: (listener) => bus.subscribe(this.#unreliable(listener)) };
    this.journal.begin(this.bus.head('users').epoch);
    this.core = createCore({
      bus: this.bus,
      store: this.#store,
      secret,
      personaHash: null,
      live: { maxBuffered, batchItems: 3 },
      logger: { info: () => undefined, error: (fields) => this.journal.complain(fields) },
    });
  }

  /** The log is lost, and the hub knows unless it is deaf. */
  loseLog(): void {
    this.bus.reset();
    this.journal.begin(this.bus.head('users').epoch);
  }

  async handle({ method, path, header, body }: Asked): Promise<WireResponse | undefined> {
    const { pathname, searchParams: query } = new URL(path, 'http://model');
    const { routes, dispatch } = this.core;
    for (const [index, [verb, pattern]] of patterns.entries()) {
      const match = verb === method && pattern.exec(pathname);
      if (!match) continue;
      const readBody = () => Promise.resolve(body);
      const params = { ...match.groups };
      return dispatch(routes[index]!, {
        id: '1',
        askedAt: 'http://model',
        params,
        query,
        header,
        readBody,
      });
    }
    return assert.fail(`the model has no ${method} ${pathname}`);
  }

  /** Answers somebody who is not on a page, at once. */
  async askAs(userId: string, method: string, path: string, body?: unknown): Promise<WireResponse> {
    const token = this.#insiders.get(userId) ?? (await this.signIn(userId));
    this.#insiders.set(userId, token);
    const header = (name: string) => (name === 'authorization' ? `Bearer ${token}` : undefined);
    const answer = (await this.handle({ method, path: `/api${path}`, header, body }))!;
    if (answer.status !== 401) return answer;
    this.#insiders.delete(userId);
    return this.askAs(userId, method, path, body);
  }

  /** An access token of a new session. */
  async signIn(userId: string): Promise<string> {
    const { email } = (await this.#rows.get('users', userId))!;
    return (await this.core.signIn(email)).accessToken;
  }

  /** Signs a person out everywhere. */
  async signOut(userId: string): Promise<void> {
    const sort = { key: 'id', descending: false } as const;
    await this.#rows.transaction(async (tx) => {
      const { rows } = await tx.list('sessions', { where: { userId }, sort, limit: Infinity });
      for (const { id } of rows) await tx.delete('sessions', id);
    });
    this.hub.revoke({ userId });
  }

  async notify(userId: string, count: number): Promise<void> {
    const rows = Array.from({ length: count }, () =>
      makeNotification(100 + this.nextNumber, userId, this.time.now()),
    );
    await this.#rows.transaction((tx) => addNotifications(tx, undefined, userId, rows));
  }

  /** Numbers what is made. */
  get nextNumber(): number {
    return ++this.#made;
  }

  /** What was committed was told, and nothing else was: the rows are those that the log tells of. */
  async assertTold(): Promise<void> {
    for (const table of ['users', 'projects', 'notifications'] as const) {
      const sort = { key: 'id', descending: false } as const;
      const { rows } = await this.#rows.list(table, { sort, limit: Infinity });
      const held = new Map(rows.map(({ id, version }) => [id, version]));
      for (const [id, version] of this.journal.told) {
        if (!held.has(id)) continue;
        assert.equal(held.get(id), version, `P6: ${table} ${id}`);
      }
      for (const id of held.keys()) assert.ok(this.journal.told.has(id), `P6: ${table} ${id}`);
    }
  }

  #unreliable(listener: BusListener): BusListener {
    return {
      ...listener,
      onEvents: (channel) => this.deaf || listener.onEvents(channel),
      onReset: () => this.deaf || listener.onReset?.(),
    };
  }

  /** Rows are read with the head, in one step; handing them out takes a moment, in which others write. */
  #withLatency(rows: MemoryStore): MemoryStore {
    const { random } = this.time;
    const slowly =
      <A extends unknown[], T>(read: (...args: A) => Promise<T>) =>
      async (...args: A): Promise<T> => {
        const answer = await read(...args);
        if (random() < 0.2) await this.time.wait(random() * 100);
        return answer;
      };
    return {
      ...rows,
      getMany: slowly(rows.getMany) as MemoryStore['getMany'],
      list: slowly(rows.list) as MemoryStore['list'],
      count: slowly(rows.count) as MemoryStore['count'],
    };
  }
}
