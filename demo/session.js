// How a page of your own hands over the signed-in person: it keeps the tokens and
// answers `getToken`. Nothing here belongs to Inlay; the reference server's login
// stands in for yours.
let persona = '';
let tokens = null;
let asking = null;

/** Calls the reference server; answers the parsed body, or throws with its problem's detail. */
export async function call(method, path, body) {
  const response = await fetch(`/api${path}`, {
    method,
    headers: {
      ...(body && { 'Content-Type': 'application/json' }),
      ...(tokens && { Authorization: `Bearer ${tokens.accessToken}` }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer = response.status === 204 ? undefined : await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.detail), { status: response.status });
  return answer;
}

export const post = (path, body = {}) => call('POST', path, body);

/** Signs in as a persona of the reference server; without a name, signs out. */
export async function signIn(name) {
  persona = name;
  tokens = null;
  asking = null;
  if (name) await getToken();
}

/** Who is signed in; null while nobody is. */
export const person = () => tokens?.user ?? null;

/**
 * The token for the next call; `refused` is one that the server no longer takes. A sign-in
 * that failed is tried again with the next call, such as "Try again" in an element.
 */
export async function getToken({ refused } = {}) {
  if (tokens && refused === tokens.accessToken) asking ??= ask(renew);
  else if (!tokens && persona) asking ??= ask(login);
  await asking;
  return tokens?.accessToken ?? null;
}

/** Asks once for all who wait, and drops the answer when somebody else has signed in meanwhile. */
async function ask(how) {
  const whose = persona;
  try {
    const answer = await how();
    if (whose === persona) tokens = answer;
  } finally {
    if (whose === persona) asking = null;
  }
}

const login = () => post('/auth/login', { email: `${persona}@inlay.test`, password: 'inlay' });

async function renew() {
  try {
    return await post('/auth/refresh', { refreshToken: tokens.refreshToken });
  } catch (error) {
    // The server has forgotten the session, after a reset, say.
    if (error.status === 401) return login();
    throw error;
  }
}
