import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ServerFrame } from '../../src/contract/index.js';
import {
  pollingTransport,
  sseTransport,
  type Link,
  type SseTransportOptions,
} from '../../src/live/index.js';
import { settled, VirtualClock } from './virtual-clock.js';

type Answer = Response | Error | undefined;
const encode = (text: string) => new TextEncoder().encode(text);
const welcome = `data: ${JSON.stringify({ type: 'WELCOME', connection: 'c', expiresAt: null, pingMs: 25_000, maxMessage: 1 })}\n\n`;
const ping = (id: string) => `id: ${id}\ndata: {"type":"PING","heads":{}}\n\n`;
const streamOf = (text: string) =>
  new Response(text, { headers: { 'Content-Type': 'text/event-stream' } });

/** A link whose requests the test answers, in turn; undefined is never answered. */
function setUp(
  create: typeof sseTransport,
  answers: Answer[],
  options: Partial<SseTransportOptions> = {},
) {
  const clock = new VirtualClock();
  const asked: { url: URL; init: RequestInit }[] = [];
  const frames: (ServerFrame['type'] | undefined)[] = [];
  const closed: number[] = [];
  const transport = create({
    baseUrl: 'http://host/api',
    clock,
    fetch: (url, init) => {
      asked.push({ url: new URL(String(url)), init: init! });
      const answer = answers.shift();
      if (answer instanceof Error) return Promise.reject(answer);
      return answer ? Promise.resolve(answer) : new Promise(() => undefined);
    },
    ...options,
  });
  const link: Link = transport.open({
    onOpen() {
      link.send({ type: 'HELLO', v: '', token: 't', client: 'c' });
      link.send({ type: 'SUBSCRIBE', id: 7, channel: 'users', epoch: 'e', since: 5 });
    },
    onFrame: (frame) => frames.push(frame?.type),
    onClose: (code) => closed.push(code),
  });
  return { clock, asked, frames, closed, link };
}

describe('streams over HTTP', () => {
  it('ask with the token, and whatever else is to be sent, and follow nobody elsewhere', async () => {
    const { asked } = setUp(sseTransport, [], {
      headers: { 'X-Tenant': 'a' },
      credentials: 'include',
    });
    await settled();
    const { url, init } = asked[0]!;
    assert.equal(url.href, 'http://host/api/live/sse?ch=users&cursor=users%40e%3A5');
    assert.deepEqual(init.headers, { 'X-Tenant': 'a', Authorization: 'Bearer t' });
    assert.deepEqual(
      [init.credentials, init.redirect, init.cache],
      ['include', 'error', 'no-store'],
    );
  });

  it('end as a WebSocket would, by what was answered', async () => {
    const cases: [Answer, number][] = [
      [new Response('', { status: 401 }), 4101],
      [new Response('', { status: 403 }), 4001],
      [new Response('', { status: 410 }), 4001],
      [new Response('', { status: 503 }), 1006],
      [new Response(null, { status: 204 }), 1006],
      [new TypeError('failed to fetch'), 1006],
      [new Response('<!doctype html><p>Sign in to this network.</p>'), 1006],
      [streamOf(`data: ${'x'.repeat(200)}\n\n`.repeat(2) + 'data: '.padEnd(2000, 'x')), 1006],
    ];
    for (const create of [sseTransport, pollingTransport]) {
      for (const [answer, code] of cases) {
        const given = answer instanceof Response ? answer.clone() : answer;
        const { closed } = setUp(create, [given], { maxMessage: 1000 });
        await settled();
        await settled();
        assert.deepEqual(closed, [code]);
      }
    }
  });

  it('that end are broken, but polls go on from where they are, not faster than they may', async () => {
    const stream = setUp(sseTransport, [streamOf(welcome)]);
    await settled();
    assert.deepEqual([stream.frames, stream.closed], [['WELCOME'], [1006]]);

    const poll = setUp(pollingTransport, [
      streamOf(welcome + ping('users@e:8,projects@e:1')),
      streamOf(welcome + ping('users@e:9')),
      streamOf(welcome),
    ]);
    await poll.clock.advance(249);
    assert.equal(poll.asked.length, 1);
    await poll.clock.advance(1);
    await poll.clock.advance(250);
    await poll.clock.advance(250);
    assert.deepEqual(
      poll.asked.map(({ url }) => [url.searchParams.get('cursor'), url.searchParams.get('wait')]),
      [
        // Answered at once, as who keeps answers until they are complete would keep a greeting, too.
        ['users@e:5', '0'],
        ['users@e:8', '25'],
        ['users@e:9', '25'],
        ['users@e:9', '25'],
      ],
    );
    poll.link.send({ type: 'SUBSCRIBE', id: 8, channel: 'projects' });
    await settled();
    assert.equal(poll.asked.at(-1)!.url.searchParams.get('wait'), '0');
    assert.deepEqual(poll.closed, []);
    poll.link.close();
    assert.equal(poll.clock.pending, 0);
  });

  it('count what is not of the protocol, and forget what comes after they were closed', async () => {
    let push = (_text: string) => {};
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        push = (text) => controller.enqueue(encode(text));
      },
    });
    const { frames, link, asked } = setUp(sseTransport, [new Response(body)]);
    await settled();
    push('data: nonsense\n\ndata: {"type":"UNHEARD"}\n\n: comment\n\n');
    await settled();
    assert.deepEqual(frames, [undefined, undefined]);
    link.close();
    assert.equal(asked[0]!.init.signal!.aborted, true);
    push(ping('users@e:6'));
    await settled();
    assert.equal(frames.length, 2);
  });

  it('ask once for all that is subscribed in one turn, and anew for more', async () => {
    const { asked, link } = setUp(sseTransport, []);
    await settled();
    link.send({ type: 'SUBSCRIBE', id: 8, channel: 'projects' });
    link.send({ type: 'SUBSCRIBE', id: 9, channel: 'stats' });
    link.send({ type: 'UNSUBSCRIBE', id: 8, channel: 'projects' });
    await settled();
    assert.deepEqual(
      asked.map(({ url }) => url.searchParams.get('ch')),
      ['users', 'users,stats'],
    );
    assert.equal(asked[0]!.init.signal!.aborted, true);
  });
});
