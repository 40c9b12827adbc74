/** The tallest content, in pixels, that every browser scrolls and draws; Firefox ends at 17 million. */
const tallest = 10_000_000;
/** As much at either end of a scaled range stays true to the pixel, however one got there. */
const exact = 1_000_000;

/**
 * How far a scroller goes, and what that means in content of any height. Content up to
 * ten million pixels is scrolled as it is. Taller content gets a scroller of just that
 * height, whose middle stands for more than itself.
 */
export class ScrollRange {
  /** Both in pixels: the height of the content, and how much of it is seen at once. */
  constructor(
    private readonly height = 0,
    readonly view = 0,
  ) {}

  /** Height to give to what is scrolled. */
  get size(): number {
    return Math.min(this.height, tallest);
  }
  get isScaled(): boolean {
    return this.height > tallest;
  }
  /** The largest `scrollTop`. */
  get scrollEnd(): number {
    return Math.max(0, this.size - this.view);
  }
  /** The largest offset into the content. */
  get end(): number {
    return Math.max(0, this.height - this.view);
  }
  /** A step of the scroller that nobody takes by wheel or key: half a pixel of its bar, or more. */
  get jump(): number {
    return tallest / (2 * this.view + 1);
  }

  toOffset(scrollTop: number): number {
    return project(scrollTop, this.scrollEnd, this.end);
  }
  toScrollTop(offset: number): number {
    return project(offset, this.end, this.scrollEnd);
  }
}

/** Where `at` of a way of length `from` is on one of length `to`: alike at the ends, in proportion between. */
function project(at: number, from: number, to: number): number {
  const x = Math.max(0, Math.min(from, at));
  if (from === to || x <= exact) return x;
  if (x >= from - exact) return to - (from - x);
  return exact + ((x - exact) * (to - 2 * exact)) / (from - 2 * exact);
}
