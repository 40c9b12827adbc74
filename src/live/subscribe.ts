import type { LiveEvent, LiveItem, Position } from '../contract/index.js';
import type { Live, LiveSource } from './live-source.js';
import { defaults } from './tuning.js';

/** What is heard of a channel: that it is connected, that something was missed, and what happens. */
export type Heard =
  | { type: 'connected'; at: Position }
  /** The stream could not go on, or the loop was too slow for it: read anew what you hold. */
  | { type: 'missed' }
  /** As the contract has it; a newer server may tell of types that it does not name. */
  | (LiveEvent & Omit<LiveItem, 'type' | 'payload'>);

export interface SubscribeOptions {
  /** Goes on after this place. Default: from now on. */
  since?: Position;
  /** Ends the loop. */
  signal?: AbortSignal;
  /** Events kept for a loop that is slow to take them. Default: 1000. */
  maxQueued?: number;
}

/** What stands behind `Live.subscribe`, over any source. */
export async function* subscribe(
  live: Pick<LiveSource, 'follow'>,
  channel: string,
  { since, signal, maxQueued = defaults.maxQueued }: SubscribeOptions = {},
): AsyncGenerator<Heard, void, undefined> {
  let heard: Heard[] = [];
  let connected = false;
  let interrupted = false;
  let refused: string | undefined;
  let wake = () => {};
  const hear = (...more: Heard[]) => {
    heard.push(...more);
    if (heard.length > maxQueued) heard = [{ type: 'missed' }];
    wake();
  };
  const stop = live.follow(
    channel,
    {
      onOpen(at) {
        // Told once: later links go on where this one ended.
        if (!connected) hear({ type: 'connected', at });
        if (interrupted) hear({ type: 'missed' });
        connected = true;
        interrupted = false;
      },
      onEvents: (items) => hear(...(items as Heard[])),
      onReset: () => {
        // Told when it goes on: what was read before could miss what happens until then.
        interrupted = true;
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
          refused === 'unknown_channel'
            ? 'Channels are `users`, `user:ID`, `notifications`, `projects`, `team:ID` and `stats`.'
            : 'Who is signed in may not listen to it.';
        throw new Error(`The channel ${channel} was refused: ${refused}. ${reason}`);
      } else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    signal?.removeEventListener('abort', giveUp);
    stop();
  }
}

/** Any source as one that can be subscribed to. */
export function subscribable(source: LiveSource): Live {
  return {
    subscribe: (channel, options) => subscribe(source, channel, options),
    follow: (...args) => source.follow(...args),
    get state() {
      return source.state;
    },
    onState: (listener) => source.onState(listener),
    retry: () => source.retry(),
    restart: () => source.restart(),
    close: () => source.close(),
  };
}
