import { RateLimit } from './rate.js';

/** What readers do wrong, or can't do. Those of the protocol's `ERROR` have its words. */
export const incidentKinds = [
  /** Upgrades refused. */
  'bad_upgrade',
  'bad_origin',
  'bad_subprotocol',
  'too_many_upgrades',
  'too_many_connections',
  /** A frame against the rules of WebSocket, or longer than any message may be. */
  'bad_frame',
  /** A message that is none of the protocol, or comes out of turn. */
  'bad_request',
  'too_large',
  'unauthorized',
  'forbidden',
  'unknown_channel',
  'limit',
  /** More messages than the rate allows. */
  'rate',
  /** Leaves too much unread, or stands still. */
  'slow',
  /** Says no HELLO, or answers no ping. */
  'silent',
  /** Ours: whether a token holds could not be found out. */
  'internal',
] as const;
export type Incident = (typeof incidentKinds)[number];

export type Log = (event: string, details: Record<string, unknown>) => void;

const lines = { burst: 10, perSecond: 1 };

/** A log in which a flood of one kind costs a line a second; each says how many were `withheld`. */
export function limitLog(
  log: Log,
  now: () => number,
): (kind: string, ...line: Parameters<Log>) => void {
  const kinds = new Map<string, { rate: RateLimit; withheld: number }>();
  return (kind, event, details) => {
    let state = kinds.get(kind);
    if (!state) kinds.set(kind, (state = { rate: new RateLimit(lines, now), withheld: 0 }));
    if (!state.rate.take()) {
      state.withheld++;
      return;
    }
    const { withheld } = state;
    state.withheld = 0;
    log(event, withheld > 0 ? { ...details, withheld } : details);
  };
}
