import type { Faults } from '../faults/faults.js';
import { authHandlers } from './auth.js';
import type { Handlers } from './handler.js';
import type { Tokens } from './tokens.js';
import { userReads } from './users.js';

export interface Services {
  tokens: Tokens;
  faults: Faults;
  reset: (changes: { seed?: number | undefined; users?: number | undefined }) => void;
}

/** Everything this server answers. What the contract has beyond it is answered 501. */
export function createHandlers({ tokens }: Services): Handlers {
  return {
    auth: authHandlers(tokens),
    users: userReads,
    health: { live: () => ({ status: 'ok' }), ready: () => ({ status: 'ok' }) },
  };
}
