import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { closeCodes, protocol } from '../../src/contract/index.js';
import type { Hub } from './hub.js';
import type { Incident } from './incidents.js';

export interface WebSocketOptions {
  /** Default `/api/live`. */
  path?: string;
  /** Origins let in beside requests without one (which are not from browsers). Default: all. */
  allowedOrigins?: readonly string[];
  /** Says whether it is out of order at the moment, as behind a proxy that lets no upgrade through. */
  isBlocked?: () => boolean;
  /** Asked first; false refuses with 429. Default: always true. */
  admit?: (request: IncomingMessage) => boolean;
}

const refusals = {
  bad_upgrade: '400 Bad Request',
  bad_subprotocol: '400 Bad Request',
  bad_origin: '403 Forbidden',
  too_many_upgrades: '429 Too Many Requests',
  too_many_connections: '503 Service Unavailable',
} satisfies Partial<Record<Incident, string>>;

/** Until who was told to leave is cut off, in ms; apart, as the types of ws do not know it. */
const closing = { closeTimeout: 2000 };

/**
 * Serves the live stream over WebSocket on the server's own port. Other `upgrade`
 * listeners keep their paths. Call the result to stop taking connections.
 */
export function attachWebSocket(
  server: Server,
  hub: Hub,
  options: WebSocketOptions = {},
): () => void {
  const { path = '/api/live', allowedOrigins, isBlocked, admit = () => true } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    // A character has up to four bytes; what the hub can count it refuses by `too_large`.
    maxPayload: 4 * hub.limits.maxMessage,
    // Costs 20 times the CPU and 200 kB a connection.
    perMessageDeflate: false,
    // Our own, as those count against the rate, too.
    autoPong: false,
    ...closing,
    handleProtocols: () => protocol,
  });

  function onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const alone = server.listenerCount('upgrade') === 1;
    const isWebSocket = request.headers.upgrade?.toLowerCase() === 'websocket';
    if (alone && !isWebSocket) return ignoreUpgrade(server, request, socket, head);
    const pathname = (request.url ?? '').split('?', 1)[0];
    if (pathname !== path) {
      if (alone) refuse(socket, '404 Not Found');
      return;
    }
    if (isBlocked?.()) return refuse(socket, '503 Service Unavailable');
    const kind = problemOf(request);
    if (kind) return report(kind, request, socket);
    sockets.handleUpgrade(request, socket, head, (webSocket) => serve(webSocket, socket, hub));
  }

  function problemOf(request: IncomingMessage): keyof typeof refusals | undefined {
    if (!admit(request)) return 'too_many_upgrades';
    const { origin, 'sec-websocket-protocol': offered = '' } = request.headers;
    if (origin !== undefined && allowedOrigins && !allowedOrigins.includes(origin))
      return 'bad_origin';
    if (!offered.split(',').some((name) => name.trim() === protocol)) return 'bad_subprotocol';
    return hub.full ? 'too_many_connections' : undefined;
  }

  function report(kind: keyof typeof refusals, request: IncomingMessage, socket: Duplex): void {
    const origin = request.headers.origin?.slice(0, 200);
    hub.report(kind, { address: request.socket.remoteAddress, ...(origin && { origin }) });
    refuse(socket, refusals[kind]);
  }

  sockets.on('wsClientError', (_error, socket, request) => report('bad_upgrade', request, socket));
  server.on('upgrade', onUpgrade);
  return () => void server.off('upgrade', onUpgrade);
}

/**
 * RFC 9110, 7.8: a protocol that is not spoken here is not taken up, and the request answered as
 * any other. Node has stopped reading it by now, so it begins anew without that header. It is the
 * last one of its connection: what was sent right behind it would never be answered.
 */
function ignoreUpgrade(
  server: Server,
  { method, url, httpVersion, rawHeaders }: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  const lines = [`${method} ${url} HTTP/${httpVersion}`, 'Connection: close'];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    if (!/^(upgrade|connection)$/i.test(rawHeaders[at]!))
      lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
  }
  const again = Buffer.from([...lines, '', ''].join('\r\n'), 'latin1');
  socket.unshift(Buffer.concat([again, head]));
  server.emit('connection', socket);
}

function refuse(socket: Duplex, status: string): void {
  // Node has taken its own listener off: a connection reset meanwhile would end the process.
  socket.on('error', () => socket.destroy());
  // Else who never hangs up would keep it for ever.
  socket.once('finish', () => socket.destroy());
  const headers = ['Connection: close', 'Content-Length: 0', 'Sec-WebSocket-Version: 13'];
  if (/^(429|503)/.test(status)) headers.push('Retry-After: 30');
  socket.end(`HTTP/1.1 ${status}\r\n${headers.join('\r\n')}\r\n\r\n`);
}

function serve(webSocket: WebSocket, socket: Duplex, hub: Hub): void {
  const session = hub.connect({
    send(message) {
      // Past ws, which would make a frame for each reader of what is the same for all.
      if (webSocket.readyState === WebSocket.OPEN) socket.write(message.frame);
    },
    close(code) {
      if (code === 1006) webSocket.terminate();
      else webSocket.close(code);
    },
    get buffered() {
      return socket.writableLength;
    },
  });
  webSocket.on('message', (data: Buffer, isBinary) =>
    session.receive(isBinary ? '' : data.toString()),
  );
  webSocket.on('ping', (data) => {
    if (session.admit() && socket.writableLength === 0) webSocket.pong(data);
  });
  webSocket.on('pong', () => session.admit());
  webSocket.on('close', (code) => session.close(code));
  // Against the rules of frames; ws has said why and closes by itself.
  webSocket.on('error', () => session.close(closeCodes.protocol, 'bad_frame'));
}
