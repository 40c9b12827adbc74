import type { FieldErrors } from '../contract/index.js';

/** What went wrong with one call, beyond its message. */
export interface ApiErrorDetails {
  /** HTTP status; 0 when nothing answered. */
  status: number;
  /** A code of the contract, or `NETWORK`, `TIMEOUT`, `ABORTED`, `CONTRACT`. */
  code: string;
  request: { method: string; url: string };
  fieldErrors?: FieldErrors | undefined;
  formErrors?: string[] | undefined;
  retryAfter?: number | undefined;
  requestId?: string | undefined;
  data?: unknown;
  cause?: unknown;
}

/** Every call fails with this or a subclass, one for each way of reacting. */
export class ApiError extends Error implements ApiErrorDetails {
  declare readonly status: number;
  declare readonly code: string;
  declare readonly request: { method: string; url: string };
  /** Messages by field name; empty when the server named none. */
  declare readonly fieldErrors: FieldErrors;
  declare readonly formErrors: string[];
  /** Seconds to wait before trying again. */
  declare readonly retryAfter: number | undefined;
  /** Finds the call in the server's log. */
  declare readonly requestId: string | undefined;
  /** The answer's body: parsed JSON where it was JSON, else its text. */
  declare readonly data: unknown;

  constructor(message: string, { cause, ...details }: ApiErrorDetails) {
    super(message, { cause });
    const { fieldErrors = {}, formErrors = [] } = details;
    // Class names do not survive minifying; `code` tells them apart.
    Object.assign(this, { name: 'ApiError', ...details, fieldErrors, formErrors });
  }
}

/** Nothing answered: offline, refused by CORS, redirected, or the name is unknown. */
export class NetworkError extends ApiError {}
/** No whole answer within the client's `timeout`. */
export class TimeoutError extends ApiError {}
/** Given up by the caller, or dropped because somebody else signed in. */
export class AbortedError extends ApiError {}
/** 401: sign in (again). */
export class UnauthorizedError extends ApiError {}
/** 403: signed in, but not allowed. */
export class ForbiddenError extends ApiError {}
/** 404: does not exist, or is not theirs to know. */
export class NotFoundError extends ApiError {}
/** 400, 413, 415, 422: the input must change; see `fieldErrors`. */
export class ValidationError extends ApiError {}
/** 409 and 412: somebody else was first. On 412 `current` is the entity as it is now. */
export class ConflictError extends ApiError {
  get current(): unknown {
    return (this.data as { current?: unknown } | undefined)?.current;
  }
}
/** 429: try again after `retryAfter` seconds. */
export class RateLimitError extends ApiError {}
/** 5xx: not the caller's fault. */
export class ServerError extends ApiError {}
/** The answer is not what the contract says: another server, or another version of it. */
export class ContractError extends ApiError {}

const byStatus: Record<number, [typeof ApiError, string]> = {
  400: [ValidationError, 'BAD_REQUEST'],
  401: [UnauthorizedError, 'UNAUTHORIZED'],
  403: [ForbiddenError, 'FORBIDDEN'],
  404: [NotFoundError, 'NOT_FOUND'],
  409: [ConflictError, 'CONFLICT'],
  412: [ConflictError, 'PRECONDITION_FAILED'],
  413: [ValidationError, 'PAYLOAD_TOO_LARGE'],
  415: [ValidationError, 'UNSUPPORTED_MEDIA_TYPE'],
  422: [ValidationError, 'BAD_REQUEST'],
  429: [RateLimitError, 'TOO_MANY_REQUESTS'],
};

/** The subclass and code for a refusal whose body may not say. */
export function errorOfStatus(status: number): [typeof ApiError, string] {
  return byStatus[status] ?? (status < 500 ? [ApiError, 'BAD_REQUEST'] : [ServerError, 'INTERNAL']);
}
