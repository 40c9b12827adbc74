import { noChange } from 'lit';
import { keepPlace } from './keep-place.js';
import { drawRows } from './rows.js';

/** Rows in a chunk: about those in sight. */
const size = 20;
/** Rows that are drawn at once wherever they are; those that are drawn at all while they are far. */
const few = 120;
const many = 1000;
/** Pixels around what is seen within which chunks are drawn. */
const near = 600;
/** Pixels that a row is thought to be high before any is drawn. */
const guess = 88;
/** Milliseconds in which rows that have moved are told their places together. */
const pause = 250;

interface Chunk<T> {
  place: HTMLElement;
  /** Index of the first of its rows, and how many there are. */
  first: number;
  count: number;
  /** What is drawn in it, and what stands before that; undefined while it is empty. */
  drawn: readonly (T | undefined)[] | undefined;
  /** What it was drawn by. */
  look: string;
  /** What its rows were told of their places. */
  told: string;
  /** For how many rows it holds room while it is empty. */
  room: number;
}

export interface ChunkOptions<T> {
  /** Draws a row; `before` is the item above it. */
  draw: (item: T, before: T | undefined) => unknown;
  /** How many there are in all, loaded or not. */
  size: number;
  /** Tells a row its place: as it is drawn, and a little later when more above have moved it. */
  tell: (row: Element, index: number) => void;
  /** What else rows are drawn by: another look draws all anew. */
  look: string;
  /** Whether what is read stays where it is, whatever comes in above. */
  keep: boolean;
}

/** Calls back when nothing else is to be done; where that can't be known, a little later. */
const whenIdle = (work: () => void): unknown =>
  'requestIdleCallback' in globalThis ? requestIdleCallback(work) : setTimeout(work, 50);

/** Most are the very same, and not even looked into. */
const isAlike = (a: { id: string }, b: { id: string } | undefined) => a === b || a.id === b?.id;

/**
 * Draws rows of any height, in chunks that stay where they are: what comes in above fills the
 * first one and then begins another, so that no row below has to move. What is in sight or near
 * is drawn at once. Up to a thousand rows all others follow when the browser is idle, for its
 * search and for readers, and it leaves far chunks out of its work. Of more, chunks are drawn
 * as they come near and emptied again. What is read stays where it is. `row` selects what is a
 * row to a reader.
 */
