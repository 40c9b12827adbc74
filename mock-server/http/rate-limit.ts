import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { Refusal } from '../domain/handler.js';

const windowMs = 60_000;
const keptAddresses = 10_000;

/** At most `limit` requests a minute from an address, or an IPv6 network of one household. */
export function createRateLimit(
  limit: number,
  refuse: (response: Response, refusal: Refusal) => void,
): RequestHandler {
  return rateLimit({
    windowMs,
    limit,
    standardHeaders: false,
    legacyHeaders: false,
    validate: false,
    keyGenerator: createAddressKeys(),
    handler(request, response) {
      const { resetTime } = (request as Request & { rateLimit: { resetTime: Date } }).rateLimit;
      const retryAfter = Math.max(1, Math.ceil((resetTime.getTime() - Date.now()) / 1000));
      refuse(
        response,
        new Refusal(
          'TOO_MANY_REQUESTS',
          `More than ${limit} requests a minute. Try again in ${retryAfter} s.`,
          { retryAfter },
        ),
      );
    },
  });
}

/** Taking an address apart costs as much as answering a list, so each is taken apart once. */
export function createAddressKeys(): (request: Pick<Request, 'ip'>) => string {
  const keys = new Map<string, string>();
  return ({ ip = '' }) => {
    let key = keys.get(ip);
    if (key === undefined) {
      key = ipKeyGenerator(ip);
      if (keys.size >= keptAddresses) keys.clear();
      keys.set(ip, key);
    }
    return key;
  };
}
