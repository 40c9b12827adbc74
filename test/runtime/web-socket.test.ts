import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { createReferenceServer } from '../../mock-server/index.js';
import { webSocketTransport, type TransportName } from '../../src/live/index.js';
import { createRuntime } from '../../src/runtime/index.js';
import { until } from '../live/until.js';

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

const transport = (name: TransportName) => ({ status: 'live', transport: name });
const configuration = () => ({ baseUrl, getToken: () => token });

describe('a runtime where there is no WebSocket', () => {
  it('is live by the one it is given', async () => {
    const { live, destroy } = createRuntime({ ...configuration(), WebSocket });
    const { value } = await live.subscribe('users').next();
    assert.deepEqual([value?.type, live.state], ['connected', transport('websocket')]);
    destroy();
  });

  it('is live all the same, by server-sent events', async () => {
    const { live, destroy } = createRuntime(configuration());
    const { value } = await live.subscribe('users').next();
    assert.deepEqual([value?.type, live.state], ['connected', transport('sse')]);
    destroy();
  });

  it('goes by what is asked for, at the address and with the numbers of the settings', async () => {
    const asked: string[] = [];
    const { live, destroy } = createRuntime({
      baseUrl: 'http://localhost:1/api',
      getToken: () => token,
      fetch: (input, init) => {
        asked.push(String(input));
        return fetch(input, init);
      },
      live: { url: baseUrl, transports: ['polling'], pollMs: 2000, pollPauseMs: 0 },
    });
    const { value } = await live.subscribe('users').next();
    assert.deepEqual([value?.type, live.state], ['connected', transport('polling')]);
    await until(() => asked.length === 2);
    destroy();
    assert.equal(asked[0], `${baseUrl}/live/sse?ch=users&wait=0`);
    assert.match(asked[1]!, /[?&]wait=2$/);
  });

  it('says what to do when nothing but a WebSocket is asked for', () => {
    assert.throws(
      () => createRuntime({ ...configuration(), live: { transports: ['websocket'] } }),
      /no WebSocket here.*pass one/i,
    );
  });

  it('says what transports there are', () => {
    for (const transports of [[], ['websockets'], ['sse', 'toString']]) {
      assert.throws(
        () => createRuntime({ ...configuration(), live: { transports: transports as never } }),
        { name: 'TypeError', message: /websocket, sse, polling, got \[/ },
      );
    }
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
