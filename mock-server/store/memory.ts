import type { Bus, BusEvent } from '../live/bus.js';
import type { Base } from './base.js';
import { findBest } from './best.js';
import type { Store, Table, Tables } from './store.js';
import type { Row } from './order.js';
import { MemoryTable } from './table.js';
import { MemoryTransaction } from './transaction.js';

const tables: Table[] = [
  'users',
  'projects',
  'teams',
  'notifications',
  'sessions',
  'deletedUsers',
  'files',
  'preferences',
];

export interface MemoryStore extends Store {
  /** Replaces everything at once, without events. */
  load(data: Data): void;
}

/** Rows of each table, at hand or computed when they are read. */
export type Data = { [T in Table]?: readonly Tables[T][] | Base<Tables[T]> };

/**
 * Everything in memory; what a transaction writes stays its own until it commits.
 * Rows and events become visible in the same turn of the event loop.
 */
export function createMemoryStore(bus: Pick<Bus, 'publish'>): MemoryStore {
  let data = createTables({});
  let last: Promise<unknown> = Promise.resolve();

  async function run<T>(work: (tx: MemoryTransaction) => Promise<T>) {
    const open = data;
    const tx = new MemoryTransaction(open);
    const result = await work(tx);
    const events: readonly BusEvent[] = tx.commit();
    // A load meanwhile took the tables away: nobody can see these writes, so nobody hears of them.
    return { result, heads: open === data ? bus.publish(events) : new Map() };
  }

  return {
    async get(table, id) {
      return data[table].get(id);
    },
    async getMany(table, ids) {
      const rows = data[table];
      return ids.map((id) => rows.get(id));
    },
    async userByEmail(email) {
      return data.users.get(data.users.emailOwner(email) ?? '');
    },
    async list(table, query) {
      return data[table].view(query).page(query);
    },
    async count(table, where) {
      return data[table].count(where);
    },
    async search(query) {
      return findBest(data.users, query);
    },
    transaction(work) {
      const turn = last.then(() => run(work));
      // The next one runs whether or not this one fails; its caller hears of the failure.
      last = turn.catch(() => undefined);
      return turn;
    },
    load(rows) {
      data = createTables(rows);
    },
  };
}

export type MemoryTables = { [T in Table]: MemoryTable<Tables[T]> };

function createTables(data: Data): MemoryTables {
  return Object.fromEntries(
    tables.map((name) => [name, createTable(name, data[name] as Data['users'])]),
  ) as unknown as MemoryTables;
}

function createTable<R extends Row>(
  name: Table,
  rows: readonly R[] | Base<R> = [],
): MemoryTable<R> {
  if (!isArray(rows)) return new MemoryTable(name, rows);
  const table = new MemoryTable<R>(name);
  for (const row of rows) table.write(row.id, row);
  return table;
}

const isArray: (value: unknown) => value is readonly unknown[] = Array.isArray;
