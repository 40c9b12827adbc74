import { createParser } from 'eventsource-parser';
import { closeCodes, events, formatCursor, parseCursor, parseFrame } from '../contract/index.js';
import type { Transport } from './transport.js';

export interface SseTransportOptions {
  /** Base URL of the API, e.g. `https://example.com/api` or `/api`. */
  baseUrl: string;
  /** Default: the global one. */
  fetch?: typeof globalThis.fetch;
}

const broken = 1006;
/** Refusals in the words of WebSocket; whatever else was answered is tried again. */
const codes: Record<number, number> = {
  401: closeCodes.token,
  403: closeCodes.forbidden,
  410: closeCodes.forbidden,
};

/**
 * The live stream as server-sent events, at `/live/sse` below the base URL, for where
 * WebSocket does not get through. A stream can't be told anything: to subscribe is to
 * ask for another one, with every channel from where it stands.
 */
export function sseTransport(options: SseTransportOptions): Transport {
  const open: Transport['open'] = ({ onOpen, onFrame, onClose }) => {
    /** Channels wanted, with the id of their SUBSCRIBE and the cursor reached. */
    const channels = new Map<string, { id: number; cursor?: string | undefined }>();
    let token: string | null = null;
    let request = new AbortController();
    let planned = false;
    let closed = false;

    async function read(signal: AbortSignal): Promise<number> {
      const wanted = [...channels.values()];
      const query = new URLSearchParams({ ch: [...channels.keys()].join(',') });
      const cursors = wanted.flatMap(({ cursor }) => cursor ?? []);
      if (cursors.length > 0) query.set('cursor', cursors.join(','));
      const { fetch = globalThis.fetch } = options;
      const response = await fetch(`${options.baseUrl}/live/sse?${query}`, {
        headers: token === null ? {} : { Authorization: `Bearer ${token}` },
        cache: 'no-store',
        // Nowhere else is to see the token.
        redirect: 'error',
        signal,
      });
      if (!response.ok) return codes[response.status] ?? broken;
      const parser = createParser({
        onEvent({ id = '', data }) {
          for (const cursor of id.split(',')) {
            const channel = channels.get(parseCursor(cursor)?.channel ?? '');
            if (channel) channel.cursor = cursor;
          }
          const frame = parseFrame(events.server, data);
          // The server counts its channels; their readers know other ids.
          if (frame && 'id' in frame) frame.id = wanted[frame.id ?? -1]?.id;
          onFrame(frame);
        },
      });
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return broken;
        parser.feed(value);
      }
    }

    async function run(): Promise<void> {
      planned = false;
      request.abort();
      if (closed || channels.size === 0) return;
      const { signal } = (request = new AbortController());
      const code = await read(signal).catch(() => broken);
      if (!signal.aborted) onClose(code);
    }

    queueMicrotask(onOpen);
    return {
      send(frame) {
        if (frame.type === 'HELLO' || frame.type === 'AUTH') token = frame.token;
        else if (frame.type === 'UNSUBSCRIBE') return void channels.delete(frame.channel);
        else if (frame.type === 'SUBSCRIBE') {
          const { id, channel, epoch, since } = frame;
          const cursor =
            epoch && since !== undefined
              ? formatCursor(channel, { epoch, offset: since })
              : undefined;
          channels.set(channel, { id, cursor });
        } else return;
        if (!planned) queueMicrotask(() => void run());
        planned = true;
      },
      close() {
        closed = true;
        request.abort();
      },
    };
  };
  return { name: 'sse', open };
}
