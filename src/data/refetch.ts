import type { Query, QueryClient } from '@tanstack/query-core';

/** Runs work after a time in ms; the result calls it off. */
export type Timer = (work: () => void, ms: number) => () => void;

export const timeout: Timer = (work, ms) => {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
};

/**
 * Asks again for queries of which only the server knows what they are now: after 0.2 to
 * 1 s, a moment that differs from page to page, and once for all that happens until then.
 * Those in use go out together, so that pages of one list change at once; the others are
 * marked, and asked for when they are used.
 */
export class Refetches {
  readonly #planned = new Set<Query>();
  #stop: (() => void) | undefined;

  constructor(
    private readonly client: QueryClient,
    private readonly later: Timer = timeout,
    private readonly random = Math.random,
  ) {}

  plan(query: Query): void {
    query.invalidate();
    this.#planned.add(query);
    this.#stop ??= this.later(() => this.#run(), 200 + this.random() * 800);
  }

  forget(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#planned.clear();
  }

  #run(): void {
    const planned = [...this.#planned];
    this.forget();
    for (const query of planned) void this.#ask(query);
  }

  async #ask(query: Query): Promise<void> {
    const { fetchStatus, dataUpdateCount } = query.state;
    if (fetchStatus === 'fetching' && fetchedMore(query)) return this.plan(query);
    // Joins a fetch under way: cancelling it under steady events would never end.
    const filters = { queryKey: query.queryKey, exact: true };
    await this.client.invalidateQueries(filters, { cancelRefetch: false });
    // A cancelled fetch takes the mark back.
    if (query.state.dataUpdateCount === dataUpdateCount) query.invalidate();
    else if (fetchedMore(query)) this.plan(query);
  }
}

/** Whether the last fetch is for one more page, which says nothing of those before it. */
const fetchedMore = ({ state: { fetchMeta } }: Query): boolean => Boolean(fetchMeta?.fetchMore);
