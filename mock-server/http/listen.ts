import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { RequestListener } from 'node:http';

export interface Listener {
  server: Server;
  listen(port: number): Promise<number>;
  /** Takes nothing new, lets running requests end, and cuts what is left after `graceMs`. */
  close(graceMs: number): Promise<void>;
}

/** An HTTP server with bounds on how long a request may dawdle (5 MB at 42 kB a second), and an orderly end. `maxSockets` are of all kinds, those included that have yet to say what they want. */
export function createListener(app: RequestListener, maxSockets: number): Listener {
  const server = createServer(
    {
      headersTimeout: 15_000,
      requestTimeout: 120_000,
      keepAliveTimeout: 65_000,
      // A stream of 100 channels with a cursor in each, in the address and in `Last-Event-ID`.
      maxHeaderSize: 32 * 1024,
      // How often those times are looked at.
      connectionsCheckingInterval: 5000,
    },
    app,
  );
  server.maxConnections = maxSockets;
  // Node forgets connections that became WebSockets, and would wait for them for ever.
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
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
