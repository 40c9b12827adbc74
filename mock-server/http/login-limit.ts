import type { Request } from 'express';
import { Refusal } from '../domain/handler.js';
import { createAddressKeys } from './rate-limit.js';

const windowMs = 60_000;
const kept = 10_000;
const longestEmail = 320;

/** Counts an attempt to sign in; throws a `Refusal` (429) when there were too many. Call the result when it succeeds. */
export type LoginLimit = (request: Request, body: unknown) => () => void;

/** At most `limit` failures a minute for an e-mail from an address, whether or not somebody has that e-mail. */
export function createLoginLimit(limit: number, now: () => number): LoginLimit {
  const addressKey = createAddressKeys();
  const attempts = new Map<string, { count: number; endsAt: number }>();

  return (request, body) => {
    const { email } = Object(body) as { email?: unknown };
    const key = `${addressKey(request)} ${String(email).slice(0, longestEmail).toLowerCase()}`;
    let entry = attempts.get(key);
    if (!entry || entry.endsAt <= now()) {
      entry = { count: 0, endsAt: now() + windowMs };
      attempts.delete(key);
      attempts.set(key, entry);
      if (attempts.size > kept) attempts.delete(attempts.keys().next().value!);
    }
    if (entry.count >= limit) {
      const retryAfter = Math.ceil((entry.endsAt - now()) / 1000);
      throw new Refusal(
        'TOO_MANY_REQUESTS',
        `More than ${limit} failures to sign in within a minute. Try again in ${retryAfter} s.`,
        { retryAfter },
      );
    }
    // Before the password is checked: else many at once would all be let through.
    entry.count += 1;
    return () => attempts.delete(key);
  };
}
