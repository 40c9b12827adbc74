import type { ListQuery, Tables, Table, Where } from './store.js';

export type Row = Tables[Table];
export type Fields = Record<string, unknown>;
type Sort = { key: string; descending: boolean };

const collator = new Intl.Collator('en');
/** Fields that people read: "Ádám" stands beside "Adam" there. All others compare by code unit. */
const collated = new Set(['name']);

function compareValues(key: string, a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (collated.has(key)) return collator.compare(a as string, b as string);
  return (a as string) < (b as string) ? -1 : 1;
}

/** Total order of rows by (sort key, id), with null last in either direction. */
function compareKeys(sort: Sort, a: Keyset, b: Keyset): number {
  if (a.value === null || b.value === null) {
    if (a.value !== b.value) return a.value === null ? 1 : -1;
  } else {
    const order = compareValues(sort.key, a.value, b.value);
    if (order !== 0) return sort.descending ? -order : order;
  }
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

interface Keyset {
  value: unknown;
  id: string;
}

function keyset(sort: Sort, row: Row): Keyset {
  return { value: (row as unknown as Fields)[sort.key] ?? null, id: row.id };
}

function matchesWhere<R extends Row>(where: Where<R> | undefined, row: R): boolean {
  for (const key in where) {
    const wanted: unknown = where[key];
    if (wanted === undefined) continue;
    const value: unknown = row[key];
    if (wanted !== null && typeof wanted === 'object') {
      const test = wanted as { is?: 'null' | 'not-null'; has?: string };
      if (
        test.has !== undefined
          ? !(value as string[]).includes(test.has)
          : (value === null) !== (test.is === 'null')
      )
        return false;
    } else if (value !== wanted) {
      return false;
    }
  }
  return true;
}

function matchesSearch(search: { text: string; fields: string[] } | undefined, row: Row): boolean {
  if (!search) return true;
  const text = search.text.toLowerCase();
  return search.fields.some((field) =>
    String((row as unknown as Fields)[field] ?? '')
      .toLowerCase()
      .includes(text),
  );
}

/** The part of a query that decides which rows there are and in what order. */
export type Selection<R> = Pick<ListQuery<R>, 'where' | 'search' | 'sort'>;

/** Rows of one selection in order, kept up to date change by change in O(log n). */
export class View<R extends Row> {
  readonly #selection: Selection<R>;
  readonly #rows: R[];

  constructor(selection: Selection<R>, rows: Iterable<R>, sorted = false) {
    this.#selection = selection;
    this.#rows = sorted ? [...rows] : [...rows].filter((row) => this.#includes(row));
    if (!sorted) {
      const { sort } = selection;
      this.#rows.sort((a, b) => compareKeys(sort, keyset(sort, a), keyset(sort, b)));
    }
  }

  get size(): number {
    return this.#rows.length;
  }

  /** A copy to lay uncommitted changes over. */
  fork(): View<R> {
    return new View(this.#selection, this.#rows, true);
  }

  change(before: R | undefined, after: R | undefined): void {
    if (before && this.#includes(before)) {
      this.#rows.splice(this.#indexFrom(keyset(this.#selection.sort, before)), 1);
    }
    if (after && this.#includes(after)) {
      this.#rows.splice(this.#indexFrom(keyset(this.#selection.sort, after)), 0, after);
    }
  }

  page({ limit, after, offset }: Pick<ListQuery<R>, 'limit' | 'after' | 'offset'>): {
    rows: R[];
    total: number;
    hasMore: boolean;
  } {
    const start = after ? this.#indexAfter(after) : (offset ?? 0);
    const rows = this.#rows.slice(start, start + limit);
    return { rows, total: this.size, hasMore: start + limit < this.size };
  }

  #includes(row: R): boolean {
    return matchesWhere(this.#selection.where, row) && matchesSearch(this.#selection.search, row);
  }

  /** Index of the first row at or after a place in the order. */
  #indexFrom(place: Keyset): number {
    const { sort } = this.#selection;
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareKeys(sort, keyset(sort, this.#rows[middle]!), place) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #indexAfter(place: Keyset): number {
    const index = this.#indexFrom(place);
    return this.#rows[index]?.id === place.id ? index + 1 : index;
  }
}
