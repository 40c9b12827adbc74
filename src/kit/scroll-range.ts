/** The tallest content, in pixels, that every browser scrolls and draws; Firefox ends at 17 million. */
const tallest = 10_000_000;
/** As much at either end of a scaled range stays true to the pixel, however one got there. */
const exact = 1_000_000;

const within = (value: number, end: number) => Math.max(0, Math.min(end, value));

/**
 * Where a scroller stands in content of any height. Content up to ten million pixels is
 * scrolled as it is. Taller content gets just that height, whose middle stands for more
 * than itself: small steps are true to the pixel, a jump is in proportion.
 */
export class ScrollRange {
  /** Pixels of content that are seen at once. */
  view = 0;
  /** How much further down in the content one is than the scroller says. */
  shift = 0;
  private height = 0;
  private scrollTop = 0;

  constructor(private readonly scroller: Element) {}

  /** Pixels of content above what is seen. */
  get top(): number {
    return within(this.scrollTop + this.shift, this.end);
  }

  /** Height to give to what is scrolled. */
  get size(): number {
    return Math.min(this.height, tallest);
  }
  get isScaled(): boolean {
    return this.height > tallest;
  }

  private get scrollEnd(): number {
    return Math.max(0, this.size - this.view);
  }
  private get end(): number {
    return Math.max(0, this.height - this.view);
  }

  /** Takes the height of all content, and how much of it is seen. */
  resize(height: number, view: number): void {
    this.height = height;
    this.view = view;
  }

  /** Scrolls to a place in the content. */
  moveTo(top: number): void {
    const { isScaled, scroller } = this;
    const offset = within(top, this.end);
    const wanted = isScaled ? Math.round(project(offset, this.end, this.scrollEnd)) : offset;
    if (wanted !== this.scrollTop) {
      scroller.scrollTop = wanted;
      // Browsers round it.
      this.scrollTop = scroller.scrollTop;
    }
    this.shift = isScaled ? offset - this.scrollTop : 0;
  }

  /** Takes over where the reader has scrolled to. */
  follow(): void {
    const { scrollTop } = this.scroller;
    // No wheel or key goes as far in one step as half a pixel of the scroll bar does.
    const jumped = Math.abs(scrollTop - this.scrollTop) * (2 * this.view + 1) > tallest;
    const atEnd = scrollTop <= 0 || scrollTop >= this.scrollEnd - 1;
    if (this.isScaled && (jumped || atEnd)) {
      this.shift = project(scrollTop, this.scrollEnd, this.end) - scrollTop;
    }
    this.scrollTop = scrollTop;
  }

  /** Goes back to its place after the element was moved in the page, which scrolls it to the top. */
  restore(): void {
    if (this.scrollTop) this.scroller.scrollTop = this.scrollTop;
  }
}

/** Where `at` of a way of length `from` is on one of length `to`: alike at the ends, in proportion between. */
function project(at: number, from: number, to: number): number {
  const x = within(at, from);
  if (from === to || x <= exact) return x;
  if (x >= from - exact) return to - (from - x);
  return exact + ((x - exact) * (to - 2 * exact)) / (from - 2 * exact);
}
