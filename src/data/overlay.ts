import type { Mutation, MutationCache, QueryKey } from '@tanstack/query-core';
import { isSame, type Change } from './change.js';
import { fold } from './fold.js';
import { writeMeta } from './meta.js';

const none: readonly Change[] = [];
const lastChanges = new WeakMap<MutationCache, { signature: string; changes: readonly Change[] }>();
const lastOverlay = new WeakMap<
  object,
  { changes: readonly Change[]; key: QueryKey; result: unknown }
>();

/**
 * What pending mutations are about to change, in the order they were submitted: from
 * `meta.change(variables)` of each. The same array until a mutation comes or goes.
 */
export function pendingChanges(mutations: MutationCache): readonly Change[] {
  const pending = mutations.findAll({ status: 'pending' }).filter((each) => writeMeta(each).change);
  const signature = pending
    .map(({ mutationId, state }) => `${mutationId}${state.context ? '+' : ''}`)
    .join();
  const last = lastChanges.get(mutations);
  if (last?.signature === signature) return last.changes;
  const changes = pending.length === 0 ? none : pending.flatMap(changesOf);
  lastChanges.set(mutations, { signature, changes });
  return changes;
}

const changesOf = (mutation: Mutation): readonly Change[] =>
  writeMeta(mutation).change?.(mutation.state.variables, mutation.state.context) ?? none;

/**
 * A query's data with the pending changes drawn over them: what to show. The cache
 * itself stays as the server has it, so a refused change is drawn back by leaving
 * `pending`, and never over anybody else's. The same inputs give the same object.
 */
export function overlay<T>(data: T, key: QueryKey, changes: readonly Change[]): T {
  if (changes.length === 0 || typeof data !== 'object' || !data) return data;
  const last = lastOverlay.get(data);
  if (last?.changes === changes && isSame(last.key, key)) return last.result as T;
  const result = fold(data, changes, key);
  lastOverlay.set(data, { changes, key, result });
  return result;
}
