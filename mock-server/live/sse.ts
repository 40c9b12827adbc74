import {
  closeCodes,
  formatCursor,
  parseCursor,
  type Endpoints,
  type Position,
} from '../../src/contract/index.js';
import { Refusal, type Context, type Handler } from '../domain/handler.js';
import type { Hub } from './hub.js';
import type { Message } from './message.js';
import type { Session, Transport } from './session.js';

const encoder = new TextEncoder();
const telling = new Set<Message['type']>(['SUBSCRIBED', 'EVENTS', 'PING']);

interface StreamQuery {
  cursor?: string | undefined;
  /** Seconds until the stream ends, if nothing happens. Default: never. */
  wait?: number | undefined;
}

interface StreamHandlers {
  live: { sse: Handler<Endpoints['live']['sse']> };
  notifications: { stream: Handler<Endpoints['notifications']['stream']> };
}

/**
 * The live stream as server-sent events: the frames of the WebSocket in `data:`. A
 * reader can't answer, so it subscribes by the request, resumes by `Last-Event-ID`
 * (which wins over the cursor of the query, as that of a reconnect is older), and is
 * cut off after GAP to come back from there.
 */
export function streamHandlers(
  hub: Hub,
  /** Says whether a way of the stream is out of order at the moment. */
  isBlocked: (way: 'sse' | 'polling') => boolean = () => false,
): StreamHandlers {
  const open = (ctx: Context, channels: readonly string[], query: StreamQuery) => {
    if (isBlocked(query.wait === undefined ? 'sse' : 'polling'))
      throw new Refusal('UNAVAILABLE', 'This way of the live stream is blocked on purpose.');
    return openStream(hub, ctx, channels, query);
  };
  return {
    live: {
      sse: ({ ch, ...query }, ctx) => open(ctx, [...new Set(ch.split(','))], query),
    },
    notifications: {
      stream: (query, ctx) => open(ctx, ['notifications'], query),
    },
  };
}

function openStream(
  hub: Hub,
  { viewer, sessionId, expiresAt, revocations, header, setHeader }: Context,
  channels: readonly string[],
  { cursor, wait }: StreamQuery,
): ReadableStream<Uint8Array> {
  const identity = { viewer: viewer!, sessionId, expiresAt };
  // What is revoked from now on finds the stream and closes it.
  if (!hub.holds(identity, revocations))
    throw new Refusal('UNAUTHORIZED', 'Your rights changed while this was on its way. Try again.');
  if (hub.full) {
    hub.report('too_many_connections', { userId: viewer!.id });
    throw new Refusal('UNAVAILABLE', 'Too many connections at the moment.', { retryAfter: 30 });
  }
  if (!hub.hasRoomFor(viewer!.id)) {
    hub.report('too_many_connections', { userId: viewer!.id });
    throw new Refusal('TOO_MANY_REQUESTS', 'You have too many connections open.', {
      retryAfter: 30,
    });
  }
  const positions = parseCursors(header('last-event-id') || cursor);
  setHeader('Cache-Control', 'no-cache, no-transform');
  setHeader('X-Accel-Buffering', 'no');

  let stream: EventStream;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        stream = new EventStream(controller, channels, positions, wait !== undefined);
        const session = hub.connect(stream);
        stream.session = session;
        session.open(identity);
        for (const [id, channel] of channels.entries()) {
          const at = positions.get(channel);
          // History that fills the stream ends it; the rest is for the next one.
          session.subscribe({
            type: 'SUBSCRIBE',
            id,
            channel,
            epoch: at?.epoch,
            since: at?.offset,
          });
        }
        if (wait !== undefined) session.closeIn(wait * 1000);
      },
      cancel() {
        stream.ended = true;
        stream.session!.close(1001);
      },
    },
    // Nothing is read ahead, so that all that waits is known.
    { highWaterMark: 0, size: (chunk) => chunk.byteLength },
  );
}

class EventStream implements Transport {
  readonly oneWay = true;
  session: Session | undefined;
  ended = false;

  constructor(
    private readonly controller: ReadableStreamDefaultController<Uint8Array>,
    private readonly channels: readonly string[],
    private readonly asked: ReadonlyMap<string, Position>,
    private readonly endsWithNews: boolean,
  ) {}

  get buffered(): number {
    return -(this.controller.desiredSize ?? 0);
  }

  send({ type, text }: Message): void {
    // After GAP and the like the positions told before are the ones to come back with.
    const id = telling.has(type) ? this.#cursors() : '';
    this.controller.enqueue(encoder.encode(`${id && `id: ${id}\n`}data: ${text}\n\n`));
    if (type === 'GAP') this.session!.close(closeCodes.drain);
    // With all that happened in the same turn.
    if (type === 'EVENTS' && this.endsWithNews) queueMicrotask(() => this.session!.closeIn(0));
  }

  close(code: number): void {
    if (this.ended) return;
    this.ended = true;
    // Who is asked to come back reads first what waits; else that is not to be had any more.
    if (code === closeCodes.drain) this.controller.close();
    else this.controller.error(new Cut());
  }

  /** All positions after the frame at hand; those asked for where none has been reached yet. */
  #cursors(): string {
    const cursors = this.channels.flatMap((channel) => {
      const at = this.session!.subscriptions.position(channel) ?? this.asked.get(channel);
      return at ? [formatCursor(channel, at)] : [];
    });
    return cursors.join(',');
  }
}

/** Told apart from failures by the code Node gives to streams that end before their time. */
class Cut extends Error {
  readonly code = 'ERR_STREAM_PREMATURE_CLOSE';
}

function parseCursors(text: string | undefined): Map<string, Position> {
  const parts = text ? text.split(',') : [];
  return new Map(
    parts.map((part) => {
      const cursor = parseCursor(part);
      if (!cursor) {
        throw new Refusal(
          'BAD_REQUEST',
          `a cursor must look like "users@k3f9:42", got "${part.slice(0, 50)}".`,
        );
      }
      return [cursor.channel, { epoch: cursor.epoch, offset: cursor.offset }];
    }),
  );
}
