import type { EventType, LiveItem, Position } from '../../src/contract/index.js';

/**
 * What a committed transaction tells the world. `channel` is the physical one:
 * `users`, `user:ID`, `notifications:USERID`, `projects`, `team:ID`, `stats`.
 */
export interface BusEvent {
  channel: string;
  type: EventType;
  /** Id of the entity; events of one id may be conflated on the way. */
  id: string;
  payload: unknown;
  /** Client id of the connection or request that caused it. */
  origin?: string;
}

/** Told after the fact; what happened is read from the log, so a lost call loses nothing. */
export interface BusListener {
  onEvents(channel: string): void;
  /** A new epoch began. */
  onReset?(): void;
}

/**
 * The ordered log of every channel. Reading is synchronous, so that attaching a
 * listener and reading history is one atomic step; a bus over several nodes tails
 * its shared log into a local ring and answers from there.
 */
export interface Bus {
  head(channel: string): Position;
  /** Appends in order and tells listeners; returns the new head of each channel touched. */
  publish(events: readonly BusEvent[]): Map<string, Position>;
  /** The items of `(since, head]`, or undefined when the window no longer reaches back that far. */
  read(channel: string, since: number): readonly LiveItem[] | undefined;
  subscribe(listener: BusListener): () => void;
  /** Forgets what happened, not where each channel stands: nobody can resume from before now. */
  forget(): void;
  /** Forgets everything and starts a new epoch, never used before. */
  reset(): void;
}
