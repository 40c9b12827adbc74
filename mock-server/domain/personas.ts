import type { Role } from '../../src/contract/index.js';

/** People to sign in as; outside production each has the password `inlay` unless told otherwise. */
export const personas = [
  { email: 'admin@inlay.test', name: 'Ada Admin', role: 'admin' },
  { email: 'moderator@inlay.test', name: 'Moses Moderator', role: 'moderator' },
  { email: 'user@inlay.test', name: 'Uma User', role: 'user' },
] as const satisfies { email: string; name: string; role: Role }[];

export type Persona = (typeof personas)[number]['email'];
