/** Web Crypto rather than scrypt from `node:crypto`: the same code answers in browsers. */
async function derive(
  password: string,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey(
    'raw',
    new TextEncoder().encode(password),
    'PBKDF2',
    false,
    ['deriveBits'],
  );
  return new Uint8Array(
    await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, key, 256),
  );
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}

const shortest = 12;
const rounds = 600_000;

/**
 * A hash as `verifyPassword` reads it, with a salt of its own.
 *
 * @throws RangeError when the password is too short.
 */
export async function hashPassword(password: string): Promise<string> {
  if (password.length < shortest)
    throw new RangeError(
      `the password has ${password.length} characters and needs at least ${shortest}. Set INLAY_PASSWORD to a longer one, or leave it out.`,
    );
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const key = await derive(password, salt, rounds);
  return `pbkdf2$${rounds}$${toBase64(salt)}$${toBase64(key)}`;
}

/** `hash` is `pbkdf2$iterations$salt$key`, the last two in base64. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const [, iterations, salt, key] = hash.split('$') as [string, string, string, string];
  const expected = fromBase64(key);
  const actual = await derive(password, fromBase64(salt), Number(iterations));
  return sameBytes(expected, actual);
}

/** Whether two texts are the same; the time taken tells neither where they differ nor how long they are. */
export async function sameSecret(given: string, secret: string): Promise<boolean> {
  return sameBytes(await digest(given), await digest(secret));
}

export async function sha256(data: string | ArrayBuffer): Promise<string> {
  return toBase64(await digest(data));
}

async function digest(data: string | ArrayBuffer): Promise<Uint8Array> {
  const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

/** Of equal length. Looks at every byte, so that the time taken tells nothing. */
function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.reduce((difference, byte, index) => difference | (byte ^ other[index]!), 0) === 0;
}
