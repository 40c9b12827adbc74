import { writeMeta } from './meta.js';

const shownByForm = new Set([400, 409, 412, 413, 415, 422]);

/**
 * The same mutation for a form, which shows itself what is wrong with its fields and that
 * somebody else was first: those refusals make no toast, all others do.
 */
export function inForm<O extends { meta?: Record<string, unknown> }>(options: O): O {
  const { failure } = writeMeta(options);
  const quiet = (error: Error & { status?: number }, variables: unknown) =>
    shownByForm.has(error.status ?? 0)
      ? undefined
      : typeof failure === 'function'
        ? failure(error, variables)
        : failure;
  return { ...options, meta: { ...options.meta, failure: quiet } };
}
