import { noChange } from 'lit';
import { arrange, size, type Chunk } from './chunk-list.js';
import { keepPlace } from './keep-place.js';
import { drawRows } from './rows.js';

/** Rows that are drawn at once wherever they are; those that are drawn at all while they are far. */
const few = 120;
const many = 1000;
/** Pixels around what is seen within which chunks are drawn while it is scrolled. */
const near = 600;
/** Milliseconds in which rows that have moved are told their places together. */
const pause = 250;

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

/**
 * Draws rows of any height, in chunks that stay where they are: what comes in above fills the
 * first one and then begins another, so that no row below has to move. What is in sight is drawn
 * at once, and what comes near while it is scrolled. Up to a thousand rows all others follow when
 * the browser is idle, for its search and for readers, and it leaves far chunks out of its work.
 * Of more, those that are near follow, and far ones are emptied again. What is not drawn is room
 * and nothing else. What is read stays where it is. `row` selects what is a row to a reader.
 */
export class Chunks<T extends { id: string }> {
  private chunks: Chunk<T>[] = [];
  private items: readonly T[] = [];
  private options: ChunkOptions<T> | undefined;
  private goesOn = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly scroller: Element,
    private readonly container: HTMLElement,
    private readonly row: string,
  ) {
    // What is left out comes into sight: as the feed is shown, or as what stands above it takes its true height.
    const follow = (event: Event) =>
      (event as ContentVisibilityAutoStateChangeEvent).skipped || this.draw(0, this.keeping);
    container.addEventListener('contentvisibilityautostatechange', follow, true);
  }

  update(items: readonly T[], options: ChunkOptions<T>): void {
    this.options = options;
    const restore = options.keep ? this.keep() : undefined;
    const chunks = (this.chunks = arrange(this.chunks, this.items, items));
    this.items = items;
    // The first tells what else is in sight.
    if (chunks[0] && !chunks.some(({ place }) => place)) this.fill(chunks[0]);
    for (const chunk of chunks) {
      if (chunk.place && !this.isSame(chunk)) this.fill(chunk);
    }
    this.leaveRoom();
    this.draw(0);
    restore?.();
  }

  /** Draws what is near: call it as often as it is scrolled. */
  show(): void {
    this.draw(near, this.keeping);
  }

  /** Draws what is within so many pixels of what is seen. */
  private draw(margin: number, around = (work: () => void) => work()): void {
    const close = this.close(margin);
    const missing = close.filter((chunk) => this.isMissing(chunk));
    if (missing.length > 0) around(() => this.fillAll(missing));
    if (close.some((chunk) => chunk.told !== this.placeOf(chunk))) {
      this.timer ??= setTimeout(() => this.tellNear(), pause);
    }
    if (this.items.length > many) this.thin();
    this.goOn();
  }

  /** Draws those that nobody waits for, four at a time, as long as somebody may see them. */
  private goOn(): void {
    if (this.goesOn || !this.chunks.some((chunk) => this.isMissing(chunk))) return;
    this.goesOn = true;
    whenIdle(() => {
      this.goesOn = false;
      if (this.scroller.clientHeight === 0) return this.watch();
      const { next } = this;
      if (next.length === 0) return;
      this.keeping(() => this.fillAll(next));
      this.goOn();
    });
  }

  private get next(): Chunk<T>[] {
    const { chunks, items } = this;
    const wanted =
      items.length > many ? [...this.within(near), ...chunks.filter(({ place }) => place)] : chunks;
    return wanted.filter((chunk) => this.isMissing(chunk)).slice(0, 4);
  }

  private isMissing({ place, look }: Chunk<T>): boolean {
    return !place || look !== this.options!.look;
  }

  private isSame({ drawn, first, count }: Chunk<T>): boolean {
    const { items } = this;
    return drawn.length === count + 1 && drawn.every((item, at) => item === items[first - 1 + at]);
  }

  /** Empties the farthest chunks but those that somebody is in. */
  private thin(): void {
    const full = this.chunks.filter(({ place }) => place);
    const extra = full.length - many / size;
    if (extra <= 0) return;
    const seen = this.within(0)[0]?.first ?? 0;
    const far = full
      .filter(({ place }) => !place!.matches(':focus-within'))
      .sort((a, b) => Math.abs(b.first - seen) - Math.abs(a.first - seen))
      .slice(0, extra);
    for (const chunk of far) chunk.each = chunk.place!.offsetHeight / chunk.count;
    for (const chunk of far) {
      chunk.place!.remove();
      chunk.place = undefined;
    }
    this.leaveRoom();
  }

  private readonly keeping = (work: () => void): void => {
    const restore = this.keep();
    work();
    restore();
  };

  /** Notes what is read; the result puts it back. */
  private keep(): () => void {
    const rows = this.within(0).flatMap(({ place }) => [
      ...(place?.querySelectorAll(this.row) ?? []),
    ]);
    return keepPlace(this.scroller, rows);
  }

  private close(margin: number): readonly Chunk<T>[] {
    return this.items.length > few ? this.within(margin) : this.chunks;
  }

  /** The chunks within so many pixels of what is seen. */
  private within(margin: number): Chunk<T>[] {
    const { top, bottom } = this.scroller.getBoundingClientRect();
    // While it is hidden all are in one place.
    if (top === bottom) {
      this.watch();
      return this.chunks.slice(0, 1);
    }
    let end = this.container.getBoundingClientRect().top;
    return this.chunks.filter(({ place, count, each }) => {
      const box = place?.getBoundingClientRect();
      const start = box?.top ?? end;
      end = box?.bottom ?? start + count * each;
      return end > top - margin && start < bottom + margin;
    });
  }

  private fillAll(chunks: readonly Chunk<T>[]): void {
    for (const chunk of chunks) this.fill(chunk);
    this.leaveRoom();
  }

  private fill(chunk: Chunk<T>): void {
    const { items } = this;
    const { draw, look } = this.options!;
    const { first, count } = chunk;
    const isEmpty = !chunk.place;
    const place = (chunk.place ??= this.makePlace(chunk));
    const before = !isEmpty && chunk.look === look ? chunk.drawn : [];
    const above = new Map(before.slice(1).map((item, at) => [item, before[at]]));
    drawRows(place, items.slice(first, first + count), (item, at) => {
      const prior = items[first + at - 1];
      const isDrawn = above.has(item) && above.get(item) === prior;
      return isDrawn ? noChange : draw(item, prior);
    });
    // As long as it is left out of what the browser does, or until it has been seen.
    place.style.containIntrinsicBlockSize = `auto ${count * chunk.each}px`;
    chunk.drawn = Array.from({ length: count + 1 }, (_, at) => items[first - 1 + at]);
    chunk.look = look;
    chunk.told = '';
    if (isEmpty) this.tell(chunk);
  }

  /** Has the browser tell when it is shown, as it does of what it leaves out. */
  private watch(): void {
    this.container.firstElementChild?.classList.add('far');
  }

  private placeOf({ first }: Chunk<T>): string {
    return `${first} ${this.options!.size}`;
  }

  private tellNear(): void {
    this.timer = undefined;
    for (const chunk of this.close(near)) this.tell(chunk);
  }

  private tell(chunk: Chunk<T>): void {
    const told = this.placeOf(chunk);
    if (!chunk.place || told === chunk.told) return;
    chunk.told = told;
    [...chunk.place.children].forEach((row, index) => this.options!.tell(row, chunk.first + index));
  }

  /** Leaves the room that those which are not drawn may need. */
  private leaveRoom(): void {
    let room = 0;
    for (const chunk of this.chunks) {
      if (!chunk.place) {
        room += chunk.count * chunk.each;
        continue;
      }
      chunk.place.style.marginBlockStart = `${room}px`;
      room = 0;
    }
    this.container.style.paddingBlockEnd = `${room}px`;
  }

  private makePlace(chunk: Chunk<T>): HTMLElement {
    const { chunks, container } = this;
    const place = document.createElement('div');
    // The first of all is drawn as it is: finding out what may be left out takes part of a first paint.
    place.className = container.firstChild ? 'chunk far' : 'chunk';
    const below = chunks.slice(chunks.indexOf(chunk) + 1).find((each) => each.place);
    container.insertBefore(place, below?.place ?? null);
    return place;
  }
}
