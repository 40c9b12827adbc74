import type { IncomingMessage } from 'node:http';
import { RateLimit } from '../live/rate.js';
import { createAddressKeys } from './rate-limit.js';

const kept = 10_000;

/**
 * Whether a request to become a WebSocket comes within `perMinute` of its address, all of which
 * may come at once. `hops` proxies before the server are believed about that address.
 */
export function createUpgradeLimit(
  perMinute: number,
  hops: number,
  now: () => number,
): (request: IncomingMessage) => boolean {
  const keyOf = createAddressKeys();
  const rates = new Map<string, RateLimit>();
  return (request) => {
    const key = keyOf({ ip: addressOf(request, hops) });
    let rate = rates.get(key);
    if (!rate) {
      rate = new RateLimit({ burst: perMinute, perSecond: perMinute / 60 }, now);
      rates.set(key, rate);
      if (rates.size > kept) rates.delete(rates.keys().next().value!);
    }
    return rate.take();
  };
}

/** Each proxy appends whom it was asked by; what stands before those is anybody's word. */
function addressOf({ headers, socket }: IncomingMessage, hops: number): string {
  const forwarded = String(headers['x-forwarded-for'] ?? '').split(',');
  const addresses = [...forwarded.map((each) => each.trim()), socket.remoteAddress ?? ''];
  return addresses.filter(Boolean).at(-1 - hops) ?? addresses.find(Boolean) ?? '';
}
