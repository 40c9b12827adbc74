import type { Mutation, QueryClient } from '@tanstack/query-core';
import type { Notification } from '../contract/index.js';
import { syncOf, type WriteMeta } from '../data/index.js';

/** Something the reader should hear of: `<toast-region>` shows it. */
export interface Notice {
  tone: 'info' | 'success' | 'warning' | 'error';
  /** Key of a message in the locales, e.g. `user.updated`; absent for a live notification. */
  message?: string | undefined;
  /** Values for the places in the message. */
  values?: Record<string, string | number> | undefined;
  /** Why it failed; its explanation fills the place `reason`. */
  error?: Error | undefined;
  /** The notification that came in. */
  notification?: Notification | undefined;
  /** Takes back what was done; offered for 30 s, as long as the contract's server takes it. */
  undo?: (() => void) | undefined;
  /** Another thing to do about it: its label is a key of a message. */
  action?: { label: string; run: () => void } | undefined;
  /** A notice of the same id takes the place of the one before: what is under way, then how it ended. */
  id?: string | undefined;
  /** How far something under way is, 0–1; the notice stays until another takes its place. */
  progress?: number | undefined;
  /** Aborted as soon as there is nothing left to tell: the notification was read, say. */
  signal?: AbortSignal | undefined;
}

interface Outcome {
  answer?: unknown;
  error?: Error;
  variables: unknown;
  /** What the mutation's `onMutate` gave: the entity as it was. */
  before: unknown;
  client: QueryClient;
}

/** Tells how a mutation ended, if its `meta` has a message for that. */
export function noticeOfMutation(
  notify: (notice: Notice) => void,
  mutation: Mutation<unknown, unknown, unknown>,
  { answer, error, variables, before, client }: Outcome,
): void {
  const { success, failure, undo }: WriteMeta = mutation.meta ?? {};
  const said = error
    ? typeof failure === 'function'
      ? failure(error, variables)
      : failure
    : typeof success === 'function'
      ? success(answer, variables)
      : success;
  // What was given up on purpose has not failed.
  if (!said || (error as { code?: string } | undefined)?.code === 'ABORTED') return;
  const { name } = (answer ?? before ?? {}) as { name?: unknown };
  const takeBack = error ? undefined : undo?.(variables, answer);
  const { person } = syncOf(client);
  notify({
    tone: error ? 'error' : 'success',
    values: typeof name === 'string' ? { name } : {},
    ...(typeof said === 'string' ? { message: said } : said),
    error,
    undo:
      takeBack &&
      (() => {
        // The notice may outlive who was told. A failure is told by a notice of its own.
        if (!person.aborted) takeBack(client).catch(() => undefined);
      }),
  });
}
