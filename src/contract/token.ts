/** The subject of a JWT; undefined for any other token, as those do not tell whose they are. */
export function subjectOf(token: string): string | undefined {
  try {
    const claims = token.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/');
    const { sub } = JSON.parse(atob(claims)) as { sub?: unknown };
    return sub === undefined ? undefined : String(sub);
  } catch {
    return undefined; // Not a JWT.
  }
}
