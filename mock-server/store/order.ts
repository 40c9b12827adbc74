import type { Base, Column } from './base.js';
import { compareValues } from './compare.js';
import type { ListQuery, Table, Tables } from './store.js';

export type Row = Tables[Table];

/** Where something stands in an order: by rank, between equal ranks by value, then by id. */
export interface Place {
  rank: number;
  value: unknown;
  idPrefix: number;
  readonly id: string;
  /** Of a row as it is in the base. */
  index?: number;
}

/** A changed row at its place. */
export interface Placed<R> extends Place {
  row: R;
}

/** A row of the base by its number, or one that was changed or added. */
export type Entry<R> = number | Placed<R>;

/** Total order of rows by sort key and id, with null last in either direction. */
export class Order<R extends Row> {
  readonly #base: Base<R> | undefined;
  readonly #column: Column | undefined;
  readonly #key: string;
  readonly #descending: boolean;
  /** Rank of all where there is no column: whole by id, where nothing but the id decides. */
  readonly #unranked: number;

  constructor(base: Base<R> | undefined, { key, descending }: ListQuery<R>['sort']) {
    this.#base = base;
    this.#column = key === 'id' ? undefined : base?.columns[key];
    this.#unranked = key === 'id' ? 0 : 0.5;
    this.#key = key;
    this.#descending = descending;
  }

  /** All rows of the base in this order. */
  ofBase(): Uint32Array {
    if (!this.#base) return new Uint32Array(0);
    const byId = orderById(this.#base);
    if (this.#column) return sortByRank(byId, this.#column, this.#descending);
    return this.#descending ? byId.toReversed() : byId;
  }

  place(row: R): Placed<R> {
    const value = (row as Record<string, unknown>)[this.#key];
    return { rank: this.#rank(value), value, idPrefix: parseIdPrefix(row.id), id: row.id, row };
  }

  placeInBase(index: number): Place {
    const base = this.#base!;
    return {
      index,
      rank: this.#rankAt(index),
      // Asked for where ranks are not whole only, that is for null.
      value: null,
      idPrefix: base.idPrefix(index),
      get id() {
        return base.id(index);
      },
    };
  }

  keyset(value: unknown, id: string): Place {
    return { rank: this.#rank(value), value, idPrefix: parseIdPrefix(id), id };
  }

  compare(entry: Entry<R>, place: Place): number {
    if (entry === place.index) return 0;
    const inBase = typeof entry === 'number';
    const rank = inBase ? this.#rankAt(entry) : entry.rank;
    if (rank !== place.rank) {
      // Null is last in either direction.
      if (rank === Infinity) return 1;
      if (place.rank === Infinity) return -1;
      return rank < place.rank === this.#descending ? 1 : -1;
    }
    // Whole ranks are those of the base's values: the same rank means the same value.
    if (!inBase && !Number.isInteger(rank)) {
      const order = compareValues(this.#key, entry.value, place.value);
      if (order !== 0) return this.#descending ? -order : order;
    }
    const order = this.#compareIds(entry, place);
    return this.#key === 'id' && this.#descending ? -order : order;
  }

  #rank(value: unknown): number {
    return value === null ? Infinity : (this.#column?.rank(value) ?? this.#unranked);
  }

  #rankAt(index: number): number {
    return this.#column ? this.#column.rankAt(index) : this.#unranked;
  }

  /** Numbers first: the id of a row in the base has to be made. */
  #compareIds(entry: Entry<R>, place: Place): number {
    const inBase = typeof entry === 'number';
    const prefix = inBase ? this.#base!.idPrefix(entry) : entry.idPrefix;
    if (prefix < place.idPrefix) return -1;
    if (prefix > place.idPrefix) return 1;
    const id = inBase ? this.#base!.id(entry) : entry.id;
    return id < place.id ? -1 : id > place.id ? 1 : 0;
  }
}

/** Not a number where the id doesn't begin like a UUID; comparing then says neither less nor more. */
function parseIdPrefix(id: string): number {
  return /^[0-9a-f]{8}/.test(id) ? parseInt(id.slice(0, 8), 16) : NaN;
}

const ordersById = new WeakMap<object, Uint32Array>();

/** Every order begins with it, as ids decide between equals. */
function orderById<R>(base: Base<R>): Uint32Array {
  let order = ordersById.get(base);
  if (!order) {
    const rows = new Uint32Array(base.size);
    const keys = new Uint32Array(base.size);
    for (let index = 0; index < rows.length; index += 1) {
      rows[index] = index;
      keys[index] = base.idPrefix(index);
    }
    order = radixSort(rows, keys);
    ordersById.set(base, order);
  }
  return order;
}

const nullKey = 2 ** 32 - 1;

function sortByRank(byId: Uint32Array, column: Column, descending: boolean): Uint32Array {
  const keys = new Uint32Array(byId.length);
  for (let index = 0; index < keys.length; index += 1) {
    const rank = column.rankAt(index);
    keys[index] = rank === Infinity ? nullKey : descending ? nullKey - 1 - rank : rank;
  }
  return radixSort(byId, keys);
}

/** Rows by their keys, in two passes of 16 bits; what is equal stays in the order given. */
function radixSort(rows: Uint32Array, keys: Uint32Array): Uint32Array {
  return sortByDigit(sortByDigit(rows, keys, 0), keys, 16);
}

function sortByDigit(rows: Uint32Array, keys: Uint32Array, shift: number): Uint32Array {
  const starts = new Uint32Array(2 ** 16 + 1);
  for (let place = 0; place < keys.length; place += 1)
    starts[((keys[place]! >>> shift) & 0xffff) + 1]! += 1;
  // All the same there: a role has no more than one digit.
  if (starts.includes(keys.length)) return rows;
  for (let digit = 1; digit < starts.length; digit += 1) starts[digit]! += starts[digit - 1]!;
  const sorted = new Uint32Array(rows.length);
  for (let place = 0; place < rows.length; place += 1) {
    const row = rows[place]!;
    sorted[starts[(keys[row]! >>> shift) & 0xffff]!++] = row;
  }
  return sorted;
}
