import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LiveItem } from '../../src/contract/index.js';
import {
  ApiError,
  ForbiddenError,
  NotFoundError,
  RateLimitError,
  UnauthorizedError,
} from '../../src/client/index.js';
import { subscribe, type Heard } from '../../src/live/subscribe.js';
import { createLive, type ChannelListener } from '../../src/live/index.js';
import { createFixture } from './live-fixture.js';
import { settled } from './virtual-clock.js';

const item = (offset: number): LiveItem => ({
  offset,
  type: 'USER_UPDATED',
  id: 'x',
  payload: {},
  timestamp: '',
});

function setUp() {
  const subscribed: { channel: string; listener: ChannelListener; stopped: boolean }[] = [];
  const follow = (channel: string, listener: ChannelListener) => {
    const each = { channel, listener, stopped: false };
    subscribed.push(each);
    return () => void (each.stopped = true);
  };
  const state = { status: 'connecting' } as const;
  return { live: { follow, state, onState: () => () => undefined }, subscribed };
}

describe('a subscription', () => {
  it('says first that it is connected, then what happens, and unsubscribes when left', async () => {
    const { live, subscribed } = setUp();
    const heard: string[] = [];
    const loop = (async () => {
      for await (const event of subscribe(live, 'users')) {
        heard.push('offset' in event ? `${event.type} ${event.offset}` : event.type);
        if (heard.length === 4) break;
      }
    })();
    const { listener } = subscribed[0]!;
    listener.onOpen!({ epoch: 'e', offset: 1 });
    listener.onEvents([item(2), item(3)], { epoch: 'e', from: 1, to: 3 });
    assert.equal(await listener.onReset(), undefined);
    listener.onOpen!({ epoch: 'f', offset: 0 });
    await loop;
    assert.deepEqual(heard, ['connected', 'USER_UPDATED 2', 'USER_UPDATED 3', 'missed']);
    assert.equal(subscribed[0]!.stopped, true);
  });

  it('keeps no more than a thousand events for a slow loop, and says that it missed some', async () => {
    const { live, subscribed } = setUp();
    const events = subscribe(live, 'users');
    const first = events.next();
    const { listener } = subscribed[0]!;
    listener.onOpen!({ epoch: 'e', offset: 0 });
    assert.equal((await first).value?.type, 'connected');
    const burst = Array.from({ length: 1001 }, (_, n) => item(n + 1));
    listener.onEvents(burst, { epoch: 'e', from: 0, to: 1001 });
    listener.onEvents([item(1002)], { epoch: 'e', from: 1001, to: 1002 });
    assert.equal((await events.next()).value?.type, 'missed');
    const { value } = await events.next();
    assert.equal(value && 'offset' in value && value.offset, 1002);
    await events.return();
    assert.equal(subscribed[0]!.stopped, true);
  });

  it('keeps as many as it is told to, by the source or by the call', async () => {
    for (const [source, call] of [
      [2, undefined],
      [50, { maxQueued: 2 }],
    ] as const) {
      const { live, begin, link, clock } = createFixture({ maxQueued: source });
      await begin();
      const events = live.subscribe('users', { ...call, since: { epoch: 'a', offset: 0 } });
      const first = events.next();
      link().say({
        type: 'SUBSCRIBED',
        id: link().said('SUBSCRIBE').at(-1)!.id,
        channel: 'users',
        epoch: 'a',
        head: 3,
        recovered: true,
      });
      assert.deepEqual(await first, {
        done: false,
        value: { type: 'connected', at: { epoch: 'a', offset: 0 } },
      });
      const items = [item(1), item(2), item(3)];
      link().say({ type: 'EVENTS', channel: 'users', epoch: 'a', from: 0, to: 3, items });
      assert.deepEqual((await events.next()).value, { type: 'missed' });
      await events.return();
      live.close();
      assert.equal(clock.pending, 0);
    }
  });

  it('says only once that it is connected, though the link is another', async () => {
    const { live, subscribed } = setUp();
    const events = subscribe(live, 'users');
    const first = events.next();
    const { listener } = subscribed[0]!;
    listener.onOpen!({ epoch: 'e', offset: 1 });
    await first;
    listener.onOpen!({ epoch: 'e', offset: 1 });
    listener.onEvents([item(2)], { epoch: 'e', from: 1, to: 2 });
    assert.equal((await events.next()).value?.type, 'USER_UPDATED');
    await events.return();
  });

  it('says that it missed something once it hears again: what is read then leaves no hole', async () => {
    const { live, subscribed } = setUp();
    const events = subscribe(live, 'users');
    const next = events.next();
    const { listener } = subscribed[0]!;
    listener.onOpen!({ epoch: 'e', offset: 1 });
    await next;
    let heard: string | undefined;
    const missed = events.next().then(({ value }) => (heard = value?.type));
    await listener.onReset();
    await settled();
    assert.equal(heard, undefined);
    listener.onOpen!({ epoch: 'f', offset: 7 });
    await missed;
    assert.equal(heard, 'missed');
    listener.onOpen!({ epoch: 'f', offset: 7 });
    listener.onEvents([item(8)], { epoch: 'f', from: 7, to: 8 });
    assert.equal((await events.next()).value?.type, 'USER_UPDATED');
    await events.return();
  });

  it('says that it missed something when it cannot begin where it was to', async () => {
    const { live, subscribed } = setUp();
    const events = subscribe(live, 'users', { since: { epoch: 'e', offset: 1 } });
    const first = events.next();
    const { listener } = subscribed[0]!;
    await listener.onReset();
    listener.onOpen!({ epoch: 'f', offset: 7 });
    assert.equal((await first).value?.type, 'connected');
    assert.equal((await events.next()).value?.type, 'missed');
    await events.return();
  });

  it('ends with the source it listens to', async () => {
    const { live, subscribed } = setUp();
    const waiting = subscribe(live, 'users').next();
    subscribed[0]!.listener.onEnd!('closed');
    assert.equal((await waiting).done, true);
    const transports = [{ open: () => ({ send: () => undefined, close: () => undefined }) }];
    const source = createLive({ transports, getToken: () => null, page: null } as never);
    const left = source.subscribe('users').next();
    source.close();
    assert.equal((await left).done, true);
    const late = source.subscribe('users').next();
    assert.equal((await late).done, true);
  });

  it('ends with its signal, and throws when it is refused', async () => {
    const { live, subscribed } = setUp();
    const controller = new AbortController();
    const aborted = subscribe(live, 'users', { signal: controller.signal }).next();
    controller.abort();
    assert.equal((await aborted).done, true);
    for (const [code, Failure, message] of [
      ['forbidden', ForbiddenError, /channel users was refused: FORBIDDEN .forbidden.\.$/],
      ['unknown_channel', NotFoundError, /users was refused: NOT_FOUND .unknown_channel.\.$/],
      ['limit', RateLimitError, /TOO_MANY_REQUESTS .limit.\.$/],
      ['of_a_newer_server', ApiError, /refused: BAD_REQUEST .of_a_newer_server.\.$/],
    ] as const) {
      const refused = subscribe(live, 'users').next();
      subscribed.at(-1)!.listener.onEnd!(code);
      await assert.rejects(
        refused,
        (error) => error instanceof Failure && message.test(error.message),
      );
    }
    assert.ok(subscribed.every(({ stopped }) => stopped));
  });

  for (const [codes, what, Failure] of [
    [[4101, 4101], 'a token, and the one asked for after it,', UnauthorizedError],
    [[4001], 'the person', ForbiddenError],
    [[4002], 'how we speak', ApiError],
  ] as const) {
    it(`throws when the server refuses ${what} for good, and at once while it does`, async () => {
      const { live, link, clock, page } = createFixture();
      const isRefusal = (error: unknown) => error instanceof Failure && error.status >= 400;
      const events = live.subscribe('users');
      const refused = assert.rejects(events.next(), isRefusal);
      await clock.advance(0);
      for (const code of codes) {
        link().close(code);
        await clock.advance(250);
      }
      await refused;
      assert.equal((await events.next()).done, true);
      await assert.rejects(live.subscribe('users').next(), isRefusal);
      await clock.advance(1000);
      assert.deepEqual([clock.pending, page.listeners], [0, 0]);
    });
  }

  it('outlasts a token that was refused once', async () => {
    const { live, link, clock } = createFixture();
    const events = live.subscribe('users', { since: { epoch: 'a', offset: 5 } });
    const first = events.next();
    await clock.advance(0);
    link().close(4101);
    await clock.advance(250);
    link().welcome();
    const { id } = link().said('SUBSCRIBE').at(-1)!;
    const answer = { channel: 'users', epoch: 'a', head: 5, recovered: true };
    link().say({ type: 'SUBSCRIBED', id, ...answer });
    assert.equal((await first).value?.type, 'connected');
    await events.return();
    live.close();
  });

  it('hears what came before it is refused', async () => {
    const { live, link, clock, begin } = createFixture();
    await begin();
    const events = live.subscribe('users', { since: { epoch: 'a', offset: 5 } });
    const first = events.next();
    const { id } = link().said('SUBSCRIBE').at(-1)!;
    const answer = { channel: 'users', epoch: 'a', head: 5, recovered: true };
    link().say({ type: 'SUBSCRIBED', id, ...answer });
    link().say({ type: 'EVENTS', channel: 'users', epoch: 'a', from: 5, to: 6, items: [item(6)] });
    link().close(4001);
    await clock.advance(0);
    assert.equal((await first).value?.type, 'connected');
    assert.equal((await events.next()).value?.type, 'USER_UPDATED');
    await assert.rejects(events.next(), ForbiddenError);
    live.close();
  });
});

/** Compiles: what is heard is told apart by its type, as the contract has it. */
export function read(event: Heard): string {
  if (event.type === 'connected') return event.at.epoch;
  if (event.type === 'missed') return '';
  return event.type === 'NOTIFICATION_CREATED' ? event.payload.title : event.id;
}
