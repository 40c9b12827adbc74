import { events, parseFrame, protocol } from '../contract/index.js';
import type { Transport } from './transport.js';

export interface WebSocketTransportOptions {
  /** Base URL of the API, e.g. `https://example.com/api` or `/api`. */
  baseUrl: string;
  /** Default: the global one (Node has it from 22 on). */
  WebSocket?: new (url: string, protocol: string) => WebSocket;
}

/** The live stream over WebSocket, at `/live` below the base URL. */
export function webSocketTransport(options: WebSocketTransportOptions): Transport {
  return ({ onOpen, onFrame, onClose }) => {
    const url = new URL(`${options.baseUrl}/live`, globalThis.location?.href);
    url.protocol = url.protocol.replace('http', 'ws');
    const socket = new (options.WebSocket ?? WebSocket)(url.href, protocol);
    socket.onopen = onOpen;
    socket.onmessage = ({ data }) => onFrame(parseFrame(events.server, String(data)));
    // 'close' follows; without a listener the ws package would throw.
    socket.onerror = () => undefined;
    socket.onclose = ({ code }) => onClose(code);
    return {
      send: (frame) => socket.send(JSON.stringify(frame)),
      close: () => socket.close(),
    };
  };
}
