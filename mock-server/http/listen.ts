import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createAddressKeys } from './rate-limit.js';

export interface Listener {
  server: Server;
  listen(port: number): Promise<number>;
  /** Takes nothing new, lets running requests end, and cuts what is left after `graceMs`. */
  close(graceMs: number): Promise<void>;
}

export interface Bounds {
  /** Of all kinds, those included that have yet to say what they want. */
  maxSockets: number;
  /** Those of one address, which may else take all of them and say nothing; 0 for no bound. */
  maxPerAddress: number;
}

/** An HTTP server with bounds on how long a request may dawdle, and an orderly end. */
export function createListener(
  app: RequestListener,
  { maxSockets, maxPerAddress }: Bounds,
): Listener {
  const server = createServer(
    {
      // From connecting, or its first byte, until the headers are whole: some kB.
      headersTimeout: 15_000,
      // Until the body is, too: 5 MB at 42 kB a second.
      requestTimeout: 120_000,
      // Longer than the 60 s after which balancers let go: who hangs up first breaks a request.
      keepAliveTimeout: 65_000,
      // How often those times are looked at.
      connectionsCheckingInterval: 5000,
      // A stream of 100 channels with a cursor in each, in the address and in `Last-Event-ID`.
      maxHeaderSize: 32 * 1024,
    },
    app,
  );
  server.maxConnections = maxSockets;
  // Node forgets connections that became WebSockets, and would wait for them for ever.
  const sockets = new Set<Socket>();
  const keyOf = createAddressKeys();
  const held = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    // One whose request begins anew: see `ignoreUpgrade`.
    if (sockets.has(socket)) return;
    const address = keyOf({ ip: socket.remoteAddress });
    const count = held.get(address) ?? 0;
    if (maxPerAddress > 0 && count >= maxPerAddress) return socket.destroy();
    sockets.add(socket);
    held.set(address, count + 1);
    socket.once('close', () => {
      sockets.delete(socket);
      const left = held.get(address)! - 1;
      if (left > 0) held.set(address, left);
      else held.delete(address);
    });
  });

  return {
    server,
    async listen(port) {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, () => {
          server.off('error', reject);
          resolve();
        });
      });
      return (server.address() as AddressInfo).port;
    },
    async close(graceMs) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const cut = setTimeout(() => sockets.forEach((socket) => socket.destroy()), graceMs);
      await closed;
      clearTimeout(cut);
    },
  };
}
