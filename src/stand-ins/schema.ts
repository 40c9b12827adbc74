/*
 * Stands in for `zod/mini` in the scripts, and there only: the build swaps it in,
 * which makes them 8 kB smaller (gzip). It has the calls that `src/contract`
 * makes and reads shapes as zod would: unknown keys are left out, a misfit is told with
 * its path. Rules on values are left to the server, but for links. A test holds it to
 * zod's verdicts. Packages from npm, the server and the documents use zod itself.
 */

/** Gives a value as the schema has it, or a misfit: thrown, each would cost a stack trace. */
type Read = (value: unknown) => unknown;
type Check = (value: string) => boolean;

class Misfit {
  readonly path: (string | number)[] = [];

  constructor(readonly message: string) {}

  /** The same, seen from what holds it under that key. */
  below(key: string | number): this {
    this.path.unshift(key);
    return this;
  }
}

export class Schema {
  constructor(
    readonly read: Read,
    readonly shape: Record<string, Schema> = {},
  ) {}

  check(...checks: Check[]): Schema {
    return new Schema((value) => {
      const read = this.read(value);
      const fits = read instanceof Misfit || checks.every((check) => check(read as string));
      return fits ? read : new Misfit('another value');
    });
  }

  safeParse(value: unknown): { success: boolean; data?: unknown; error?: { issues: Misfit[] } } {
    const data = this.read(value);
    return data instanceof Misfit
      ? { success: false, error: { issues: [data] } }
      : { success: true, data };
  }
}

/** A schema of the values that `is` accepts, read on by `read`. */
const schema = <T>(
  expected: string,
  is: (value: unknown) => value is T,
  read: (value: T) => unknown = (value) => value,
  shape?: Record<string, Schema>,
) => new Schema((value) => (is(value) ? read(value) : new Misfit(expected)), shape);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isArray = (value: unknown): value is unknown[] => Array.isArray(value);
const ofType = (type: string) => () =>
  schema(type, (value): value is unknown => typeof value === type);

export const string = ofType('string');
export const boolean = ofType('boolean');
export const number = ofType('number');
export const unknown = () => new Schema((value) => value);
export const regex =
  (pattern: RegExp): Check =>
  (value) =>
    pattern.test(value);
export const maxLength =
  (max: number): Check =>
  (value) =>
    value.length <= max;

/** Which numbers are whole is the server's to keep. */
export { number as int };

const oneOf = (words: readonly unknown[]) =>
  schema(`one of ${words.join()}`, (value): value is unknown => words.includes(value));
export { oneOf as enum };
export const literal = (word: unknown) => oneOf([word]);

const unless = (missing: unknown, inner: Schema, otherwise = missing) =>
  new Schema((value) => (value === missing ? otherwise : inner.read(value)));
export const nullable = (inner: Schema) => unless(null, inner);
/** Only these may be missing from an object. */
const mayMiss = new WeakSet<Schema>();
export const optional = (inner: Schema) => _default(inner, undefined);
export const _default = (inner: Schema, otherwise: unknown) => {
  const made = unless(undefined, inner, otherwise);
  mayMiss.add(made);
  return made;
};

const readItems = (items: unknown[], schemaOf: (index: number) => Schema) => {
  const read: unknown[] = [];
  for (const [index, value] of items.entries()) {
    const item = schemaOf(index).read(value);
    if (item instanceof Misfit) return item.below(index);
    read.push(item);
  }
  return read;
};
export const array = (inner: Schema) =>
  schema('array', isArray, (items) => readItems(items, () => inner));
export const tuple = (inner: Schema[]) =>
  schema(
    'tuple',
    (value): value is unknown[] => isArray(value) && value.length === inner.length,
    (items) => readItems(items, (index) => inner[index]!),
  );

export const object = (shape: Record<string, Schema>) => {
  const fields = Object.entries(shape);
  const readFields = (value: Record<string, unknown>) => {
    const read: Record<string, unknown> = {};
    for (const [key, inner] of fields) {
      const given = value[key];
      // Asked by `in` last, which takes longest.
      const isRead = given !== undefined || mayMiss.has(inner) || key in value;
      const item = isRead ? inner.read(given) : new Misfit('a value');
      if (item instanceof Misfit) return item.below(key);
      if (item !== undefined || key in value) read[key] = item;
    }
    return read;
  };
  return schema('object', isObject, readFields, shape);
};
export const looseObject = () => schema('object', isObject);
export const record = (_key: Schema, inner: Schema) =>
  schema('object', isObject, (value) =>
    object(Object.fromEntries(Object.keys(value).map((name) => [name, inner]))).read(value),
  );
export const extend = (base: Schema, shape: Record<string, Schema>) =>
  object({ ...base.shape, ...shape });
export const partial = ({ shape }: Schema) =>
  object(Object.fromEntries(Object.entries(shape).map(([key, each]) => [key, optional(each)])));

export const union = (choices: Schema[]) =>
  new Schema((value) => {
    for (const choice of choices) {
      const read = choice.read(value);
      if (!(read instanceof Misfit)) return read;
    }
    return new Misfit('another shape');
  });
