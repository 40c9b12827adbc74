import { replaceEqualDeep } from '@tanstack/query-core';
import type {
  LiveEvent,
  Notification,
  NotificationPreferences,
  Position,
} from '../contract/index.js';

/** An offset in a channel of the live stream. */
export type Place = Position & { channel: string };

/**
 * Something that happened or is about to: the one vocabulary of the cache. A live
 * event is a change the server told us, an optimistic update is a change that has
 * not happened yet; both go through the same `fold`.
 */
export type Change = (
  | LiveEvent
  /** Some fields of an entity. */
  | { type: 'PATCHED'; payload: { id: string; version?: number } }
  | { type: 'REMOVED'; payload: { id: string; version?: number } }
  | { type: 'ALL_READ'; payload: { readAt: string } }
  | { type: 'READ_ARCHIVED'; payload: { archivedAt: string } }
  | { type: 'PREFERRED'; payload: NotificationPreferences }
) & {
  /** Of one's own change to a notification, what that was before: counts follow if it is given. */
  was?: Notification | undefined;
  /** Whom an update is about, where its payload has yet to be looked into. */
  id?: string;
  /** Where the stream tells it; data that reflect this place have had it. Absent before it has happened. */
  at?: Place | undefined;
};

/** A kept entity, as far as folding looks at it. */
export interface Row {
  id: string;
  version: number;
  [field: string]: unknown;
}

type Effect = 'created' | 'updated' | 'removed';
/** By type; asked for thousands of times in a frame. */
const effects = new Map<string, Effect | undefined>();

function findEffect(type: string): Effect | undefined {
  if (/_CREATED$/.test(type)) return 'created';
  if (/_UPDATED$|^PATCHED$/.test(type)) return 'updated';
  return /_DELETED$|^REMOVED$/.test(type) ? 'removed' : undefined;
}

/** What a change does to an entity, whatever its kind; undefined where it is about none. */
export function effectOf({ type }: Change): Effect | undefined {
  if (!effects.has(type)) effects.set(type, findEffect(type));
  return effects.get(type);
}

/** The entity that a change is about; nothing of it is there where `effectOf` finds none. */
export const rowOf = ({ payload }: Change): Row => payload as unknown as Row;

/** Its id, without a look into the payload where that can be. */
export const idOf = (change: Change): string => change.id ?? rowOf(change).id;

/** The row after the change, or itself: an older version changes nothing, and the form it is held in stays. */
export function patchRow<R extends Row>(row: R, patch: Row): R {
  if (patch.version <= row.version) return row;
  let next: Row | undefined;
  for (const field of Object.keys(row)) {
    const [before, after] = [row[field], patch[field]];
    if (isSame(before, after) || !(field in patch)) continue;
    next ??= { ...row };
    next[field] = after;
  }
  return (next as R | undefined) ?? row;
}

/** Whether two values say the same. */
export const isSame = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a === 'object' && replaceEqualDeep(a, b) === a);
