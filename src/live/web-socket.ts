import { events, parseFrame, protocol } from '../contract/index.js';
import type { Transport } from './transport.js';
import { defaults } from './tuning.js';

/** What is needed of a WebSocket; browsers' own have it, and that of the `ws` package. */
interface Socket {
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  send(data: string): void;
  close(code?: number): void;
}

/** Makes one. */
export type SocketClass = new (url: string, protocol: string) => Socket;

export interface WebSocketTransportOptions {
  /** Base URL of the API, e.g. `https://example.com/api` or `/api`. */
  baseUrl: string;
  /** Default: the global one (Node has it from 22 on). */
  WebSocket?: SocketClass | undefined;
  /** Longest message taken, in characters. Default: 4,000,000. */
  maxMessage?: number;
}

/**
 * The live stream over WebSocket, at `/live` below the base URL.
 *
 * @throws TypeError where there is none.
 */
export function webSocketTransport(options: WebSocketTransportOptions): Transport {
  const { WebSocket = globalThis.WebSocket, maxMessage = defaults.maxMessage } = options;
  if (!WebSocket) {
    throw new TypeError('There is no WebSocket here: pass one, or use `sseTransport`.');
  }
  const open: Transport['open'] = ({ onOpen, onFrame, onClose }) => {
    const url = new URL(`${options.baseUrl}/live`, globalThis.location?.href);
    url.protocol = url.protocol.replace('http', 'ws');
    const socket = new WebSocket(url.href, protocol);
    socket.onopen = onOpen;
    socket.onmessage = ({ data }: { data: unknown }) => {
      const text = typeof data === 'string' && data.length <= maxMessage ? data : '';
      onFrame(parseFrame(events.server, text));
    };
    // 'close' follows; without a listener the ws package would throw.
    socket.onerror = () => undefined;
    socket.onclose = ({ code }: { code: number }) => onClose(code);
    return {
      send: (frame) => socket.send(JSON.stringify(frame)),
      close: (code) => socket.close(code),
    };
  };
  return { name: 'websocket', open };
}
