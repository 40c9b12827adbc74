import type { BusEvent } from '../live/bus.js';
import type { MemoryTables } from './memory.js';
import { findBest } from './best.js';
import type { ListQuery, Table, Tables, Transaction, UserSearch, Where } from './store.js';
import { OpenTable } from './table.js';

type OpenTables = { [T in Table]?: OpenTable<Tables[T]> };

/** Writes that only the transaction itself sees until `commit`; dropping it undoes them. */
export class MemoryTransaction implements Transaction {
  readonly #tables: MemoryTables;
  readonly #open: OpenTables = {};
  readonly #events: BusEvent[] = [];

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async get<T extends Table>(table: T, id: string): Promise<Tables[T] | undefined> {
    return this.#table(table).get(id);
  }

  async getMany<T extends Table>(table: T, ids: readonly string[]) {
    const rows = this.#table(table);
    return ids.map((id) => rows.get(id));
  }

  async userByEmail(email: string) {
    const users = this.#table('users');
    return users.get(users.emailOwner(email) ?? '');
  }

  async list<T extends Table>(table: T, query: ListQuery<Tables[T]>) {
    return this.#table(table).view(query).page(query);
  }

  async count<T extends Table>(table: T, where?: Where<Tables[T]>): Promise<number> {
    return this.#table(table).count(where);
  }

  async search(query: UserSearch) {
    return findBest(this.#table('users'), query);
  }

  async insert<T extends Table>(table: T, row: Tables[T]): Promise<void> {
    this.#table(table).insert(row);
  }

  async update<T extends Table>(table: T, row: Tables[T]): Promise<void> {
    this.#table(table).update(row);
  }

  async delete(table: Table, id: string): Promise<void> {
    this.#table(table).delete(id);
  }

  emit(event: BusEvent): void {
    this.#events.push(event);
  }

  /** Makes the writes visible, in one turn, and hands out the events in order. */
  commit(): readonly BusEvent[] {
    for (const table of Object.values(this.#open)) table.commit();
    return this.#events;
  }

  #table<T extends Table>(table: T): OpenTable<Tables[T]> {
    return ((this.#open as Record<string, unknown>)[table] ??= new OpenTable(
      this.#tables[table] as never,
    )) as OpenTable<Tables[T]>;
  }
}
