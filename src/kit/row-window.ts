import { css, type ReactiveController, type ReactiveElement } from 'lit';
import { RowLines, type Wanted } from './row-lines.js';
import { ScrollRange } from './scroll-range.js';

/** As many rows, or fewer, are all in the DOM, where the browser's own search finds them; and never more. */
const most = 200;
/** Rows drawn above and below those in sight. */
const overscan = 3;

/** For the element's styles, whose `.row` gives the height by `block-size`, in every layout. */
export const rowWindowStyles = css`
  .scroller {
    position: relative;
    overflow-anchor: none;
  }
  .rows {
    position: relative;
    contain: content;
  }
  .rows > * {
    position: absolute;
    inset-block-start: 0;
    inset-inline: 0;
    contain: strict;
  }
`;

/** Where the rows come from, and what they look like. */
export interface RowSource<T> {
  /** Undefined while the row at this index is not loaded, or when there is none. */
  rowAt: (index: number) => T | undefined;
  /** What a row is known by, however often it is replaced; not a number. */
  keyOf: (row: T) => unknown;
  /** Fills the row's element, or with `undefined` that of a row not loaded yet. Called again when the row is replaced. */
  draw: (line: HTMLElement, row: T | undefined) => void;
  /** Told when other rows are in sight or near it; both inclusive. */
  onRange?: (first: number, last: number) => void;
}

/** What is shown, and where. */
export interface Shown {
  /** What scrolls. What it holds above the rows must stick to its top. */
  scroller: HTMLElement;
  /** Holds the rows and nothing else. */
  rows: HTMLElement;
  /** How many rows there are, loaded or not. */
  count: number;
  /** What else `draw` looks at: with another entry all rows are drawn anew. */
  given: readonly unknown[];
}

export type Align = 'nearest' | 'start' | 'center' | 'end';

/**
 * Shows of any number of rows those in sight, all of one height. They stand in the DOM in
 * their order, numbered by `aria-rowindex` from 2 on. The row that has the focus, or had
 * it last, stays there wherever one scrolls, and its successor takes over when it goes.
 * What is read stays in place when rows come and go above it; at the top, new rows show.
 */
export class RowWindow<T> implements ReactiveController {
  private shown: Shown | undefined;
  private attached = false;
  private lines!: RowLines<T>;
  private scale = new ScrollRange();
  private rowHeight = 0;
  /** Of the scroller, as last seen. */
  private scrollTop = 0;
  /** How much further down in the content one is than `scrollTop` says. */
  private shift = 0;
  /** The row that had the focus last. */
  private pinned: Wanted<T> | undefined;
  private drawn = '';
  private told = '';
  private readonly sizes = new ResizeObserver(() => this.resized());
  /** The element whose height is watched. */
  private gauge: HTMLElement | undefined;

  /** Draws when `update` is called, best at each `updated()` of the host. */
  constructor(
    private readonly host: ReactiveElement,
    private readonly source: RowSource<T>,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    if (this.shown) this.host.requestUpdate();
  }

  hostDisconnected(): void {
    this.detach();
  }

  /** First and last row in sight or near it, inclusive. Without rows the last is -1. */
  get range(): { first: number; last: number } {
    const { top, scale, count } = this;
    const rowHeight = this.rowHeight || 1;
    const first = Math.floor(top / rowHeight) - overscan;
    const last = Math.ceil((top + scale.view) / rowHeight) - 1 + overscan;
    return { first: Math.max(0, first), last: Math.min(count - 1, last) };
  }

  /** Index of the row that a node is in, or -1. */
  indexOf(node: Element): number {
    return this.lines?.around(node)?.index ?? -1;
  }

  /** Draws what has changed; without an argument, when there are no rows to show, lets go of them. */
  update(shown?: Shown): void {
    const before = this.shown;
    if (shown?.rows !== before?.rows) this.detach();
    this.shown = shown;
    if (!shown) return;
    if (!this.attached) this.attach(shown, before);
    const moved = this.top > 0 ? this.drift() : 0;
    const handOn = this.followPinned();
    let { view } = this.scale;
    if (!this.rowHeight && shown.count) ({ view, rowHeight: this.rowHeight } = this.measure());
    this.fit(this.top + moved * this.rowHeight, view);
    this.arrange(before && shown.given.some((value, index) => value !== before.given[index]));
    handOn?.();
  }

  /** Goes to the top with the next update, and forgets who had the focus: for another order or filter. */
  reset(): void {
    this.pinned = undefined;
    this.moveTo(0);
  }

