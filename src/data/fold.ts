import type { QueryKey } from '@tanstack/query-core';
import { effectOf, rowOf, type Change, type Row } from './change.js';
import { foldCounts } from './counts.js';
import { carryEntities, gatherEntities, hasGone, idsIn } from './entities.js';
import { foldList, type Page } from './list.js';
import { ruleOf } from './rules.js';
import { isNews, standOf } from './stand.js';

/**
 * The data of a query after the changes, in their order: lists, details, counts and
 * whatever else holds one of our entities. The very same object where nothing
 * changes. What the data reflect already is passed over.
 */
export function fold<T>(data: T, changes: readonly Change[], key: QueryKey): T {
  return foldAll([data], changes, [key]).parts[0]!;
}

/**
 * `fold` for the data of one query, or of all pages by number of one list in their order;
 * and of which of these the server has to be asked what they are now.
 */
export function foldAll<T>(
  parts: readonly T[],
  changes: readonly Change[],
  keys: readonly QueryKey[],
): { parts: readonly T[]; unsure: boolean[] } {
  const [data, key] = [parts[0], keys[0]!];
  const unsure = parts.map(() => false);
  if (changes.length === 0 || typeof data !== 'object' || !data) return { parts, unsure };
  const rule = ruleOf(key);
  const [resource, shape] = key;
  const { pages, pageParams } = data as { pages?: Page[]; pageParams?: unknown[] };
  const entitiesOf = (each: object) => gatherEntities(changes, idsIn(each));
  // People hold nobody else: their lists are done when the rows are.
  const carry = <D extends object>(each: D): D =>
    resource === 'users' ? each : carryEntities(each, entitiesOf(each), false);

  if (rule && pages) {
    // Whose first pages were let go does not begin at the top.
    const first = pageParams?.[0] ? 2 : 1;
    const numbers = pages.map((_, index) => first + index);
    const folded = foldList(pages, changes, rule, numbers);
    const next = folded.pages === pages ? data : { ...data, pages: folded.pages };
    return { parts: [carry(next)], unsure: [folded.unsure.includes(true)] };
  }
  if (rule && 'meta' in data) {
    const numbers = keys.map((each) => ruleOf(each)!.page!);
    const folded = foldList(parts as readonly Page[], changes, rule, numbers);
    return { parts: folded.pages.map(carry) as readonly unknown[] as T[], unsure: folded.unsure };
  }
  if (resource === 'notifications' && shape === 'counts') {
    return { parts: [foldCounts(data, changes)], unsure };
  }
  if (shape === 'preferences') {
    const set = changes.findLast(({ type }) => type === 'PREFERRED');
    return { parts: [set ? (set.payload as T) : data], unsure };
  }
  const entities = entitiesOf(data);
  const carried = carryEntities(data, entities, shape === 'batch');
  const unknown = hasGone(data, entities) || isOpen(data, changes, key);
  return { parts: [carried], unsure: [unknown] };
}

/** Whether somebody may be in an answer by now: a match of a search, or who was missing before. */
function isOpen(data: unknown, changes: readonly Change[], key: QueryKey): boolean {
  const [, shape, subject] = key;
  const rows = (data as { data?: unknown }).data;
  if (!Array.isArray(rows)) return false;
  const stand = standOf(data);
  const family = shape === 'of-user' ? 'PROJECT_' : 'USER_';
  return changes.some((change) => {
    if (!change.type.startsWith(family) || !isNews(stand, change)) return false;
    const [kind, row] = [effectOf(change), rowOf(change)];
    const mine = (rows as (Row | null)[]).find((each) => each?.id === row.id);
    if (shape === 'batch') {
      return kind === 'created' && !mine && (subject as string[]).includes(row.id);
    }
    if (shape === 'of-user') {
      const members = (row['members'] ?? []) as readonly { id: string }[];
      const isMember = members.some(({ id }) => id === subject);
      if (kind === 'removed') return false;
      // In the order of their names.
      return mine ? mine['name'] !== row['name'] || !isMember : isMember;
    }
    if (shape !== 'search') return false;
    if (kind === 'removed' || !mine) return kind !== 'removed' || mine !== undefined;
    return ['name', 'email'].some((field) => field in mine && mine[field] !== row[field]);
  });
}
