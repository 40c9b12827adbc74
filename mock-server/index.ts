import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { createCore, type Core, type CoreOptions } from './core.js';
import { createApp, type AppOptions } from './http/app.js';

export interface ReferenceServerOptions extends CoreOptions, AppOptions {
  /** Port to listen on; 0 takes a free one. Default 4100. */
  port?: number;
}

export interface ReferenceServer extends Core {
  app: Express;
  /** Listens. Rejects when the port is taken. */
  start(port?: number): Promise<{ port: number; url: string }>;
  /** Answers what has been asked, then lets go of the port. */
  stop(): Promise<void>;
}

/** The contract, served from memory. Doesn't listen before `start()`. */
export function createReferenceServer(options: ReferenceServerOptions = {}): ReferenceServer {
  const core = createCore(options);
  const app = createApp(core, {
    ...options,
    rateLimit: options.rateLimit ?? (options.production ? 600 : 0),
  });
  let server: Server | undefined;

  async function start(port = options.port ?? 4100) {
    server = createServer(app);
    const listening = server;
    await new Promise<void>((resolve, reject) => {
      listening.once('error', reject);
      listening.listen(port, resolve);
    });
    const address = listening.address() as AddressInfo;
    return { port: address.port, url: `http://localhost:${address.port}` };
  }

  async function stop() {
    const closing = server;
    if (!closing) return;
    server = undefined;
    await new Promise<void>((resolve) => {
      closing.close(() => resolve());
      closing.closeIdleConnections();
    });
  }

  return { ...core, app, start, stop };
}