  scrollToIndex(index: number, align: Align = 'nearest'): void {
    const { rowHeight, scale, top } = this;
    const start = index * rowHeight;
    const end = start + rowHeight - scale.view;
    const center = (start + end) / 2;
    this.moveTo({ start, end, center, nearest: Math.min(start, Math.max(end, top)) }[align]);
    this.settle();
  }

  /** Brings a row in sight and focuses the same control that has the focus in its row, what else `find` gives, or the row itself. */
  focusIndex(index: number, find = this.counterpart()): void {
    this.pinned = this.wanted(index);
    this.scrollToIndex(index);
    this.arrange();
    this.focusPinned(find);
  }

  handleEvent({ type, target }: Event): void {
    if (type === 'scroll') this.scrolled();
    else this.focused(target as Element);
  }

  private get count(): number {
    return this.shown?.count ?? 0;
  }

  /** Pixels of content above what is in sight. */
  private get top(): number {
    return Math.max(0, Math.min(this.scale.end, this.scrollTop + this.shift));
  }

  private attach({ scroller, rows }: Shown, before: Shown | undefined): void {
    this.attached = true;
    scroller.addEventListener('scroll', this, { passive: true });
    rows.addEventListener('focusin', this);
    this.sizes.observe(scroller);
    if (rows !== before?.rows) {
      this.lines = new RowLines(rows, this.source.draw);
      this.pinned = undefined;
      this.scrollTop = this.shift = 0;
    }
    // Whatever is moved in the page is scrolled to its top by that.
    if (this.scrollTop) scroller.scrollTop = this.scrollTop;
  }

  private detach(): void {
    this.attached = false;
    this.shown?.scroller.removeEventListener('scroll', this);
    this.shown?.rows.removeEventListener('focusin', this);
    this.sizes.disconnect();
    this.gauge = undefined;
  }

  private scrolled(): void {
    const { scale } = this;
    const { scrollTop } = this.shown!.scroller;
    const far = Math.abs(scrollTop - this.scrollTop) > scale.jump;
    if (scale.isScaled && (far || scrollTop <= 0 || scrollTop >= scale.scrollEnd - 1)) {
      this.shift = scale.toOffset(scrollTop) - scrollTop;
    }
    this.scrollTop = scrollTop;
    this.settle();
  }

  private moveTo(top: number): void {
    const { scale, shown } = this;
    const offset = Math.max(0, Math.min(scale.end, top));
    const wanted = scale.isScaled ? Math.round(scale.toScrollTop(offset)) : offset;
    if (shown && wanted !== this.scrollTop) {
      shown.scroller.scrollTop = wanted;
      this.scrollTop = shown.scroller.scrollTop;
    }
    this.shift = scale.isScaled ? offset - this.scrollTop : 0;
  }

  /** Asks for the sizes that CSS gives. */
  private measure(): { rowHeight: number; view: number } {
    const { scroller, rows } = this.shown!;
    const gauge = this.lines.sample;
    if (!this.gauge?.isConnected) this.sizes.observe((this.gauge = gauge));
    return {
      rowHeight: parseFloat(getComputedStyle(gauge).blockSize) || 0,
      view: Math.max(0, scroller.clientHeight - rows.offsetTop),
    };
  }

  /** Keeps the same row at the top. */
  private resized(): void {
    if (!this.count) return;
    const { rowHeight, view } = this.measure();
    if (rowHeight === this.rowHeight && view === this.scale.view) return;
    const first = this.top / (this.rowHeight || 1);
    this.rowHeight = rowHeight;
    this.fit(first * rowHeight, view);
    this.arrange();
  }

  /** Makes the scroller as long as all rows are, and goes to an offset. */
  private fit(top: number, view: number): void {
    const { rows } = this.shown!;
    this.scale = new ScrollRange(this.count * this.rowHeight, view);
    const size = `${this.scale.size}px`;
    if (rows.style.blockSize !== size) rows.style.blockSize = size;
    this.moveTo(top);
  }

  /** First row to draw, and how many: depends on sizes alone, so that no element is made while scrolling. */
  private get extent(): [from: number, number: number] {
    const { count, scale, rowHeight } = this;
    const enough = Math.ceil(scale.view / (rowHeight || 1)) + 1 + 2 * overscan;
    const number = Math.min(count, count <= most ? count : enough, most);
    return [Math.min(this.range.first, count - number), number];
  }

