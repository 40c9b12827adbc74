/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
export function createRandom(seed: number): () => number {
  let next = 0;
  return () => randomAt(seed, next++);
}

/** The number that `createRandom(seed)` gives after `place` others. */
export function randomAt(seed: number, place: number): number {
  const state = (seed + Math.imul(place + 1, 0x6d2b79f5)) >>> 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}

/** A valid version 4 UUID from 16 bytes. */
function formatUuid(bytes: Uint8Array): string {
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export function seededUuid(random: () => number): string {
  return formatUuid(Uint8Array.from({ length: 16 }, () => Math.floor(random() * 256)));
}

/** `crypto.randomUUID` exists in secure contexts only, and pages on plain http run this too. */
export function newUuid(): string {
  return 'randomUUID' in crypto
    ? crypto.randomUUID()
    : formatUuid((crypto as Crypto).getRandomValues(new Uint8Array(16)));
}

/** The same things in an order that depends on `random`. */
export function shuffle<T>(random: () => number, from: readonly T[]): T[] {
  const left = [...from];
  return from.map(() => left.splice(Math.floor(random() * left.length), 1)[0]!);
}

export function pick<T>(random: () => number, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)]!;
}
