// What a page's own listeners do while they are told: they throw, and they close.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LiveState } from '../../src/live/index.js';
import { notify, onNotice } from '../../src/runtime/index.js';
import { createFixture, silent, since } from './live-fixture.js';
import { settled } from './virtual-clock.js';

/** What reaches the page as errors that nobody caught. */
async function reported(act: () => void | Promise<void>): Promise<string[]> {
  const messages: string[] = [];
  process.setUncaughtExceptionCaptureCallback(({ message }) => messages.push(message));
  try {
    await act();
    await settled();
  } finally {
    process.setUncaughtExceptionCaptureCallback(null);
  }
  return messages;
}

const fail = (what: string) => (): never => {
  throw new Error(what);
};
const item = { offset: 6, type: 'USER_UPDATED', id: 'x', payload: {}, timestamp: '' };

describe('a listener that throws', () => {
  it('costs the others nothing, and its errors are told to the page', async () => {
    const { live, link, clock } = createFixture();
    const heard: string[] = [];
    const errors = await reported(async () => {
      const broken = { onOpen: fail('open'), onEvents: fail('events'), onEnd: fail('end') };
      live.follow('users', { ...broken, onReset: fail('reset') }, since);
      const listener = {
        onOpen: () => heard.push('open'),
        onEvents: () => heard.push('events'),
        onReset: () => Promise.resolve(undefined),
        onEnd: () => heard.push('end'),
      };
      live.follow('users', listener, since);
      await clock.advance(0);
      link().welcome();
      const { id } = link().said('SUBSCRIBE').at(-1)!;
      const subscribed = { type: 'SUBSCRIBED', id, channel: 'users', epoch: 'a', head: 5 } as const;
      link().say({ ...subscribed, recovered: true });
      for (const epoch of ['a', 'b']) {
        link().say({ type: 'EVENTS', channel: 'users', epoch, from: 5, to: 6, items: [item] });
      }
      await settled();
      assert.equal(live.state.status, 'live');
      link().say({ type: 'UNSUBSCRIBED', channel: 'users', code: 'forbidden' });
    });
    assert.deepEqual(heard, ['open', 'events', 'end']);
    assert.deepEqual(errors, ['open', 'events', 'end']);
    live.close();
  });

  it('does not stop the connection by what it does with a state', async () => {
    const { live, link, begin, clock } = createFixture();
    const heard: string[] = [];
    const stop = live.onState(fail('state'));
    live.onState(({ status }) => heard.push(status));
    const errors = await reported(async () => {
      await begin();
      link().close(1006);
      await clock.advance(250);
      link().welcome();
    });
    assert.deepEqual(heard, ['connecting', 'live', 'reconnecting', 'connecting', 'live']);
    assert.equal(errors.length, heard.length);
    stop();
    live.close();
  });

  it('of notices does not keep others from hearing them, nor the one who tells from going on', async () => {
    const heard: unknown[] = [];
    const stops = [onNotice(fail('notice')), onNotice(({ message }) => heard.push(message))];
    const errors = await reported(() => notify({ tone: 'info', message: 'a' }));
    assert.deepEqual([heard, errors], [['a'], ['notice']]);
    stops.forEach((stop) => stop());
  });
});

describe('a listener of states', () => {
  for (const status of ['connecting', 'live', 'reconnecting', 'offline'] as const) {
    it(`may close the source when it hears ${status}: nothing is opened after that`, async () => {
      const { live, links, link, page, clock } = createFixture();
      live.onState((state) => state.status === status && live.close());
      live.follow('users', silent, since);
      await clock.advance(0);
      if (links.length > 0) {
        link().welcome();
        page.navigator.onLine = status !== 'offline';
        link().close(1006);
      }
      await clock.advance(60_000);
      assert.deepEqual(
        [live.state.status, clock.pending, links.every(({ closed }) => closed)],
        ['idle', 0, true],
      );
    });
  }

  it('may retry when it hears of a drop: there is one link, by the newest token', async () => {
    const { live, links, link, begin, clock } = createFixture();
    live.onState(({ status }) => status === 'reconnecting' && live.retry());
    await begin();
    link().close(1006);
    await clock.advance(0);
    link().welcome();
    await clock.advance(5000);
    assert.deepEqual([live.state.status, links.length], ['live', 2]);
    live.close();
  });

  it('may listen anew while it is told', async () => {
    const { live, begin } = createFixture();
    const heard: LiveState[] = [];
    let stop: () => void;
    const listen = (state: LiveState) => {
      stop();
      heard.push(state);
      if (heard.length < 10) stop = live.onState(listen);
    };
    stop = live.onState(listen);
    await begin();
    assert.deepEqual(
      heard.map(({ status }) => status),
      ['connecting', 'live'],
    );
    live.close();
  });
});
