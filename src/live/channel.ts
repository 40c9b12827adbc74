import type { ClientFrame, LiveItem, Position, Range, ServerFrame } from '../contract/index.js';
import { hearOut } from './hear-out.js';
import type { ChannelListener } from './live-source.js';

type Frame<T extends ServerFrame['type']> = Extract<ServerFrame, { type: T }>;

/** What a range `(from, to]` means for a reader at a position: the one rule of the stream. */
export function judge(at: Position, range: Range): 'apply' | 'duplicate' | 'gap' | 'reset' {
  if (range.epoch !== at.epoch) return 'reset';
  if (range.to <= at.offset) return 'duplicate';
  return range.from > at.offset ? 'gap' : 'apply';
}

/** Whether the items of a range are in order and within it. */
export function isSound({ from, to, items }: Frame<'EVENTS'>): boolean {
  let last = from;
  return from <= to && items.every(({ offset }) => offset > last && (last = offset) <= to);
}

/**
 * One wire subscription for all listeners of a channel. Each keeps its own position;
 * the wire starts at the lowest of them, and what a listener has had already is not
 * handed to it again. So a late listener with an older `since` costs one replay and
 * loses nothing.
 */
export interface Channel {
  readonly name: string;
  /** Id of the last SUBSCRIBE. */
  readonly id: number;
  readonly empty: boolean;
  /** Where the reader furthest behind stands. */
  readonly at: Position | undefined;
  /** Takes a reader in; the result lets it go. */
  add(listener: ChannelListener, since: Position | undefined): () => void;
  /** Attaches from the lowest position; nothing to do while all readers read anew. */
  subscribe(): void;
  onSubscribed(frame: Frame<'SUBSCRIBED'>): void;
  /** Takes `EVENTS`, or a head of a ping as the empty range at its end. */
  onRange(range: Range & { items: readonly LiveItem[] }): void;
  /** Gives up the answer to a SUBSCRIBE that had not come at the ping before, either. */
  onPing(): void;
  /** The server has detached the channel, or something is missing. */
  onGap(): void;
  /** Forgets all positions: every reader reads anew. */
  reset(): void;
  /** Lets all readers go. */
  end(code: string): void;
}

interface Reader {
  listener: ChannelListener;
  at: Position | undefined;
  /** It has no position because it waits for the server to say where now is. */
  fromNow: boolean;
  /** The newest reading, so that an earlier one that ends later is not believed. */
  reading?: object;
}

export function createChannel(
  name: string,
  send: (frame: ClientFrame) => void,
  nextId: () => number,
): Channel {
  const readers = new Set<Reader>();
  let id = 0;
  let pending = false;
  /** `id` at the last ping. */
  let pinged = 0;
  let asked: Position | undefined;

  function lowest(): Position | undefined {
    let found: Position | undefined;
    for (const { at } of readers) {
      if (!found || (at && at.epoch === found.epoch && at.offset < found.offset)) found = at;
    }
    return found;
  }

  function subscribe(): void {
    asked = lowest();
    if (!asked && ![...readers].some(({ fromNow }) => fromNow)) return;
    id = nextId();
    pending = true;
    const position = asked && { epoch: asked.epoch, since: asked.offset };
    send({ type: 'SUBSCRIBE', id, channel: name, ...position });
  }

  function onGap(): void {
    if (!pending) subscribe();
  }

  function reset(reader: Reader): void {
    const reading = (reader.reading = {});
    const resume = (at?: Position) => {
      if (reader.reading !== reading || !readers.has(reader)) return;
      reader.at = at;
      reader.fromNow = !at;
      subscribe();
    };
    reader.at = undefined;
    reader.fromNow = false;
    const read = async () => reader.listener.onReset();
    // A reader that could not read shows its own error; for it, too, the stream goes on.
    read().then(resume, () => resume());
  }

  return {
    name,
    get id() {
      return id;
    },
    get empty() {
      return !readers.size;
    },
    get at() {
      return lowest();
    },
    add(listener, since) {
      const reader: Reader = { listener, at: since, fromNow: !since };
      readers.add(reader);
      return () => readers.delete(reader);
    },
    subscribe,
    onSubscribed(frame) {
      if (frame.id !== id) return;
      pending = false;
      const { epoch, head, recovered } = frame;
      for (const reader of readers) {
        const { at } = reader;
        if (!at) {
          if (recovered && reader.fromNow) reader.at = { epoch, offset: head };
        } else if (at.epoch !== epoch || (!recovered && at.offset <= asked!.offset)) reset(reader);
        const place = recovered && reader.at;
        if (place) hearOut(() => reader.listener.onOpen?.(place));
      }
      if (!recovered) subscribe();
    },
    onRange({ epoch, from, to, items }) {
      for (const reader of readers) {
        const { at } = reader;
        const verdict = at && judge(at, { epoch, from, to });
        if (verdict === 'reset') reset(reader);
        else if (verdict === 'gap') onGap();
        else if (verdict === 'apply') {
          const { offset } = at!;
          reader.at = { epoch, offset: to };
          const news = items.filter((item) => item.offset > offset);
          hearOut(() => reader.listener.onEvents(news, { epoch, from: offset, to }));
        }
      }
    },
    onPing() {
      if (pinged === id) pending = false;
      pinged = id;
    },
    onGap,
    reset: () => readers.forEach(reset),
    end(code) {
      for (const { listener } of readers) hearOut(() => listener.onEnd?.(code));
      readers.clear();
    },
  };
}
