import type { Row } from './change.js';
import type { Page } from './list.js';

/** Newcomers that a page of a growing list takes beyond its size: with more, reading anew is less work. */
const spare = 100;

interface Held {
  pages: readonly Page[];
  /** Whether the list ends with that page. */
  ends: readonly boolean[];
  /** Number of each page; those that follow each other have nothing between them. */
  numbers: readonly number[];
  /** Pages keep their size: what is too much goes on to the next. */
  paged: boolean;
  doubt(index: number): void;
}

/**
 * The rows of each page with those new where they stand by age, newest first. Pages that
 * may have moved by somebody beyond what is held are in doubt.
 */
export function place(
  newcomers: readonly Row[],
  patched: readonly (readonly Row[])[],
  { pages, ends, numbers, paged, doubt }: Held,
): readonly (readonly Row[])[] {
  const waiting = new Set(newcomers);
  let pushedOut: readonly Row[] = [];
  const placed = patched.map((rows, index) => {
    const { meta } = pages[index]!;
    const follows = numbers[index] === (numbers[index - 1] ?? 0) + 1;
    const [first, last] = [rows[0], rows.at(-1)];
    const arrivals = [...waiting].filter(
      (row) =>
        (follows || isAbove(first, row)) &&
        (isAbove(row, last) || ends[index]) &&
        waiting.delete(row),
    );
    const pushedIn = follows
      ? pushedOut.filter(({ id }) => !rows.some((row) => row.id === id))
      : [];
    // Somebody new on an earlier page pushes down what is on this one.
    const isKnown = (row: Row) =>
      arrivals.includes(row)
        ? numbers[index] === 1 || isAbove(first, row)
        : meta.hasMore && isAbove(last, row);
    if (paged && !newcomers.every(isKnown)) doubt(index);
    if (arrivals.length + pushedIn.length === 0) {
      pushedOut = [];
      return rows;
    }
    const room = paged ? Infinity : Math.max(0, meta.limit + spare - rows.length);
    arrivals.sort(newestFirst);
    if (arrivals.length > room) doubt(index);
    const all = [...rows, ...pushedIn, ...arrivals.slice(0, room)].sort(newestFirst);
    pushedOut = paged ? all.slice(meta.limit) : [];
    return paged ? all.slice(0, meta.limit) : all;
  });
  // Restored below all that is held, maybe where the last page once ended: the next may begin after.
  if (!paged && waiting.size > 0) doubt(pages.length - 1);
  return placed;
}

/** Newest first, by id among those of one moment. */
export function isAbove(row: Row | undefined, other: Row | undefined): boolean {
  if (!row || !other) return false;
  const [a, b] = [String(row['createdAt']), String(other['createdAt'])];
  return a > b || (a === b && row.id < other.id);
}

const newestFirst = (a: Row, b: Row) => (isAbove(a, b) ? -1 : 1);
