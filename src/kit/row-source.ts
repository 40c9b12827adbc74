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
