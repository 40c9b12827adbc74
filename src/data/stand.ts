import { parseCursor, type CallOptions } from '../contract/index.js';
import { idOf, type Change, type Place } from './change.js';

/** The place up to which data reflect their channel, and what they reflect beyond it: own writes. */
export interface Stand extends Place {
  ahead?: ReadonlySet<string>;
}

/**
 * By identity, beside the data: so these stay exactly what the server sent, and the
 * stand can move on while nothing in them changes. One for all copies of Inlay on a page,
 * as they share the cache.
 */
const key = Symbol.for('inlay.stands.1');
const holder = globalThis as { [key]?: WeakMap<object, Stand> };
const stands = () => (holder[key] ??= new WeakMap());

export function setStand(data: unknown, stand: Stand | undefined): void {
  if (stand && typeof data === 'object' && data) stands().set(data, stand);
}

export function standOf(data: unknown): Stand | undefined {
  if (typeof data !== 'object' || !data) return undefined;
  const { cursor } = (data as { meta?: { cursor?: string } }).meta ?? {};
  return stands().get(data) ?? (cursor === undefined ? undefined : parseCursor(cursor));
}

/** Where the total of a page stands: it may be from another page of the list, which knew more. */
export function standOfTotal(page: unknown): Stand | undefined {
  const { meta } = (page ?? {}) as { meta?: object };
  return (meta && stands().get(meta)) ?? standOf(page);
}

export function setStandOfTotal(page: unknown, stand: Stand | undefined): void {
  setStand((page as { meta?: object } | undefined)?.meta, stand);
}

/** Makes a call and keeps where its answer stands. For every `queryFn` that live events keep fresh. */
export async function standing<T>(
  signal: AbortSignal,
  call: (options: CallOptions) => Promise<T>,
): Promise<T> {
  let stand: Stand | undefined;
  const data = await call({ signal, onCursor: (cursor) => (stand = parseCursor(cursor)) });
  setStand(data, stand);
  return data;
}

/** Names a change among those told at one place, so that no other is taken for it. */
export const aheadKey = (change: Change): string => `${change.at?.offset} ${idOf(change)}`;

/** Whether the change is news to data at this stand. What has no place yet always is. */
export function isNews(stand: Stand | undefined, change: Change): boolean {
  const { at } = change;
  if (!at) return true;
  return (
    stand?.channel === at.channel &&
    stand.epoch === at.epoch &&
    at.offset > stand.offset &&
    !stand.ahead?.has(aheadKey(change))
  );
}

/** What has a stand of its own in a query's data: each page of an infinite list, else all of it. */
export function unitsOf(data: unknown): unknown[] {
  const { pages } = (data ?? {}) as { pages?: unknown };
  return Array.isArray(pages) ? pages : [data];
}

/** Where each of these stands, as far as it says so. */
export const standsOf = (data: unknown): Stand[] =>
  unitsOf(data).flatMap((unit) => standOf(unit) ?? []);

/** A copy stands where its data stand. */
export function passStands(data: unknown, copy: unknown): void {
  const copies = unitsOf(copy);
  unitsOf(data).forEach((unit, index) => {
    setStand(copies[index], standOf(unit));
    setStandOfTotal(copies[index], standOfTotal(unit));
  });
}
