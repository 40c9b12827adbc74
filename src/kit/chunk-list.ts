/** Rows in a chunk: about those in sight. */
export const size = 10;
/** Rows that a chunk may come to have as others come in between; with more all begin anew. */
const most = 50;

/** Rows that are drawn together. */
export interface Chunk<T> {
  /** Where it is drawn; undefined while it is not. */
  place: HTMLElement | undefined;
  /** Index of the first of its rows, and how many there are. */
  first: number;
  count: number;
  /** What is drawn in it, and what stands before that. */
  drawn: readonly (T | undefined)[];
  /** What it was drawn by. */
  look: string;
  /** What its rows were told of their places. */
  told: string;
  /** Pixels that each of its rows may be high while it is not drawn. */
  each: number;
}

interface Known {
  id: string;
}

/** The chunks of these items, after those of before: each row stays in its chunk. */
export function arrange<T extends Known>(
  chunks: Chunk<T>[],
  before: readonly T[],
  items: readonly T[],
): Chunk<T>[] {
  const start = Math.max(
    0,
    items.findIndex(({ id }) => id === before[0]?.id),
  );
  const arranged = isWithin(items, before, start)
    ? grow(grow(chunks, start, 'unshift'), items.length - start - before.length, 'push')
    : sort(chunks, before, items);
  let first = 0;
  for (const chunk of arranged) {
    chunk.first = first;
    first += chunk.count;
  }
  return arranged;
}

/** Whether those of before stand here from `start` on; most are the very same, and not even looked into. */
function isWithin(items: readonly Known[], before: readonly Known[], start: number): boolean {
  // Not `every`: a call for each of many thousands is felt at every insert.
  for (let at = 0; at < before.length; at += 1) {
    const [was, is] = [before[at], items[start + at]];
    if (was !== is && was?.id !== is?.id) return false;
  }
  return true;
}

/** Makes room for so many more rows above or below. */
function grow<T>(chunks: Chunk<T>[], count: number, add: 'unshift' | 'push'): Chunk<T>[] {
  for (let left = count; left > 0;) {
    let chunk = add === 'push' ? chunks.at(-1) : chunks[0];
    if (!chunk || chunk.count >= size) chunks[add]((chunk = make()));
    const taken = Math.min(left, size - chunk.count);
    chunk.count += taken;
    left -= taken;
  }
  return chunks;
}

/** Rows came and went anywhere. */
function sort<T extends Known>(
  chunks: Chunk<T>[],
  before: readonly T[],
  items: readonly T[],
): Chunk<T>[] {
  const home = new Map<string, Chunk<T>>();
  for (const chunk of chunks) {
    for (let at = 0; at < chunk.count; at += 1) home.set(before[chunk.first + at]!.id, chunk);
    chunk.count = 0;
  }
  const start = items.findIndex(({ id }) => home.has(id));
  let last: Chunk<T> | undefined;
  for (const { id } of items.slice(Math.max(0, start))) {
    const isFull = !last || (last.count >= size && last === chunks.at(-1));
    last = home.get(id) ?? (isFull ? undefined : last);
    if (!last) chunks.push((last = make()));
    last.count += 1;
  }
  const isOther = chunks.some(({ count }) => count > most);
  const kept = chunks.filter(({ place, count }) => (!isOther && count > 0) || void place?.remove());
  return isOther ? grow(kept, items.length, 'push') : grow(kept, start, 'unshift');
}

const make = <T>(): Chunk<T> => ({
  place: undefined,
  first: 0,
  count: 0,
  drawn: [],
  look: '',
  told: '',
  each: 90,
});
