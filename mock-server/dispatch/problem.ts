import * as z from 'zod/mini';
import {
  errors,
  type ErrorCode,
  type FieldErrors,
  type Problem,
} from '../../src/contract/index.js';
import { Refusal } from '../domain/handler.js';

const english = z.locales.en().localeError;

/** The value as the schema gives it, or a refusal that tells each field what is wrong with it. */
export function validate<T extends z.ZodMiniType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value, { error: english });
  if (result.success) return result.data;
  const fieldErrors: FieldErrors = {};
  const formErrors: string[] = [];
  for (const { path, message } of result.error.issues) {
    if (path.length === 0) formErrors.push(message);
    else (fieldErrors[String(path[0])] ??= []).push(message);
  }
  const fields = Object.keys(fieldErrors);
  const detail = fields.length > 0 ? `Invalid: ${fields.join(', ')}.` : 'The input is invalid.';
  throw new Refusal('BAD_REQUEST', detail, { fieldErrors, formErrors });
}

export function problemOf(refusal: Refusal, requestId: string): Problem {
  const { status, title } = errors[refusal.code];
  const { fieldErrors, formErrors, current } = refusal;
  return {
    type: 'about:blank',
    title,
    status,
    detail: refusal.message,
    code: refusal.code,
    requestId,
    ...(fieldErrors && { fieldErrors }),
    ...(formErrors?.length && { formErrors }),
    ...(current !== undefined && { current }),
  };
}

/** The refusal for an HTTP status that a library decided on, such as 413 from the body parser. */
export function refusalOfStatus(status: number, detail: string): Refusal {
  const found = Object.entries(errors).find(([, error]) => error.status === status);
  return new Refusal((found?.[0] ?? 'BAD_REQUEST') as ErrorCode, detail);
}
