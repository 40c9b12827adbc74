import type { MutationOptions } from '@tanstack/query-core';
import type { Change } from './change.js';

/** What a query says about itself in `meta`. */
export interface LiveQueryMeta extends Record<string, unknown> {
  /** Live channel that keeps it fresh: `users`, `user:ID`, `notifications`, `projects`, `team:ID`. */
  channel?: string;
}

/** What a mutation says about itself in `meta`; all of it may be left out. */
export interface WriteMeta<V = unknown, B = unknown> extends Record<string, unknown> {
  /** What to draw while the mutation is pending; `before` is what its `onMutate` gave. */
  change?(variables: V, before: B | undefined): Change[];
  /** Mutations of one scope run one after the other. */
  scope?(variables: V): string;
  /** Message keys for `<toast-region>`. */
  success?: string;
  failure?: string;
  /** Takes it back, with the same variables. */
  undo?: MutationOptions<unknown, Error, V>;
}

export const writeMeta = (options: { meta?: Record<string, unknown> | undefined }): WriteMeta =>
  options.meta ?? {};

export const channelOf = (query: { meta?: Record<string, unknown> | undefined }) =>
  (query.meta as LiveQueryMeta | undefined)?.channel;
