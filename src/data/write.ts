import type { QueryClient } from '@tanstack/query-core';
import { parseCursor, type CallOptions } from '../contract/index.js';
import type { Change, Place, Row } from './change.js';
import { unitsOf } from './stand.js';
import { syncOf } from './sync.js';
import { newId } from './uuid.js';

/** Keys of writes of which nobody knows whether they were done: another attempt must not do them twice. */
const keys = new WeakMap<object, string>();

/** The key that a write of these `variables` goes out under: `key`, if none is known. */
export function keyOf(variables: object, key = newId()): string {
  if (!keys.has(variables)) keys.set(variables, key);
  return keys.get(variables)!;
}

/**
 * Makes a write that may safely be repeated, under one key for the same `variables` until
 * the server has answered, and folds its answer into the cache before
 * the mutation leaves `pending`, so that nothing flickers back in between.
 */
export async function write<T>(
  client: QueryClient,
  variables: object,
  call: (options: CallOptions) => Promise<T>,
  tell: (answer: T) => Change,
): Promise<T> {
  const sync = syncOf(client);
  const { person } = sync;
  let places: Place[] = [];
  const idempotencyKey = keyOf(variables);
  const onCursor = (text: string) =>
    (places = text.split(',').flatMap((cursor) => parseCursor(cursor) ?? []));
  const answer = await call({ idempotencyKey, onCursor }).catch((error: unknown) => {
    if ((error as { status?: number }).status) keys.delete(variables);
    throw error;
  });
  keys.delete(variables);
  // What the former person wrote is none of the next one's.
  if (person.aborted) return answer;
  const change = tell(answer);
  // Updates are told apart by their version; only what changes totals or counts needs its place,
  // and channels of one entity (`user:ID`) have none.
  const counts = /_(CREATED|DELETED)$/.test(change.type) || change.was;
  const lists = places.filter(({ channel }) => counts && !channel.includes(':'));
  sync.settle(change, lists);
  return answer;
}

/** The entity as some list or detail in the cache has it. */
export function findHeld<R extends Row>(client: QueryClient, id: string): R | undefined {
  for (const { state } of client.getQueryCache().getAll()) {
    for (const unit of unitsOf(state.data)) {
      const { data } = (unit ?? {}) as { data?: unknown };
      const rows = (Array.isArray(data) ? data : [unit]) as (R | null | undefined)[];
      const found = rows.find((row) => row?.id === id);
      if (found) return found;
    }
  }
  return undefined;
}
