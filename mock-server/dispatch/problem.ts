import * as z from 'zod/mini';
import {
  avatarMaxBytes,
  errors,
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

/** Bytes of a JSON body. */
export const bodyLimit = 100 * 1024;

const bodyProblems = {
  400: ['BAD_REQUEST', 'The body is not valid JSON.'],
  413: ['PAYLOAD_TOO_LARGE', `The body is larger than ${bodyLimit / 1024} kB.`],
  415: [
    'UNSUPPORTED_MEDIA_TYPE',
    'The body must be JSON in UTF-8, with Content-Type: application/json.',
  ],
} as const;

/** The refusal of a body; any status but 413 and 415 means that it is malformed. */
export function refuseBody(status: number): Refusal {
  const [code, detail] = bodyProblems[status === 413 || status === 415 ? status : 400];
  return new Refusal(code, detail);
}

/** Bytes of the file in a form. */
export const fileLimit = avatarMaxBytes;

const formProblems = {
  400: ['BAD_REQUEST', 'The body is not a well-formed form with one file.'],
  413: ['PAYLOAD_TOO_LARGE', `The file is larger than ${fileLimit / 1_000_000} MB.`],
  415: [
    'UNSUPPORTED_MEDIA_TYPE',
    'The body must be a form, with Content-Type: multipart/form-data.',
  ],
} as const;

/** The refusal of a form; a file that is too large is told at its field. */
export function refuseForm(status: keyof typeof formProblems): Refusal {
  const [code, detail] = formProblems[status];
  return new Refusal(code, detail, status === 413 ? { fieldErrors: { file: [detail] } } : {});
}
