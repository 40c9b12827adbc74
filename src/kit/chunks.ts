import { css, noChange } from 'lit';
import { keepPlace } from './keep-place.js';
import { drawRows } from './rows.js';

/** Rows in a chunk. */
const size = 40;
/** Rows that are drawn at once wherever they are; those that are drawn at all while they are far. */
const few = 120;
const many = 1000;
/** Pixels around what is seen within which chunks are drawn. */
const near = 1000;
/** Pixels that a row is thought to be high before any is drawn. */
const guess = 88;

interface Chunk<T> {
  place: HTMLElement;
  rows: readonly T[];
  /** Index of the first of them. */
  first: number;
  /** What is drawn in it, and what stands before that; undefined while it is empty. */
  drawn: readonly (T | undefined)[] | undefined;
  /** What its rows were told of their places. */
  told: string;
}

export interface ChunkOptions<T> {
  /** Draws a row; `before` is the item above it. */
  draw: (item: T, before: T | undefined) => unknown;
  /** How many there are in all, loaded or not. */
  size: number;
  /** Tells a row its place; done when it comes near, as one more above moves all. */
  tell: (row: Element, index: number) => void;
  /** What else rows are drawn by: another look draws all anew. */
  look: string;
}

/**
 * Draws rows of any height, in chunks that stay where they are: what comes in above fills the
 * first one and then begins another, so that no row below has to move. Up to a thousand rows
 * all come into the page, for its search and for readers, those in sight first, and the browser
 * leaves far chunks out of its work. Of more, chunks are drawn as they come near and emptied
 * again, and what is read stays where it is. `row` selects what is a row to a reader.
 */
