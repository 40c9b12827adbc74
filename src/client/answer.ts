import type * as z from 'zod/mini';
import { FieldErrors } from '../contract/index.js';
import { ContractError, errorOfStatus, type ApiError } from './errors.js';

type Request = ApiError['request'];

/** The beginning of a value as JSON, which shows line breaks and quotes. */
function excerpt(value: unknown): string {
  const json = JSON.stringify(value);
  return json.length > 80 ? `${json.slice(0, 80)}…` : json;
}

/** Reads a JSON answer; 204 is undefined. Throws `ContractError` for anything else. */
export async function readJson(response: Response, request: Request): Promise<unknown> {
  if (response.status === 204) return undefined;
  const text = await response.text();
  const type = response.headers.get('content-type');
  const reject = (what: string, cause?: unknown) =>
    new ContractError(
      `${request.method} ${request.url} answered ${response.status} with ${what}. ` +
        'Is the base URL that of an API for this contract?',
      { status: response.status, code: 'CONTRACT', request, data: text, cause },
    );
  if (!text) throw reject('an empty body where JSON was due');
  if (!/\bjson\b/.test(type ?? '')) {
    throw reject(`${type ?? 'no content type'}, not JSON: ${excerpt(text)}`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw reject(`JSON that cannot be parsed: ${excerpt(text)}`, error);
  }
}

/** The value as the schema has it, or a `ContractError` that names the first place which does not fit. */
export function checkAnswer(schema: z.ZodMiniType, value: unknown, request: Request): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const { path } = issue;
  const found = path.reduce<unknown>(
    (at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key],
    value,
  );
  const shown = found === undefined ? 'missing' : excerpt(found);
  // In the schema's words: a type, the words of an enum, or the rule that was broken.
  const { expected, values, message } = issue as {
    expected?: string;
    values?: unknown[];
    message: string;
  };
  const wanted = expected ?? values?.join(' or ') ?? message;
  throw new ContractError(
    `${request.method} ${request.url} does not fit the contract: ` +
      `${path.join('.') || 'the answer'} is ${shown}, not ${wanted}. ` +
      'Are server and page of one version?',
    { status: 200, code: 'CONTRACT', request, data: value, cause: result.error },
  );
}

/** The error that a refusal tells: from its problem document, or from status and text if there is none. */
export async function readError(response: Response, request: Request): Promise<ApiError> {
  const text = await response.text();
  let data: unknown = text;
  try {
    data = JSON.parse(text);
  } catch {
    data = text; // A proxy's HTML page, say: reported as text.
  }
  // Another server's documents may use the same names for other things.
  const problem = (typeof data === 'object' && data ? data : {}) as Record<string, unknown>;
  const textOf = (name: string) => (typeof problem[name] === 'string' ? problem[name] : undefined);
  const { formErrors } = problem;
  const { status, headers } = response;
  const [Refusal, code] = errorOfStatus(status);
  const type = headers.get('content-type') ?? 'no content type';
  return new Refusal(
    textOf('detail') ??
      textOf('title') ??
      `${request.method} ${request.url} answered ${status} with ${type}: ${excerpt(text)}`,
    {
      status,
      code: textOf('code') ?? code,
      request,
      fieldErrors: FieldErrors.safeParse(problem['fieldErrors']).data,
      formErrors: isTexts(formErrors) ? formErrors : undefined,
      retryAfter: retryAfter(headers.get('retry-after')),
      requestId: textOf('requestId') ?? headers.get('x-request-id') ?? undefined,
      data,
    },
  );
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

/** Seconds of a `Retry-After` header, which holds seconds or a date (RFC 9110, 10.2.3). */
function retryAfter(header: string | null): number | undefined {
  if (!header) return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}
