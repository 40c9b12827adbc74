import { protocol } from '../../contract/index.js';
import { subjectOf } from '../../contract/token.js';

/**
 * Names the tabs that may share a connection: those of one person at one endpoint, who speak
 * the same protocol. A token that does not tell its person stands for itself alone; without
 * a token there is nobody to share with.
 */
export async function groupOf(endpoint: string, token: string | null): Promise<string | undefined> {
  if (token === null) return undefined;
  const subject = subjectOf(token);
  const person = subject === undefined ? `token ${await digest(token)}` : `person ${subject}`;
  return `${protocol} ${endpoint} ${person}`;
}

/** Not the token itself: names of locks and channels can be listed. */
async function digest(token: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
