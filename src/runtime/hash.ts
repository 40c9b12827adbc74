import type { QueryKey } from '@tanstack/query-core';
import { toJson } from '../client/body.js';

/**
 * Names a query key, whatever the order of its objects' members. Not query-core's own:
 * where a host page has patched `Array.prototype.toJSON`, that gives all keys one name.
 */
export const hashQueryKey = (key: QueryKey): string => toJson(sorted(key))!;

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]));
}
