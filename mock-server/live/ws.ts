import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { protocol } from '../../src/contract/index.js';
import type { Hub } from './hub.js';

export interface WebSocketOptions {
  /** Default `/api/live`. */
  path?: string;
  /** Origins let in beside requests without one (which are not from browsers). Default: all. */
  allowedOrigins?: readonly string[];
}

/**
 * Serves the live stream over WebSocket on the server's own port. Other `upgrade`
 * listeners keep their paths. Call the result to stop taking connections.
 */
export function attachWebSocket(
  server: Server,
  hub: Hub,
  options: WebSocketOptions = {},
): () => void {
  const { path = '/api/live', allowedOrigins } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    // In bytes; the hub refuses earlier, with `too_large`.
    maxPayload: 65_536,
    // Costs 20 times the CPU and 200 kB a connection.
    perMessageDeflate: false,
    handleProtocols: () => protocol,
  });

  function onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const pathname = (request.url ?? '').split('?', 1)[0];
    if (pathname !== path) {
      const alone = server.listenerCount('upgrade') === 1;
      if (alone) refuse(socket, '404 Not Found');
      return;
    }
    const { origin } = request.headers;
    if (origin !== undefined && allowedOrigins && !allowedOrigins.includes(origin)) {
      return refuse(socket, '403 Forbidden');
    }
    const offered = request.headers['sec-websocket-protocol']?.split(',') ?? [];
    if (!offered.some((name) => name.trim() === protocol)) return refuse(socket, '400 Bad Request');
    sockets.handleUpgrade(request, socket, head, (webSocket) => serve(webSocket, hub));
  }

  server.on('upgrade', onUpgrade);
  return () => void server.off('upgrade', onUpgrade);
}

function refuse(socket: Duplex, status: string): void {
  // Node has taken its own listener off: a connection reset meanwhile would end the process.
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function serve(webSocket: WebSocket, hub: Hub): void {
  const session = hub.connect({
    send: (message) => webSocket.send(message.bytes, { binary: false }),
    close(code) {
      if (code === 1006) webSocket.terminate();
      else webSocket.close(code);
    },
    get buffered() {
      return webSocket.bufferedAmount;
    },
  });
  webSocket.on('message', (data: Buffer, isBinary) =>
    session.receive(isBinary ? '' : data.toString()),
  );
  webSocket.on('close', (code) => session.close(code));
  // ws closes the socket itself after an error; 'close' follows.
  webSocket.on('error', () => undefined);
}
