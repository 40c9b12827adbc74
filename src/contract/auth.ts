import * as z from 'zod/mini';
import { endpoint } from './endpoint.js';
import { User, Timestamp } from './entities.js';

const token = z.string().check(z.minLength(1), z.maxLength(4096));

/** `expiresAt` is the access token's; refresh tokens rotate at every use. */
export const Tokens = z.object({
  accessToken: token,
  refreshToken: token,
  expiresAt: Timestamp,
  user: User,
});
export type Tokens = z.infer<typeof Tokens>;
export const Session = z.object({ user: User, expiresAt: Timestamp });
export type Session = z.infer<typeof Session>;

export const auth = {
  login: endpoint('POST /auth/login', {
    access: 'public',
    summary: 'Sign in with e-mail and password.',
    input: z.object({
      email: z.string().check(z.minLength(1), z.maxLength(254)),
      password: z.string().check(z.minLength(1), z.maxLength(200)),
    }),
    output: Tokens,
  }),
  refresh: endpoint('POST /auth/refresh', {
    access: 'public',
    summary: 'New tokens for a refresh token; reuse of an old one revokes all of its family.',
    input: z.object({ refreshToken: token }),
    output: Tokens,
  }),
  logout: endpoint('POST /auth/logout', {
    access: 'signed-in',
    summary: 'End this session: its tokens stop working.',
    input: z.object({}),
  }),
  session: endpoint('GET /auth/session', {
    access: 'signed-in',
    summary: 'Who is signed in, and until when the token lasts.',
    input: z.object({}),
    output: Session,
  }),
};
