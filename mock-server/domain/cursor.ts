import * as z from 'zod/mini';
import { Id, Timestamp } from '../../src/contract/index.js';
import { Refusal } from './handler.js';

const Keyset = z.tuple([z.string(), z.nullable(z.string()), Id]).check(
  // Of the keys one can sort by those that end so are times, and no other text has a place among them.
  z.refine(
    ([sort, value]) => !sort.endsWith('At') || z.nullable(Timestamp).safeParse(value).success,
  ),
);

/** Opaque place in a list: after the row with this sort value and id, wherever it is by now. */
export function encodeCursor(sort: string, value: unknown, id: string): string {
  const json = JSON.stringify([sort, value, id]);
  const ascii = json.replace(
    /[^\x20-\x7e]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return btoa(ascii).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** Refuses what is not a cursor, or belongs to a list in another order. */
export function decodeCursor(sort: string, cursor: string): { value: string | null; id: string } {
  const keyset = Keyset.safeParse(parse(cursor)).data;
  if (keyset?.[0] !== sort) {
    const detail = keyset
      ? `cursor belongs to the order "${keyset[0]}", not "${sort}"`
      : 'cursor is malformed';
    throw new Refusal('BAD_REQUEST', `${detail}. Start again without a cursor.`, {
      fieldErrors: { cursor: [detail] },
    });
  }
  return { value: keyset[1], id: keyset[2] };
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')));
  } catch {
    return undefined; // Fails the schema, and so gets its one answer.
  }
}