  /** Draws if one has scrolled far enough for that. */
  private settle(): void {
    if (this.drawn !== `${this.extent.join()} ${this.shift}`) this.arrange();
    const { first, last } = this.range;
    const told = `${first} ${last}`;
    if (told === this.told) return;
    this.told = told;
    this.source.onRange?.(first, last);
  }

  private arrange(anew = false): void {
    const { pinned } = this;
    const [from, number] = this.extent;
    const indexes = Array.from({ length: number }, (_, place) => from + place);
    if (pinned && pinned.index < from) indexes.unshift(pinned.index);
    if (pinned && pinned.index >= from + number) indexes.push(pinned.index);
    const keys = new Set();
    const wanted = indexes.map((index) => {
      const row = this.wanted(index);
      // Pages that overlap for a moment may have somebody twice.
      if (keys.has(row.key)) row.key = index;
      keys.add(row.key);
      return row;
    });
    this.lines.show(wanted, pinned && this.lines.get(pinned.key), anew);
    this.drawn = `${this.extent.join()} ${this.shift}`;
    this.settle();
  }

  private wanted(index: number): Wanted<T> {
    const { pinned } = this;
    const row = this.source.rowAt(index) ?? (index === pinned?.index ? pinned.row : undefined);
    const key = row === undefined ? index : this.source.keyOf(row);
    return { key, row, index, y: index * this.rowHeight - this.shift };
  }

  /** By how many rows what is in sight has gone down. */
  private drift(): number {
    const first = Math.floor(this.top / this.rowHeight);
    const seen = (key: unknown) => (this.lines.get(key)?.index ?? -1) >= first;
    const index = this.seek(first, seen);
    return index < 0 ? 0 : index - this.lines.get(this.wanted(index).key)!.index;
  }

  /** The index nearest to `from` whose row's key fits, among rows loaded without a gap around it; or -1. */
  private seek(from: number, fits: (key: unknown) => unknown): number {
    const { rowAt, keyOf } = this.source;
    let below = Math.min(from, this.count - 1);
    let above = below - 1;
    for (;;) {
      const down = rowAt(below);
      if (down !== undefined && fits(keyOf(down))) return below;
      const up = rowAt(above);
      if (up !== undefined && fits(keyOf(up))) return above;
      if (down === undefined && up === undefined) return -1;
      if (down !== undefined) below += 1;
      if (up !== undefined) above -= 1;
    }
  }

  private focused(target: Element): void {
    const line = this.lines.around(target);
    if (!line) return;
    this.pinned = line;
    // The browser has brought it in sight, but in a scaled range it can't know where that is.
    const { first, last } = this.range;
    if (this.scale.isScaled && (line.index < first || line.index > last)) {
      this.scrollToIndex(line.index);
    }
  }

  /** Finds where the pinned row is by now. When it is gone from under the focus, its successor is pinned: the result focuses that. */
  private followPinned(): (() => void) | undefined {
    const { pinned, count, lines } = this;
    if (!pinned) return undefined;
    const { key, row } = pinned;
    const index = Math.min(pinned.index, count - 1);
    const at = row === undefined ? index : this.seek(index, (other) => other === key);
    const focused = lines.around(this.active)?.key === key;
    if (at >= 0) {
      this.pinned = this.wanted(at);
      lines.rename(key, this.pinned.key);
    } else if (!focused || !count) this.pinned = undefined;
    // Its page is not loaded: it may be there still.
    else if (this.source.rowAt(index) === undefined) this.pinned = { ...pinned, index };
    else {
      const find = this.counterpart();
      this.pinned = this.wanted(index);
      return () => this.focusPinned(find);
    }
    return undefined;
  }

  private focusPinned(find: (line: HTMLElement) => HTMLElement | null | undefined): void {
    const line = this.lines.get(this.pinned?.key)?.element;
    if (line) (find(line) ?? line).focus({ preventScroll: true });
  }

  /** Finds in another row the control that corresponds to the focused one. */
  private counterpart(): (line: HTMLElement) => HTMLElement | null | undefined {
    const { active } = this;
    const line = this.lines?.around(active)?.element;
    const place = line && active ? controlsOf(line).indexOf(active) : -1;
    return (other) => controlsOf(other)[place];
  }

  private get active(): HTMLElement | null {
    return (this.shown!.rows.getRootNode() as ShadowRoot).activeElement as HTMLElement | null;
  }
}

const controlsOf = (line: HTMLElement) => [
  ...line.querySelectorAll<HTMLElement>('a[href], button, input, select, [tabindex]'),
];
