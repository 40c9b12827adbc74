import type { LiveItem, Range, ServerFrame } from '../../src/contract/index.js';
import { textFrame } from './ws-frame.js';

/** One frame, serialised once for however many connections it goes to. */
export class Message {
  readonly type: ServerFrame['type'];
  readonly text: string;
  #frame: Uint8Array | undefined;

  constructor(frame: ServerFrame) {
    this.type = frame.type;
    this.text = JSON.stringify(frame);
  }

  /** As it goes over a WebSocket, made once. */
  get frame(): Uint8Array {
    return (this.#frame ??= textFrame(this.text));
  }
}

/** A message that carries its channel up to the offset `to`. */
export interface Delivery {
  to: number;
  message: Message;
}

/** Whole entities, of which the newest makes the earlier ones needless. Feeds and counters are not. */
const absolute = new Set(['USER_UPDATED', 'PROJECT_UPDATED', 'TEAM_UPDATED']);

function conflate(items: readonly LiveItem[]): LiveItem[] {
  const last = new Map<string, number>();
  for (const item of items) if (absolute.has(item.type)) last.set(item.type + item.id, item.offset);
  return items.filter((item) => (last.get(item.type + item.id) ?? item.offset) === item.offset);
}

/**
 * The items of `(from, to]` as `EVENTS` frames of at most `size` items, without a hole
 * between. Each is made when it is asked for: a reader that takes no more costs no more.
 */
export function* encodeEvents(
  channel: string,
  range: Range,
  items: readonly LiveItem[],
  size: number,
): Generator<Delivery> {
  let { from } = range;
  for (let start = 0; start < items.length; start += size) {
    const part = items.slice(start, start + size);
    const to = start + size < items.length ? part.at(-1)!.offset : range.to;
    // Within the frame only: what a reader holds at `to` must not lack what a later frame brings.
    const kept = conflate(part);
    const frame = { type: 'EVENTS', channel, epoch: range.epoch, from, to, items: kept } as const;
    yield { to, message: new Message(frame) };
    from = to;
  }
}
