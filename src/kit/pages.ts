import { QueryObserver, type QueryKey, type QueryState } from '@tanstack/query-core';
import type { ReactiveController } from 'lit';
import { foldAll, pendingChanges, type Change } from '../data/index.js';
import type { Runtime } from '../runtime/index.js';
import type { InlayElement } from './element.js';
import { stitch, type Page, type Stitched } from './stitch.js';

/** Pages kept in the cache beyond those in sight. */
const kept = 40;
/** Milliseconds that scrolling rests before pages far from those held are asked for. */
const restTime = 100;

interface PageOptions<T> {
  queryKey: QueryKey;
  queryFn: (context: { signal: AbortSignal }) => Promise<Page<T>>;
}

export interface PagesOptions<T> {
  /** Rows of a page. */
  limit: number;
  /** Number of the page to begin with. Default 1. */
  first?: number;
  /** Rows that a page is asked for before it is in sight. Default: a quarter of a page. */
  reach?: number;
  enabled?: boolean;
  /** The query of a page. */
  page(number: number): PageOptions<T>;
}

export interface PagesResult {
  error: Error | null;
  isFetching: boolean;
  /** What is shown is of the list before. */
  isPlaceholderData: boolean;
  /** Rows that are there could not be read anew. */
  isRefetchError: boolean;
  /** Some rows could not be loaded, though others are there. */
  isPageError: boolean;
  refetch(): Promise<void>;
}

interface Held<T> {
  number: number;
  data: Page<T>;
  fresh: boolean;
}

/** Runs work after a time in ms; the result calls it off. */
type Timer = (work: () => void, ms: number) => () => void;

const timeout: Timer = (work, ms) => {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
};

/**
 * A list of any length, of which only the pages in or near sight are asked for, kept
 * live and shown as one. Pages scrolled past are given up. When the list becomes
 * another, by a filter say, the former stays until the first rows have come.
 */
export class Pages<T extends { id: string }> implements ReactiveController {
  #runtime: Runtime | undefined;
  #options: PagesOptions<T> | undefined;
  #hash = '';
  readonly #observers = new Map<number, QueryObserver<Page<T>>>();
  /** Hashes of those observed of late, the latest last. */
  readonly #recent = new Map<number, string>();
  #range: [start: number, end: number] = [0, 1];
  #stopWaiting: (() => void) | undefined;
  #forget: (() => void) | undefined;
  #stitched: { parts: readonly unknown[]; list: Stitched<T> } | undefined;
  #former: { hash: string; list: Stitched<T> } | undefined;

