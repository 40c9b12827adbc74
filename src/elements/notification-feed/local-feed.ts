import {
  notificationTypes,
  type Notification,
  type NotificationCounts,
  type NotificationFilter,
  type NotificationType,
} from '../../contract/index.js';
import { countAll, fitsFilter } from '../../data/index.js';

/** Those looked at already: most are handed over again. */
const sound = new WeakSet<Notification>();

function check(item: Notification, at: number): void {
  if (sound.has(item)) return;
  const { id, type, createdAt } = (item as Partial<Notification> | null) ?? {};
  if (!id || !notificationTypes.includes(type!) || isNaN(Date.parse(createdAt!))) {
    throw new TypeError(
      `items[${at}] is no notification: it needs an "id", a "type" (${notificationTypes.join(', ')}) and a "createdAt" (ISO 8601), and has ${JSON.stringify({ id, type, createdAt })}.`,
    );
  }
  sound.add(item);
}

const nothing = {
  hash: '',
  given: undefined as unknown,
  items: [] as Notification[],
  data: { pages: [{ data: [] as Notification[], meta: { total: 0 } }], pageParams: [null] },
  result: undefined,
  counts: countAll([]),
};

/** Notifications that the page itself holds, as a list would have them; the same while nothing is another. */
export class LocalFeed {
  private last = nothing;

  find(
    given: readonly Notification[],
    filter: NotificationFilter,
    type: NotificationType | '',
  ): typeof nothing {
    const hash = `items ${filter} ${type}`;
    const last = this.last.hash === hash ? this.last : nothing;
    if (last.given === given) return last;
    if (!Array.isArray(given)) throw new TypeError('items must be an array of notifications.');
    // Not all anew where more came in above and the rest is the same: that would be felt with very many.
    const known = endsWith(given, last.items) ? last : nothing;
    const fresh = given.slice(0, given.length - known.items.length);
    fresh.forEach(check);
    const counts = countAll(fresh);
    for (const name of Object.keys(counts) as (keyof NotificationCounts)[])
      counts[name] += known.counts[name];
    const data = fresh
      .filter((item) => fitsFilter(item, filter, type))
      .concat(known.data.pages[0]!.data);
    return (this.last = {
      hash,
      given,
      // A copy: the page may change its own array.
      items: fresh.concat(known.items),
      data: { pages: [{ data, meta: { total: data.length } }], pageParams: [null] },
      result: undefined,
      counts,
    });
  }
}

/** Whether these are those of before, or those with others above them. */
function endsWith(items: readonly Notification[], before: readonly Notification[]): boolean {
  const above = items.length - before.length;
  // No call for each.
  for (let at = before.length; at--;) if (items[above + at] !== before[at]) return false;
  return above >= 0;
}
