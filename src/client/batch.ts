import type { CallOptions } from '../contract/index.js';
import { untilAborted } from './abort.js';
import { AbortedError, NotFoundError } from './errors.js';

type FetchMany<T> = (
  input: { ids: string[] },
  options?: CallOptions,
) => Promise<{ data: (T | null)[] }>;

export interface BatchOptions {
  /** Milliseconds in which calls are gathered. Default: 50. */
  windowMs?: number;
  /** Ids in one request. Default: 100, which is also the contract's limit. */
  max?: number;
}

export interface Batcher<T> {
  /** One entity. `NotFoundError` for an id that is missing, `AbortedError` when the signal aborts. */
  byId(id: string, options?: { signal?: AbortSignal }): Promise<T>;
}

interface Batch<T> {
  ids: Set<string>;
  callers: number;
  wire: AbortController;
  answer: Promise<Map<string, T | null>>;
}

/**
 * Turns the calls of a moment into one: `createBatcher(api.users.batch).byId(id)`.
 * Callers of the same id share; the request is aborted only when all have given up.
 */
export function createBatcher<T>(
  fetchMany: FetchMany<T>,
  { windowMs = 50, max = 100 }: BatchOptions = {},
): Batcher<T> {
  let open: Batch<T> | undefined;

  function start(): Batch<T> {
    const wire = new AbortController();
    const ids = new Set<string>();
    const answer = new Promise<void>((send) => setTimeout(send, windowMs)).then(async () => {
      if (open === batch) open = undefined;
      wire.signal.throwIfAborted();
      const asked = [...ids];
      const { data } = await fetchMany({ ids: asked }, { signal: wire.signal });
      return new Map(asked.map((id, index) => [id, data[index] ?? null]));
    });
    const batch: Batch<T> = { ids, callers: 0, wire, answer };
    return batch;
  }

  return {
    async byId(id, { signal = new AbortController().signal } = {}) {
      const request = { method: 'GET', url: id };
      const givenUp = () =>
        new AbortedError(`Asking for ${id} was given up.`, { status: 0, code: 'ABORTED', request });
      if (signal.aborted) throw givenUp();
      const batch = (open ??= start());
      batch.ids.add(id);
      batch.callers += 1;
      if (batch.ids.size >= max) open = undefined;
      try {
        const found = (await untilAborted(batch.answer, signal)).get(id);
        if (found) return found;
      } catch (error) {
        if (!signal.aborted) throw error;
        batch.callers -= 1;
        if (batch.callers === 0) {
          batch.wire.abort();
          if (open === batch) open = undefined;
        }
        throw givenUp();
      }
      throw new NotFoundError(`Nothing has the id ${id}.`, {
        status: 404,
        code: 'NOT_FOUND',
        request,
      });
    },
  };
}
