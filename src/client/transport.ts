import type { CallOptions } from '../contract/index.js';
import { sleep, untilAborted } from './abort.js';
import { readError } from './answer.js';
import { readCsrfToken } from './csrf.js';
import { AbortedError, ApiError, NetworkError, TimeoutError } from './errors.js';
import { withRetries } from './retry.js';
import { TokenSource, type GetToken } from './token.js';
import { sendForm } from './upload.js';

// What has been handed to the network may be on its way for long.
const stallFactor = 4;
// In ms; where nobody can see whether something moves, the network decides.
const longestTimer = 2 ** 31 - 1;

export interface TransportOptions {
  /** Without it calls carry no token. */
  getToken?: GetToken | undefined;
  /** `include` is cookie mode: writes then carry the CSRF token. Default: `same-origin`. */
  credentials?: RequestCredentials | undefined;
  /** Sent with every call. */
  headers?: Record<string, string> | undefined;
  /**
   * Milliseconds for one attempt: token, answer and its body. Default: 15,000. An upload may
   * take as long as it gets on, and stand still for four times as long.
   */
  timeout?: number | undefined;
  fetch?: typeof fetch | undefined;
  /** Gives the CSRF token. Default: `<meta name="csrf-token">` or the cookie `csrf`. */
  csrf?: (() => string | undefined) | undefined;
  random?: (() => number) | undefined;
  /** The pause between retries; rejects when the signal aborts. */
  sleep?: ((ms: number, signal: AbortSignal) => Promise<void>) | undefined;
}

export interface Call<T> extends CallOptions {
  method: string;
  url: string;
  /** JSON text, or a form. */
  body?: string | FormData | undefined;
  headers?: Record<string, string> | undefined;
  read: (response: Response, request: ApiError['request']) => Promise<T> | T;
}

/** Sends calls: token, retries, time limit, and every failure as an `ApiError`. */
export class Transport {
  readonly id = Math.random().toString(36).slice(2);
  readonly #options: TransportOptions;
  readonly tokens: TokenSource;
  readonly #listeners = new Set<() => void>();
  #identity = new AbortController();
  /** Until the page says that somebody else is signed in: calls that wait for a token are not theirs. */
  #told = new AbortController();

  constructor(options: TransportOptions) {
    this.#options = options;
    this.tokens = new TokenSource(options.getToken, () => this.#change());
  }

  identityChanged(): void {
    this.#told.abort();
    this.#told = new AbortController();
    this.#change();
  }

  #change(): void {
    this.tokens.forget();
    this.#identity.abort();
    this.#identity = new AbortController();
    for (const listener of this.#listeners) listener();
  }

  onIdentity(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async send<T>(call: Call<T>): Promise<T> {
    const { random = Math.random, sleep: pause = sleep } = this.#options;
    const timeout = this.#limit(call);
    const given = [this.#told.signal, ...(call.signal ? [call.signal] : [])];
    let owner: AbortSignal | undefined;

    const explain = (error: unknown, timedOut = false): ApiError => {
      if (error instanceof ApiError) return error;
      const { method, url } = call;
      const fail = (Failure: typeof ApiError, code: string, what: string) =>
        new Failure(`${method} ${url} ${what}`, {
          status: 0,
          code,
          request: { method, url },
          cause: error,
        });
      if (owner?.aborted || given.some(({ aborted }) => aborted))
        return fail(AbortedError, 'ABORTED', 'was given up');
      if (timedOut) return fail(TimeoutError, 'TIMEOUT', `gave no answer within ${timeout} ms`);
      return fail(
        NetworkError,
        'NETWORK',
        `got no answer (${String(error)}). Is the server up, and does it allow this origin?`,
      );
    };

    const attempt = async () => {
      const clock = new AbortController();
      let timer: ReturnType<typeof setTimeout> | undefined;
      const wind = () => {
        clearTimeout(timer);
        timer = setTimeout(() => clock.abort(), timeout);
      };
      wind();
      const limits = AbortSignal.any([clock.signal, ...given]);
      try {
        const token = await untilAborted(this.tokens.get(), limits);
        // Taken after the first token: a change of identity that it brings is not this call's.
        owner ??= this.#identity.signal;
        const signal = AbortSignal.any([limits, owner]);
        return await untilAborted(this.#authorized(call, token, signal, wind), signal);
      } catch (error) {
        throw explain(error, clock.signal.aborted);
      } finally {
        clearTimeout(timer);
      }
    };

    const wait = (ms: number) =>
      pause(ms, AbortSignal.any([...given, ...(owner ? [owner] : [])])).catch((error: unknown) => {
        throw explain(error);
      });
    const repeatable = call.method === 'GET' || call.idempotencyKey !== undefined;
    return repeatable ? withRetries(attempt, wait, random) : attempt();
  }

  /** One exchange; after a 401 once more with the refreshed token. */
  async #authorized<T>(
    call: Call<T>,
    token: string | null,
    signal: AbortSignal,
    onSign: () => void,
  ): Promise<T> {
    let response = await this.#fetch(call, token, signal, onSign);
    if (response.status === 401 && token) {
      const next = await this.tokens.get(token);
      signal.throwIfAborted();
      if (next && next !== token) response = await this.#fetch(call, next, signal, onSign);
    }
    const request = { method: call.method, url: call.url };
    if (!response.ok) throw await readError(response, request);
    const result = await call.read(response, request);
    const cursor = response.headers.get('x-inlay-cursor');
    if (cursor && !signal.aborted) call.onCursor?.(cursor);
    return result;
  }

  /** Milliseconds without any sign of life. */
  #limit({ body }: Call<unknown>): number {
    const { timeout = 15_000 } = this.#options;
    if (typeof body !== 'object') return timeout;
    return this.#showsProgress ? timeout * stallFactor : longestTimer;
  }

  /** Whether forms go by XMLHttpRequest: not where the page has its own `fetch`, or wants no cookies sent. */
  get #showsProgress(): boolean {
    const { fetch, credentials } = this.#options;
    return typeof XMLHttpRequest !== 'undefined' && !fetch && credentials !== 'omit';
  }

  #fetch<T>(
    call: Call<T>,
    token: string | null,
    signal: AbortSignal,
    onSign: () => void,
  ): Promise<Response> {
    const {
      credentials = 'same-origin',
      csrf = readCsrfToken,
      fetch: send = fetch,
    } = this.#options;
    const headers = new Headers({
      accept: 'application/json',
      ...this.#options.headers,
      ...call.headers,
    });
    const set = (name: string, value: string | number | null | undefined) =>
      value != null && headers.set(name, String(value));
    set('x-inlay-client', this.id);
    set('authorization', token && `Bearer ${token}`);
    set('content-type', typeof call.body === 'string' ? 'application/json' : null);
    set('if-match', call.ifMatch === undefined ? null : `"${call.ifMatch}"`);
    set('idempotency-key', call.idempotencyKey);
    if (credentials === 'include' && call.method !== 'GET') set('x-csrf-token', csrf());
    const { method, url, body } = call;
    if (typeof body === 'object' && this.#showsProgress) {
      return sendForm(url, { method, headers, credentials, signal, body }, (progress) => {
        onSign();
        call.onProgress?.(progress);
      });
    }
    // A redirect could carry the token to another origin.
    const rules: RequestInit = { method, headers, credentials, signal, redirect: 'error' };
    return send(url, body === undefined ? rules : { ...rules, body });
  }
}
