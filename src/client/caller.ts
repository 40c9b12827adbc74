import {
  parseRoute,
  type CallOptions,
  type Endpoint,
  type Input,
  type Output,
} from '../contract/index.js';
import { checkAnswer, readJson } from './answer.js';
import { resolveBaseUrl } from './base-url.js';
import { toForm, toJson, toQuery } from './body.js';
import { Transport, type TransportOptions } from './transport.js';

export interface ClientOptions extends TransportOptions {
  /** Absolute, or a path of the page's origin: `https://example.com/api`, `/api`. */
  baseUrl: string;
}

/** Calls the endpoints of the contract: all that an `Api` and a runtime need. */
export interface Caller {
  /** Absolute, without a slash at its end. */
  readonly baseUrl: string;
  /** Sent as `X-Inlay-Client`; the events that this client causes carry it as `origin`. */
  readonly id: string;
  /**
   * Calls an endpoint of the contract; rejects with `ContractError` when the answer does not
   * fit, and with TypeError for a path parameter that is empty, `.` or `..`.
   */
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
 * Every failure is an `ApiError`.
 *
 * @throws TypeError when the base URL is neither absolute nor a path of the page.
 */
export function createCaller(
  options: ClientOptions,
  transport: Transport = new Transport(options),
): Caller {
  const baseUrl = resolveBaseUrl(options.baseUrl);
  return {
    baseUrl,
    id: transport.id,
    token: (reason) => transport.tokens.get(reason?.refused),
    identityChanged: () => transport.identityChanged(),
    onIdentity: (listener) => transport.onIdentity(listener),

    async request<E extends Endpoint>(endpoint: E, input?: Input<E>, call?: CallOptions) {
      const { method, path, params } = parseRoute(endpoint.route);
      const given: Record<string, unknown> = { ...(input as object | undefined) };
      const rest = Object.fromEntries(
        Object.entries(given).filter(([name]) => !params.includes(name)),
      );
      const inQuery = method === 'GET' || method === 'DELETE';
      // The browser takes the way up.
      const base = baseUrl + (endpoint.base === 'root' ? '/..' : '');
      const { output, consumes } = endpoint;
      const write = consumes === 'application/json' ? toJson : toForm;
      return transport.send<Output<E>>({
        ...call,
        method,
        url: base + fill(path, given) + (inQuery ? toQuery(rest) : ''),
        body: inQuery ? undefined : write(rest),
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
  path.replace(/:(\w+)/g, (_, name: string) => {
    const text = String(given[name] ?? '');
    // Addresses drop these, so that another path would be asked.
    if (/^\.{0,2}$/.test(text)) throw new TypeError(`${name} must not be "${text}"`);
    return encodeURIComponent(text);
  });
