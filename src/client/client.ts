import {
  parseRoute,
  type CallOptions,
  type Endpoint,
  type Input,
  type Output,
} from '../contract/index.js';
import { checkAnswer, readJson } from './answer.js';
import { resolveBaseUrl } from './base-url.js';
import { toJson, toQuery } from './body.js';
import { Transport, type TransportOptions } from './transport.js';

export interface ClientOptions extends TransportOptions {
  /** Absolute, or a path of the page's origin: `https://example.com/api`, `/api`. */
  baseUrl: string;
}

export interface RequestOptions extends CallOptions {
  /** Becomes the query: arrays repeat the name, undefined is left out. */
  params?: object;
  /** Sent as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
}

type Verb = <T = unknown>(path: string, options?: RequestOptions) => Promise<T>;

export interface Client extends Record<'get' | 'post' | 'put' | 'patch' | 'delete', Verb> {
  /** Absolute, without a slash at its end. */
  readonly baseUrl: string;
  /** Sent as `X-Inlay-Client`; the events that this client causes carry it as `origin`. */
  readonly id: string;
  /** Calls an endpoint of the contract; throws `ContractError` when the answer does not fit. */
  request<E extends Endpoint>(
    endpoint: E,
    input?: Input<E>,
    options?: CallOptions,
  ): Promise<Output<E>>;
  /**
   * The token that calls carry, null when signed out. After a refusal (or just before the
   * end) of `refused` it is another if `getToken` has one: one refresh for all who ask.
   */
  readonly token: (reason?: { refused?: string }) => Promise<string | null>;
  /**
   * Says that somebody else is signed in: calls under way fail with `AbortedError`, so
   * that no late answer reaches the next person. It is found out without this call when
   * `getToken` gives a JWT of another subject, or none after one.
   */
  identityChanged(): void;
  /** Call the result to stop listening. */
  onIdentity(listener: () => void): () => void;
}

/**
 * A client for one API. The verbs take a path below the base URL and leave the answer
 * unchecked; `request` goes by the contract. Every failure is an `ApiError`.
 *
 * @throws TypeError when the base URL is neither absolute nor a path of the page.
 */
export function createClient(options: ClientOptions): Client {
  const baseUrl = resolveBaseUrl(options.baseUrl);
  const transport = new Transport(options);

  const verb =
    (method: string): Verb =>
    <T>(path: string, { params, body, ...call }: RequestOptions = {}) => {
      if (!path.startsWith('/')) throw new TypeError(`path must start with "/", got "${path}"`);
      const url = baseUrl + path + toQuery(params);
      return transport.send<T>({
        ...call,
        method,
        url,
        body: toJson(body),
        read: readJson as Read<T>,
      });
    };

  return {
    baseUrl,
    id: transport.id,
    get: verb('GET'),
    post: verb('POST'),
    put: verb('PUT'),
    patch: verb('PATCH'),
    delete: verb('DELETE'),
    token: (reason) => transport.tokens.get(reason?.refused),
    identityChanged: () => transport.identityChanged(),
    onIdentity: (listener) => transport.onIdentity(listener),

    request<E extends Endpoint>(endpoint: E, input?: Input<E>, call?: CallOptions) {
      const { method, path, params } = parseRoute(endpoint.route);
      const given: Record<string, unknown> = { ...(input as object | undefined) };
      const rest = Object.fromEntries(
        Object.entries(given).filter(([name]) => !params.includes(name)),
      );
      const inQuery = method === 'GET' || method === 'DELETE';
      const base =
        endpoint.base === 'root' ? new URL('..', `${baseUrl}/`).href.slice(0, -1) : baseUrl;
      const { output } = endpoint;
      return transport.send<Output<E>>({
        ...call,
        method,
        url: base + fill(path, given) + (inQuery ? toQuery(rest) : ''),
        body: inQuery ? undefined : toJson(rest),
        headers: { accept: endpoint.produces },
        read: async (response, request) =>
          (endpoint.produces !== 'application/json'
            ? response
            : output &&
              checkAnswer(output, await readJson(response, request), request)) as Output<E>,
      });
    },
  };
}

const fill = (path: string, given: Record<string, unknown>) =>
  path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(given[name])));

type Read<T> = (response: Response, request: { method: string; url: string }) => Promise<T>;
