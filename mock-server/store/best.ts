import { matchText, type Match } from './match.js';
import type { UserRow, UserSearch } from './store.js';
import type { Rows } from './table.js';

/** People whose name or e-mail matches, best first: see `Reader.search`. */
export function findBest(users: Rows<UserRow>, { text, fields, limit }: UserSearch): UserRow[] {
  const lower = text.toLowerCase();
  const match = (field: 'name' | 'email', standing: 'start' | 'word') =>
    fields.includes(field) && matchText(lower, [field], standing, users.base);
  const anywhere = matchText(lower, fields, 'anywhere', users.base);
  const levels = [match('name', 'start'), match('name', 'word'), match('email', 'start'), anywhere];
  const wanted = levels.filter((level) => level !== false);
  const found = wanted.map((): UserRow[] => []);
  const byName = users.view({ sort: { key: 'name', descending: false } });
  byName.scan((entry) => {
    const fits = (level: Match<UserRow>) =>
      typeof entry === 'number' ? level.base(entry) : level.row(entry.row);
    if (!fits(anywhere)) return false;
    const rows = found[wanted.findIndex(fits)]!;
    if (rows.length < limit) rows.push(byName.rowOf(entry));
    // They come by name: nothing after can be better than a full first level.
    return found[0]!.length >= limit;
  });
  return found.flat().slice(0, limit);
}
