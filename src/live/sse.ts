import { closeCodes, events, formatCursor, parseCursor, parseFrame } from '../contract/index.js';
import { systemClock, type Clock } from './clock.js';
import { createEventReader } from './event-stream.js';
import { broken, type Transport } from './transport.js';
import { defaults, type Tuning } from './tuning.js';

export interface SseTransportOptions extends Partial<
  Pick<Tuning, 'maxMessage' | 'pollMs' | 'pollPauseMs'>
> {
  /** Base URL of the API, e.g. `https://example.com/api` or `/api`. */
  baseUrl: string;
  /** Default: the global one. */
  fetch?: typeof globalThis.fetch | undefined;
  /** Sent along, as for a proxy. Default: none. */
  headers?: Record<string, string> | undefined;
  /** Default: `same-origin`. */
  credentials?: RequestCredentials | undefined;
  clock?: Clock;
}

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
export const sseTransport = (options: SseTransportOptions): Transport => overHttp('sse', options);

/**
 * The same by asking again and again, for where answers come only when they are complete:
 * each ends with the first events it brings, else after `pollMs`.
 */
export const pollingTransport = (options: SseTransportOptions): Transport =>
  overHttp('polling', options);

function overHttp(name: 'sse' | 'polling', options: SseTransportOptions): Transport {
  const { baseUrl, headers, credentials = 'same-origin', clock = systemClock } = options;
  const { maxMessage, pollMs, pollPauseMs } = { ...defaults, ...options };

  const open: Transport['open'] = ({ onOpen, onFrame, onClose }) => {
    /** Channels wanted, with the id of their SUBSCRIBE and the cursor reached. */
    const channels = new Map<string, { id: number; cursor?: string | undefined }>();
    let token: string | null = null;
    let request = new AbortController();
    let planned = false;
    let pause: unknown;

    /** Resolves at the end of the stream, to a close code if it can't be continued. */
    async function read(waitMs: number, signal: AbortSignal): Promise<number | undefined> {
      const wanted = [...channels.values()];
      const query = new URLSearchParams({ ch: [...channels.keys()].join(',') });
      const cursors = wanted.flatMap(({ cursor }) => cursor ?? []);
      if (cursors.length > 0) query.set('cursor', cursors.join(','));
      if (name === 'polling') query.set('wait', `${Math.round(waitMs / 1000)}`);
      const { fetch = globalThis.fetch } = options;
      const response = await fetch(`${baseUrl}/live/sse?${query}`, {
        headers: { ...headers, ...(token !== null && { Authorization: `Bearer ${token}` }) },
        credentials,
        cache: 'no-store',
        // Nowhere else is to see the token.
        redirect: 'error',
        signal,
      });
      if (!response.ok) return codes[response.status] ?? broken;
      let welcomed = false;
      const feed = createEventReader(maxMessage, (data, id) => {
        if (signal.aborted) return;
        for (const cursor of id.split(',')) {
          const channel = channels.get(parseCursor(cursor)?.channel ?? '');
          if (channel) channel.cursor = cursor;
        }
        const frame = parseFrame(events.server, data);
        welcomed ||= frame?.type === 'WELCOME';
        // The server counts its channels; their readers know other ids.
        if (frame && 'id' in frame) frame.id = wanted[frame.id ?? -1]?.id;
        onFrame(frame);
      });
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return welcomed && name === 'polling' ? undefined : broken;
        feed(value);
      }
    }

    async function run(waitMs: number): Promise<void> {
      planned = false;
      request.abort();
      clock.clear(pause);
      if (channels.size === 0) return;
      const { signal } = (request = new AbortController());
      const begun = clock.now();
      const code = await read(waitMs, signal).catch(() => broken);
      if (signal.aborted) return;
      if (code !== undefined) return onClose(code);
      // No longer than that, though the clock was set back meanwhile.
      const wait = Math.min(pollPauseMs, begun + pollPauseMs - clock.now());
      pause = clock.set(() => void run(pollMs), Math.max(0, wait));
    }

    let closed = false;
    queueMicrotask(onOpen);
    return {
      send(frame) {
        if (frame.type === 'HELLO' || frame.type === 'AUTH') token = frame.token;
        else if (frame.type === 'UNSUBSCRIBE') return void channels.delete(frame.channel);
        else if (frame.type === 'SUBSCRIBE') {
          const { id, channel, epoch, since } = frame;
          const at = epoch && since !== undefined && { epoch, offset: since };
          channels.set(channel, { id, cursor: at ? formatCursor(channel, at) : undefined });
        } else return;
        // At once: where answers come only complete, who subscribes would wait in vain for a word.
        if (!planned) queueMicrotask(() => closed || void run(0));
        planned = true;
      },
      close() {
        closed = true;
        request.abort();
        clock.clear(pause);
      },
    };
  };
  return { name, open };
}
