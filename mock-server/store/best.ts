import { matchText, matchWords, none } from './match.js';
import type { UserRow, UserSearch } from './store.js';
import type { Rows } from './table.js';

/** People whose name or e-mail matches, best first: see `Reader.search`. */
export function findBest(users: Rows<UserRow>, { text, fields, limit }: UserSearch): UserRow[] {
  const lower = text.toLowerCase();
  const match = (field: 'name' | 'email', standing: 'start' | 'word') =>
    fields.includes(field) && matchText(lower, [field], standing, users.base);
  const anywhere = matchWords(lower, fields, users.base);
  const better = [match('name', 'start'), match('name', 'word'), match('email', 'start')];
  const levels = [...better.filter((level) => level !== false), anywhere];
  const last = levels.length - 1;
  const inBase = levels
    .slice(0, last)
    .map((level, place) => ({ fits: level.base, place }))
    .filter(({ fits }) => fits !== none);
  const levelInBase = (index: number) => {
    // Most do not match at all: one look is enough to tell.
    if (!anywhere.base(index)) return -1;
    for (const { fits, place } of inBase) if (fits(index)) return place;
    return last;
  };

  const found = levels.map((): UserRow[] => []);
  const byName = users.view({ sort: { key: 'name', descending: false } });
  byName.scan((entry) => {
    const level =
      typeof entry === 'number'
        ? levelInBase(entry)
        : levels.findIndex((each) => each.row(entry.row));
    if (level === -1) return false;
    const rows = found[level]!;
    if (rows.length < limit) rows.push(byName.rowOf(entry));
    // They come by name: nothing after can be better than a full first level.
    return found[0]!.length >= limit;
  });
  return found.flat().slice(0, limit);
}
