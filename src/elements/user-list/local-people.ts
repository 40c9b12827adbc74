import type { User } from '../../contract/index.js';
import { intl } from '../../kit/i18n.js';
import type { Filters } from './filters.js';
import { asUser, faultOf, isUser, type UserItem } from './items.js';

/** People in their order, of whom not all may be there. */
export interface People {
  readonly total: number;
  /** Those that are there. */
  readonly rows: readonly User[];
  rowAt(index: number): User | undefined;
}

/** As many items are looked at before they are shown: more than are in sight at once. */
const ahead = 100;

/**
 * People whom the page itself holds, filtered and sorted here: in the order given until
 * somebody sorts. An item is looked at when it comes into sight, so that it does not matter
 * how many there are. What was found stands as long as nothing it came from is another.
 */
export class LocalPeople {
  private given = peopleOf([]);
  private fault: Error | undefined;
  private readonly sorted = remember(sort);
  private readonly matching = remember(filter);

  /** `failed` is told when an item is looked at that is nobody. */
  constructor(private readonly failed: () => void) {}

  /** Takes other items, or the same array after the page has changed it. */
  take(items: readonly UserItem[]): void {
    this.fault = undefined;
    if (!Array.isArray(items)) {
      const message = `items must be an array of people, each with an "id", got "${items}".`;
      this.given = peopleOf([]);
      return this.fail(new TypeError(message));
    }
    const { length } = items;
    let rows: readonly User[] | undefined;
    const all = () =>
      items.every(isUser) ? items : items.flatMap((item, at) => this.look(item, at) ?? []);
    const rowAt = (at: number) => {
      if (at < 0 || at >= length) return undefined;
      const item = items[at];
      // As few calls as can be: rows in sight are looked at in every frame in which others change.
      return isUser(item) ? item : this.look(item, at);
    };
    this.given = {
      total: length,
      rowAt,
      get rows() {
        return (rows ??= all());
      },
    };
  }

  find({ search, roleFilter, statusFilter, sort }: Filters, lang: string): People {
    // Sorted first: a search then takes no sorting.
    const sorted = this.sorted(this.given, sort, lang);
    return this.matching(sorted, search, roleFilter, statusFilter);
  }

  /** Throws the message to show if one of those found is nobody, as far as they were looked at. */
  check(filters: Filters, lang: string): void {
    const { total, rowAt } = this.find(filters, lang);
    for (let at = 0; at < Math.min(ahead, total); at += 1) rowAt(at);
    if (this.fault) throw this.fault;
  }

  private look(item: UserItem | undefined, at: number): User | undefined {
    if (isUser(item)) return item;
    const fault = faultOf(item, at);
    if (!fault) return asUser(item!);
    this.fail(fault);
    return undefined;
  }

  private fail(fault: Error): void {
    this.fault ??= fault;
    this.failed();
  }
}

const peopleOf = (rows: readonly User[]): People => ({
  total: rows.length,
  rows,
  rowAt: (index) => rows[index],
});

/** Keeps the last result while the arguments are the same. */
function remember<A extends unknown[], R>(compute: (...given: A) => R): (...given: A) => R {
  let last: { given: A; result: R } | undefined;
  return (...given) => {
    if (!last?.given.every((each, index) => each === given[index])) {
      last = { given, result: compute(...given) };
    }
    return last.result;
  };
}

/** Who has every word in the name or the address. */
function filter(people: People, search: string, role: string, status: string): People {
  if (!search && !role && !status) return people;
  const words = search.toLowerCase().match(/\S+/g) ?? [];
  if (words.length === 0 && !role && !status) return people;
  const rows = people.rows.filter(
    (user) =>
      (!role || user.role === role) &&
      (!status || user.status === status) &&
      words.every(
        (word) => user.name.toLowerCase().includes(word) || user.email.toLowerCase().includes(word),
      ),
  );
  return peopleOf(rows);
}

function sort(people: People, by: Filters['sort'], lang: string): People {
  if (!by) return people;
  const key = by.replace('-', '') as 'name';
  const way = by.startsWith('-') ? -1 : 1;
  // Times and roles are ASCII; names and addresses are put in the reader's order.
  const compare = /^(name|email)$/.test(key)
    ? intl(Intl.Collator, lang).compare
    : (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return peopleOf(people.rows.toSorted((a, b) => way * compare(a[key] ?? '', b[key] ?? '')));
}
