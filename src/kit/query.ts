import { createInfiniteQueryController, createQueryController } from '@tanstack/lit-query';
import {
  keepPreviousData,
  type InfiniteData,
  type InfiniteQueryObserverResult,
  type QueryKey,
  type QueryObserverResult,
} from '@tanstack/query-core';
import type { ReactiveController } from 'lit';
import { overlay, pendingChanges } from '../data/index.js';
import type { Runtime } from '../runtime/index.js';
import type { InlayElement } from './element.js';

interface Controller<R> {
  (): R;
  destroy(): void;
}

/**
 * A query bound to an element and its runtime: the only place that touches the
 * library's Lit adapter. The client is passed explicitly, as by context the first
 * render would miss a warm cache. What it reads is the server's data with the
 * pending mutations drawn over it.
 */
export class Query<R extends QueryObserverResult<unknown>> implements ReactiveController {
  private controller: Controller<R> | undefined;
  private runtime: Runtime | undefined;
  private forget: (() => void) | undefined;

  constructor(
    private readonly host: InlayElement,
    private readonly keyFor: (runtime: Runtime) => QueryKey,
    private readonly create: (runtime: Runtime) => Controller<R>,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    const { runtime } = this.host;
    if (runtime !== this.runtime) {
      this.controller?.destroy();
      this.runtime = runtime;
      this.controller = runtime && this.create(runtime);
    }
    this.forget ??= runtime?.queries.getMutationCache().subscribe(() => this.host.requestUpdate());
  }

  hostDisconnected(): void {
    this.forget?.();
    this.forget = undefined;
  }

  /** Tells one set of parameters from another. */
  get hash(): string {
    const { runtime } = this;
    if (!runtime) return '';
    return runtime.queries.defaultQueryOptions({ queryKey: this.keyFor(runtime) }).queryHash;
  }

  /** Undefined while the element has no runtime. */
  get result(): R | undefined {
    return this.controller?.();
  }

  get data(): R['data'] {
    const data = this.result?.data;
    if (!this.runtime || data === undefined) return data;
    return overlay(
      data,
      this.keyFor(this.runtime),
      pendingChanges(this.runtime.queries.getMutationCache()),
    );
  }
}

type Signal = { signal: AbortSignal };
interface QueryOptions<T> {
  queryKey: QueryKey;
  queryFn: (context: Signal) => Promise<T>;
  enabled?: boolean;
  /** What was shown for other parameters stays until the new data are there. */
  keepPrevious?: boolean;
}
interface InfiniteQueryOptions<T> {
  queryKey: QueryKey;
  queryFn: (context: Signal & { pageParam: string | null }) => Promise<T>;
  enabled?: boolean;
  initialPageParam: string | null;
  getNextPageParam: (last: T) => string | null;
}

/**
 * A query whose options follow the element's properties; `options` is read before each render.
 * An element with a problem asks for nothing.
 */
export function query<T>(host: InlayElement, options: (runtime: Runtime) => QueryOptions<T>) {
  return new Query(
    host,
    (runtime) => options(runtime).queryKey,
    (runtime) =>
      createQueryController<T>(
        host,
        () => {
          const { keepPrevious, enabled = true, ...given } = options(runtime);
          return {
            ...given,
            enabled: enabled && !host.problem,
            ...(keepPrevious && { placeholderData: keepPreviousData }),
          };
        },
        runtime.queries,
      ),
  );
}

/**
 * The same for a list that grows page by page. When its parameters change, what
 * was shown stays until the new rows are there.
 */
export function infiniteQuery<T>(
  host: InlayElement,
  options: (runtime: Runtime) => InfiniteQueryOptions<T>,
) {
  return new Query(
    host,
    (runtime) => options(runtime).queryKey,
    (runtime) =>
      createInfiniteQueryController<T, Error, InfiniteData<T>, QueryKey, string | null>(
        host,
        () => {
          const { enabled = true, ...given } = options(runtime);
          return {
            ...given,
            enabled: enabled && !host.problem,
            placeholderData: keepPreviousData,
          };
        },
        runtime.queries,
      ),
  );
}

/** A list that grows, of items with an id. */
export type ListQuery<T> = Pick<
  Query<InfiniteQueryObserverResult<InfiniteData<{ data: T[]; meta: { total: number } }>>>,
  'data' | 'hash' | 'result'
>;
