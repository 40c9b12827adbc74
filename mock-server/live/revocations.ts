import type { Identity } from './session.js';

/** A person, a session, or everybody. */
export interface Whose {
  userId?: string;
  sessionId?: string;
}

/** Revocations remembered, for tokens that were checked before. */
const kept = 1000;

export function concerns({ userId, sessionId }: Whose, identity: Identity | null): boolean {
  return (
    (userId ?? identity?.viewer.id) === identity?.viewer.id &&
    (sessionId ?? identity?.sessionId) === identity?.sessionId
  );
}

/** What was revoked lately, for those who have been identified already but have yet to open anything. */
export class Revocations {
  readonly #newest: Whose[] = [];
  /** How many there have been. */
  count = 0;

  add(whose: Whose): void {
    this.count++;
    this.#newest.push(whose);
    if (this.#newest.length > kept) this.#newest.shift();
  }

  /** Whether one since the first `count` may have been of this identity. */
  mayConcern(identity: Identity, count: number): boolean {
    const first = this.#newest.length - (this.count - count);
    return first < 0 || this.#newest.slice(first).some((whose) => concerns(whose, identity));
  }
}
