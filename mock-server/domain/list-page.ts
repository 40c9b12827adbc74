import type { ListQuery, Table, Tables } from '../store/store.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import type { Context } from './handler.js';
import { reflect } from './reflect.js';

interface PageQuery<R> extends Pick<ListQuery<R>, 'where' | 'search' | 'limit' | 'offset'> {
  /** A key, with `-` before it for descending. */
  sort: string;
  /** Place to go on from, instead of `offset`. */
  cursor?: string | undefined;
}

/** The rows of one page of a table, and the `meta` of its answer, which reflects `channel`. */
export async function listPage<T extends Table>(
  ctx: Context,
  channel: string,
  table: T,
  { sort, cursor, ...query }: PageQuery<Tables[T]>,
) {
  const position = reflect(ctx, channel);
  const order = parseSort<keyof Tables[T] & string>(sort);
  const { rows, total, hasMore } = await ctx.store.list(table, {
    ...query,
    sort: order,
    ...(cursor && { after: decodeCursor(sort, cursor) }),
  });
  const last = rows.at(-1);
  const nextCursor = hasMore && last ? encodeCursor(sort, last[order.key], last.id) : null;
  return { rows, meta: { limit: query.limit, total, nextCursor, hasMore, cursor: position } };
}

/** The key of a sort, and whether it is descending: `-name` is. */
export function parseSort<K extends string>(sort: string): { key: K; descending: boolean } {
  const descending = sort.startsWith('-');
  return { key: (descending ? sort.slice(1) : sort) as K, descending };
}
