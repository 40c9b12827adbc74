import {
  notificationTypes,
  type Notification,
  type NotificationCounts,
  type NotificationFilter,
  type NotificationType,
} from '../../contract/index.js';
import { countAll, fitsFilter } from '../../data/index.js';

type Given = [
  items: readonly Notification[],
  filter: NotificationFilter,
  type: NotificationType | '',
];

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

const read = (...[items, filter, type]: Given) => {
  if (!Array.isArray(items)) throw new TypeError('items must be an array of notifications.');
  items.forEach(check);
  const data = items.filter((item: Notification) => fitsFilter(item, filter, type));
  return {
    hash: `items ${filter} ${type}`,
    data: { pages: [{ data, meta: { total: data.length } }], pageParams: [null] },
    result: undefined,
    counts: countAll(items) as NotificationCounts | undefined,
  };
};

/** Notifications that the page itself holds, as a list would have them; the same while nothing is another. */
export class LocalFeed {
  private last: { given: Given; found: ReturnType<typeof read> } | undefined;

  find(...given: Given): ReturnType<typeof read> {
    if (!this.last?.given.every((each, index) => each === given[index])) {
      this.last = { given, found: read(...given) };
    }
    return this.last!.found;
  }
}
