import type { Server } from 'node:http';
import type { Express } from 'express';
import { createCore, type Core, type CoreOptions } from './core/core.js';
import { createApp, type AppOptions } from './http/app.js';
import { createListener } from './http/listen.js';
import { createUpgradeLimit } from './http/upgrade-limit.js';
import { attachWebSocket } from './live/ws.js';

export interface ReferenceServerOptions extends CoreOptions, Omit<AppOptions, 'mountPages'> {
  /** Port to listen on; 0 takes a free one. Default 4100. */
  port?: number;
  /** Serves pages beside the API; whatever they don't answer is a 404 of ours. */
  mountPages?: (app: Express, server: Server) => void;
}

export interface ReferenceServer extends Core {
  app: Express;
  /** Listens; may be called again after `stop`. Rejects when the port is taken. */
  start(port?: number): Promise<{ port: number; url: string }>;
  /** Tells live connections to come back later, answers what was asked, and lets go of the port. What is stored stays. */
  stop(options?: StopOptions): Promise<void>;
}

export interface StopOptions {
  /** Live connections leave one by one within so many ms. Default 0. */
  drainMs?: number;
  /** What is still running so many ms later is cut. Default 2000. */
  graceMs?: number;
}

/** The contract, served from memory. Doesn't listen before `start()`. */
export function createReferenceServer(options: ReferenceServerOptions = {}): ReferenceServer {
  const core = createCore(options);
  const { mountPages, production, allowedOrigins, trustProxy = 0 } = options;
  const { upgradeLimit = production ? 300 : 0, socketLimit = production ? 1000 : 0 } = options;
  const listener = createListener((request, response) => void app(request, response), {
    // As many again for requests.
    maxSockets: 10_000 + (options.live?.maxConnections ?? 10_000),
    // All come from the proxies, where there are some.
    maxPerAddress: trustProxy > 0 ? 0 : socketLimit,
  });
  const app = createApp(core, {
    ...options,
    rateLimit: options.rateLimit ?? (production ? 600 : 0),
    loginLimit: options.loginLimit ?? (production ? 10 : 0),
    mountPages: mountPages && ((pages) => mountPages(pages, listener.server)),
  });
  attachWebSocket(listener.server, core.hub, {
    isBlocked: () => core.faults.settings.blocked.includes('websocket'),
    ...(allowedOrigins && { allowedOrigins }),
    ...(upgradeLimit && { admit: createUpgradeLimit(upgradeLimit, trustProxy, core.now) }),
  });

  return {
    ...core,
    app,
    async start(port = options.port ?? 4100) {
      const actual = await listener.listen(port);
      return { port: actual, url: `http://localhost:${actual}` };
    },
    async stop({ drainMs = 0, graceMs = 2000 } = {}) {
      if (!listener.server.listening) return;
      const closed = listener.close(graceMs + drainMs);
      await core.hub.drain(drainMs);
      await closed;
    },
  };
}

export type { Core } from './core/core.js';
export { hashPassword } from './domain/password.js';
export { personas } from './domain/personas.js';
