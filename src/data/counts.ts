import type { Notification, NotificationCounts } from '../contract/index.js';
import type { Change } from './change.js';
import { fitsFilter } from './filters.js';
import { isNews, standOf } from './stand.js';

const names = ['total', 'unread', 'snoozed', 'archived'] as const;

/** How many notifications each filter has after the changes; the same object if as many as before. */
export function foldCounts<T>(data: T, changes: readonly Change[]): T {
  const stand = standOf(data);
  const before = data as T & NotificationCounts;
  const after = changes.reduce<NotificationCounts>(
    (counts, change) => (isNews(stand, change) ? countOn(counts, change) : counts),
    before,
  );
  return names.every((name) => after[name] === before[name]) ? data : { ...before, ...after };
}

function countOn(counts: NotificationCounts, change: Change): NotificationCounts {
  const { total, unread, archived } = counts;
  if (change.type === 'NOTIFICATION_COUNTED') return change.payload;
  if (change.type === 'ALL_READ') return { ...counts, unread: 0 };
  if (change.type === 'READ_ARCHIVED') {
    return { ...counts, total: unread, archived: archived + total - unread };
  }
  if (change.type !== 'PATCHED' || !change.was) return counts;
  const [from, to] = [change.was, { ...change.was, ...change.payload }].map(places);
  const moved = names.map((name) => [name, counts[name] + to![name] - from![name]]);
  return Object.fromEntries(moved) as NotificationCounts;
}

/** In which counts a notification is, 1 or 0 each. */
const places = (item: Notification) =>
  Object.fromEntries(
    names.map((name) => [name, Number(fitsFilter(item, name === 'total' ? 'all' : name))]),
  ) as NotificationCounts;

/** How many of these notifications each filter has. */
export function countAll(items: readonly Notification[]): NotificationCounts {
  const sums = { total: 0, unread: 0, snoozed: 0, archived: 0 };
  for (const item of items) for (const name of names) sums[name] += places(item)[name];
  return sums;
}
