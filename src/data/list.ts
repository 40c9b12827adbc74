import { effectOf, patchRow, type Change, type Row } from './change.js';
import type { ListRule } from './rules.js';
import { isNews, standOf } from './stand.js';

export interface Page {
  data: readonly Row[];
  meta: { limit: number; total: number; hasMore: boolean; totalPages?: number };
}

/** Newcomers that a page takes beyond its size: with more, reading anew is less work than showing all. */
const spare = 100;

/**
 * The pages of a list after the changes. Who is held is patched; who no longer
 * belongs leaves; who is new and belongs comes in where the order puts it; totals
 * follow. `unsure` when only the server can tell what the list is now: then it must
 * be asked again.
 */
export function foldList(
  pages: readonly Page[],
  changes: readonly Change[],
  rule: ListRule,
  fromTop: boolean,
): { pages: readonly Page[]; unsure: boolean } {
  const held = new Map(pages.flatMap(({ data }) => data.map((row) => [row.id, row])));
  const stands = pages.map(standOf);
  const added = pages.map(() => 0);
  const newcomers = new Set<string>();
  const complete = fromTop && !pages.at(-1)?.meta.hasMore;
  const shifts = rule.page !== undefined && !complete;
  let unsure = false;

  for (const change of expand(changes, held)) {
    const effect = effectOf(change);
    const known = change.type === 'PATCHED' || change.type === 'REMOVED';
    if (!effect || !(known || change.type.startsWith(rule.family))) continue;
    const [kind, row] = effect;
    const mine = held.get(row.id);
    const news: boolean[] = [];
    for (const [index, stand] of stands.entries()) {
      // Most pages stand at one place.
      news.push(
        index > 0 && stand === stands[index - 1] ? news[index - 1]! : isNews(stand, change),
      );
    }
    const anyNews = news.includes(true);
    const count = (step: number) => {
      news.forEach((is, index) => is && (added[index]! += step));
      // Told by another channel: whether the total has it, this list's own will say.
      unsure ||= !anyNews;
    };

    if (kind === 'removed') {
      if (mine && ((change.at && anyNews) || !(row.version <= mine.version))) {
        held.delete(row.id);
        newcomers.delete(row.id);
        count(-1);
        unsure ||= shifts;
      } else if (!mine && change.at && anyNews) {
        if (rule.whole) count(-1);
        unsure ||= shifts || !(rule.whole || complete);
      }
    } else if (mine) {
      const next = patchRow(mine, row);
      held.set(row.id, next);
      if (kind === 'created' && change.at) {
        // Held, as the answer reflects more than it promised; only other pages have to count it.
        pages.forEach(({ data }, index) => {
          if (news[index] && !newcomers.has(row.id) && !data.includes(mine)) added[index]! += 1;
        });
      }
      if (next === mine) continue;
      if (rule.matches(next) === false) {
        held.delete(row.id);
        count(-1);
        unsure ||= shifts;
      } else unsure ||= rule.decisive.some((field) => next[field] !== mine[field]);
    } else if (anyNews && !known) {
      const belongs = rule.matches(row);
      if (kind === 'created' && belongs) {
        count(1);
        held.set(row.id, row);
        newcomers.add(row.id);
        unsure ||= !rule.newestFirst || (rule.page ?? 1) > 1;
      } else if (kind === 'created') unsure ||= belongs === undefined;
      // It may have come or gone beyond what is held.
      else unsure ||= !(rule.whole && rule.newestFirst) && !(complete && belongs === false);
    }
  }

  const last = pages.length - 1;
  const next = pages.map((page, index) => {
    let data = keepSame(page.data, (row) => held.get(row.id));
    if (rule.newestFirst && fromTop && newcomers.size > 0) {
      const arrivals = [...newcomers].flatMap((id) => {
        const row = held.get(id);
        const fits = row && (isAbove(row, data.at(-1)) || (index === last && complete));
        return fits && newcomers.delete(id) ? [row] : [];
      });
      const room = rule.page ? Infinity : page.meta.limit + spare - data.length;
      unsure ||= arrivals.length > room;
      if (arrivals.length > 0) {
        arrivals.sort(newestFirst);
        data = [...data, ...arrivals.slice(0, Math.max(0, room))].sort(newestFirst);
      }
      if (rule.page) data = data.slice(0, page.meta.limit);
    }
    const total = page.meta.total + added[index]!;
    if (data === page.data && total === page.meta.total) return page;
    return { ...page, data, meta: { ...page.meta, total, ...pageCount(rule, page.meta, total) } };
  });
  return { pages: keepSame(pages, (page) => next[pages.indexOf(page)]), unsure };
}

/** What is meant for all rows at once, said for each. */
function expand(changes: readonly Change[], held: ReadonlyMap<string, Row>): readonly Change[] {
  return changes.flatMap((change): Change | Change[] => {
    if (change.type !== 'ALL_READ' && change.type !== 'READ_ARCHIVED') return change;
    const concerns = ({ readAt, archivedAt }: Row) =>
      change.type === 'ALL_READ' ? !readAt : readAt && !archivedAt;
    const rows = [...held.values()].filter(concerns);
    return rows.map(({ id }) => ({ type: 'PATCHED', payload: { id, ...change.payload } }));
  });
}

/** Newest first, by id among those of one moment. */
function isAbove(row: Row, other: Row | undefined): boolean {
  if (!other) return false;
  const [a, b] = [String(row['createdAt']), String(other['createdAt'])];
  return a > b || (a === b && row.id < other.id);
}

const newestFirst = (a: Row, b: Row) => (isAbove(a, b) ? -1 : 1);

function pageCount({ page }: ListRule, { limit, totalPages }: Page['meta'], total: number) {
  return {
    ...(totalPages !== undefined && { totalPages: Math.ceil(total / limit) }),
    ...(page && { hasMore: page * limit < total }),
  };
}

/** The items as `next` gives them, without those it drops; the same array when all stay the same. */
function keepSame<T>(items: readonly T[], next: (item: T) => T | undefined): readonly T[] {
  const result = items.map(next);
  if (result.every((item, index) => item === items[index])) return items;
  return result.filter((item) => item !== undefined);
}
