import { errorOfStatus } from '../client/errors.js';
import { closeCodes, type LiveEvent, type LiveItem, type Position } from '../contract/index.js';
import type { Live, LiveSource, LiveState } from './live-source.js';
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

/** What words and close codes would be as answers: a loop fails with the errors that calls fail with. */
const statuses: Record<string, number> = {
  [closeCodes.token]: 401,
  [closeCodes.forbidden]: 403,
  forbidden: 403,
  unknown_channel: 404,
  limit: 429,
};

function refusalOf(channel: string, reason: string | number): Error {
  const status = statuses[reason] ?? 400;
  const [Failure, code] = errorOfStatus(status);
  const request = { method: 'SUBSCRIBE', url: channel };
  const message = `The channel ${channel} was refused: ${code} (${reason}).`;
  return new Failure(message, { status, code, request });
}

/** What stands behind `Live.subscribe`, over any source. */
export async function* subscribe(
  live: Pick<LiveSource, 'follow' | 'state' | 'onState'>,
  channel: string,
  { since, signal, maxQueued = defaults.maxQueued }: SubscribeOptions = {},
): AsyncGenerator<Heard, void, undefined> {
  let heard: Heard[] = [];
  let connected = false;
  let interrupted = false;
  let reason: string | number | undefined;
  let wake = () => {};
  const hear = (...more: Heard[]) => {
    heard.push(...more);
    if (heard.length > maxQueued) heard = [{ type: 'missed' }];
    wake();
  };
  const end = (code: string | number) => {
    reason = code;
    wake();
  };
  /** Nothing more comes before somebody else signs in, and that may be never. */
  const watch = (state: LiveState) => {
    if (state.status === 'refused') end(state.code);
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
      onEnd: end,
    },
    since,
  );
  const unwatch = live.onState(watch);
  watch(live.state);
  const giveUp = () => wake();
  signal?.addEventListener('abort', giveUp);
  try {
    while (!signal?.aborted) {
      const next = heard.shift();
      if (next) yield next;
      else if (reason === 'closed') return;
      else if (reason !== undefined) throw refusalOf(channel, reason);
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    signal?.removeEventListener('abort', giveUp);
    unwatch();
    stop();
  }
}

/** Any source as one that can be subscribed to; `limits` hold for all that a call says nothing of. */
export function subscribable(
  source: LiveSource,
  limits: Pick<SubscribeOptions, 'maxQueued'> = {},
): Live {
  return {
    subscribe: (channel, options) => subscribe(source, channel, { ...limits, ...options }),
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
