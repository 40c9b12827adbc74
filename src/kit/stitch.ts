/** A page of a list, as the server answers it. */
export interface Page<T> {
  data: readonly T[];
  meta: { total: number };
}

/** A long list of which some pages are held: what is not is undefined. */
export interface Stitched<T> {
  /** Of all rows there are. */
  readonly total: number;
  /** Those held, in their order. */
  readonly rows: readonly T[];
  rowAt(index: number): T | undefined;
  /** Number of the page that has or would have the row. */
  pageAt(index: number): number;
}

/** A page of a list, and whether it is kept fresh. */
export interface Part<T> {
  number: number;
  rows: readonly T[];
  fresh: boolean;
}

/**
 * One list of pages of `limit` rows, given in order of their numbers, which may come
 * from different moments: a fresh page that lost a row pulls up those that follow, and
 * who stands on two pages, having moved over a border meanwhile, is shown once.
 */
export function stitch<T extends { id: string }>(
  parts: readonly Part<T>[],
  limit: number,
  total: number,
): Stitched<T> {
  const seen = new Set<string>();
  let shift = 0;
  const lay = ({ number: page, rows: all, fresh }: Part<T>) => {
    const rows = all.filter(({ id }) => !seen.has(id) && seen.add(id));
    const start = (page - 1) * limit + (fresh ? shift : 0);
    if (fresh) shift += rows.length - limit;
    return { page, start, rows };
  };
  const runs = [
    ...parts.filter(({ fresh }) => fresh).map(lay),
    ...parts.filter(({ fresh }) => !fresh).map(lay),
  ].sort((a, b) => a.start - b.start);
  const runAt = (index: number) => runs.findLast(({ start }) => start <= index);
  return {
    total,
    rows: runs.flatMap(({ rows }) => rows),
    rowAt(index) {
      const run = index < total ? runAt(index) : undefined;
      return run?.rows[index - run.start];
    },
    pageAt(index) {
      const run = runAt(index);
      if (!run) return Math.floor(index / limit) + 1;
      const beyond = index - run.start - run.rows.length;
      return beyond < 0 ? run.page : run.page + 1 + Math.floor(beyond / limit);
    },
  };
}
