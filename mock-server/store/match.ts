import type { Base, Standing } from './base.js';
import type { ListQuery } from './store.js';

/** Whether a row, or the row of a base with this number, belongs. */
export interface Match<R> {
  row(row: R): boolean;
  base(index: number): boolean;
}

/** The part of a query that decides which rows there are and in what order. */
export type Selection<R> = Pick<ListQuery<R>, 'where' | 'search' | 'sort'>;

/** Whether `text`, in lower case, stands in a value, without regard to case. */
export function stands(value: unknown, text: string, standing: Standing): boolean {
  const lower = String(value ?? '').toLowerCase();
  if (standing === 'anywhere') return lower.includes(text);
  if (standing === 'start') return lower.startsWith(text);
  for (let at = lower.indexOf(text); at >= 0; at = lower.indexOf(text, at + 1)) {
    if (at === 0 || /[\s’'-]/.test(lower[at - 1]!)) return true;
  }
  return false;
}

/** Whether a text, in lower case, stands in one of the fields. */
export function matchText<R extends object>(
  text: string,
  fields: readonly (keyof R & string)[],
  standing: Standing,
  base: Base<R> | undefined,
): Match<R> {
  return fields
    .map((field): Match<R> => {
      const column = base?.columns[field];
      const find = column?.finder?.(text, standing);
      return {
        row: (row) => stands(row[field], text, standing),
        base: find ?? ((index) => stands(column!.at(index), text, standing)),
      };
    })
    .reduce(either);
}

/** Whether each word of a text, in lower case, stands somewhere in the fields, in any order. */
export function matchWords<R extends object>(
  text: string,
  fields: readonly (keyof R & string)[],
  base: Base<R> | undefined,
): Match<R> {
  const words = [...new Set(text.match(/\S+/g) ?? [''])];
  return words.map((word) => matchText(word, fields, 'anywhere', base)).reduce(both);
}

/** What a selection leaves in; undefined for everything. */
export function createMatch<R extends object>(
  { where, search }: Selection<R>,
  base: Base<R> | undefined,
): Match<R> | undefined {
  const tests: Match<R>[] = [];
  for (const key in where) {
    const wanted: unknown = where[key];
    if (wanted === undefined) continue;
    const column = base?.columns[key as keyof R & string];
    const test = createTest(wanted);
    tests.push({ row: (row) => test(row[key]), base: (index) => test(column!.at(index)) });
  }
  if (search) tests.push(matchWords(search.text.toLowerCase(), search.fields, base));
  return tests.length === 0 ? undefined : tests.reduce(both);
}

/** No row of a base: told apart by identity, so that nobody has to ask row by row. */
export const none = () => false;

function either<R>(a: Match<R>, b: Match<R>): Match<R> {
  return {
    row: (row) => a.row(row) || b.row(row),
    base:
      a.base === none
        ? b.base
        : b.base === none
          ? a.base
          : (index) => a.base(index) || b.base(index),
  };
}

function both<R>(a: Match<R>, b: Match<R>): Match<R> {
  return {
    row: (row) => a.row(row) && b.row(row),
    base: a.base === none || b.base === none ? none : (index) => a.base(index) && b.base(index),
  };
}

function createTest(wanted: unknown): (value: unknown) => boolean {
  if (wanted === null || typeof wanted !== 'object') return (value) => value === wanted;
  const { is, has } = wanted as { is?: 'null' | 'not-null'; has?: string };
  if (has !== undefined) return (value) => (value as string[]).includes(has);
  return (value) => (value === null) === (is === 'null');
}
