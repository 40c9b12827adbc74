import type { QueryKey } from '@tanstack/query-core';
import type { NotificationCounts } from '../contract/index.js';
import type { Change, Row } from './change.js';
import { carryEntities, gatherEntities } from './entities.js';
import { foldList, type Page } from './list.js';
import { ruleOf } from './rules.js';
import { isNews, standOf } from './stand.js';

/**
 * The data of a query after the changes, in their order: lists, details, counts and
 * whatever else holds one of our entities. The very same object where nothing
 * changes. What the data reflect already is passed over.
 */
export function fold<T>(data: T, changes: readonly Change[], key: QueryKey): T {
  return foldAll(data, changes, key).data;
}

/** `fold`, and whether the server has to be asked what the data are now. */
export function foldAll<T>(
  data: T,
  changes: readonly Change[],
  key: QueryKey,
): { data: T; unsure: boolean } {
  if (changes.length === 0 || typeof data !== 'object' || !data) return { data, unsure: false };
  const rule = ruleOf(key);
  const [resource, shape] = key;
  const { pages, pageParams } = data as { pages?: Page[]; pageParams?: unknown[] };
  const entities = gatherEntities(changes);
  let next: T = data;
  let unsure = false;

  if (resource === 'notifications' && shape === 'counts') {
    next = foldCounts(data as T & NotificationCounts, changes);
  } else if (rule && pages) {
    const folded = foldList(pages, changes, rule, !pageParams?.[0]);
    unsure = folded.unsure;
    if (folded.pages !== pages) next = { ...data, pages: folded.pages };
  } else if (rule && 'meta' in data) {
    const folded = foldList([data as unknown as Page], changes, rule, rule.page === 1);
    unsure = folded.unsure;
    next = folded.pages[0] as unknown as T;
  } else if (entities.get((data as Partial<Row>).id ?? '')?.gone) {
    unsure = true;
  }
  return { data: carryEntities(next, entities, shape === 'batch'), unsure };
}

function foldCounts<T extends NotificationCounts>(data: T, changes: readonly Change[]): T {
  const stand = standOf(data);
  return changes.reduce((counts, change) => {
    if (!isNews(stand, change)) return counts;
    if (change.type === 'NOTIFICATION_COUNTED') {
      const { total, unread, archived } = change.payload;
      return counts.total === total && counts.unread === unread && counts.archived === archived
        ? counts
        : { ...counts, total, unread, archived };
    }
    const { total, unread, archived } = counts;
    if (change.type === 'ALL_READ') return unread === 0 ? counts : { ...counts, unread: 0 };
    if (change.type === 'READ_ARCHIVED') {
      return total === unread
        ? counts
        : { ...counts, total: unread, archived: archived + total - unread };
    }
    if (change.type !== 'PATCHED' || !change.was) return counts;
    const [before, after] = [change.was, { ...change.was, ...change.payload }].map(
      ({ readAt, archivedAt }) => ({
        total: Number(!archivedAt),
        unread: Number(!archivedAt && !readAt),
        archived: Number(Boolean(archivedAt)),
      }),
    ) as [NotificationCounts, NotificationCounts];
    return {
      ...counts,
      total: total + after.total - before.total,
      unread: unread + after.unread - before.unread,
      archived: archived + after.archived - before.archived,
    };
  }, data);
}
