import type { QueryKey } from '@tanstack/query-core';
import type { Change } from './change.js';
import { foldAll } from './fold.js';
import type { Ledger } from './ledger.js';
import { channelOf } from './meta.js';
import { setStand, standOf, unitsOf } from './stand.js';

interface Options {
  queryKey: QueryKey;
  meta?: Record<string, unknown> | undefined;
}

/**
 * Data brought up to what the ledger knows, whatever they missed: the events of the last
 * frame, all that came while an answer was under way, or while nobody watched. `unsure`
 * when only the server knows what they are now.
 */
export function catchUp<T>(
  data: T,
  query: Options,
  ledger: Ledger,
  unplaced: readonly Change[] = [],
): { data: T; unsure: boolean } {
  const channel = channelOf(query);
  const stands = unitsOf(data).map((unit) => {
    // A server that does not say where its answers stand is taken to know what we know.
    const stand = standOf(unit) ?? (channel === undefined ? undefined : ledger.head(channel));
    setStand(unit, stand);
    return stand;
  });
  const missed = stands.some((stand) => stand && ledger.misses(stand));
  const folded = foldAll(data, [...ledger.since(stands), ...unplaced], query.queryKey);
  unitsOf(folded.data).forEach((unit, index) => {
    const stand = stands[index];
    if (stand) setStand(unit, ledger.advance(stand));
  });
  return { data: folded.data, unsure: folded.unsure || missed };
}
