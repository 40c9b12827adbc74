import type { Base } from './base.js';
import { firstAtLeast } from './columns.js';
import type { Match } from './match.js';
import type { Entry, Order, Place, Placed, Row } from './order.js';
import type { ListQuery } from './store.js';

/** A write as a view sees it: what was there before (by number where it was in the base) and after. */
export interface Change<R> {
  before: number | R | undefined;
  after: R | undefined;
}

/** A run of rows; packed, four bytes each, until something in it changes. */
type Chunk<R> = Uint32Array | Entry<R>[];

const chunkSize = 512;

/**
 * Rows of one selection in order. Writes are noted, and worked in when the view is next read:
 * each touches one chunk, however many rows there are.
 */
export class View<R extends Row> {
  readonly #base: Base<R> | undefined;
  readonly #order: Order<R>;
  readonly #match: Match<R> | undefined;
  #chunks: Chunk<R>[];
  /** Those that no other view has, and so may be changed in place. */
  #own = new WeakSet<Entry<R>[]>();
  #size = 0;
  #pending: Change<R>[] = [];

  private constructor(
    base: Base<R> | undefined,
    order: Order<R>,
    match: Match<R> | undefined,
    chunks: Chunk<R>[],
  ) {
    this.#base = base;
    this.#order = order;
    this.#match = match;
    this.#chunks = chunks;
    this.#size = sizeOf(chunks);
  }

  /** All rows of the base. */
  static of<R extends Row>(base: Base<R> | undefined, order: Order<R>): View<R> {
    const rows = order.ofBase();
    const chunks = Array.from({ length: Math.ceil(rows.length / chunkSize) }, (_, place) =>
      rows.subarray(place * chunkSize, (place + 1) * chunkSize),
    );
    return new View(base, order, undefined, chunks);
  }

  /** Those of a few rows that match. */
  static from<R extends Row>(rows: Iterable<R>, order: Order<R>, match: Match<R>): View<R> {
    const view = new View(undefined, order, match, []);
    for (const after of rows) view.note({ before: undefined, after });
    return view;
  }

  /** Those of the rows that match, in the same order. */
  filter(match: Match<R>): View<R> {
    this.#settle();
    const left = new Chunks<R>();
    // Not by `scan`: a call more for each of a million rows would show.
    for (const entries of this.#chunks) {
      for (let at = 0; at < entries.length; at += 1) {
        const entry = entries[at]!;
        if (typeof entry === 'number' ? match.base(entry) : match.row(entry.row)) left.push(entry);
      }
    }
    return new View(this.#base, this.#order, match, left.finish());
  }

  /** A view of its own that shares what neither changes. */
  fork(): View<R> {
    this.#settle();
    this.#own = new WeakSet();
    return new View(this.#base, this.#order, this.#match, [...this.#chunks]);
  }

  get size(): number {
    this.#settle();
    return this.#size;
  }

  /** Rows held and changes waiting: what it costs to keep. */
  get weight(): number {
    return this.#size + this.#pending.length;
  }

  /** Notes a write; answers how many wait. */
  note(change: Change<R>): number {
    return this.#pending.push(change);
  }

  page({ limit, after, offset = 0 }: Pick<ListQuery<R>, 'limit' | 'after' | 'offset'>): {
    rows: R[];
    total: number;
    hasMore: boolean;
  } {
    this.#settle();
    const [chunk, at] = after ? this.#behind(after) : this.#nth(offset);
    const rows: R[] = [];
    const hasMore = this.#walk(chunk, at, (entry) => {
      if (rows.length >= limit) return true;
      rows.push(this.rowOf(entry));
      return false;
    });
    return { rows, total: this.#size, hasMore };
  }

  /** Goes through the rows in order until `visit` answers true, and answers whether it did. */
  scan(visit: (entry: Entry<R>) => boolean): boolean {
    this.#settle();
    return this.#walk(0, 0, visit);
  }

  rowOf(entry: Entry<R>): R {
    return typeof entry === 'number' ? this.#base!.row(entry) : entry.row;
  }

  #walk(chunk: number, at: number, visit: (entry: Entry<R>) => boolean): boolean {
    for (let place = chunk; place < this.#chunks.length; place += 1) {
      const entries = this.#chunks[place]!;
      for (let index = place === chunk ? at : 0; index < entries.length; index += 1) {
        if (visit(entries[index]!)) return true;
      }
    }
    return false;
  }

