import type { Column } from './base.js';
import { compareValues } from './compare.js';
import { none, stands } from './match.js';

/** A field with few different values, such as a role or a name: rows hold the place of theirs in `values`. */
export function dictionaryColumn(
  key: string,
  values: readonly (string | number | null)[],
  placeAt: (index: number) => number,
): Column {
  const sorted = values.filter((value) => value !== null);
  sorted.sort((a, b) => compareValues(key, a, b));
  const ranks = new Map<unknown, number>([[null, Infinity]]);
  sorted.forEach((value, place) => {
    const before = sorted[place - 1];
    const equal = before !== undefined && compareValues(key, before, value) === 0;
    if (!ranks.has(value)) ranks.set(value, equal ? ranks.get(before)! : place);
  });
  const rankOfPlace = values.map((value) => ranks.get(value)!);
  return {
    at: (index) => values[placeAt(index)],
    rankAt: (index) => rankOfPlace[placeAt(index)]!,
    rank(value) {
      const exact = ranks.get(value);
      if (exact !== undefined) return exact;
      const place = firstAtLeast(sorted.length, (each) => compareValues(key, sorted[each], value));
      const found = sorted[place];
      const equal = found !== undefined && compareValues(key, found, value) === 0;
      return equal ? ranks.get(found)! : place - 0.5;
    },
    finder(text, standing) {
      const found = values.map((value) => stands(value, text, standing));
      return found.includes(true) ? (index) => found[placeAt(index)]! : none;
    },
  };
}

/** ISO times `ageAt` whole seconds before `now` (in ms), null for never; none is older than `oldest` seconds. */
export function timeColumn(
  now: number,
  oldest: number,
  ageAt: (index: number) => number | null,
): Column {
  return {
    at(index) {
      const age = ageAt(index);
      return age === null ? null : new Date(now - age * 1000).toISOString();
    },
    rankAt(index) {
      const age = ageAt(index);
      return age === null ? Infinity : oldest - age;
    },
    rank: (value) =>
      value === null ? Infinity : oldest - (now - Date.parse(value as string)) / 1000,
  };
}

/**
 * Texts in lower case made of a head and a tail, such as e-mail addresses. No head may begin with
 * another one and go on below the first character of a tail: then texts sort by head, then tail.
 */
export function joinedColumn(
  heads: readonly string[],
  tails: readonly string[],
  headAt: (index: number) => number,
  tailAt: (index: number) => number,
): Column {
  const sortedHeads = heads.toSorted(byCodeUnit);
  const sortedTails = tails.toSorted(byCodeUnit);
  const headRanks = ranksIn(sortedHeads, heads);
  const tailRanks = ranksIn(sortedTails, tails);
  const textOfRank = (rank: number) =>
    sortedHeads[Math.floor(rank / tails.length)]! + sortedTails[rank % tails.length]!;
  return {
    at: (index) => heads[headAt(index)]! + tails[tailAt(index)]!,
    rankAt: (index) => headRanks[headAt(index)]! * tails.length + tailRanks[tailAt(index)]!,
    rank(value) {
      const count = heads.length * tails.length;
      const rank = firstAtLeast(count, (each) => byCodeUnit(textOfRank(each), value as string));
      return rank < count && textOfRank(rank) === value ? rank : rank - 0.5;
    },
    finder(text, standing) {
      if (standing === 'word') return undefined;
      const anywhere = standing === 'anywhere';
      const inHead = heads.map((head) => stands(head, text, standing));
      const inTail = tails.map((tail) => anywhere && tail.includes(text));
      // Across the seam: bit n of a head says that it ends with all but the last n characters of
      // the text (or is just that, for the start), bit n of a tail that it begins with those.
      const most = Math.min(text.length - 1, 31);
      const headBits = heads.map((head) =>
        bits(most, (n) => {
          const first = text.slice(0, -n);
          return anywhere ? head.endsWith(first) : head === first;
        }),
      );
      const tailBits = tails.map((tail) => bits(most, (n) => tail.startsWith(text.slice(-n))));
      const acrossSeam = headBits.some((bits) => bits !== 0) && tailBits.some((bits) => bits !== 0);
      if (!inHead.includes(true) && !inTail.includes(true) && !acrossSeam) return none;
      return (index) => {
        const head = headAt(index);
        const tail = tailAt(index);
        return inHead[head]! || inTail[tail]! || (headBits[head]! & tailBits[tail]!) !== 0;
      };
    },
  };
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function ranksIn(sorted: readonly string[], texts: readonly string[]): number[] {
  const ranks = new Map(sorted.map((text, rank) => [text, rank]));
  return texts.map((text) => ranks.get(text)!);
}

function bits(most: number, test: (n: number) => boolean): number {
  let set = 0;
  for (let n = 1; n <= most; n += 1) if (test(n)) set |= 1 << n;
  return set;
}

/** The first of `count` places in order where `compare` is not below 0; `count` when there is none. */
export function firstAtLeast(count: number, compare: (place: number) => number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (compare(middle) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
