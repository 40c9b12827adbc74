import type { Query, QueryKey } from '@tanstack/query-core';
import { withTotal, type Page } from './list.js';
import { ruleOf } from './rules.js';
import { setStand, setStandOfTotal, standOf, standOfTotal } from './stand.js';

/**
 * The queries that are changed together: those of one list by page number in their order,
 * as who leaves one page counts on all; any other by itself.
 */
export function groupPages(
  queries: readonly Query[],
  hash: (key: QueryKey) => string,
): readonly Query[][] {
  const groups = new Map<string, Query[]>();
  for (const query of queries) {
    const { queryKey, queryHash, state } = query;
    const paged = pageOf(queryKey) !== undefined && state.data !== undefined;
    const name = paged ? hash(listOf(queryKey)) : queryHash;
    groups.set(name, [...(groups.get(name) ?? []), query]);
  }
  return [...groups.values()].map((group) =>
    group.sort((a, b) => (pageOf(a.queryKey) ?? 0) - (pageOf(b.queryKey) ?? 0)),
  );
}

const pageOf = (key: QueryKey) => ruleOf(key)?.page;
const listOf = ([resource, shape, params]: QueryKey): QueryKey => [
  resource,
  shape,
  { ...(params as object), page: undefined },
];

/**
 * Pages of one list with one total: that of the page which knows most, and among equals of
 * the one `read` last. Where it stands goes with it.
 */
export function agree<T>(
  parts: readonly T[],
  keys: readonly QueryKey[],
  read: readonly number[],
): readonly T[] {
  const last = standOf(parts[read.indexOf(Math.max(...read))]);
  const known = parts.map((page) => {
    const stand = standOfTotal(page);
    // What was read before the server began anew says nothing.
    return stand?.epoch === last?.epoch ? (stand?.offset ?? 0) : -1;
  });
  const most = Math.max(...known);
  const newest = Math.max(...read.filter((_, index) => known[index] === most));
  const leader = parts.find((_, index) => known[index] === most && read[index] === newest);
  return parts.map((part, index) => {
    const { total } = (leader as Page).meta;
    const page = withTotal(part as Page, total, pageOf(keys[index]!));
    setStand(page, standOf(part));
    setStandOfTotal(page, standOfTotal(leader));
    return page as T;
  });
}
