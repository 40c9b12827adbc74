import { randomAt } from './random.js';

/** Version 4 UUIDs that tell the number they were made from: no table of a million is needed. */
export interface SeedIds {
  at(index: number): string;
  /** The first eight hexadecimal digits, as a number. */
  prefixAt(index: number): number;
  /** The number that would give this id, if there is one. */
  indexOf(id: string): number | undefined;
}

// Odd numbers whose product is 1 modulo 2³²: what one spreads over all 32 bits, the other gathers.
const spread = 0x9e3779b1;
const gather = 0x0e8b2f51;

/** `draws` are the places of three numbers in the sequence of the seed that belong to one index. */
export function createSeedIds(
  seed: number,
  draw: (index: number, place: 0 | 1 | 2) => number,
): SeedIds {
  const shift = Math.floor(randomAt(seed, -1) * 2 ** 32);
  const prefixAt = (index: number) => (Math.imul(index, spread) + shift) >>> 0;
  const at = (index: number) => {
    const second = hex(draw(index, 0) * 2 ** 32);
    const third = hex(draw(index, 1) * 2 ** 32);
    const variant = '89ab'[parseInt(third[0]!, 16) & 3]!;
    const rest = `${third.slice(4)}${hex(draw(index, 2) * 2 ** 32)}`;
    return `${hex(prefixAt(index))}-${second.slice(0, 4)}-4${second.slice(5)}-${variant}${third.slice(1, 4)}-${rest}`;
  };
  return {
    at,
    prefixAt,
    indexOf(id) {
      const index = Math.imul(parseInt(id.slice(0, 8), 16) - shift, gather) >>> 0;
      return at(index) === id ? index : undefined;
    },
  };
}

const bytes = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Eight digits for a number below 2³², byte by byte: the language's own way is slow beyond 2³¹. */
function hex(number: number): string {
  return (
    bytes[number >>> 24]! +
    bytes[(number >>> 16) & 0xff]! +
    bytes[(number >>> 8) & 0xff]! +
    bytes[number & 0xff]!
  );
}
