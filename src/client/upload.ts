import type { CallOptions } from '../contract/index.js';

interface FormRequest {
  method: string;
  headers: Headers;
  credentials: RequestCredentials;
  signal: AbortSignal;
  body: FormData;
}

/**
 * Sends a form as `fetch` would, and tells how far it is, which `fetch` cannot.
 *
 * XMLHttpRequest follows redirects, and nothing can forbid it: an answer from elsewhere is
 * therefore refused, like `redirect: 'error'` does. The token has not gone there: browsers
 * drop `Authorization` on the way to another origin (Fetch Standard, "HTTP-redirect fetch").
 */
export function sendForm(
  url: string,
  { method, headers, credentials, signal, body }: FormRequest,
  onProgress: NonNullable<CallOptions['onProgress']>,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const request = new XMLHttpRequest();
    request.open(method, url);
    request.withCredentials = credentials === 'include';
    headers.forEach((value, name) => request.setRequestHeader(name, value));
    request.upload.onprogress = ({ loaded, total }) => onProgress({ loaded, total });
    request.onerror = () => reject(new TypeError('network error'));
    request.onload = () => {
      const { status, responseURL, responseText } = request;
      if (responseURL !== new URL(url).href) reject(new TypeError(`redirected to ${responseURL}`));
      const lines = request.getAllResponseHeaders().matchAll(/^(.+?): (.*)$/gm);
      resolve(
        // A status such as 204 forbids a body, even an empty one.
        new Response(responseText || null, {
          status,
          headers: Object.fromEntries(Array.from(lines, ([, name, value]) => [name, value])),
        }),
      );
    };
    signal.addEventListener('abort', () => request.abort());
    request.send(body);
  });
}
