import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { WebSocket } from 'ws';
import { createReferenceServer } from '../../mock-server/index.js';
import type { LiveItem } from '../../src/contract/index.js';
import {
  createLive,
  pollingTransport,
  sseTransport,
  webSocketTransport,
} from '../../src/live/index.js';
import { until } from './until.js';

const server = createReferenceServer({ users: 3 });
let baseUrl = '';
let token = '';

before(async () => {
  baseUrl = `${(await server.start(0)).url}/api`;
  token = (await server.signIn('admin@inlay.test')).accessToken;
});
after(() => server.stop());

const block = (...blocked: string[]) =>
  fetch(`${baseUrl}/__control/faults`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ blocked }),
  });

it('goes down to what gets through and up again, over a real server, and loses and doubles nothing', async () => {
  const live = createLive({
    transports: [
      webSocketTransport({ baseUrl, WebSocket }),
      sseTransport({ baseUrl }),
      pollingTransport({ baseUrl, pollPauseMs: 1 }),
    ],
    getToken: () => token,
    retryMs: 1,
    healthyMs: 1,
    climbMs: 5,
    slowestClimbMs: 20,
  });
  const got: LiveItem[] = [];
  let written = 0;
  const write = () => {
    // No more than the server remembers, however long the way takes.
    if (written - got.length >= 100) return;
    server.bus.publish([
      { channel: 'projects', type: 'PROJECT_CREATED', id: `${written++}`, payload: {} },
    ]);
  };
  const carriedBy = (name: string) =>
    until(() => {
      write();
      return live.state.status === 'live' && live.state.transport === name;
    });
  live.follow(
    'projects',
    { onEvents: (items) => got.push(...items), onReset: () => Promise.reject(new Error('lost')) },
    server.bus.head('projects'),
  );
  await carriedBy('websocket');
  await block('websocket');
  server.hub.dropAll();
  await carriedBy('sse');
  await block('websocket', 'sse');
  server.hub.dropAll();
  await carriedBy('polling');
  await block('websocket');
  await carriedBy('sse');
  await block();
  await carriedBy('websocket');
  await until(() => got.length >= written);
  live.close();
  assert.deepEqual(
    got.map(({ id }) => id),
    Array.from({ length: written }, (_, id) => `${id}`),
  );
});
