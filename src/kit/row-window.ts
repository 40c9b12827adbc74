import type { ReactiveController, ReactiveElement } from 'lit';
import { AtRest } from './at-rest.js';
import { counterpart, type Find } from './focus.js';
import { nearest } from './nearest.js';
import { RowLines, type Wanted } from './row-lines.js';
import type { RowSource, Shown } from './row-source.js';
import { ScrollRange } from './scroll-range.js';
export { rowWindowStyles } from './row-window.styles.js';

/** As many rows, or fewer, are all in the DOM, where the browser's own search finds them; and never more. */
const most = 200;
/** Rows drawn above and below those in sight. */
const overscan = 3;

/**
 * Shows of any number of rows those in sight, all of one height. They stand in the DOM in
 * their order, save while one scrolls, numbered by `aria-rowindex` from 2 on. The row that has the focus, or had
 * it last, stays there wherever one scrolls, and its successor takes over when it goes.
 * What is read stays in place when rows come and go above it; at the top, new rows show.
 */
export class RowWindow<T> implements ReactiveController {
  private shown: Shown | undefined;
  private attached = false;
  private lines!: RowLines<T>;
  private scroll!: ScrollRange;
  private rowHeight = 0;
  /** The row that had the focus last. */
  private pinned: Wanted<T> | undefined;
  /** Order in the DOM takes a seventh of scrolling if made each time. */
  private readonly order = new AtRest(() => this.lines.sort(this.lines.get(this.pinned?.key)));
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
    this.attached = false;
    this.shown?.scroller.removeEventListener('scroll', this);
    this.shown?.rows.removeEventListener('focusin', this);
    this.sizes.disconnect();
    this.gauge = undefined;
    this.order.handleEvent();
  }

  /** First and last row in sight or near it, inclusive. Without rows the last is -1. */
  get range(): { first: number; last: number } {
    if (!this.shown) return { first: 0, last: -1 };
    const { top, view } = this.scroll;
    const height = this.rowHeight || 1;
    const first = Math.floor(top / height) - overscan;
    const last = Math.ceil((top + view) / height) - 1 + overscan;
    return { first: Math.max(0, first), last: Math.min(this.count - 1, last) };
  }

  /** Index of the row that a node is in, or -1. */
  indexOf(node: Element): number {
    return this.lines?.around(node)?.index ?? -1;
  }

  /** Draws what has changed; without an argument, when there are no rows to show, lets go of them. */
  update(shown?: Shown): void {
    const before = this.shown;
    if (shown?.rows !== before?.rows) this.hostDisconnected();
    this.shown = shown;
    if (!shown) return;
    if (!this.attached) this.attach(shown, before);
    const { scroll } = this;
    const moved = scroll.top > 0 ? this.drift() : 0;
    const handOn = this.followPinned();
    let { view } = scroll;
    if (!this.rowHeight && shown.count) ({ view, rowHeight: this.rowHeight } = this.measure());
    this.fit(scroll.top + moved * this.rowHeight, view);
    const anew = before && shown.given.some((value, index) => value !== before.given[index]);
    if (anew || handOn || !this.isCurrent) {
      this.arrange(anew);
      this.order.soon();
    } else this.settle();
    handOn?.();
  }

  /** Goes to the top with the next update, and forgets who had the focus: for another order or filter. */
  reset(): void {
    this.pinned = undefined;
    this.scroll?.moveTo(0);
  }

  /** Scrolls a row to the top, or only as far as it takes to see it. */
  scrollToIndex(index: number, align: 'start' | 'nearest' = 'nearest'): void {
    if (!this.shown) return;
    const { rowHeight, scroll } = this;
    const start = index * rowHeight;
    const end = start + rowHeight - scroll.view;
    scroll.moveTo(align === 'start' ? start : Math.min(start, Math.max(end, scroll.top)));
    if (this.settle()) this.order.now();
  }

  /** Brings a row in sight and focuses something in it: by default the control that corresponds to the focused one. */
  focusIndex(index: number, find?: Find): void {
    if (!this.shown) return;
    find ??= this.counterpart;
    this.pinned = this.wanted(index);
    this.scrollToIndex(index);
    this.arrange();
    this.order.now();
    this.focusPinned(find);
  }

  handleEvent({ type, target }: Event): void {
    if (type === 'focusin') this.focused(target as Element);
    if (type !== 'scroll') return this.order.now();
    this.scroll.follow();
    if (this.settle()) this.order.later();
  }

  private get count(): number {
    return this.shown!.count;
  }

  private attach({ scroller, rows }: Shown, before: Shown | undefined): void {
    this.attached = true;
    scroller.addEventListener('scroll', this, { passive: true });
    rows.addEventListener('focusin', this);
    this.sizes.observe(scroller);
    if (rows === before?.rows) return this.scroll.restore();
    this.lines = new RowLines(rows, this.source.draw);
    this.scroll = new ScrollRange(scroller);
    this.pinned = undefined;
    this.rowHeight = 0;
    this.drawn = this.told = '';
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
    if (!this.shown?.count) return;
    const { rowHeight, view } = this.measure();
    if (rowHeight === this.rowHeight && view === this.scroll.view) return;
    const first = this.scroll.top / (this.rowHeight || 1);
    this.rowHeight = rowHeight;
    this.fit(first * rowHeight, view);
    this.arrange();
    this.order.now();
  }

  /** Makes the scroller as long as all rows are, and goes to a place there. */
  private fit(top: number, view: number): void {
    const { scroll } = this;
    const { size } = scroll;
    scroll.resize(this.count * this.rowHeight, view);
    if (scroll.size !== size) this.shown!.rows.style.blockSize = `${scroll.size}px`;
    scroll.moveTo(top);
  }

  /** First row to draw, and how many: depends on sizes alone, so that no element is made while scrolling. */
  private get extent(): [from: number, number: number] {
    const { count, rowHeight } = this;
    const enough = Math.ceil(this.scroll.view / (rowHeight || 1)) + 1 + 2 * overscan;
    const number = Math.min(count, count <= most ? count : enough, most);
    return [Math.min(this.range.first, count - number), number];
  }

  private get place(): string {
    const [from, number] = this.extent;
    return `${from} ${number} ${this.scroll.shift}`;
  }

  /** Whether the rows in sight are drawn as they are; what changes out of sight then costs nothing. */
  private get isCurrent(): boolean {
    if (this.drawn !== this.place) return false;
    return this.lines.patch(this.known, this.source.keyOf);
  }

  /** Draws if one has scrolled far enough for that, and answers whether it did. */
  private settle(): boolean {
    const { first, last } = this.range;
    const isOther = this.drawn !== this.place;
    if (isOther) this.arrange();
    else if (this.told !== (this.told = `${first} ${last}`)) this.source.onRange?.(first, last);
    return isOther;
  }

  private arrange(anew = false): void {
    const { index: pinned = -1 } = this.pinned ?? {};
    const [from, number] = this.extent;
    const wanted: Wanted<T>[] = [];
    if (pinned >= 0 && pinned < from) wanted.push(this.wanted(pinned));
    for (let index = from; index < from + number; index += 1) wanted.push(this.wanted(index));
    if (pinned >= from + number) wanted.push(this.wanted(pinned));
    this.lines.show(wanted, anew);
    this.drawn = this.place;
    this.settle();
  }

  private wanted(index: number): Wanted<T> {
    const row = this.rowOf(index);
    const key = row === undefined ? index : this.source.keyOf(row);
    return { key, row, index, y: index * this.rowHeight - this.scroll.shift };
  }

  /** Of a row in the DOM, which is within what is shown. */
  private readonly known = (index: number) => this.source.rowAt(index) ?? this.rowOf(index);

  /** The pinned row stays while its page is not loaded. */
  private rowOf(index: number): T | undefined {
    const { pinned } = this;
    return this.rowAt(index) ?? (index === pinned?.index ? pinned.row : undefined);
  }

  /** Within what is shown: the source may have more. */
  private rowAt(index: number): T | undefined {
    return index >= 0 && index < this.count ? this.source.rowAt(index) : undefined;
  }

  /** By how many rows what is in sight has gone down. */
  private drift(): number {
    const { lines } = this;
    const first = Math.floor(this.scroll.top / this.rowHeight);
    const index = this.seek(first, (key) => (lines.get(key)?.index ?? -1) >= first);
    return index < 0 ? 0 : index - lines.get(this.wanted(index).key)!.index;
  }

  /** Where nearest to `from` a row is whose key fits, or -1. */
  private seek(from: number, fits: (key: unknown) => boolean): number {
    const fitting = (row: T) => fits(this.source.keyOf(row));
    return nearest((index) => this.rowAt(index), Math.min(from, this.count - 1), fitting);
  }

  private focused(target: Element): void {
    const line = this.lines.around(target);
    if (!line) return;
    this.pinned = line;
    // The browser has brought it in sight, but in a scaled range it can't know where that is.
    const { first, last } = this.range;
    if (this.scroll.isScaled && (line.index < first || line.index > last)) {
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
    else if (this.rowAt(index) === undefined) this.pinned = { ...pinned, index };
    else {
      const find = this.counterpart;
      this.pinned = this.wanted(index);
      return () => this.focusPinned(find);
    }
    return undefined;
  }

  private focusPinned(find: Find): void {
    const line = this.lines.get(this.pinned?.key)?.element;
    if (line) (find(line) ?? line).focus({ preventScroll: true });
  }

  /** Finds in another row the control that corresponds to the focused one. */
  private get counterpart(): Find {
    const { active } = this;
    return counterpart(this.lines.around(active)?.element, active);
  }

  private get active(): HTMLElement | null {
    return (this.shown!.rows.getRootNode() as ShadowRoot).activeElement as HTMLElement | null;
  }
}
