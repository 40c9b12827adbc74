import { effectOf, idOf, patchRow, rowOf, type Change, type Row } from './change.js';
import { isAbove, place } from './place.js';
import type { ListRule } from './rules.js';
import { isNews, standOf, standOfTotal, type Stand } from './stand.js';

export interface Page {
  data: readonly Row[];
  meta: { limit: number; total: number; hasMore: boolean; totalPages?: number };
}

/**
 * The pages of one list after the changes, given in their order with the number of each.
 * Who is held is patched; who no longer belongs leaves; who is new and belongs comes in
 * where the order puts it; totals follow on every page. `unsure` says of which pages only
 * the server can tell what they are now: these must be asked for again.
 */
export function foldList(
  pages: readonly Page[],
  changes: readonly Change[],
  rule: ListRule,
  numbers: readonly number[],
): { pages: readonly Page[]; unsure: boolean[] } {
  const each = expand(changes, pages);
  const held = gatherRows(pages, new Set(each.map(idOf)));
  const stands = pages.map(standOf);
  const ofTotals = pages.map(standOfTotal);
  // A total that is another page's, and newer, says nothing of where these rows end.
  const ends = pages.map(
    ({ meta }, index) => !meta.hasMore && stands[index]?.offset === ofTotals[index]?.offset,
  );
  const added = pages.map(() => 0);
  const unsure = pages.map(() => false);
  const newcomers = new Set<string>();
  const paged = rule.page !== undefined;
  const lastHeld = pages.at(-1)!.data.at(-1);
  // As far as nothing can be missing: the first page, or all that a growing list has.
  const reach = paged ? pages.slice(0, 1) : pages;
  const counted = reach.reduce((sum, { data }) => sum + data.length, 0);
  /** All there is is held, and nothing else is counted. */
  const complete =
    numbers[0] === 1 && ends[reach.length - 1]! && counted === reach.at(-1)!.meta.total;

  const doubt = (concerns: (index: number) => unknown = () => true) =>
    unsure.forEach((is, index) => (unsure[index] = is || Boolean(concerns(index))));
  /** A hole in a page by number is filled from the next, and so on to the end. */
  const pullUp = (from: number) =>
    doubt((index) => paged && (index > from || (index === from && !ends[index])));

  /** No update of who is not held changes what is. */
  const everybody = rule.whole && rule.newestFirst;
  const stays = (was: Row, is: Row) =>
    is === was ||
    (rule.matches(is) !== false && rule.decisive.every((field) => is[field] === was[field]));

  for (const change of each) {
    const kind = effectOf(change);
    const known = change.type === 'PATCHED' || change.type === 'REMOVED';
    const was = known ? change.was : undefined;
    if (!kind || !(known || change.type.startsWith(rule.family))) continue;
    const slot = held.get(idOf(change));
    const mine = slot?.now;
    // Most of what happens: somebody else does not matter, and is not even looked into.
    if (kind === 'updated' && !mine && everybody && !was) continue;
    const row = rowOf(change);
    const next = mine && kind !== 'removed' ? patchRow(mine, row) : undefined;
    // Or somebody held stays where they are.
    if (kind === 'updated' && mine && stays(mine, next!)) {
      if (next !== mine) slot!.now = next;
      else if (paged && !everybody) {
        // Their page has had it, and they may have come by it: the others can have moved.
        const news = newsTo(stands, change);
        if (!news[slot!.page!]) doubt((index) => news[index]);
      }
      continue;
    }
    const news = newsTo(stands, change);
    const anyNews = news.includes(true);
    // Else some pages have had it: who is not held may have been.
    const allNews = !news.includes(false);
    const count = (step: number, but?: number) => {
      newsTo(ofTotals, change).forEach(
        (is, index) => is && index !== but && (added[index]! += step),
      );
      // Told by another channel: whether the total has it, this list's own will say.
      if (!anyNews) doubt();
    };
    const leave = () => {
      slot!.now = undefined;
      newcomers.delete(row.id);
      count(-1);
      // Of who came and went in one go some pages may have shown the coming.
      pullUp(slot?.page ?? 0);
    };

    if (kind === 'removed') {
      const at = slot?.page;
      const told = change.at && (at === undefined ? anyNews : news[at]);
      if (mine && (told || !(row.version <= mine.version))) {
        leave();
        // They went before they came back, which may have been told ahead of it.
        if (row.version < mine.version) doubt();
      } else if (mine && change.at && anyNews) {
        // Held in a later life, which only some pages have heard of.
        count(-1);
        doubt((index) => paged && news[index]);
      } else if (!mine && change.at && anyNews) {
        if (rule.whole) count(-1);
        // Only above the first page nobody can have gone.
        doubt((index) => (rule.whole ? paged && numbers[index] !== 1 : !(complete && allNews)));
      }
    } else if (mine && next) {
      slot.now = next;
      if (kind === 'created' && anyNews && !newcomers.has(row.id)) {
        // Held, as that page reflects more than it promised; only the others have to count it.
        const at = slot.page!;
        count(1, at);
        // Who was restored here before this page heard of the deletion leaves when it does.
        doubt((index) => row.version > 1 || (paged && news[index] && index > at));
      }
      if (next === mine) continue;
      if (rule.matches(next) === false) leave();
      else if (!stays(mine, next)) doubt();
    } else if (anyNews && (was || !known)) {
      const whole = { ...was, ...row } as Row;
      const belongs = rule.matches(whole);
      const enter = () => {
        count(1);
        held.set(row.id, { ...slot, now: whole });
        newcomers.add(row.id);
      };
      if (was) {
        // About to come from another filter.
        if (belongs && !rule.matches(was as unknown as Row)) enter();
        continue;
      }
      if (kind === 'created' && belongs) {
        // Pages that have had it, and hold nobody, know that they left.
        if (allNews) enter();
        else count(1);
        if (!allNews || !rule.newestFirst) doubt();
        continue;
      }
      // Would be held by now if it had been there before.
      const isWithin = rule.newestFirst && !paged && (isAbove(row, lastHeld) || ends.at(-1));
      if (kind === 'updated' && belongs && isWithin && !rule.whole) enter();
      if (kind === 'created') doubt(() => belongs === undefined);
      // It may have come or gone beyond what is held.
      else doubt(() => !everybody && !(complete && allNews && belongs === false));
    }
  }

  const patched = pages.map(({ data }) =>
    keepSame(data, (row) => {
      // Who went and came back comes in where the order puts it.
      const slot = held.get(row.id);
      if (!slot?.was) return row;
      const now = newcomers.has(row.id) ? undefined : slot.now;
      // Of who stands on two pages one may be older.
      return now === slot.was && now?.version === row.version ? row : now;
    }),
  );
  const rows = [...newcomers].map((id) => held.get(id)!.now!);
  const inDoubt = (index: number) => (unsure[index] = true);
  const placed =
    rule.newestFirst && rows.length > 0
      ? place(rows, patched, { pages, ends, numbers, paged, doubt: inDoubt })
      : patched;
  const next = pages.map((page, index) => {
    const data = placed[index]!;
    const moved = data === page.data ? page : { ...page, data };
    const total = Math.max(0, page.meta.total + added[index]!);
    return withTotal(moved, total, paged ? numbers[index] : undefined);
  });
  return { pages: keepSame(pages, (page) => next[pages.indexOf(page)]), unsure };
}

