import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createParser } from 'eventsource-parser';
import { createReferenceServer, type ReferenceServer } from '../../mock-server/index.js';
import type { BusEvent } from '../../mock-server/live/bus.js';
import type { LiveItem, ServerFrame } from '../../src/contract/index.js';
import {
  createLive,
  pollingTransport,
  sseTransport,
  webSocketTransport,
} from '../../src/live/index.js';
import { until } from './until.js';

const event = (channel: string, id: string): BusEvent => ({
  channel,
  type: 'USER_CREATED',
  id,
  payload: { id },
});

let server: ReferenceServer;
let api: string;
let admin: { token: string; id: string };
let user: { token: string; id: string };

before(async () => {
  server = createReferenceServer();
  api = `${(await server.start(0)).url}/api`;
  const signIn = async (email: string) => {
    const tokens = await server.signIn(email);
    return { token: tokens.accessToken, id: tokens.user.id };
  };
  admin = await signIn('admin@inlay.test');
  user = await signIn('user@inlay.test');
});

after(() => server.stop());

/** Reads a stream as any SSE library would, without our client. */
async function openStream(path: string, { token = admin.token, lastEventId = '' } = {}) {
  const controller = new AbortController();
  const headers: Record<string, string> = { Authorization: `Bearer ${token}` };
  if (lastEventId) headers['Last-Event-ID'] = lastEventId;
  const response = await fetch(api + path, { headers, signal: controller.signal });
  const frames: ServerFrame[] = [];
  const stream = {
    response,
    frames,
    lastEventId: '',
    ended: false,
    leave: () => controller.abort(),
  };
  const parser = createParser({
    onEvent({ id, data }) {
      if (id) stream.lastEventId = id;
      frames.push(JSON.parse(data) as ServerFrame);
    },
  });
  const read = async () => {
    for await (const text of response.body!.pipeThrough(new TextDecoderStream())) parser.feed(text);
  };
  if (response.ok) {
    void read()
      .catch(() => undefined)
      .then(() => (stream.ended = true));
  }
  return stream;
}

const offsets = (frames: readonly ServerFrame[], channel = 'users') =>
  frames.flatMap((frame) =>
    frame.type === 'EVENTS' && frame.channel === channel
      ? frame.items.map(({ offset }) => offset)
      : [],
  );

function createClient(
  transports: Parameters<typeof createLive>[0]['transports'],
  token = admin.token,
) {
  return createLive({ transports, getToken: () => token });
}

function collect(live: ReturnType<typeof createLive>, channel: string) {
  const items: LiveItem[] = [];
  const leave = live.follow(
    channel,
    { onEvents: (news) => items.push(...news), onReset: () => Promise.resolve(undefined) },
    server.bus.head(channel),
  );
  return { items, leave, ids: () => items.map(({ id }) => id) };
}

describe('server-sent events', () => {
  it('are not asked for by a link that was closed meanwhile', async () => {
    let requests = 0;
    const transport = sseTransport({
      baseUrl: api,
      fetch: () => {
        requests++;
        return new Promise<Response>(() => undefined);
      },
    });
    const link = transport.open({
      onOpen: () => undefined,
      onFrame: () => undefined,
      onClose: () => undefined,
    });
    link.send({ type: 'SUBSCRIBE', id: 1, channel: 'users' });
    link.close();
    await new Promise(setImmediate);
    assert.equal(requests, 0);
  });

  it('carry the frames of the WebSocket, with all cursors in the id', async () => {
    const head = server.bus.head('users');
    server.bus.publish([event('users', 'a'), event('users', 'b')]);
    const cursor = `users@${head.epoch}:${head.offset}`;
    const stream = await openStream(`/live/sse?ch=users,projects,nonsense&cursor=${cursor}`);
    assert.equal(stream.response.headers.get('content-type'), 'text/event-stream');
    assert.equal(stream.response.headers.get('cache-control'), 'no-cache, no-transform');
    assert.equal(stream.response.headers.get('x-accel-buffering'), 'no');
    await until(() => stream.frames.length >= 5);
    assert.deepEqual(
      stream.frames.map(({ type }) => type),
      ['WELCOME', 'SUBSCRIBED', 'EVENTS', 'SUBSCRIBED', 'ERROR'],
    );
    const projects = server.bus.head('projects').offset;
    assert.equal(
      stream.lastEventId,
      `users@${head.epoch}:${head.offset + 2},projects@${head.epoch}:${projects}`,
    );
    stream.leave();
  });

  it('resume all channels by one Last-Event-ID, which wins over the cursor asked for first', async () => {
    const { epoch, offset } = server.bus.head('users');
    const path = `/live/sse?ch=users,projects&cursor=users@${epoch}:${offset}`;
    const first = await openStream(path);
    server.bus.publish([event('users', 'a'), event('projects', 'p')]);
    await until(
      () => offsets(first.frames).length + offsets(first.frames, 'projects').length === 2,
    );
    first.leave();
    server.bus.publish([event('users', 'b'), event('projects', 'q')]);
    const second = await openStream(path, { lastEventId: first.lastEventId });
    await until(() => offsets(second.frames, 'projects').length === 1);
    assert.deepEqual(offsets(second.frames), [offset + 2]);
    second.leave();
  });

  it('refuse whom and what they must', async () => {
    const nobody = await openStream('/live/sse?ch=users', { token: 'nonsense' });
    assert.equal(nobody.response.status, 401);
    const crooked = await openStream('/live/sse?ch=users&cursor=crooked');
    assert.equal(crooked.response.status, 400);
    const small = await openStream('/live/sse?ch=users,projects', { token: user.token });
    await until(() => small.frames.length === 3);
    assert.deepEqual(
      small.frames.slice(1).map((frame) => (frame.type === 'ERROR' ? frame.code : frame.type)),
      ['forbidden', 'SUBSCRIBED'],
    );
    small.leave();
  });

  it('bring each person their own notifications', async () => {
    const [mine, theirs] = [
      await openStream('/notifications/stream', { token: user.token }),
      await openStream('/notifications/stream'),
    ];
    await until(() => mine.frames.length === 2 && theirs.frames.length === 2);
    server.bus.publish([
      event(`notifications:${user.id}`, 'n'),
      event(`notifications:${admin.id}`, 'm'),
    ]);
    const ids = (frames: ServerFrame[]) =>
      frames.flatMap((frame) => (frame.type === 'EVENTS' ? frame.items.map(({ id }) => id) : []));
    await until(() => ids(mine.frames).length === 1 && ids(theirs.frames).length === 1);
    assert.deepEqual([ids(mine.frames), ids(theirs.frames)], [['n'], ['m']]);
    mine.leave();
    theirs.leave();
  });

  it('end with a revocation, and let go of a reader that leaves', async () => {
    const own = await server.signIn('moderator@inlay.test');
    const connections = () => server.hub.counters.connections;
    const idle = connections();
    const revoked = await openStream('/live/sse?ch=users', { token: own.accessToken });
    const leaving = await openStream('/live/sse?ch=users');
    await until(() => connections() === idle + 2);
    server.hub.revoke({ userId: own.user.id });
    await until(() => revoked.ended);
    leaving.leave();
    await until(() => connections() === idle);
    server.bus.publish([event('users', 'late')]);
    assert.deepEqual(offsets(revoked.frames), []);
  });
});