  #settle(): void {
    if (this.#pending.length === 0) return;
    const pending = this.#pending;
    this.#pending = [];
    // Finding one place takes as long as passing by a hundred rows.
    if (pending.length > this.#size / 100) this.#merge(pending);
    else for (const change of pending) this.#apply(change);
  }

  /** Works many changes in with one walk over all rows. */
  #merge(changes: readonly Change<R>[]): void {
    const gone = new Set<number | string>();
    const come = new Map<string, R>();
    for (const { before, after } of changes) {
      if (typeof before === 'object') come.delete(before.id);
      if (before !== undefined) gone.add(typeof before === 'number' ? before : before.id);
      if (after && this.#includes(after)) come.set(after.id, after);
    }
    const order = this.#order;
    const placed = Array.from(come.values(), (row) => order.place(row));
    placed.sort((one, other) => order.compare(one, other));
    const merged = new Chunks<R>();
    let next = 0;
    for (const entries of this.#chunks) {
      for (let at = 0; at < entries.length; at += 1) {
        const entry = entries[at]!;
        if (gone.has(typeof entry === 'number' ? entry : entry.id)) continue;
        for (; next < placed.length && order.compare(entry, placed[next]!) > 0; next += 1)
          merged.push(placed[next]!);
        merged.push(entry);
      }
    }
    for (; next < placed.length; next += 1) merged.push(placed[next]!);
    this.#chunks = merged.finish();
    this.#size = sizeOf(this.#chunks);
  }

  #apply({ before, after }: Change<R>): void {
    const left = before !== undefined && this.#includes(before) ? this.#place(before) : undefined;
    const come = after && this.#includes(after) ? this.#order.place(after) : undefined;
    if (left) {
      const [chunk, at] = this.#find(left);
      if (come && this.#order.compare(come, left) === 0) {
        this.#writable(chunk)[at] = come;
        return;
      }
      this.#remove(chunk, at);
    }
    if (come) this.#insert(come);
  }

  #includes(row: number | R): boolean {
    if (!this.#match) return true;
    return typeof row === 'number' ? this.#match.base(row) : this.#match.row(row);
  }

  #place(row: number | R): Place {
    return typeof row === 'number' ? this.#order.placeInBase(row) : this.#order.place(row);
  }

  /** Chunk and index in it of the first row at or after a place. */
  #find(place: Place): [chunk: number, at: number] {
    const order = this.#order;
    const chunks = this.#chunks;
    const chunk = firstAtLeast(chunks.length, (each) =>
      order.compare(chunks[each]!.at(-1)!, place),
    );
    const entries = chunks[chunk] ?? [];
    return [chunk, firstAtLeast(entries.length, (each) => order.compare(entries[each]!, place))];
  }

  #behind({ value, id }: { value: unknown; id: string }): [chunk: number, at: number] {
    const place = this.#order.keyset(value, id);
    const [chunk, at] = this.#find(place);
    const entry = this.#chunks[chunk]?.[at];
    const same = entry !== undefined && this.#order.compare(entry, place) === 0;
    return [chunk, same ? at + 1 : at];
  }

  #nth(offset: number): [chunk: number, at: number] {
    let left = offset;
    let chunk = 0;
    while (chunk < this.#chunks.length && left >= this.#chunks[chunk]!.length) {
      left -= this.#chunks[chunk]!.length;
      chunk += 1;
    }
    return [chunk, left];
  }

  #insert(entry: Placed<R>): void {
    const [chunk, at] = this.#find(entry);
    const last = this.#chunks.length - 1;
    // Behind all chunks means at the end of the last one.
    const target = Math.min(chunk, Math.max(last, 0));
    if (last === -1) this.#chunks.push([]);
    const entries = this.#writable(target);
    entries.splice(chunk > last ? entries.length : at, 0, entry);
    this.#size += 1;
    if (entries.length > 2 * chunkSize) {
      const second = entries.splice(chunkSize);
      this.#own.add(second);
      this.#chunks.splice(target + 1, 0, second);
    }
  }

  #remove(chunk: number, at: number): void {
    const entries = this.#writable(chunk);
    entries.splice(at, 1);
    this.#size -= 1;
    if (entries.length === 0) this.#chunks.splice(chunk, 1);
  }

  #writable(chunk: number): Entry<R>[] {
    const entries = this.#chunks[chunk]!;
    if (!(entries instanceof Uint32Array) && this.#own.has(entries)) return entries;
    const copy = unpack(entries);
    this.#own.add(copy);
    this.#chunks[chunk] = copy;
    return copy;
  }
}

/** Rows that come in order, put into chunks. */
class Chunks<R> {
  readonly #full: Chunk<R>[] = [];
  #open: Entry<R>[] = [];

  push(entry: Entry<R>): void {
    if (this.#open.push(entry) < chunkSize) return;
    this.#full.push(pack(this.#open));
    this.#open = [];
  }

  finish(): Chunk<R>[] {
    return this.#open.length > 0 ? [...this.#full, pack(this.#open)] : this.#full;
  }
}

function sizeOf<R>(chunks: readonly Chunk<R>[]): number {
  return chunks.reduce((size, { length }) => size + length, 0);
}

function pack<R>(entries: Entry<R>[]): Chunk<R> {
  return entries.every((entry) => typeof entry === 'number') ? new Uint32Array(entries) : entries;
}

/** A copy to change. By hand: making an array of a packed one is ten times slower otherwise. */
function unpack<R>(chunk: Chunk<R>): Entry<R>[] {
  if (!(chunk instanceof Uint32Array)) return chunk.slice();
  const entries = new Array<Entry<R>>(chunk.length);
  for (let index = 0; index < chunk.length; index += 1) entries[index] = chunk[index]!;
  return entries;
}
