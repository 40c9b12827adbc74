import type { Notification, NotificationCounts } from '../contract/index.js';
import type { Change } from './change.js';
import { isNews, standOf } from './stand.js';

const names = ['total', 'unread', 'snoozed', 'archived'] as const;

/** Beside counts, the notifications that the stream told of on the way to them: these they reflect. */
const reflected = new WeakMap<object, ReadonlyMap<string, Notification>>();
/** As many as may be about to change, and more. */
const mostReflected = 100;

/** How many notifications each filter has after the changes; the same object if as many as before. */
export function foldCounts<T extends object>(data: T, changes: readonly Change[]): T {
  const stand = standOf(data);
  const known = new Map(reflected.get(data));
  const before = data as T & NotificationCounts;
  let after: NotificationCounts = before;
  for (const change of changes) {
    if (!isNews(stand, change)) continue;
    after = countOn(after, change, known);
    if (change.type === 'NOTIFICATION_UPDATED' && change.at) {
      known.delete(change.payload.id);
      known.set(change.payload.id, change.payload);
    }
  }
  const isSame = names.every((name) => after[name] === before[name]);
  const result = isSame ? data : { ...before, ...after };
  reflected.set(result, new Map([...known].slice(-mostReflected)));
  return result;
}

function countOn(
  counts: NotificationCounts,
  change: Change,
  known: ReadonlyMap<string, Notification>,
): NotificationCounts {
  const { total, unread, archived } = counts;
  if (change.type === 'NOTIFICATION_COUNTED') return change.payload;
  if (change.type === 'ALL_READ') return { ...counts, unread: 0 };
  if (change.type === 'READ_ARCHIVED') {
    return { ...counts, total: unread, archived: archived + total - unread };
  }
  if (!change.was) return counts;
  // The stream may have been faster than the answer to what is about to happen.
  const was = known.get(change.was.id) ?? change.was;
  const [from, to] = [countAll([was]), countAll([{ ...was, ...change.payload }])];
  const moved = names.map((name) => [name, counts[name] + to[name] - from[name]]);
  return Object.fromEntries(moved) as NotificationCounts;
}

/** How many of these notifications each filter has. */
export function countAll(items: readonly Notification[]): NotificationCounts {
  const counts = { total: 0, unread: 0, snoozed: 0, archived: 0 };
  for (const { archivedAt, snoozedUntil, readAt } of items) {
    counts[archivedAt ? 'archived' : snoozedUntil ? 'snoozed' : 'total'] += 1;
    if (!archivedAt && !snoozedUntil && !readAt) counts.unread += 1;
  }
  return counts;
}
