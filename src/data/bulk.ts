import type { QueryClient } from '@tanstack/query-core';
import type { Api, BulkOutcome, endpoints, Input } from '../contract/index.js';
import type { Change } from './change.js';
import { projectKeys, teamKeys, userKeys } from './keys.js';
import type { Message } from './meta.js';
import { mutate } from './mutate.js';
import { syncOf } from './sync.js';
import { newId } from './uuid.js';

/** People in one request: the contract's limit. */
const most = 500;

type Request = Input<(typeof endpoints.users)['bulk']>;

export interface BulkProgress {
  /** People handled so far, `failed` of them in vain. */
  done: number;
  failed: number;
  /** How many there are to be; unknown where a filter names them. */
  total: number | undefined;
}

/** One action on people by `ids`, however many, or on all that `filter` matches. */
export interface BulkInput extends Pick<Request, 'action' | 'value' | 'filter'> {
  ids?: readonly string[];
  /** Stops it before its next 500; what is done stays done. */
  signal?: AbortSignal;
  onProgress?: (progress: BulkProgress) => void;
}

export interface BulkResult {
  /** What became of each who was handled, in order. */
  results: BulkOutcome[];
  /** Why it ended before its end: the failure of a request, or the signal's reason. */
  stopped?: unknown;
}

/**
 * Changes, deletes or restores many people, 500 a request; named by `ids` they change at
 * once. Rejects only if nothing at all was done: what is refused to single people, or ends
 * it halfway, is in the result. A deletion may be undone for 30 seconds.
 */
export const bulkUsersOptions = (api: Api) => ({
  // Cut off halfway it says so, instead of beginning anew.
  retry: false,
  mutationFn: async (input: BulkInput, { client }: { client: QueryClient }) => {
    try {
      return await run(api, input, syncOf(client).person);
    } finally {
      // Which lists and pages that is, only the server knows; asked once, not for each person.
      await Promise.all(
        [userKeys.all, projectKeys.all, teamKeys.all].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      );
    }
  },
  meta: {
    scope: () => 'users',
    change: ({ action, value, ids = [] }: BulkInput): Change[] =>
      ids.flatMap((id): Change[] => {
        if (action === 'restore') return [];
        if (action === 'delete') return [{ type: 'REMOVED', payload: { id } }];
        const payload = { id, [action]: value };
        return [{ type: 'PATCHED', payload }];
      }),
    success: ({ results, stopped }: BulkResult, { action }: BulkInput): Message => {
      const count = succeeded(results).length;
      const failed = results.length - count;
      if (stopped !== undefined || failed > 0) {
        return { message: 'bulk.partly', values: { count, failed }, tone: 'warning' };
      }
      const kind = action === 'role' || action === 'status' ? 'changed' : `${action}d`;
      return { message: `bulk.${kind}`, values: { count } };
    },
    failure: (_error: Error, { signal }: BulkInput) =>
      signal?.aborted ? undefined : 'write.failed',
    undo: ({ action }: BulkInput, { results }: BulkResult) => {
      const ids = succeeded(results);
      if (action !== 'delete' || ids.length === 0) return undefined;
      return (client: QueryClient) =>
        mutate(client, bulkUsersOptions(api), { action: 'restore', ids });
    },
  },
});

const succeeded = (results: readonly BulkOutcome[]) =>
  results.flatMap(({ id, ok }) => (ok ? [id] : []));

async function run(api: Api, input: BulkInput, person: AbortSignal): Promise<BulkResult> {
  const { action, value, ids, filter, signal, onProgress } = input;
  const results: BulkOutcome[] = [];
  let failed = 0;
  let cursor: string | undefined;
  try {
    for (let at = 0; ids ? at < ids.length : at === 0 || cursor; at += most) {
      signal?.throwIfAborted();
      person.throwIfAborted();
      const whom = ids ? { ids: ids.slice(at, at + most) } : { filter: filter ?? {}, cursor };
      const answer = await api.users.bulk({ action, value, ...whom }, { idempotencyKey: newId() });
      results.push(...answer.results);
      failed += answer.results.filter(({ ok }) => !ok).length;
      cursor = answer.nextCursor ?? undefined;
      onProgress?.({ done: results.length, failed, total: ids?.length });
    }
  } catch (error) {
    // How far it came is none of the next person's.
    if (results.length === 0 || person.aborted) throw error;
    return { results, stopped: error };
  }
  return { results };
}
