/** The page's CSRF token, from `<meta name="csrf-token">` or the cookie `csrf`. */
export function readCsrfToken(): string | undefined {
  if (typeof document === 'undefined') return undefined;
  const meta = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]');
  const cookie = /(?:^|;\s*)csrf=([^;]*)/.exec(document.cookie)?.[1];
  return meta?.content || (cookie && decoded(cookie)) || undefined;
}

/** Not every server encodes its cookies: a bare `%` is then part of the token. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
