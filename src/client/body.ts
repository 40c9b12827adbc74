/**
 * JSON text of a request's body. Written by hand where objects are concerned, because
 * old libraries on host pages patch `Array.prototype.toJSON` and so break `JSON.stringify`.
 */
export function toJson(value: unknown): string | undefined {
  if (Array.isArray(value)) return `[${value.map((item) => toJson(item) ?? 'null').join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  const members = Object.entries(value).map(([key, member]) => [
    JSON.stringify(key),
    toJson(member),
  ]);
  return `{${members
    .filter(([, json]) => json !== undefined)
    .map((member) => member.join(':'))
    .join()}}`;
}

/** Query string with its `?`, or nothing. Arrays repeat the name; undefined and null are left out. */
export function toQuery(params: object = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item != null) query.append(name, String(item));
    }
  }
  const text = query.toString();
  return text && `?${text}`;
}
