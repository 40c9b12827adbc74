import { DuplicateError, type Table, type Where } from './store.js';
import { View, type Row, type Selection } from './view.js';

/** Views kept per table; the one longest unused goes first. */
const keptViews = 200;

/** Reading side that a committed table and one with open changes share. */
export interface Rows<R extends Row> {
  get(id: string): R | undefined;
  view(selection: Selection<R>): View<R>;
  emailOwner(email: string): string | undefined;
}

/** The committed rows of one table, with the sorted and filtered views that were asked for. */
export class MemoryTable<R extends Row> implements Rows<R> {
  readonly name: Table;
  readonly #rows = new Map<string, R>();
  readonly #emails = new Map<string, string>();
  readonly #views = new Map<string, View<R>>();

  constructor(name: Table) {
    this.name = name;
  }

  get(id: string): R | undefined {
    return this.#rows.get(id);
  }

  emailOwner(email: string): string | undefined {
    return this.#emails.get(email.toLowerCase());
  }

  view({ where, search, sort }: Selection<R>): View<R> {
    const selection: Selection<R> = { sort, ...(where && { where }), ...(search && { search }) };
    const key = JSON.stringify(selection);
    const view = this.#views.get(key) ?? new View(selection, this.#rows.values());
    this.#views.delete(key);
    this.#views.set(key, view);
    if (this.#views.size > keptViews) this.#views.delete(this.#views.keys().next().value!);
    return view;
  }

  count(where?: Where<R>): number {
    return this.view(countSelection(where)).size;
  }

  fill(rows: readonly R[]): void {
    for (const row of rows) this.write(row.id, row);
  }

  write(id: string, row: R | undefined): void {
    const before = this.#rows.get(id);
    if (row) this.#rows.set(id, row);
    else this.#rows.delete(id);
    if (before && 'email' in before && this.emailOwner(before.email) === id) {
      // Unless another row of the same transaction has taken the address over.
      this.#emails.delete(before.email.toLowerCase());
    }
    if (row && 'email' in row) this.#emails.set(row.email.toLowerCase(), id);
    for (const view of this.#views.values()) view.change(before, row);
  }
}

/** A table with the changes of an open transaction laid over it. */
export class OpenTable<R extends Row> implements Rows<R> {
  readonly #base: MemoryTable<R>;
  /** undefined: deleted here. */
  readonly #changes = new Map<string, R | undefined>();
  /** Owners by the e-mails of the rows changed here. */
  readonly #emails = new Map<string, string>();

  constructor(base: MemoryTable<R>) {
    this.#base = base;
  }

  get(id: string): R | undefined {
    return this.#changes.has(id) ? this.#changes.get(id) : this.#base.get(id);
  }

  view(selection: Selection<R>): View<R> {
    const view = this.#base.view(selection);
    if (this.#changes.size === 0) return view;
    const open = view.fork();
    for (const [id, row] of this.#changes) open.change(this.#base.get(id), row);
    return open;
  }

  count(where?: Where<R>): number {
    return this.view(countSelection(where)).size;
  }

  emailOwner(email: string): string | undefined {
    const changed = this.#emails.get(email.toLowerCase());
    if (changed !== undefined) return changed;
    const owner = this.#base.emailOwner(email);
    return owner !== undefined && this.#changes.has(owner) ? undefined : owner;
  }

  insert(row: R): void {
    if (this.get(row.id)) throw new DuplicateError(this.#base.name, 'id', row.id);
    this.#write(row);
  }

  update(row: R): void {
    const version = this.get(row.id)?.version;
    if (version !== row.version - 1) {
      throw new Error(
        `cannot write version ${row.version} of ${this.#base.name} "${row.id}" over ${version === undefined ? 'nothing' : `version ${version}`}. Read the row in the same transaction and add one to its version.`,
      );
    }
    this.#write(row);
  }

  delete(id: string): void {
    this.#set(id, undefined);
  }

  commit(): void {
    for (const [id, row] of this.#changes) this.#base.write(id, row);
  }

  #write(row: R): void {
    if ('email' in row) {
      const owner = this.emailOwner(row.email);
      if (owner !== undefined && owner !== row.id)
        throw new DuplicateError(this.#base.name, 'email', row.email);
    }
    this.#set(row.id, row);
  }

  #set(id: string, row: R | undefined): void {
    const before = this.#changes.get(id);
    if (before && 'email' in before) this.#emails.delete(before.email.toLowerCase());
    if (row && 'email' in row) this.#emails.set(row.email.toLowerCase(), id);
    this.#changes.set(id, row);
  }
}

function countSelection<R extends Row>(where: Where<R> | undefined): Selection<R> {
  return { ...(where && { where }), sort: { key: 'id', descending: false } };
}