/** One row as it was before the changes, on which page, and as it is now; who came in was on none. */
interface Held {
  was?: Row;
  page?: number;
  now: Row | undefined;
}

/** Who of these, or of all, is held, by id. */
function gatherRows(pages: readonly Page[], ids?: ReadonlySet<string>): Map<string, Held> {
  const held = new Map<string, Held>();
  pages.forEach(({ data }, page) => {
    for (const row of data) {
      if (ids && !ids.has(row.id)) continue;
      // Who moved over a border meanwhile stands on two pages.
      if ((held.get(row.id)?.now?.version ?? -1) >= row.version) continue;
      held.set(row.id, { was: row, page, now: row });
    }
  });
  return held;
}

/** The page with another total, and what follows from it; by its number whether there is more. */
export function withTotal(page: Page, total: number, number?: number): Page {
  const { limit, totalPages } = page.meta;
  if (total === page.meta.total) return page;
  return {
    ...page,
    meta: {
      ...page.meta,
      total,
      ...(totalPages !== undefined && { totalPages: Math.ceil(total / limit) }),
      ...(number !== undefined && { hasMore: number * limit < total }),
    },
  };
}

function newsTo(stands: readonly (Stand | undefined)[], change: Change): boolean[] {
  const news: boolean[] = [];
  for (const [index, stand] of stands.entries()) {
    // Most pages stand at one place.
    news.push(index > 0 && stand === stands[index - 1] ? news[index - 1]! : isNews(stand, change));
  }
  return news;
}

/** What is meant for all rows at once, said for each. */
function expand(changes: readonly Change[], pages: readonly Page[]): readonly Change[] {
  const isForAll = ({ type }: Change) => type === 'ALL_READ' || type === 'READ_ARCHIVED';
  if (!changes.some(isForAll)) return changes;
  return changes.flatMap((change): Change | Change[] => {
    if (change.type !== 'ALL_READ' && change.type !== 'READ_ARCHIVED') return change;
    const concerns = ({ readAt, archivedAt, snoozedUntil }: Row) =>
      !archivedAt && !snoozedUntil && Boolean(readAt) === (change.type === 'READ_ARCHIVED');
    const rows = [...gatherRows(pages).values()].map(({ now }) => now!).filter(concerns);
    return rows.map(({ id }) => ({ type: 'PATCHED', payload: { id, ...change.payload } }));
  });
}

/** The items as `next` gives them, without those it drops; the same array when all stay the same. */
export function keepSame<T>(items: readonly T[], next: (item: T) => T | undefined): readonly T[] {
  const result = items.map(next);
  if (result.every((item, index) => item === items[index])) return items;
  return result.filter((item) => item !== undefined);
}
