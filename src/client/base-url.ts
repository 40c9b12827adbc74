/**
 * The absolute base URL without a slash at its end. A path is resolved against the
 * page's origin, never against `<base href>`, which is the page's own.
 *
 * @throws TypeError when it is neither an http(s) URL nor a path of a page.
 */
export function resolveBaseUrl(baseUrl: string): string {
  const problem = (why: string) =>
    new TypeError(
      `base URL must be absolute or start with "/", got "${baseUrl}"${why}. ` +
        'Set data-api on the script tag, for example data-api="https://example.com/api".',
    );
  if (/^\/(?![/\\])/.test(baseUrl)) {
    const origin = globalThis.location?.origin;
    if (!/^http/.test(origin ?? '')) throw problem(' where no page has an origin');
    return (origin + baseUrl).replace(/\/+$/, '');
  }
  if (!/^https?:\/\//i.test(baseUrl) || !URL.canParse(baseUrl)) throw problem('');
  const url = new URL(baseUrl);
  if (url.username || url.search || url.hash) {
    throw problem(' with a user, query or fragment in it');
  }
  return url.href.replace(/\/+$/, '');
}
