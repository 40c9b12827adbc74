import type { LiveItem, Position, Range } from '../contract/index.js';
import type { Heard, SubscribeOptions } from './subscribe.js';
import type { TransportName } from './transport.js';

export interface ChannelListener {
  /** The server has attached it: nothing after this place will be missed. */
  onOpen?(at: Position): void;
  /** Items in order, each offset at most once, after `at.from` and up to `at.to`. */
  onEvents(items: readonly LiveItem[], at: Range): void;
  /**
   * The stream can't be continued from where the reader stands (another epoch,
   * beyond the window). The reader reads anew and answers with the position of
   * what it read, from which the channel goes on; without one, or failing, it goes
   * on from now. Called again meanwhile, only the last call's answer counts.
   */
  onReset(): Promise<Position | undefined>;
  /** The channel is refused or was revoked, or the source is `closed`; nothing more comes. */
  onEnd?(code: string): void;
}

/** `retryAt` is a time in ms; `since` says from when on what is shown may be stale. */
export type LiveState =
  | { status: 'idle' }
  | { status: 'live'; transport: TransportName }
  | { status: 'connecting'; since?: number }
  | { status: 'reconnecting'; since: number; retryAt: number; attempt: number }
  | { status: 'offline'; since: number }
  | { status: 'refused'; code: number; since: number };

/** One ordered, gap-free stream of server events, whatever carries it. */
export interface LiveSource {
  /** Listens to a channel from `since` on (default: from now on). Call the result to stop. */
  follow(channel: string, listener: ChannelListener, since?: Position): () => void;
  readonly state: LiveState;
  onState(listener: (state: LiveState) => void): () => void;
  /** Tries at once instead of waiting for the next attempt; a link that seems to live has to prove it. */
  retry(): void;
  /** Starts over as somebody else: drops the connection, keeps the subscriptions. */
  restart(): void;
  close(): void;
}

/** Those of the contract, for editors to offer; a newer server may have others. */
export type ChannelName =
  | 'users'
  | 'notifications'
  | 'projects'
  | 'stats'
  | `user:${string}`
  | `team:${string}`
  | (string & {});

/** A source as `createLive()` and `runtime.live` have it. */
export interface Live extends LiveSource {
  /**
   * A channel as an async generator, whose first value is `connected`:
   * `for await (const event of live.subscribe('users'))`. Leaving the loop ends the
   * subscription, and closing the source the loop.
   *
   * @throws ApiError when the channel is refused or revoked, or the server refuses for good
   * whoever is signed in: `UnauthorizedError`, `ForbiddenError`, `NotFoundError`.
   */
  subscribe(
    channel: ChannelName,
    options?: SubscribeOptions,
  ): AsyncGenerator<Heard, void, undefined>;
}
