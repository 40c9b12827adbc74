import type { Tokens as IssuedTokens } from '../../src/contract/auth.js';
import type { User } from '../../src/contract/index.js';
import type { Store } from '../store/store.js';
import { Refusal, type Handlers } from './handler.js';
import { sha256, verifyPassword } from './password.js';
import { publicHash } from './seed.js';
import type { Tokens } from './tokens.js';
import type { Revoke } from './user-changes.js';
import { fullUser } from './views.js';

interface SessionServices {
  store: Store;
  now: () => number;
  newId: () => string;
}

/** Starts a session without asking for a password: the caller has made sure who it is. */
export async function openSession(
  { store, now, newId }: SessionServices,
  tokens: Tokens,
  user: User,
): Promise<IssuedTokens> {
  const { row, ...issued } = await tokens.issue(user, { id: newId(), version: 1 });
  const time = new Date(now()).toISOString();
  await store.transaction(async (tx) => {
    const oldest = await tx.list('sessions', {
      sort: { key: 'expiresAt', descending: false },
      limit: 10,
    });
    for (const session of oldest.rows) {
      if (session.expiresAt < time) await tx.delete('sessions', session.id);
    }
    await tx.insert('sessions', row);
  });
  return { ...issued, user };
}

export interface AuthServices {
  tokens: Tokens;
  revoke: Revoke;
  /** Of the personas' password, null for none. */
  personaHash: string | null;
}

export function authHandlers(services: AuthServices): NonNullable<Handlers['auth']> {
  const { tokens, revoke, personaHash } = services;
  // As slow to check as those that are there.
  const decoy = personaHash ?? publicHash;
  return {
    async login({ email, password }, ctx) {
      const row = await ctx.store.userByEmail(email);
      // Checked against some hash in any case: the time taken must not tell which addresses exist.
      const correct = await verifyPassword(password, row?.passwordHash ?? decoy);
      if (!row?.passwordHash || !correct)
        throw new Refusal('UNAUTHORIZED', 'E-mail or password is wrong.');
      if (row.status !== 'active') throw new Refusal('FORBIDDEN', `This account is ${row.status}.`);
      return openSession(ctx, tokens, fullUser(row));
    },

    async refresh({ refreshToken }, { store }) {
      const sessionId = await tokens.readRefresh(refreshToken);
      const refreshHash = await sha256(refreshToken);
      const { result } = await store.transaction(async (tx) => {
        const session = await tx.get('sessions', sessionId ?? '');
        const user = await tx.get('users', session?.userId ?? '');
        if (!session || user?.status !== 'active') return { tokens: undefined, reused: false };
        if (session.refreshHash !== refreshHash) {
          // An old token again: somebody else may hold the newer one, so neither goes on.
          await tx.delete('sessions', session.id);
          return { tokens: undefined, reused: true };
        }
        const { row, ...issued } = await tokens.issue(fullUser(user), {
          id: session.id,
          version: session.version + 1,
        });
        await tx.update('sessions', row);
        return { tokens: { ...issued, user: fullUser(user) }, reused: false };
      });
      if (result.reused) revoke({ sessionId: sessionId! });
      if (result.tokens) return result.tokens;
      throw new Refusal('UNAUTHORIZED', 'The refresh token is not valid any more. Sign in again.');
    },

    async logout(_input, { store, sessionId }) {
      await store.transaction((tx) => tx.delete('sessions', sessionId!));
      revoke({ sessionId: sessionId! });
    },

    session(_input, { viewer, expiresAt }) {
      return { user: viewer!, expiresAt: expiresAt! };
    },
  };
}
