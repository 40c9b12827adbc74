import type { User } from '../../src/contract/index.js';
import type { SessionRow, Store } from '../store/store.js';
import { sha256 } from './password.js';
import { fullUser } from './views.js';

const accessMs = 15 * 60_000;
const refreshMs = 30 * 24 * 60 * 60_000;
/** As long as the hash of HS256, which RFC 7518 demands of its key. */
const shortestSecret = 32;
/** Access tokens whose signature is remembered; the oldest is forgotten first. */
const keptTokens = 10_000;

export interface Identity {
  viewer: User;
  sessionId: string;
  /** When the access token ends, ISO 8601. */
  expiresAt: string;
}

interface Claims {
  userId: string;
  sessionId: string;
  expiresMs: number;
  expiresAt: string;
}

export interface Tokens {
  /** Both tokens of a session, and the row that belongs to them. */
  issue(
    user: User,
    session: { id: string; version: number },
  ): Promise<{ accessToken: string; refreshToken: string; expiresAt: string; row: SessionRow }>;
  /** Who holds the access token; null when it is forged, expired, or its session has ended. */
  identify(accessToken: string): Promise<Identity | null>;
  /** An earlier identity as it stands by now; null when it has expired or its session has ended. */
  recheck(identity: Identity): Promise<Identity | null>;
  /** Ends the access tokens issued so far, as if their time were up. */
  expireAll(): void;
  /** Session of a refresh token that was ours once; undefined for a forged or expired one. */
  readRefresh(refreshToken: string): Promise<string | undefined>;
}

// Loaded when the first token is: it would be a tenth of the time to start.
const load = () => import('jose');
let loading: ReturnType<typeof load> | undefined;
const jose = () => (loading ??= load());

export interface TokenOptions {
  store: Store;
  now: () => number;
  newId: () => string;
  /** Key of the signatures, at least 32 characters. */
  secret: string;
  /** Names the server in its tokens, for where several have one address. */
  issuer?: string | undefined;
}

/**
 * Access tokens (15 minutes) and refresh tokens (30 days, one use), HS256.
 *
 * @throws RangeError when the secret is too short: whoever finds it out signs for anybody.
 */
export function createTokens({ store, now, newId, secret, issuer }: TokenOptions): Tokens {
  if (secret.length < shortestSecret)
    throw new RangeError(
      `the secret has ${secret.length} characters and needs at least ${shortestSecret}. Set INLAY_SECRET (or \`secret\`) to a long random text, for example from: openssl rand -base64 32`,
    );
  const key = new TextEncoder().encode(secret);
  const known = new Map<string, Claims>();
  /** How often all access tokens have been ended. */
  let round = 0;

  async function sign(
    use: 'access' | 'refresh',
    userId: string,
    sessionId: string,
    expiresMs: number,
  ) {
    const { SignJWT } = await jose();
    return new SignJWT({ use, sid: sessionId, round, ...(issuer !== undefined && { iss: issuer }) })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(userId)
      .setJti(newId())
      .setExpirationTime(Math.floor(expiresMs / 1000))
      .sign(key);
  }

  async function verify(use: 'access' | 'refresh', token: string): Promise<Claims | undefined> {
    const { jwtVerify, errors } = await jose();
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['HS256'],
        currentDate: new Date(now()),
      });
      if (payload['use'] !== use) return undefined;
      if (use === 'access' && payload['round'] !== round) return undefined;
      return {
        userId: payload.sub!,
        sessionId: payload['sid'] as string,
        expiresMs: payload.exp! * 1000,
        expiresAt: new Date(payload.exp! * 1000).toISOString(),
      };
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  }

  async function claimsOf(accessToken: string): Promise<Claims | undefined> {
    let claims = known.get(accessToken);
    if (!claims) {
      claims = await verify('access', accessToken);
      if (!claims) return undefined;
      known.set(accessToken, claims);
      if (known.size > keptTokens) known.delete(known.keys().next().value!);
    }
    return claims.expiresMs > now() ? claims : undefined;
  }

  /** Read at every call: a session that ended or a role that changed counts at once. */
  async function holderOf({
    userId,
    sessionId,
    expiresAt,
  }: Omit<Claims, 'expiresMs'>): Promise<Identity | null> {
    const session = await store.get('sessions', sessionId);
    const user = session && (await store.get('users', userId));
    return user?.status === 'active' ? { viewer: fullUser(user), sessionId, expiresAt } : null;
  }

  return {
    async issue(user, session) {
      const expiresMs = Math.floor((now() + accessMs) / 1000) * 1000;
      const refreshExpiresMs = now() + refreshMs;
      const [accessToken, refreshToken] = await Promise.all([
        sign('access', user.id, session.id, expiresMs),
        sign('refresh', user.id, session.id, refreshExpiresMs),
      ]);
      const row: SessionRow = {
        ...session,
        userId: user.id,
        refreshHash: await sha256(refreshToken),
        expiresAt: new Date(refreshExpiresMs).toISOString(),
      };
      return { accessToken, refreshToken, expiresAt: new Date(expiresMs).toISOString(), row };
    },

    async identify(accessToken) {
      const claims = await claimsOf(accessToken);
      return claims ? holderOf(claims) : null;
    },

    async recheck({ viewer, sessionId, expiresAt }) {
      if (Date.parse(expiresAt) <= now()) return null;
      return holderOf({ userId: viewer.id, sessionId, expiresAt });
    },

    expireAll() {
      round++;
      known.clear();
    },

    async readRefresh(refreshToken) {
      return (await verify('refresh', refreshToken))?.sessionId;
    },
  };
}
