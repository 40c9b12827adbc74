import type { User } from '../../contract/index.js';
import { intl } from '../../kit/i18n.js';
import type { Filters } from './filters.js';
import { createTake } from './items.js';

/** People in their order, of whom not all may be there. */
export interface People {
  readonly total: number;
  /** Those that are there. */
  readonly rows: readonly User[];
  rowAt(index: number): User | undefined;
}

/**
 * People whom the page itself holds, filtered and sorted here: in the order given until
 * somebody sorts. What was found stands as long as nothing it came from is another.
 */
export class LocalPeople {
  /** The page's items as people. */
  readonly take = remember(createTake());
  private readonly sorted = remember(sort);
  private readonly people = remember(
    (items: readonly User[], search: string, role: string, status: string): People => {
      const rows = filter(items, search.toLowerCase().match(/\S+/g) ?? [], role, status);
      return { total: rows.length, rows, rowAt: (index) => rows[index] };
    },
  );

  find(items: readonly User[], filters: Filters, lang: string): People {
    const { search, roleFilter, statusFilter, sort } = filters;
    // Sorted first: a search then takes no sorting.
    return this.people(this.sorted(items, sort, lang), search, roleFilter, statusFilter);
  }
}

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
function filter(items: readonly User[], words: string[], role: string, status: string) {
  if (words.length === 0 && !role && !status) return items;
  return items.filter(
    (user) =>
      (!role || user.role === role) &&
      (!status || user.status === status) &&
      words.every(
        (word) => user.name.toLowerCase().includes(word) || user.email.toLowerCase().includes(word),
      ),
  );
}

function sort(items: readonly User[], by: Filters['sort'], lang: string): readonly User[] {
  if (!by) return items;
  const key = by.replace('-', '') as 'name';
  const way = by.startsWith('-') ? -1 : 1;
  // Times and roles are ASCII; names and addresses are put in the reader's order.
  const compare = /^(name|email)$/.test(key)
    ? intl(Intl.Collator, lang).compare
    : (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return items.toSorted((a, b) => way * compare(a[key] ?? '', b[key] ?? ''));
}
