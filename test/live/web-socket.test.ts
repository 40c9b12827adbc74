import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { createHub } from '../../mock-server/live/hub.js';
import { createMemoryBus } from '../../mock-server/live/memory-bus.js';
import { attachWebSocket } from '../../mock-server/live/ws.js';
import { createLive, webSocketTransport } from '../../src/live/index.js';

describe('live', () => {
  it('receives', async () => {
    const bus = createMemoryBus();
    const hub = createHub({
      bus,
      authenticate: (token) =>
        Promise.resolve(
          token === 'good'
            ? {
                viewer: { id: crypto.randomUUID(), role: 'admin' },
                sessionId: null,
                expiresAt: null,
              }
            : null,
        ),
    });
    const server = createServer();
    attachWebSocket(server, hub);
    await new Promise<void>((resolve) => server.listen(0, resolve));
    const { port } = server.address() as AddressInfo;
    const live = createLive({
      transports: [
        webSocketTransport({
          baseUrl: `http://localhost:${port}/api`,
          WebSocket: WebSocket as never,
        }),
      ],
      getToken: () => 'good',
    });
    const got = new Promise((resolve) =>
      live.subscribe(
        'users',
        {
          onEvents: (items) => resolve(items.length),
          onReset: () => Promise.resolve(undefined),
        },
        bus.head('users'),
      ),
    );
    bus.publish([{ channel: 'users', type: 'USER_CREATED', id: 'a', payload: {} }]);
    assert.equal(await got, 1);
    live.close();
    hub.close();
    server.close();
  });
});
