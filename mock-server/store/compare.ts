const collator = new Intl.Collator('en');
/** Fields that people read: "Ádám" stands beside "Adam" there. All others compare by code unit. */
const collated = new Set(['name']);

/** Order of two values of the field `key`, neither of them null. */
export function compareValues(key: string, a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (collated.has(key)) return collator.compare(a as string, b as string);
  return (a as string) < (b as string) ? -1 : 1;
}
