import type { QueryClient, QueryKey } from '@tanstack/query-core';

type Context = { client: QueryClient };

export interface OptimisticOptions<D, V, T> {
  /** The queries to change at once: this key and all below it. */
  queryKey: QueryKey;
  /** Their data as they will be. */
  update: (data: D, variables: V) => D;
  mutationFn: (variables: V, context: Context) => Promise<T>;
  onSuccess?: (answer: T, variables: V) => void;
  onError?: (error: Error, variables: V) => void;
}

/**
 * An optimistic mutation by snapshot and rollback, for data of one's own. Our own
 * writes go without: a rollback takes back what others changed meanwhile, which
 * `overlay` never does.
 */
export function optimisticOptions<D, V, T>(options: OptimisticOptions<D, V, T>) {
  const { queryKey, update, mutationFn, onSuccess, onError } = options;
  return {
    mutationFn,
    async onMutate(variables: V, { client }: Context) {
      await client.cancelQueries({ queryKey });
      const snapshot = client.getQueriesData<D>({ queryKey });
      client.setQueriesData<D>({ queryKey }, (data) =>
        data === undefined ? data : update(data, variables),
      );
      return snapshot;
    },
    onSuccess: (answer: T, variables: V) => onSuccess?.(answer, variables),
    onError(
      error: Error,
      variables: V,
      snapshot: [QueryKey, D | undefined][] | undefined,
      { client }: Context,
    ) {
      for (const [key, data] of snapshot ?? []) client.setQueryData(key, data);
      onError?.(error, variables);
    },
    onSettled: (
      _answer: T | undefined,
      _error: Error | null,
      _variables: V,
      _snapshot: unknown,
      { client }: Context,
    ) => client.invalidateQueries({ queryKey }),
  };
}
