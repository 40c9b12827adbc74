import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { QueryObserver } from '@tanstack/query-core';
import { WebSocket } from 'ws';
import { createReferenceServer } from '../../mock-server/index.js';
import { userListOptions } from '../../src/data/index.js';
import { webSocketTransport } from '../../src/live/index.js';
import { createRuntime } from '../../src/runtime/index.js';

const server = createReferenceServer({ users: 3 });
const { WebSocket: own } = globalThis;
let baseUrl = '';
let token = '';

before(async () => {
  // As in Node 20, which has none.
  Object.assign(globalThis, { WebSocket: undefined });
  baseUrl = `${(await server.start(0)).url}/api`;
  token = (await server.signIn('admin@inlay.test')).accessToken;
});
after(async () => {
  Object.assign(globalThis, { WebSocket: own });
  await server.stop();
});

const configuration = () => ({ baseUrl, getToken: () => token });

describe('a runtime where there is no WebSocket', () => {
  it('is live by the one it is given', async () => {
    const { live, destroy } = createRuntime({ ...configuration(), WebSocket });
    const { value } = await live.subscribe('users').next();
    assert.equal(value?.type, 'connected');
    destroy();
  });

  it('says what to do when one listens', async () => {
    const { live, destroy } = createRuntime(configuration());
    await assert.rejects(live.subscribe('users').next(), /no WebSocket here.*pass one/i);
    destroy();
  });

  it('reads all the same, and warns once that nothing is live', async (context) => {
    const warn = context.mock.method(console, 'warn', () => undefined);
    const { api, live, queries, destroy } = createRuntime(configuration());
    const lists = [1, 2].map(
      (limit) => new QueryObserver(queries, userListOptions(api, { limit })),
    );
    for (const list of lists) {
      await new Promise<void>((resolve) => {
        list.subscribe(({ data }) => data && resolve());
      });
    }
    await assert.rejects(live.subscribe('users').next());
    assert.equal(warn.mock.callCount(), 1);
    assert.match(String(warn.mock.calls[0]!.arguments[0]), /no WebSocket here.*pass one/i);
    destroy();
  });

  it('needs none without a live stream', async () => {
    const { api, destroy } = createRuntime({ ...configuration(), live: false });
    assert.equal((await api.users.list({ limit: 1 })).data.length, 1);
    destroy();
  });
});

describe('the transport', () => {
  it('is not made without a WebSocket', () => {
    assert.throws(() => webSocketTransport({ baseUrl }), /no WebSocket here.*pass one/i);
  });
});
