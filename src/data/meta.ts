import type { QueryClient } from '@tanstack/query-core';
import type { Change } from './change.js';

/** What a query says about itself in `meta`. */
export interface LiveQueryMeta extends Record<string, unknown> {
  /** Live channel that keeps it fresh: `users`, `user:ID`, `notifications`, `projects`, `team:ID`. */
  channel?: string;
}

/** What the reader is told: the key of a message, and values for its places. */
export interface Message {
  message: string;
  values?: Record<string, string | number>;
  tone?: 'success' | 'warning';
}

/** What a mutation says about itself in `meta`; all of it may be left out. */
export interface WriteMeta<V = unknown, B = unknown, T = unknown> extends Record<string, unknown> {
  /** What to draw while the mutation is pending; `before` is what its `onMutate` gave. */
  change?(variables: V, before: B | undefined): Change[];
  /** Mutations of one scope run one after the other. */
  scope?(variables: V): string;
  /** Told by `<toast-region>`: a message's key, with the answer's `name` in its place, or all of it; undefined tells nothing. */
  success?: string | ((answer: T, variables: V) => Message | undefined);
  /** The same for a refusal, which fills the place `reason`; undefined tells nothing. */
  failure?: string | ((error: Error, variables: V) => string | undefined);
  /** How to take back what was done, if it can be. */
  undo?(variables: V, answer: T): ((client: QueryClient) => Promise<unknown>) | undefined;
}

export const writeMeta = (options: { meta?: Record<string, unknown> | undefined }): WriteMeta =>
  options.meta ?? {};

export const channelOf = (query: { meta?: Record<string, unknown> | undefined }) =>
  (query.meta as LiveQueryMeta | undefined)?.channel;
