import type { QueryClient } from '@tanstack/query-core';
import type { LiveItem, Position, Range } from '../contract/index.js';
import { channelOf } from './meta.js';
import { syncOf } from './sync.js';

/** The part of a live source that following needs. */
interface Stream {
  follow(
    channel: string,
    listener: {
      onOpen(at: Position): void;
      onEvents(items: readonly LiveItem[], at: Range): void;
      onReset(): Promise<Position | undefined>;
      onEnd(): void;
    },
    since?: Position,
  ): () => void;
}

/**
 * Subscribes to the channel of every query that is watched and has its first answer
 * (`meta.channel`), once a channel and from where the answer stands; unsubscribes
 * when nobody watches. So whoever uses our options has live data. Call the result to stop.
 */
export function followQueries(client: QueryClient, live: Stream): () => void {
  const sync = syncOf(client);
  const cache = client.getQueryCache();
  const followed = new Map<string, () => void>();
  let reviewing = false;

  function review(): void {
    reviewing = false;
    const channels = new Map<string, boolean>();
    for (const query of cache.findAll({ type: 'active' })) {
      const channel = channelOf(query);
      const answered = query.state.data !== undefined;
      if (channel) channels.set(channel, answered || channels.get(channel) === true);
    }
    for (const [channel, stop] of followed) {
      if (channels.has(channel)) continue;
      followed.delete(channel);
      stop();
    }
    for (const [channel, answered] of channels) {
      if (answered && !followed.has(channel)) follow(channel);
    }
  }

  function follow(channel: string): void {
    const stop = live.follow(
      channel,
      {
        onOpen: (at) => sync.join(channel, at),
        onEvents: (items, at) => sync.push(channel, items, at),
        onReset: () => sync.restart(channel),
        // Refused: not asked for again as long as it is watched.
        onEnd: () => followed.set(channel, () => undefined),
      },
      sync.startOf(channel),
    );
    if (!followed.has(channel)) followed.set(channel, stop);
  }

  const forget = cache.subscribe(({ type }) => {
    if (type === 'observerResultsUpdated' || reviewing) return;
    reviewing = true;
    queueMicrotask(() => reviewing && review());
  });
  review();

  return () => {
    reviewing = false;
    forget();
    for (const stop of followed.values()) stop();
    followed.clear();
  };
}
