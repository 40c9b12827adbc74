import type { LiveItem, Position } from '../contract/index.js';
import type { LiveSource } from './live-source.js';
import { noWebSocket, unsupported } from './web-socket.js';

/** Events kept for a loop that is slow to take them. */
const most = 1_000;

/** What is heard of a channel: that it is connected, that something was missed, and what happens. */
export type Heard =
  | { type: 'connected'; at: Position }
  /** The stream could not go on, or the loop was too slow for it: read anew what you hold. */
  | { type: 'missed' }
  | LiveItem;

export interface ListenOptions {
  /** Goes on after this place. Default: from now on. */
  since?: Position;
  /** Ends the loop. */
  signal?: AbortSignal;
}

/**
 * A channel as an async generator, whose first value is `connected`:
 * `for await (const event of listen(live, 'users'))`. Leaving the loop ends the subscription,
 * and closing the source the loop.
 *
 * @throws Error when the channel is refused or revoked.
 */
export async function* listen(
  live: Pick<LiveSource, 'subscribe'>,
  channel: string,
  { since, signal }: ListenOptions = {},
): AsyncGenerator<Heard, void, undefined> {
  let heard: Heard[] = [];
  let refused: string | undefined;
  let wake = () => {};
  const hear = (...more: Heard[]) => {
    heard.push(...more);
    if (heard.length > most) heard = [{ type: 'missed' }];
    wake();
  };
  const stop = live.subscribe(
    channel,
    {
      onOpen: (at) => hear({ type: 'connected', at }),
      onEvents: (items) => hear(...items),
      onReset: () => {
        hear({ type: 'missed' });
        return Promise.resolve(undefined);
      },
      onEnd(code) {
        refused = code;
        wake();
      },
    },
    since,
  );
  const giveUp = () => wake();
  signal?.addEventListener('abort', giveUp);
  try {
    while (!signal?.aborted) {
      const next = heard.shift();
      if (next) yield next;
      else if (refused === 'closed') return;
      else if (refused !== undefined) {
        const reason =
          refused === unsupported ? noWebSocket : 'Who is signed in may not listen to it.';
        throw new Error(`The channel ${channel} was refused: ${refused}. ${reason}`);
      } else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    signal?.removeEventListener('abort', giveUp);
    stop();
  }
}
