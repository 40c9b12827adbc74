/*
 * Stands in for `zod/mini` in the scripts, and there only: the build swaps it in,
 * which makes them 8 kB smaller (gzip). It has the calls that `src/contract`
 * makes and reads shapes as zod would: unknown keys are left out, a misfit is told with
 * its path. Rules on values are left to the server, but for links. A test holds it to
 * zod's verdicts. Packages from npm, the server and the documents use zod itself.
 */

type Path = (string | number)[];
type Read = (value: unknown, path: Path) => unknown;
type Check = (value: string) => boolean;

class Misfit extends Error {
  constructor(
    readonly path: Path,
    expected: string,
  ) {
    super(expected);
  }
}

export class Schema {
  constructor(
    readonly read: Read,
    readonly shape: Record<string, Schema> = {},
  ) {}

  check(...checks: Check[]): Schema {
    return new Schema((value, path) => {
      const read = this.read(value, path) as string;
      if (!checks.every((check) => check(read))) throw new Misfit(path, 'another value');
      return read;
    });
  }

  safeParse(value: unknown): { success: boolean; data?: unknown; error?: { issues: Misfit[] } } {
    try {
      return { success: true, data: this.read(value, []) };
    } catch (error) {
      if (error instanceof Misfit) return { success: false, error: { issues: [error] } };
      throw error;
    }
  }
}

/** A schema of the values that `is` accepts, read on by `read`. */
const schema = <T>(
  expected: string,
  is: (value: unknown) => value is T,
  read: (value: T, path: Path) => unknown = (value) => value,
  shape?: Record<string, Schema>,
) =>
  new Schema((value, path) => {
    if (!is(value)) throw new Misfit(path, expected);
    return read(value, path);
  }, shape);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isArray = (value: unknown): value is unknown[] => Array.isArray(value);
const ofType = (type: string) => () =>
  schema(type, (value): value is unknown => typeof value === type && !Number.isNaN(value));

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
  new Schema((value, path) => (value === missing ? otherwise : inner.read(value, path)));
export const nullable = (inner: Schema) => unless(null, inner);
/** Only these may be missing from an object. */
const mayMiss = new WeakSet<Schema>();
export const optional = (inner: Schema) => _default(inner, undefined);
export const _default = (inner: Schema, otherwise: unknown) => {
  const made = unless(undefined, inner, otherwise);
  mayMiss.add(made);
  return made;
};

export const array = (inner: Schema) =>
  schema('array', isArray, (items, path) =>
    items.map((item, index) => inner.read(item, [...path, index])),
  );
export const tuple = (inner: Schema[]) =>
  schema(
    'tuple',
    (value): value is unknown[] => isArray(value) && value.length === inner.length,
    (items, path) => inner.map((each, index) => each.read(items[index], [...path, index])),
  );

export const object = (shape: Record<string, Schema>) =>
  schema(
    'object',
    isObject,
    (value, path) => {
      const read: Record<string, unknown> = {};
      for (const [key, inner] of Object.entries(shape)) {
        const at = [...path, key];
        if (!(key in value) && !mayMiss.has(inner)) throw new Misfit(at, 'a value');
        const item = inner.read(value[key], at);
        if (item !== undefined || key in value) read[key] = item;
      }
      return read;
    },
    shape,
  );
export const looseObject = () => schema('object', isObject);
export const record = (key: Schema, inner: Schema) =>
  schema('object', isObject, (value, path) =>
    Object.fromEntries(
      Object.entries(value).map(([name, item]) => [
        key.read(name, path),
        inner.read(item, [...path, name]),
      ]),
    ),
  );
export const extend = (base: Schema, shape: Record<string, Schema>) =>
  object({ ...base.shape, ...shape });
export const partial = ({ shape }: Schema) =>
  object(Object.fromEntries(Object.entries(shape).map(([key, each]) => [key, optional(each)])));

export const union = (choices: Schema[]) =>
  new Schema((value, path) => {
    for (const choice of choices) {
      const { success, data } = choice.safeParse(value);
      if (success) return data;
    }
    throw new Misfit(path, 'another shape');
  });
