import type { Handlers } from './handler.js';
import type { Identity, Tokens } from './tokens.js';

const lifeMs = 30_000;
/** Tickets that wait to be used; the oldest is forgotten first. */
const kept = 10_000;

/**
 * Stand-ins for an access token in an address, where a browser's own `EventSource` can send no
 * header. Addresses end up in logs and histories, so a ticket is good once and for 30 seconds.
 */
export interface Tickets {
  issue(identity: Identity): { ticket: string; expiresAt: string };
  /** Whose it is; null for one that is unknown, used or too old, or whose session has ended. */
  redeem(ticket: string): Promise<Identity | null>;
  /** Ends those issued so far, as the tokens do that they were asked with. */
  expireAll(): void;
}

export function createTickets(tokens: Tokens, now: () => number): Tickets {
  const waiting = new Map<string, { identity: Identity; endsAt: number }>();
  return {
    issue(identity) {
      const ticket = randomText();
      const endsAt = now() + lifeMs;
      waiting.set(ticket, { identity, endsAt });
      if (waiting.size > kept) waiting.delete(waiting.keys().next().value!);
      return { ticket, expiresAt: new Date(endsAt).toISOString() };
    },
    async redeem(ticket) {
      const found = waiting.get(ticket);
      waiting.delete(ticket);
      return found && found.endsAt > now() ? tokens.recheck(found.identity) : null;
    },
    expireAll: () => waiting.clear(),
  };
}

export function ticketHandler(
  tickets: Tickets,
): NonNullable<NonNullable<Handlers['live']>['ticket']> {
  return (_input, { viewer, sessionId, expiresAt }) =>
    tickets.issue({ viewer: viewer!, sessionId: sessionId!, expiresAt: expiresAt! });
}

/** 160 random bits, as an address may hold them. */
function randomText(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(20));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
