/**
 * JSON text, the same for the same content: members are sorted by name. Arrays are taken
 * as they are: old libraries on host pages patch `Array.prototype.toJSON`, which would
 * make texts of them.
 */
export function toJson(value: unknown): string | undefined {
  return JSON.stringify(value, function (this: Record<string, unknown>, key, made: unknown) {
    const own = this[key];
    if (Array.isArray(own)) return own;
    if (typeof made !== 'object' || !made) return made;
    return Object.fromEntries(Object.entries(made).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
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

/** A form with a part for each field: a file as it is, anything else as text; undefined and null are left out. */
export function toForm(fields: object): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value != null) form.append(name, value instanceof Blob ? value : String(value));
  }
  return form;
}
