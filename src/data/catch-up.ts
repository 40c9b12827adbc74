import type { QueryKey } from '@tanstack/query-core';
import type { Change } from './change.js';
import { foldAll } from './fold.js';
import type { Ledger } from './ledger.js';
import { setStand, standOf, unitsOf } from './stand.js';

/**
 * Data brought up to what the ledger knows, whatever they missed: an answer that was
 * under way while events came, a page put back by a cancelled fetch, a query that
 * nobody watched. `unsure` when only the server knows what they are now.
 */
export function catchUp<T>(
  data: T,
  key: QueryKey,
  channel: string | undefined,
  ledger: Ledger,
  news: readonly Change[] = ledger.all(),
): { data: T; unsure: boolean } {
  const stands = unitsOf(data).map((unit) => {
    // A server that does not say where its answers stand is taken to know what we know.
    const stand = standOf(unit) ?? (channel === undefined ? undefined : ledger.head(channel));
    setStand(unit, stand);
    return stand;
  });
  const missed = stands.some((stand) => stand && ledger.misses(stand));
  const folded = foldAll(data, news, key);
  unitsOf(folded.data).forEach((unit, index) => {
    const stand = stands[index];
    if (stand) setStand(unit, ledger.advance(stand));
  });
  return { data: folded.data, unsure: folded.unsure || missed };
}