export class Chunks<T extends { id: string }> {
  private chunks: Chunk<T>[] = [];
  private items: readonly T[] = [];
  private options: ChunkOptions<T> | undefined;
  private goesOn = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly scroller: Element,
    private readonly container: Element,
    private readonly row: string,
  ) {
    // What is hidden draws no more than its first chunk until it is shown.
    const follow = (event: Event) =>
      (event as ContentVisibilityAutoStateChangeEvent).skipped || this.show();
    container.addEventListener('contentvisibilityautostatechange', follow, true);
  }

  update(items: readonly T[], options: ChunkOptions<T>): void {
    this.options = options;
    const restore = options.keep ? this.keep() : undefined;
    this.arrange(items);
    const { chunks } = this;
    // The first tells how high the others may be.
    if (chunks[0] && !chunks.some(({ drawn }) => drawn)) this.fill(chunks[0]);
    for (const chunk of chunks) {
      if (chunk.drawn && !this.isSame(chunk)) this.fill(chunk);
    }
    this.showNear((work) => work());
    restore?.();
  }

  /** Draws what is near: call it as often as it is scrolled. */
  show(): void {
    this.showNear((work) => this.keeping(work));
  }

  private showNear(around: (work: () => void) => void): void {
    const { chunks, items } = this;
    this.estimate();
    const close = items.length > few ? this.within(near) : chunks;
    const missing = close.filter((chunk) => this.isMissing(chunk));
    if (missing.length > 0) around(() => missing.forEach((chunk) => this.fill(chunk)));
    if (close.some((chunk) => chunk.told !== this.placeOf(chunk))) {
      this.timer ??= setTimeout(() => this.tellNear(), pause);
    }
    if (items.length > many) this.thin();
    this.goOn();
  }

  /** Draws those that nobody waits for, two at a time, as long as somebody may see them. */
  private goOn(): void {
    if (this.goesOn || this.next.length === 0) return;
    this.goesOn = true;
    whenIdle(() => {
      this.goesOn = false;
      if (!this.container.isConnected || this.scroller.clientHeight === 0) return;
      this.keeping(() => this.next.forEach((chunk) => this.fill(chunk)));
      this.goOn();
    });
  }

  private get next(): Chunk<T>[] {
    const isAll = this.items.length <= many;
    const waiting = (chunk: Chunk<T>) => this.isMissing(chunk) && (isAll || chunk.drawn);
    return this.chunks.filter(waiting).slice(0, 2);
  }

  private isMissing({ drawn, look }: Chunk<T>): boolean {
    return !drawn || look !== this.options!.look;
  }

  private isSame({ drawn, first, count }: Chunk<T>): boolean {
    const { items } = this;
    return (
      drawn!.length === count + 1 && drawn!.every((item, at) => item === items[first - 1 + at])
    );
  }

  /** Empties the farthest chunks but those that somebody is in. */
  private thin(): void {
    const full = this.chunks.filter(({ drawn }) => drawn);
    const extra = full.length - many / size;
    if (extra <= 0) return;
    const middle = this.scroller.getBoundingClientRect().top;
    const far = full
      .filter(({ place }) => !place.matches(':focus-within'))
      .map((chunk) => ({ chunk, at: Math.abs(chunk.place.getBoundingClientRect().top - middle) }))
      .sort((a, b) => b.at - a.at)
      .slice(0, extra);
    for (const { chunk } of far) {
      chunk.place.style.blockSize = `${chunk.place.offsetHeight}px`;
      chunk.room = chunk.count;
      chunk.drawn = undefined;
      chunk.place.className = '';
      drawRows(chunk.place, [], () => undefined);
    }
  }

  private keeping(work: () => void): void {
    const restore = this.keep();
    work();
    restore();
  }

  /** Notes what is read; the result puts it back. */
  private keep(): () => void {
    const rows = this.within(0).flatMap(({ place }) => [...place.querySelectorAll(this.row)]);
    return keepPlace(this.scroller, rows);
  }

  /** The chunks within so many pixels of what is seen, found by halves as there may be very many. */
  private within(margin: number): Chunk<T>[] {
    const { chunks, scroller } = this;
    const { top, bottom } = scroller.getBoundingClientRect();
    // While it is hidden all are in one place.
    if (top === bottom) return chunks.slice(0, 1);
    const boxOf = (at: number) => chunks[at]!.place.getBoundingClientRect();
    let from = 0;
    for (let to = chunks.length; from < to;) {
      const middle = (from + to) >> 1;
      if (boxOf(middle).bottom > top - margin) to = middle;
      else from = middle + 1;
    }
    let end = from;
    while (end < chunks.length && boxOf(end).top < bottom + margin) end += 1;
    return chunks.slice(from, end);
  }

  private fill(chunk: Chunk<T>): void {
    const { items } = this;
    const { draw, look } = this.options!;
    const { first, count, place } = chunk;
    const before = chunk.look === look ? chunk.drawn : undefined;
    const above = new Map(before?.slice(1).map((item, at) => [item, before[at]]));
    const isEmpty = !chunk.drawn;
    place.style.blockSize = '';
    place.className = 'chunk';
    drawRows(place, items.slice(first, first + count), (item, at) => {
      const prior = items[first + at - 1];
      const isDrawn = above.has(item) && above.get(item) === prior;
      return isDrawn ? noChange : draw(item, prior);
    });
    chunk.drawn = Array.from({ length: count + 1 }, (_, at) => items[first - 1 + at]);
    chunk.look = look;
    chunk.told = '';
    if (isEmpty) this.tell(chunk);
  }

  private placeOf({ first }: Chunk<T>): string {
    return `${first} ${this.options!.size}`;
  }

  private tellNear(): void {
    this.timer = undefined;
    const close = this.items.length > few ? this.within(near) : this.chunks;
    for (const chunk of close) this.tell(chunk);
  }

  private tell(chunk: Chunk<T>): void {
    const told = this.placeOf(chunk);
    if (!chunk.drawn || told === chunk.told) return;
    chunk.told = told;
    [...chunk.place.children].forEach((row, index) => this.options!.tell(row, chunk.first + index));
  }

  /** Gives those that are empty the height that their rows may have. */
  private estimate(): void {
    const empty = this.chunks.filter(({ drawn, room, count }) => !drawn && room !== count);
    if (empty.length === 0) return;
    const known = this.chunks.find(({ drawn }) => drawn);
    const each = known ? known.place.offsetHeight / known.count : guess;
    for (const chunk of empty) {
      chunk.room = chunk.count;
      chunk.place.style.blockSize = `${chunk.count * each}px`;
    }
  }

  /** Puts each row into its chunk, and the chunks in order. */
  private arrange(items: readonly T[]): void {
    const before = this.items;
    this.items = items;
    const start = Math.max(
      0,
      items.findIndex(({ id }) => id === before[0]?.id),
    );
    const hasGrown = before.every((item, at) => isAlike(item, items[start + at]));
    if (hasGrown) this.grow(start, items.length - start - before.length);
    else this.sort(items, before);
    let first = 0;
    for (const chunk of this.chunks) {
      chunk.first = first;
      first += chunk.count;
    }
  }

  /** Makes room for so many more rows above and below. */
  private grow(above: number, below: number): void {
    const { chunks } = this;
    for (let left = above; left > 0; left -= 1) this.add(chunks[0], 0);
    for (let left = below; left > 0; left -= 1) this.add(chunks.at(-1), chunks.length);
  }

  private add(chunk: Chunk<T> | undefined, at: number): void {
    (chunk && chunk.count < size ? chunk : this.make(at)).count += 1;
  }

  /** Rows came and went anywhere: those that were there stay in their chunks. */
  private sort(items: readonly T[], before: readonly T[]): void {
    const { chunks } = this;
    const home = new Map<string, Chunk<T>>();
    for (const chunk of chunks) {
      for (let at = 0; at < chunk.count; at += 1) home.set(before[chunk.first + at]!.id, chunk);
      chunk.count = 0;
    }
    const start = items.findIndex(({ id }) => home.has(id));
    let last: Chunk<T> | undefined;
    for (const item of items.slice(Math.max(0, start))) {
      const goesOn = last && (last.count < size || last !== chunks.at(-1));
      last = home.get(item.id) ?? (goesOn ? last! : this.make(chunks.length));
      last.count += 1;
    }
    for (let left = start; left > 0; left -= 1) this.add(chunks[0], 0);
    this.chunks = chunks.filter(({ place, count }) => count > 0 || void place.remove());
  }

  private make(at: number): Chunk<T> {
    const place = document.createElement('div');
    // Those that stay empty are not for the browser to watch: hundreds take it a millisecond a frame.
    if (this.items.length <= many) place.className = 'chunk';
    this.container.insertBefore(place, this.chunks[at]?.place ?? null);
    const empty = { first: 0, count: 0, room: 0, drawn: undefined, look: '', told: '' };
    const chunk: Chunk<T> = { place, ...empty };
    this.chunks.splice(at, 0, chunk);
    return chunk;
  }
}
