import type { Base } from './base.js';
import { Groups } from './groups.js';
import { createMatch, type Selection } from './match.js';
import { Order, type Row } from './order.js';
import { DuplicateError, type Table, type Where } from './store.js';
import { View } from './view.js';
import { Views } from './views.js';

/** Reading side that a committed table and one with open changes share. */
export interface Rows<R extends Row> {
  readonly base: Base<R> | undefined;
  get(id: string): R | undefined;
  view(selection: Selection<R>): View<R>;
  emailOwner(email: string): string | undefined;
}

/** The committed rows of one table: changes laid over the base, if there is one. */
export class MemoryTable<R extends Row> implements Rows<R> {
  readonly name: Table;
  readonly base: Base<R> | undefined;
  /** undefined: deleted from the base. */
  readonly #changes = new Map<string, R | undefined>();
  /** Owners by the e-mails of the rows in `#changes`. */
  readonly #emails = new Map<string, string>();
  /** Of tables that have all their rows at hand. */
  readonly #groups = new Groups<R>();
  readonly #views = new Views<R>();
  #size: number;

  constructor(name: Table, base?: Base<R>) {
    this.name = name;
    this.base = base;
    this.#size = base?.size ?? 0;
  }

  get(id: string): R | undefined {
    const row = this.find(id);
    return typeof row === 'number' ? this.base!.row(row) : row;
  }

  /** The row, by its number while it is as in the base. */
  find(id: string): number | R | undefined {
    return this.#changes.has(id) ? this.#changes.get(id) : this.base?.indexOf(id);
  }

  emailOwner(email: string): string | undefined {
    const lower = email.toLowerCase();
    const changed = this.#emails.get(lower);
    if (changed !== undefined) return changed;
    const index = this.base?.indexOfEmail(lower);
    const owner = index === undefined ? undefined : this.base!.id(index);
    return owner !== undefined && this.#changes.has(owner) ? undefined : owner;
  }

  view(selection: Selection<R>): View<R> {
    return this.#views.get(selection, () => {
      const match = createMatch(selection, this.base);
      const order = new Order(this.base, selection.sort);
      const group = this.base ? undefined : this.#groups.of(selection.where);
      if (match && group) return View.from(group, order, match);
      if (match) return this.view({ sort: selection.sort }).filter(match);
      const view = View.of(this.base, order);
      for (const [id, after] of this.#changes) view.note({ before: this.base?.indexOf(id), after });
      return view;
    });
  }

  count(where?: Where<R>): number {
    return where ? this.view({ where, sort: byId }).size : this.#size;
  }

  write(id: string, after: R | undefined): void {
    const before = this.find(id);
    if (after || this.base?.indexOf(id) !== undefined) this.#changes.set(id, after);
    else this.#changes.delete(id);
    if (typeof before === 'object' && 'email' in before && this.emailOwner(before.email) === id) {
      // Unless another row of the same transaction has taken the address over.
      this.#emails.delete(before.email.toLowerCase());
    }
    if (after && 'email' in after) this.#emails.set(after.email.toLowerCase(), id);
    if (!this.base) this.#groups.write(before as R | undefined, after);
    this.#size += growth(before, after);
    this.#views.note({ before, after });
  }
}

/** A table with the changes of an open transaction laid over it. */
export class OpenTable<R extends Row> implements Rows<R> {
  readonly #below: MemoryTable<R>;
  /** undefined: deleted here. */
  readonly #changes = new Map<string, R | undefined>();
  /** Owners by the e-mails of the rows changed here. */
  readonly #emails = new Map<string, string>();
  readonly #views = new Views<R>();
  #growth = 0;

  constructor(below: MemoryTable<R>) {
    this.#below = below;
  }

  get base(): Base<R> | undefined {
    return this.#below.base;
  }

  get(id: string): R | undefined {
    return this.#changes.has(id) ? this.#changes.get(id) : this.#below.get(id);
  }

  view(selection: Selection<R>): View<R> {
    if (this.#changes.size === 0) return this.#below.view(selection);
    return this.#views.get(selection, () => {
      const view = this.#below.view(selection).fork();
      for (const [id, after] of this.#changes) view.note({ before: this.#below.find(id), after });
      return view;
    });
  }

  count(where?: Where<R>): number {
    if (!where) return this.#below.count() + this.#growth;
    return this.view({ where, sort: byId }).size;
  }

  emailOwner(email: string): string | undefined {
    const changed = this.#emails.get(email.toLowerCase());
    if (changed !== undefined) return changed;
    const owner = this.#below.emailOwner(email);
    return owner !== undefined && this.#changes.has(owner) ? undefined : owner;
  }

  insert(row: R): void {
    if (this.get(row.id)) throw new DuplicateError(this.#below.name, 'id', row.id);
    this.#write(row);
  }

  update(row: R): void {
    const version = this.get(row.id)?.version;
    if (version !== row.version - 1) {
      throw new Error(
        `cannot write version ${row.version} of ${this.#below.name} "${row.id}" over ${version === undefined ? 'nothing' : `version ${version}`}. Read the row in the same transaction and add one to its version.`,
      );
    }
    this.#write(row);
  }

  delete(id: string): void {
    this.#set(id, undefined);
  }

  commit(): void {
    for (const [id, row] of this.#changes) this.#below.write(id, row);
  }

  #write(row: R): void {
    if ('email' in row) {
      const owner = this.emailOwner(row.email);
      if (owner !== undefined && owner !== row.id)
        throw new DuplicateError(this.#below.name, 'email', row.email);
    }
    this.#set(row.id, row);
  }

  #set(id: string, after: R | undefined): void {
    const before = this.#changes.has(id) ? this.#changes.get(id) : this.#below.find(id);
    if (typeof before === 'object' && 'email' in before && this.#changes.has(id))
      this.#emails.delete(before.email.toLowerCase());
    if (after && 'email' in after) this.#emails.set(after.email.toLowerCase(), id);
    this.#changes.set(id, after);
    this.#growth += growth(before, after);
    this.#views.note({ before, after });
  }
}

const byId = { key: 'id', descending: false } as const;

function growth(before: unknown, after: unknown): number {
  return Number(after !== undefined) - Number(before !== undefined);
}
