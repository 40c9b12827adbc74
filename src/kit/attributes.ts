/** Throws the message an element shows when an attribute is not one of `allowed`. */
export function requireOneOf(name: string, value: string, allowed: readonly string[]): void {
  if (allowed.includes(value)) return;
  const list = allowed.map((word) => `"${word}"`).join(', ');
  throw new TypeError(`${name} must be one of ${list}, got "${value}".`);
}

/** Throws the message an element shows when an attribute is not a whole number in the range. */
export function requireWhole(name: string, value: unknown, min: number, max: number): void {
  if (Number.isInteger(value) && Number(value) >= min && Number(value) <= max) return;
  throw new TypeError(`${name} must be a whole number from ${min} to ${max}, got "${value}".`);
}

/** Throws the message an element shows when an attribute is neither empty nor an id. */
export function requireId(name: string, value: string | null | undefined): void {
  // Lit sets what was removed to null.
  if (!value || /^[\da-f-]{36}$/i.test(value)) return;
  throw new TypeError(`${name} must be a UUID, got "${value}".`);
}
