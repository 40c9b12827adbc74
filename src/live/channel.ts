import type { ClientFrame, LiveItem, ServerFrame } from '../contract/index.js';
import type { ChannelListener, Position } from './live-source.js';

type Frame<T extends ServerFrame['type']> = Extract<ServerFrame, { type: T }>;
type Range = Pick<Frame<'EVENTS'>, 'epoch' | 'from' | 'to'>;

/** What a range `(from, to]` means for a reader at a position: the one rule of the stream. */
export function judge(at: Position, range: Range): 'apply' | 'duplicate' | 'gap' | 'reset' {
  if (range.epoch !== at.epoch) return 'reset';
  if (range.to <= at.offset) return 'duplicate';
  return range.from > at.offset ? 'gap' : 'apply';
}

/** `at` is undefined while the reader reads anew, and `now` until the server says where that is. */
interface Reader {
  listener: ChannelListener;
  at: Position | 'now' | undefined;
  /** The newest reading, so that an earlier one that ends later is not believed. */
  reading?: object;
}

/**
 * One wire subscription for all listeners of a channel. Each keeps its own position;
 * the wire starts at the lowest of them, and what a listener has had already is not
 * handed to it again. So a late listener with an older `since` costs one replay and
 * loses nothing.
 */
export class Channel {
  /** Id of the last SUBSCRIBE. */
  id = 0;
  #pending = false;
  #since: number | undefined;
  readonly #readers = new Set<Reader>();

  constructor(
    readonly name: string,
    private readonly send: (frame: ClientFrame) => void,
    private readonly nextId: () => number,
  ) {}

  get empty(): boolean {
    return this.#readers.size === 0;
  }

  /** Where the reader furthest behind stands. */
  get at(): Position | undefined {
    let lowest: Position | undefined;
    for (const { at } of this.#readers) {
      if (typeof at !== 'object') continue;
      if (!lowest || (at.epoch === lowest.epoch && at.offset < lowest.offset)) lowest = at;
    }
    return lowest;
  }

  add(listener: ChannelListener, since: Position | undefined): () => void {
    const reader: Reader = { listener, at: since ?? 'now' };
    this.#readers.add(reader);
    return () => this.#readers.delete(reader);
  }

  /** Attaches from the lowest position; nothing to do while all readers read anew. */
  subscribe(): void {
    if (![...this.#readers].some((reader) => reader.at)) return;
    const { at } = this;
    this.id = this.nextId();
    this.#pending = true;
    this.#since = at?.offset;
    const position = at && { epoch: at.epoch, since: at.offset };
    this.send({ type: 'SUBSCRIBE', id: this.id, channel: this.name, ...position });
  }

  onSubscribed({ id, epoch, head, recovered }: Frame<'SUBSCRIBED'>): void {
    if (id !== this.id) return;
    this.#pending = false;
    for (const reader of this.#readers) {
      const { at } = reader;
      if (at === 'now' && recovered) reader.at = { epoch, offset: head };
      else if (typeof at !== 'object') continue;
      else if (at.epoch !== epoch || (!recovered && at.offset <= this.#since!)) this.#reset(reader);
    }
    if (!recovered) this.subscribe();
  }

  /** Takes `EVENTS`, or a head of a ping as the empty range at its end. */
  onRange({ epoch, from, to, items }: Range & { items: readonly LiveItem[] }): void {
    let gap = false;
    for (const reader of this.#readers) {
      const { at } = reader;
      if (typeof at !== 'object') continue;
      const verdict = judge(at, { epoch, from, to });
      if (verdict === 'reset') this.#reset(reader);
      else if (verdict === 'gap') gap = true;
      else if (verdict === 'apply') {
        reader.at = { epoch, offset: to };
        const news = items.filter((item) => item.offset > at.offset);
        reader.listener.onEvents(news, { epoch, from: at.offset, to });
      }
    }
    if (gap) this.onGap();
  }

  /** The server has detached the channel, or something is missing. */
  onGap(): void {
    if (!this.#pending) this.subscribe();
  }

  end(code: string): void {
    for (const { listener } of this.#readers) listener.onEnd?.(code);
    this.#readers.clear();
  }

  /** Forgets all positions: every reader reads anew. */
  reset(): void {
    for (const reader of this.#readers) this.#reset(reader);
  }

  #reset(reader: Reader): void {
    const reading = (reader.reading = {});
    const resume = (at?: Position) => {
      if (reader.reading !== reading || !this.#readers.has(reader)) return;
      reader.at = at ?? 'now';
      this.subscribe();
    };
    reader.at = undefined;
    // A reader that could not read shows its own error; for it, too, the stream goes on.
    reader.listener.onReset().then(resume, () => resume());
  }
}
