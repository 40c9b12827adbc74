// How a page of your own hands over the signed-in person: it keeps the tokens and
// answers `getToken`. Nothing here belongs to Inlay; the reference server's login
// stands in for yours.
let tokens = null;

/** Calls the reference server; answers the parsed body, or throws with its problem's detail. */
export async function post(path, body = {}) {
  const response = await fetch(`/api${path}`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(tokens && { Authorization: `Bearer ${tokens.accessToken}` }),
    },
    body: JSON.stringify(body),
  });
  const answer = response.status === 204 ? undefined : await response.json();
  if (!response.ok) throw new Error(answer.detail);
  return answer;
}

/** Signs in as a persona of the reference server; without a name, signs out. */
export async function signIn(persona) {
  tokens = null;
  if (!persona) return;
  tokens = await post('/auth/login', { email: `${persona}@inlay.test`, password: 'inlay' });
}

export function person() {
  return tokens?.user ?? null;
}

/** The token for the next call; `refused` is one that the server no longer takes. */
export async function getToken({ refused } = {}) {
  if (tokens && refused === tokens.accessToken) {
    const { refreshToken } = tokens;
    tokens = null;
    tokens = await post('/auth/refresh', { refreshToken });
  }
  return tokens?.accessToken ?? null;
}
