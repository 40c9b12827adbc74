/** Where a text stands in a value: at its start, at the start of a word in it, or anywhere. */
export type Standing = 'start' | 'word' | 'anywhere';

/** One field of all rows of a base. */
export interface Column {
  /** The value of one row. */
  at(index: number): unknown;
  /** Where the row's value stands among all: a whole number below 2³² - 1, Infinity for null. */
  rankAt(index: number): number;
  /** The same for any value; not whole when it stands between values of the column. */
  rank(value: unknown): number;
  /** A quicker way than value by value to tell which rows have a text, given in lower case. */
  finder?(text: string, standing: Standing): ((index: number) => boolean) | undefined;
}

/**
 * Rows that are there from the start and never change: what a table lays its changes over.
 * Each is computed from its number when it is read, so that a million cost nothing before.
 */
export interface Base<R> {
  readonly size: number;
  row(index: number): R;
  id(index: number): string;
  /** The first eight hexadecimal digits of the id, as a number. */
  idPrefix(index: number): number;
  indexOf(id: string): number | undefined;
  /** The address in lower case. */
  indexOfEmail(email: string): number | undefined;
  readonly columns: { readonly [K in keyof R & string]: Column };
}
