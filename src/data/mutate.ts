import type { MutationOptions, QueryClient } from '@tanstack/query-core';
import { writeMeta } from './meta.js';

/**
 * Runs a mutation without a controller. Mutations of one `meta.scope(variables)`, which
 * is the entity's, run in the order given; paused offline, they go out on return.
 */
export function mutate<T, V, B = unknown>(
  client: QueryClient,
  options: MutationOptions<T, Error, V, B>,
  variables: V,
): Promise<T> {
  const scope = writeMeta(options).scope?.(variables);
  return client
    .getMutationCache()
    .build(client, scope === undefined ? options : { ...options, scope: { id: scope } })
    .execute(variables);
}
