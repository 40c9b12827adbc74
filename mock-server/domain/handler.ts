import type {
  Endpoint,
  Endpoints,
  ErrorCode,
  FieldErrors,
  Output,
  ParsedInput,
  Position,
  User,
} from '../../src/contract/index.js';
import type { Store } from '../store/store.js';

/** Everything a handler may use besides its input. One a request. */
export interface Context {
  store: Store;
  /** The signed-in person, or null on public endpoints. */
  viewer: User | null;
  /** Session of the access token. */
  sessionId: string | null;
  /** When the access token ends, ISO 8601. */
  expiresAt: string | null;
  /** How many revocations there had been before the viewer was identified. */
  revocations: number;
  /** Milliseconds since the epoch, from the server's clock. */
  now: () => number;
  newId: () => string;
  random: () => number;
  ifMatch: number | undefined;
  idempotencyKey: string | undefined;
  /** Client id from `X-Inlay-Client`: becomes the `origin` of events. */
  origin: string | undefined;
  /** Where callers reach the API, e.g. `https://example.com/api`; a path where only that is known. */
  apiUrl: string;
  /** Position of a channel of the live stream; read it before the rows. */
  head: (channel: string) => Position;
  /** A request header, by its lower-case name. */
  header: (name: string) => string | undefined;
  /** Sets a response header, e.g. `X-Inlay-Cursor`. */
  setHeader: (name: string, value: string) => void;
}

/** Endpoints that don't answer JSON hand out the bytes; `cancel` tells that the reader left. */
type Answer<E extends Endpoint> =
  Output<E> extends Response ? ReadableStream<Uint8Array> : Output<E>;
export type Handler<E extends Endpoint> = (
  input: ParsedInput<E>,
  ctx: Context,
) => Answer<E> | Promise<Answer<E>>;

/** A handler under the endpoint's name. Endpoints without one answer 501. */
export type Handlers = {
  [G in keyof Endpoints]?: {
    [N in keyof Endpoints[G]]?: Handler<Extract<Endpoints[G][N], Endpoint>>;
  };
};

/** A refusal: becomes a problem document with the status of its code. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly fieldErrors: FieldErrors | undefined;
  readonly formErrors: string[] | undefined;
  readonly current: unknown;
  /** Seconds, sent as `Retry-After`. */
  readonly retryAfter: number | undefined;

  constructor(
    code: ErrorCode,
    detail: string,
    more: {
      fieldErrors?: FieldErrors;
      formErrors?: string[];
      current?: unknown;
      retryAfter?: number;
    } = {},
  ) {
    super(detail);
    this.name = 'Refusal';
    this.code = code;
    this.fieldErrors = more.fieldErrors;
    this.formErrors = more.formErrors;
    this.current = more.current;
    this.retryAfter = more.retryAfter;
  }
}