describe('the client over server-sent events', () => {
  it('delivers the same items as over WebSocket, by polling too, also after drops and later subscriptions', async () => {
    const socket = createClient([
      webSocketTransport({ baseUrl: api, WebSocket: await webSocket() }),
    ]);
    const clients = [
      socket,
      createClient([sseTransport({ baseUrl: api })]),
      createClient([pollingTransport({ baseUrl: api, pollPauseMs: 0 })]),
    ];
    const seen = clients.map((live) => collect(live, 'users'));
    server.bus.publish([event('users', '1')]);
    await until(() => seen.every(({ items }) => items.length === 1));
    const others = clients.map((live) => collect(live, 'projects'));
    server.bus.publish([event('users', '2'), event('projects', 'p')]);
    await until(() => seen.every(({ items }) => items.length === 2));
    server.hub.dropAll();
    server.bus.publish([event('users', '3'), event('projects', 'q')]);
    await until(() => seen.every(({ items }) => items.length === 3));
    await until(() => others.every(({ items }) => items.length === 2));
    for (const [first, ...rest] of [seen, others]) {
      for (const { items } of rest) assert.deepEqual(items, first!.items);
    }
    for (const live of clients) live.close();
  });

  it('goes on with the other channels when one is left or refused', async () => {
    const live = createClient([sseTransport({ baseUrl: api })], user.token);
    const ended: string[] = [];
    live.follow('users', {
      onEvents: () => undefined,
      onReset: () => Promise.resolve(undefined),
      onEnd: (code) => ended.push(code),
    });
    const left = collect(live, 'projects');
    const kept = collect(live, 'notifications');
    await until(() => ended.length === 1);
    left.leave();
    server.bus.publish([event(`notifications:${user.id}`, 'n'), event('projects', 'p')]);
    await until(() => kept.items.some(({ id }) => id === 'n'));
    assert.deepEqual([ended, left.items], [['forbidden'], []]);
    live.close();
  });

  it('is chosen when WebSocket does not get through', async () => {
    const blocked = webSocketTransport({
      baseUrl: api.replace('/api', '/blocked'),
      WebSocket: await webSocket(),
    });
    const live = createClient([blocked, sseTransport({ baseUrl: api })]);
    const { items } = collect(live, 'users');
    server.bus.publish([event('users', 'x')]);
    await until(() => items.length === 1);
    assert.equal(live.state.status, 'live');
    live.close();
  });

  it('stops when the token is refused twice', async () => {
    const live = createClient([sseTransport({ baseUrl: api })], 'nonsense');
    collect(live, 'users');
    await until(() => live.state.status === 'refused');
    assert.equal('code' in live.state && live.state.code, 4101);
    live.close();
  });

  it('replays more than a stream holds, of several channels, to who was away', async () => {
    const live = createClient([sseTransport({ baseUrl: api })]);
    const seen = ['projects', 'stats'].map((channel) => collect(live, channel));
    const text = 'x'.repeat(300);
    for (const channel of ['projects', 'stats']) {
      for (let id = 0; id < 2_000; id++) {
        server.bus.publish([{ ...event(channel, `${id}`), payload: { text } }]);
      }
    }
    await until(() => seen.every(({ items }) => items.length >= 2_000));
    for (const { ids } of seen) {
      assert.deepEqual(
        ids(),
        Array.from({ length: 2_000 }, (_, id) => `${id}`),
      );
    }
    assert.ok(server.hub.counters.gaps > 0, 'the stream was filled');
    live.close();
  });

  it('carries 10,000 events complete and in order', async () => {
    const live = createClient([sseTransport({ baseUrl: api })]);
    const { ids } = collect(live, 'projects');
    await until(() => live.state.status === 'live');
    for (let id = 0; id < 10_000; id++) server.bus.publish([event('projects', `${id}`)]);
    await until(() => ids().length === 10_000);
    assert.deepEqual(
      ids(),
      Array.from({ length: 10_000 }, (_, id) => `${id}`),
    );
    live.close();
  });
});

async function webSocket(): Promise<never> {
  return (await import('ws')).WebSocket as never;
}
