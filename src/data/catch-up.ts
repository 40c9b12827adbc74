import type { QueryKey } from '@tanstack/query-core';
import type { Change } from './change.js';
import { foldAll } from './fold.js';
import type { Ledger } from './ledger.js';
import { channelOf } from './meta.js';
import { setStand, setStandOfTotal, standOf, standOfTotal, unitsOf } from './stand.js';

interface Options {
  queryKey: QueryKey;
  meta?: Record<string, unknown> | undefined;
}

/**
 * Data brought up to what the ledger knows, whatever they missed: the events of the last
 * frame, all that came while an answer was under way, or while nobody watched. They are of
 * one query, or of all pages by number of one list, `unsure` where only the server knows
 * what they are now.
 */
export function catchUp<T>(
  parts: readonly T[],
  queries: readonly Options[],
  ledger: Ledger,
  unplaced: readonly Change[] = [],
): { parts: readonly T[]; unsure: boolean[] } {
  const channel = channelOf(queries[0]!);
  const stands = parts.map((part) =>
    unitsOf(part).map((unit) => {
      // A server that does not say where its answers stand is taken to know what we know.
      const stand = standOf(unit) ?? (channel === undefined ? undefined : ledger.head(channel));
      setStand(unit, stand);
      return { stand, ofTotal: standOfTotal(unit) };
    }),
  );
  const changes = [...ledger.since(stands.flat().map(({ stand }) => stand)), ...unplaced];
  const keys = queries.map(({ queryKey }) => queryKey);
  const folded = foldAll(parts, changes, keys);
  folded.parts.forEach((part, index) =>
    unitsOf(part).forEach((unit, at) => {
      const { stand, ofTotal } = stands[index]![at]!;
      if (stand) setStand(unit, ledger.advance(stand));
      if (ofTotal) setStandOfTotal(unit, ledger.advance(ofTotal));
    }),
  );
  const missed = stands.map((units) => units.some(({ stand }) => stand && ledger.misses(stand)));
  return { parts: folded.parts, unsure: folded.unsure.map((is, index) => is || missed[index]!) };
}
