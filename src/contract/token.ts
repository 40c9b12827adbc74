/** Whose a JWT is: its subject, and who says so if it tells; undefined for any other token, as those do not tell whose they are. */
export function subjectOf(token: string): string | undefined {
  try {
    const claims = token.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/');
    const { sub, iss } = JSON.parse(atob(claims)) as { sub?: unknown; iss?: unknown };
    if (sub === undefined) return undefined;
    return iss === undefined ? String(sub) : `${String(sub)} of ${String(iss)}`;
  } catch {
    return undefined; // Not a JWT.
  }
}
