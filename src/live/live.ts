import type { ServerFrame } from '../contract/index.js';
import { createChannel, type Channel } from './channel.js';
import { systemClock, type Clock } from './clock.js';
import { createConnection, type ConnectionOptions } from './connection.js';
import { hearOut } from './hear-out.js';
import type { Live, LiveSource, LiveState } from './live-source.js';
import { watchPage, type Page } from './page.js';
import { subscribable } from './subscribe.js';
import { defaults, type Tuning } from './tuning.js';

export interface LiveOptions
  extends Pick<ConnectionOptions, 'transports' | 'getToken'>, Partial<Tuning> {
  /** Names this page in the `origin` of events it causes. Default: random. */
  client?: string;
  /** Whose lifecycle events to follow, null for none. Default: the window, if there is one. */
  page?: Page | null;
  clock?: Clock;
  random?: () => number;
}

/**
 * The live stream of one origin over one link, opened with the first subscription.
 * Listeners of one channel share a wire subscription.
 */
export function createLive(options: LiveOptions): Live {
  const { clock = systemClock, random = Math.random, page = globalThis.window } = options;
  const tuning: Tuning = { ...defaults, ...options };
  const channels = new Map<string, Channel>();
  const stateListeners = new Set<(state: LiveState) => void>();
  let ids = 0;
  let grace: unknown;
  let unwatch: (() => void) | undefined;
  let closed = false;

  const connection = createConnection({
    ...tuning,
    transports: options.transports,
    getToken: options.getToken,
    client: options.client ?? random().toString(36).slice(2),
    clock,
    random,
    isOffline: () => page?.navigator?.onLine === false,
    onOpen() {
      for (const channel of channels.values()) channel.subscribe();
    },
    onFrame: receive,
    onState(state) {
      for (const listener of [...stateListeners]) hearOut(() => listener(state));
    },
  });

  function receive(frame: ServerFrame): void {
    if (frame.type === 'PING') return answer(frame.heads);
    if (frame.type === 'ERROR') return refuse(frame);
    const channel = 'channel' in frame && channels.get(frame.channel);
    if (!channel) return;
    if (frame.type === 'SUBSCRIBED') channel.onSubscribed(frame);
    else if (frame.type === 'EVENTS') channel.onRange(frame);
    else if (frame.type === 'GAP') channel.onGap();
    // What has expired comes back with the next token.
    else if (frame.type === 'UNSUBSCRIBED' && frame.code !== 'expired') end(channel, frame.code);
  }

  /** Heads heal what got lost unnoticed: the tail of a channel, or the whole of it. */
  function answer(heads: Extract<ServerFrame, { type: 'PING' }>['heads']): void {
    const at: Record<string, number> = {};
    for (const [name, channel] of channels) {
      const head = heads[name];
      if (channel.at) at[name] = channel.at.offset;
      channel.onPing();
      if (head) channel.onRange({ epoch: head[0], from: head[1], to: head[1], items: [] });
      else channel.onGap();
    }
    connection.send({ type: 'PONG', at });
  }

  function refuse({ id, code, retryMs }: Extract<ServerFrame, { type: 'ERROR' }>): void {
    const channel = [...channels.values()].find((each) => each.id === id);
    if (!channel) return;
    if (retryMs === undefined) return end(channel, code);
    clock.set(() => channel.id === id && channel.subscribe(), retryMs);
  }

  function end(channel: Channel, code: string): void {
    leave(channel);
    channel.end(code);
  }

  function leave(channel: Channel): void {
    if (channels.get(channel.name) !== channel) return;
    channels.delete(channel.name);
    connection.send({ type: 'UNSUBSCRIBE', id: channel.id, channel: channel.name });
    clock.clear(grace);
    grace = clock.set(() => channels.size === 0 && rest(), tuning.graceMs);
  }

  /** Nobody follows anything: no link is needed, and no look at page and clock. */
  function rest(): void {
    unwatch?.();
    unwatch = undefined;
    connection.stop('idle');
  }

  const follow: LiveSource['follow'] = (name, listener, since) => {
    if (closed) {
      queueMicrotask(() => listener.onEnd?.('closed'));
      return () => undefined;
    }
    unwatch ??= watchPage(page, connection, { ...tuning, clock }, () => channels.size > 0);
    let channel = channels.get(name);
    if (!channel) {
      channel = createChannel(name, connection.send, () => ++ids);
      channels.set(name, channel);
    }
    const remove = channel.add(listener, since);
    if (connection.state.status === 'idle') connection.connect();
    else channel.subscribe();
    return () => {
      remove();
      if (channel.empty) leave(channel);
    };
  };

  const source: LiveSource = {
    follow,
    get state() {
      return connection.state;
    },
    onState(listener) {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    retry() {
      if (channels.size === 0) return;
      if (connection.state.status === 'live') connection.probe();
      else connection.restart();
    },
    restart() {
      // Not even for its grace may a link of somebody else be used.
      if (channels.size === 0) return rest();
      connection.restart();
      for (const channel of channels.values()) channel.reset();
    },
    close() {
      closed = true;
      clock.clear(grace);
      for (const channel of channels.values()) channel.end('closed');
      channels.clear();
      rest();
      stateListeners.clear();
    },
  };
  return subscribable(source, tuning);
}
