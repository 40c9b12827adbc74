import type {
  Notification,
  NotificationCounts,
  NotificationFilter,
  NotificationType,
} from '../../contract/index.js';
import { countAll, fitsFilter } from '../../data/index.js';

type Given = [
  items: readonly Notification[],
  filter: NotificationFilter,
  type: NotificationType | '',
];

const read = (...[items, filter, type]: Given) => {
  const refuse = () => {
    throw new TypeError('items must be an array of notifications, each with an "id".');
  };
  if (!Array.isArray(items)) refuse();
  const data = items.filter((item) => (item?.id ? fitsFilter(item, filter, type) : refuse()));
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