  constructor(
    private readonly host: InlayElement,
    /** Read before each render. */
    private readonly options: (runtime: Runtime) => PagesOptions<T>,
    private readonly later: Timer = timeout,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    const { runtime } = this.host;
    if (runtime !== this.#runtime) this.#former = undefined;
    this.#runtime = runtime;
    const mutations = runtime?.queries.getMutationCache();
    this.#forget ??= mutations?.subscribe(() => this.host.requestUpdate());
    this.hostUpdate();
  }

  hostUpdate(): void {
    if (!this.#runtime || !this.host.isConnected) return;
    const options = this.options(this.#runtime);
    const { limit, first = 1, page } = options;
    this.#options = options;
    const key = page(1).queryKey;
    const { queryHash } = this.#runtime.queries.defaultQueryOptions({ queryKey: key });
    if (queryHash !== this.#hash) {
      const [shown] = this.#recent.values();
      if (shown && this.#stitched) this.#former = { hash: shown, list: this.#stitched.list };
      this.#release();
      this.#hash = queryHash;
      this.#range = [(first - 1) * limit, (first - 1) * limit + 1];
    }
    this.#observe();
  }

  hostDisconnected(): void {
    this.#forget?.();
    this.#forget = undefined;
    this.#release();
  }

  /** Says which rows are in sight, from `start` up to but not including `end`. */
  show(start: number, end: number): void {
    const [before] = this.#range;
    this.#range = [start, Math.max(end, start + 1)];
    this.#observe(Math.abs(start - before) > end - start);
  }

  /** Tells one list from another. */
  get hash(): string {
    return this.#hash;
  }

  get data(): Stitched<T> | undefined {
    return this.#read() ?? this.#placeholder;
  }

  /** How the pages in sight stand; undefined while the element has no runtime. */
  get result(): PagesResult | undefined {
    if (!this.#runtime) return undefined;
    const results = [...this.#observers.values()].map((each) => each.getCurrentResult());
    const failed = results.filter(({ isError }) => isError);
    return {
      error: failed[0]?.error ?? null,
      isRefetchError: failed.some(({ data }) => data !== undefined),
      isPageError: failed.some(({ data }) => data === undefined),
      isFetching: results.some(({ isFetching }) => isFetching),
      isPlaceholderData: !this.#read() && this.#placeholder !== undefined,
      refetch: () => this.#refetch(),
    };
  }

  /** Reads the pages in sight anew, and others when they come into sight. */
  async #refetch(): Promise<void> {
    const cache = this.#runtime!.queries.getQueryCache();
    for (const hash of this.#recent.values()) cache.get(hash)?.invalidate();
    await Promise.all([...this.#observers.values()].map((each) => each.refetch()));
  }

  get #placeholder(): Stitched<T> | undefined {
    const former = this.#former;
    // Of somebody who has signed out nothing stays.
    const held = former && this.#state(former.hash)?.data !== undefined;
    const failed = [...this.#observers.values()].some((each) => each.getCurrentResult().isError);
    return held && !failed ? former.list : undefined;
  }

  #release(): void {
    this.#stopWaiting?.();
    this.#stopWaiting = undefined;
    for (const observer of this.#observers.values()) observer.destroy();
    this.#observers.clear();
    this.#recent.clear();
    this.#stitched = undefined;
  }

  /** `far`: what is in sight has nothing in common with what was. */
  #observe(far = false): void {
    if (!this.#options || !this.#runtime) return;
    const wanted = this.#options.enabled === false ? [] : this.#wanted();
    for (const [page, observer] of this.#observers) {
      if (wanted.includes(page)) continue;
      // Faster than the server: the last one to leave aborts what is under way.
      if (!observer.getCurrentResult().data) far = true;
      observer.destroy();
      this.#observers.delete(page);
    }
    this.#stopWaiting?.();
    this.#stopWaiting = undefined;
    const missing = wanted.filter((page) => !this.#observers.has(page));
    const later = missing.filter((page) => !this.#isKept(page) && (far || !this.#isNear(page)));
    for (const page of missing) if (!later.includes(page)) this.#watch(page);
    if (later.length > 0) {
      this.#stopWaiting = this.later(() => later.forEach((page) => this.#watch(page)), restTime);
    }
    this.#trim();
  }

  /** The pages in sight, and their neighbours a while before they are. */
  #wanted(): number[] {
    const [start, end] = this.#range;
    const { limit, reach = limit / 4 } = this.#options!;
    const list = this.#read();
    // How many there are nobody knows before the first answer; of none there is no other page.
    if (!list?.total) return [Math.floor(start / limit) + 1];
    const last = Math.max(0, list.total - 1);
    const from = list.pageAt(Math.min(last, Math.max(0, Math.floor(start - reach))));
    const to = list.pageAt(Math.min(last, Math.ceil(end - 1 + reach)));
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  }

  /** Scrolling goes on to it from one that is there; what is far waits until scrolling rests. */
  #isNear(page: number): boolean {
    return this.#recent.size === 0 || this.#isKept(page - 1) || this.#isKept(page + 1);
  }

  #isKept(page: number): boolean {
    const hash = this.#recent.get(page);
    return hash !== undefined && this.#state(hash)?.data !== undefined;
  }

  #state(hash: string): QueryState<Page<T>> | undefined {
    return this.#runtime?.queries.getQueryCache().get<Page<T>>(hash)?.state;
  }

  #watch(page: number): void {
    const { queries } = this.#runtime!;
    const options = this.#options!.page(page);
    // What failed waits for the reader, however much is scrolled.
    const retryOnMount = !this.#recent.has(page);
    const observer = new QueryObserver<Page<T>>(queries, { ...options, retryOnMount });
    this.#observers.set(page, observer);
    this.#recent.delete(page);
    this.#recent.set(page, observer.getCurrentQuery().queryHash);
    // Later, as rows may come into sight while the host is updating.
    const redraw = () => queueMicrotask(() => this.host.requestUpdate());
    observer.subscribe(redraw);
    redraw();
  }

  /** Takes the pages out of the cache that have been out of sight for longest. */
  #trim(): void {
    const cache = this.#runtime!.queries.getQueryCache();
    for (const [page, hash] of this.#recent) {
      if (this.#recent.size <= kept) return;
      if (this.#observers.has(page)) continue;
      this.#recent.delete(page);
      const query = cache.get(hash);
      if (query?.getObserversCount() === 0) cache.remove(query);
    }
  }

  /** What is held of the list with the pending changes drawn over it; the same while nothing changes. */
  #read(): Stitched<T> | undefined {
    const { queries } = this.#runtime ?? {};
    const held = [...this.#recent]
      .sort(([a], [b]) => a - b)
      .flatMap(([number, hash]) => {
        const { data } = this.#state(hash) ?? {};
        return data ? [{ number, data, fresh: this.#observers.has(number) }] : [];
      });
    if (!queries || held.length === 0) return undefined;
    const changes = pendingChanges(queries.getMutationCache());
    const parts = [changes, ...held.flatMap(({ number, data, fresh }) => [number, data, fresh])];
    const last = this.#stitched;
    const same = last?.parts.length === parts.length;
    if (same && last.parts.every((part, index) => part === parts[index])) return last.list;
    const list = this.#stitch(held, changes);
    this.#stitched = { parts, list };
    this.#former = undefined;
    return list;
  }

  #stitch(held: readonly Held<T>[], changes: readonly Change[]): Stitched<T> {
    const { limit, page } = this.#options!;
    const before = held.map(({ data }) => data);
    const keys = held.map(({ number }) => page(number).queryKey);
    const after = foldAll(before, changes, keys).parts;
    return stitch(
      held.map(({ number, fresh }, index) => ({ number, rows: after[index]!.data, fresh })),
      limit,
      // All pages say the same.
      after[0]!.meta.total,
    );
  }
}
