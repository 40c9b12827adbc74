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

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
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

export async function sha256(text: string): Promise<string> {
  return btoa(String.fromCharCode(...(await digest(text))));
}

async function digest(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
}

/** Of equal length. Looks at every byte, so that the time taken tells nothing. */
function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.reduce((difference, byte, index) => difference | (byte ^ other[index]!), 0) === 0;
}