export class Chunks<T extends { id: string }> {
  private chunks: Chunk<T>[] = [];
  private items: readonly T[] = [];
  private options: ChunkOptions<T> | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly scroller: Element,
    private readonly container: Element,
    private readonly row: string,
  ) {}

  update(items: readonly T[], options: ChunkOptions<T>): void {
    const isNewLook = options.look !== this.options?.look;
    this.options = options;
    this.arrange(items);
    const { chunks } = this;
    for (const chunk of chunks) {
      const now = [items[chunk.first - 1], ...chunk.rows];
      const isSame =
        now.length === chunk.drawn?.length &&
        now.every((item, index) => item === chunk.drawn![index]);
      if (items.length <= few || (chunk.drawn && !(isSame && !isNewLook))) {
        this.fill(chunk, isNewLook);
      }
    }
    // The first tells how high the others may be.
    if (chunks[0] && !chunks.some(({ drawn }) => drawn)) this.fill(chunks[0]);
    this.show();
  }

  /** Draws what is near: call it as often as it is scrolled. */
  show(): void {
    const { chunks } = this;
    this.estimate();
    const { top, bottom } = this.scroller.getBoundingClientRect();
    const close = chunks.filter(({ place }) => {
      const box = place.getBoundingClientRect();
      return box.bottom > top - near && box.top < bottom + near;
    });
    const missing = close.filter(({ drawn }) => !drawn);
    if (missing.length > 0) this.keeping(() => missing.forEach((chunk) => this.fill(chunk)));
    for (const chunk of close) this.tell(chunk);
    if (this.items.length > many) this.thin();
    else if (chunks.some(({ drawn }) => !drawn)) this.timer ??= setTimeout(() => this.goOn());
  }

  /** One more of those that nobody waits for. */
  private goOn(): void {
    this.timer = undefined;
    const next = this.chunks.find(({ drawn }) => !drawn);
    if (!next || !this.container.isConnected) return;
    this.keeping(() => this.fill(next));
    this.tell(next);
    this.show();
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
      chunk.drawn = undefined;
      drawRows(chunk.place, [], () => undefined);
    }
  }

  private keeping(work: () => void): void {
    const restore = keepPlace(this.scroller, this.row);
    work();
    restore();
  }

  private fill(chunk: Chunk<T>, anew = false): void {
    const { rows, place } = chunk;
    const before = anew ? undefined : chunk.drawn;
    const above = new Map(before?.map((item, index) => [item, before[index - 1]]));
    const now = [this.items[chunk.first - 1], ...rows];
    const prior = new Map(rows.map((item, index) => [item, now[index]]));
    place.style.blockSize = '';
    drawRows(place, rows, (item) => {
      const isDrawn = above.has(item) && above.get(item) === prior.get(item) && item !== before![0];
      return isDrawn ? noChange : this.options!.draw(item, prior.get(item));
    });
    chunk.drawn = now;
    chunk.told = '';
  }

  private tell(chunk: Chunk<T>): void {
    const told = `${chunk.first} ${this.options!.size}`;
    if (!chunk.drawn || told === chunk.told) return;
    chunk.told = told;
    [...chunk.place.children].forEach((row, index) => this.options!.tell(row, chunk.first + index));
  }

  /** Gives those that are empty the height that their rows may have. */
  private estimate(): void {
    const empty = this.chunks.filter(({ drawn, place }) => !drawn && !place.style.blockSize);
    if (empty.length === 0) return;
    const known = this.chunks.find(({ drawn }) => drawn);
    const each = known ? known.place.offsetHeight / known.rows.length : guess;
    for (const { place, rows } of empty) place.style.blockSize = `${rows.length * each}px`;
  }

  /** Puts each row into its chunk, and the chunks in order. */
  private arrange(items: readonly T[]): void {
    const before = this.items;
    this.items = items;
    const start = Math.max(
      0,
      items.findIndex(({ id }) => id === before[0]?.id),
    );
    const hasGrown = before.every(({ id }, index) => id === items[start + index]?.id);
    if (before.length > 0 && hasGrown) this.grow(start, items.length - start - before.length);
    else this.sort(items);
    let first = 0;
    for (const chunk of this.chunks) {
      chunk.first = first;
      chunk.rows = items.slice(first, (first += chunk.rows.length));
    }
  }

  /** Makes room for so many more rows above and below; which these are is seen to after it. */
  private grow(above: number, below: number): void {
    const { chunks } = this;
    for (let left = above; left > 0; left -= 1) this.add(chunks[0], 0);
    for (let left = below; left > 0; left -= 1) this.add(chunks.at(-1), chunks.length);
  }

  private add(chunk: Chunk<T> | undefined, at: number): void {
    const home = chunk && chunk.rows.length < size ? chunk : this.make(at);
    home.rows = [...home.rows, this.items[0]!];
  }

  /** Rows came and went anywhere: those that were there stay in their chunks. */
  private sort(items: readonly T[]): void {
    const { chunks } = this;
    const home = new Map(
      chunks.flatMap((chunk) => chunk.rows.map(({ id }) => [id, chunk] as const)),
    );
    for (const chunk of chunks) chunk.rows = [];
    const start = items.findIndex(({ id }) => home.has(id));
    let last: Chunk<T> | undefined;
    for (const item of items.slice(Math.max(0, start))) {
      const goesOn = last && (last.rows.length < size || last !== chunks.at(-1));
      last = home.get(item.id) ?? (goesOn ? last! : this.make(chunks.length));
      last.rows = [...last.rows, item];
    }
    for (let left = start; left > 0; left -= 1) this.add(chunks[0], 0);
    this.chunks = chunks.filter(({ place, rows }) => rows.length > 0 || void place.remove());
  }

  private make(at: number): Chunk<T> {
    const place = document.createElement('div');
    place.className = 'chunk';
    this.container.insertBefore(place, this.chunks[at]?.place ?? null);
    const chunk: Chunk<T> = { place, rows: [], first: 0, drawn: undefined, told: '' };
    this.chunks.splice(at, 0, chunk);
    return chunk;
  }
}

/** For elements that draw in chunks. */
export const chunkStyles = css`
  .chunk {
    content-visibility: auto;
    contain-intrinsic-block-size: auto 3200px;
  }
`;
