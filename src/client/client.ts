import type { CallOptions } from '../contract/index.js';
import { readJson } from './answer.js';
import { toForm, toJson, toQuery } from './body.js';
import { createCaller, type Caller, type ClientOptions } from './caller.js';
import { Transport } from './transport.js';

export interface RequestOptions extends CallOptions {
  /** Becomes the query: arrays repeat the name, undefined is left out. */
  params?: object;
  /** Sent as JSON, a `FormData` as a form. */
  body?: unknown;
  headers?: Record<string, string>;
}

type Verb = <T = unknown>(path: string, options?: RequestOptions) => Promise<T>;

export interface UploadOptions extends Omit<RequestOptions, 'body'> {
  /** Name of the form's part that holds the file. Default: `file`. */
  field?: string;
}

export interface Client extends Caller {
  /** `path` starts with `/`, below the base URL. The answer's JSON is the caller's to check. */
  readonly get: Verb;
  readonly post: Verb;
  readonly put: Verb;
  readonly patch: Verb;
  readonly delete: Verb;
  /**
   * Sends a file as a form, and `onProgress` tells how far it is: not in Node, nor with a
   * `fetch` of one's own, nor with `credentials: 'omit'`.
   */
  readonly upload: <T = unknown>(path: string, file: Blob, options?: UploadOptions) => Promise<T>;
}

/**
 * A client for one API. The verbs take a path below the base URL and leave the answer
 * unchecked; `request` goes by the contract. Every failure is an `ApiError`.
 *
 * @throws TypeError when the base URL is neither absolute nor a path of the page.
 */
export function createClient(options: ClientOptions): Client {
  const transport = new Transport(options);
  const caller = createCaller(options, transport);
  const verb =
    (method: string): Verb =>
    <T>(path: string, { params, body, ...call }: RequestOptions = {}) => {
      if (!path.startsWith('/')) throw new TypeError(`path must start with "/", got "${path}"`);
      return transport.send<T>({
        ...call,
        method,
        url: caller.baseUrl + path + toQuery(params),
        body: body instanceof FormData ? body : toJson(body),
        read: readJson as (
          response: Response,
          request: { method: string; url: string },
        ) => Promise<T>,
      });
    };
  const post = verb('POST');
  return {
    ...caller,
    get: verb('GET'),
    post,
    put: verb('PUT'),
    patch: verb('PATCH'),
    delete: verb('DELETE'),
    upload: (path, file, { field = 'file', ...options } = {}) =>
      post(path, { ...options, body: toForm({ [field]: file }) }),
  };
}
