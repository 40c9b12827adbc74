import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createFixture, silent, since } from './live-fixture.js';

describe('a live source', () => {
  it('connects with the first subscription, saying HELLO and all subscriptions at once', async () => {
    const { clock, links, live } = createFixture();
    await clock.advance(1000);
    assert.equal(links.length, 0);
    live.follow('users', silent, since);
    live.follow('notifications', silent);
    await clock.advance(0);
    assert.equal(live.state.status, 'connecting');
    links[0]!.open();
    assert.deepEqual(
      links[0]!.sent.map((frame) => ({ ...frame, id: undefined })),
      [
        { type: 'HELLO', v: 'inlay.v1', token: 'token', client: 'me', id: undefined },
        { type: 'SUBSCRIBE', channel: 'users', epoch: 'a', since: 5, id: undefined },
        { type: 'SUBSCRIBE', channel: 'notifications', id: undefined },
      ],
    );
  });

  it('closes a moment after the last subscription went, and not if another came', async () => {
    const { clock, live, link, links, begin } = createFixture();
    const leave = await begin();
    leave();
    leave();
    assert.deepEqual(link().said('UNSUBSCRIBE'), [
      { type: 'UNSUBSCRIBE', id: 1, channel: 'users' },
    ]);
    await clock.advance(900);
    const leaveAgain = live.follow('users', silent, since);
    await clock.advance(5000);
    assert.equal(live.state.status, 'live');
    leaveAgain();
    await clock.advance(1000);
    assert.deepEqual([live.state, link().closed], [{ status: 'idle' }, true]);
    live.follow('users', silent, since);
    await clock.advance(0);
    assert.equal(links.length, 2);
  });

  it('resumes from where it stands after a drop', async () => {
    const { clock, link, links, begin } = createFixture();
    await begin();
    link().say({ type: 'EVENTS', channel: 'users', epoch: 'a', from: 5, to: 8, items: [] });
    link().close(1006);
    await clock.advance(250);
    link().welcome();
    assert.equal(links.length, 2);
    assert.equal(link().said('SUBSCRIBE')[0]!.since, 8);
  });

  it('waits longer each time, at most 30 s, and anew after 10 s of health', async () => {
    const { clock, live, link, begin } = createFixture();
    await begin();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 9; attempt++) {
      link().close(1006);
      assert.equal(live.state.status, 'reconnecting');
      if ('retryAt' in live.state) waits.push(live.state.retryAt - clock.now());
      await clock.advance(waits.at(-1)!);
    }
    assert.deepEqual(waits, [250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    link().welcome();
    await clock.advance(9_999);
    link().close(1006);
    assert.equal('retryAt' in live.state && live.state.retryAt - clock.now(), 30_000);
    await clock.advance(30_000);
    link().welcome();
    await clock.advance(10_000);
    link().close(1006);
    assert.equal('retryAt' in live.state && live.state.retryAt - clock.now(), 250);
  });

  it('never tries again after any 40xx', async () => {
    for (const code of [4001, 4002, 4077]) {
      const { clock, live, link, links, begin } = createFixture();
      await begin();
      link().close(code);
      await clock.advance(3_600_000);
      assert.equal(links.length, 1);
      assert.deepEqual(live.state, { status: 'refused', code, since: clock.now() - 3_600_000 });
    }
  });

  it('comes back at once from 42xx, and patiently from whatever else it does not know', async () => {
    for (const [code, wait] of [
      [4200, 250],
      [4242, 250],
      [4110, 1000],
      [4199, 1000],
      [1011, 1000],
      [4999, 1000],
    ] as const) {
      const { clock, live, link, begin } = createFixture();
      await begin();
      for (let attempt = 0; attempt < 2; attempt++) {
        link().close(1006);
        await clock.advance(500);
      }
      link().welcome();
      link().close(code);
      assert.equal('retryAt' in live.state && live.state.retryAt - clock.now(), wait, `${code}`);
    }
  });

  it('waits but a moment after an outage once it is known that the network or the server is back', async () => {
    const { clock, live, page, tokens, link, begin } = createFixture();
    tokens.push('old', 'old', 'old', 'old', 'old', 'old', 'old', 'new', 'newer', 'newest');
    await begin();
    const wait = () => ('retryAt' in live.state ? live.state.retryAt - clock.now() : undefined);
    const fail = async (code: number) => {
      link().close(code);
      const waited = wait();
      await clock.advance(waited!);
      link().open();
      return waited;
    };
    for (let attempt = 0; attempt < 5; attempt++) await fail(1006);
    assert.equal(await fail(1006), 8000);
    // The server has begun anew, and knows nothing of who was signed in.
    assert.equal(await fail(4101), 250);
    // Another token that is none either is no reason to hurry.
    assert.equal(await fail(4101), 30_000);

    link().close(1006);
    page.fire('online');
    await clock.advance(0);
    link().open();
    assert.equal(await fail(1006), 250);
  });

  it('asks for the token at every attempt, and stops when the same is turned away twice', async () => {
    const { clock, live, tokens, link, links } = createFixture();
    tokens.push('old', 'newer', 'newer');
    live.follow('users', silent);
    for (let attempt = 0; attempt < 3; attempt++) {
      await clock.advance(1000);
      link().open();
      link().close(4101);
    }
    assert.deepEqual(
      links.map((each) => each.said('HELLO')[0]!.token),
      ['old', 'newer', 'newer'],
    );
    assert.equal(live.state.status, 'refused');
    await clock.advance(3_600_000);
    assert.equal(links.length, 3);
    live.restart();
    await clock.advance(0);
    link().welcome();
    assert.equal(live.state.status, 'live');
  });

  it('tells the provider which token was turned away, until another one is had', async () => {
    const { clock, tokens, reasons, link, live } = createFixture();
    tokens.push('old', 'new', 'newer');
    live.follow('users', silent);
    await clock.advance(0);
    for (const code of [1006, 4101, 1006, 4101]) {
      link().open();
      link().close(code);
      await clock.advance(2000);
    }
    assert.deepEqual(reasons, [{}, {}, { refused: 'new' }, {}, { refused: 'newer' }]);
  });

  it('asks for a turned away token’s successor again while the provider fails', async () => {
    const asked: unknown[] = [];
    const { clock, live, link } = createFixture({
      getToken: (reason) => {
        asked.push(reason.refused);
        if (asked.length === 2) throw new Error('identity provider is down');
        return asked.length > 2 ? 'new' : 'old';
      },
    });
    live.follow('users', silent);
    await clock.advance(0);
    link().open();
    link().close(4101);
    await clock.advance(250);
    await clock.advance(500);
    link().welcome();
    assert.deepEqual(asked, [undefined, 'old', 'old']);
    assert.deepEqual([link().said('HELLO')[0]!.token, live.state.status], ['new', 'live']);
  });

  it('comes back by a retry after a refusal once there is another token', async () => {
    const { clock, tokens, reasons, link, live } = createFixture();
    tokens.push('expired');
    live.follow('users', silent);
    for (let attempt = 0; attempt < 2; attempt++) {
      await clock.advance(1000);
      link().open();
      link().close(4101);
    }
    assert.equal(live.state.status, 'refused');
    tokens[0] = 'signed in';
    live.retry();
    await clock.advance(0);
    link().welcome();
    assert.deepEqual([live.state.status, reasons], ['live', [{}, { refused: 'expired' }, {}]]);
  });

  it('backs off when the token provider or the transport throws', async () => {
    let failures = 0;
    const { clock, live } = createFixture({
      getToken: () => (++failures < 3 ? Promise.reject(new Error('no token')) : null),
      transports: [
        {
          name: 'websocket',
          open() {
            throw new Error('no such transport');
          },
        },
      ],
    });
    live.follow('users', silent);
    await clock.advance(700);
    assert.equal(failures, 2);
    await clock.advance(500);
    assert.deepEqual([failures, live.state.status], [3, 'reconnecting']);
  });

  it('gives a link up that is never welcomed, or silent for two pings and a half', async () => {
    const { clock, live, link, links } = createFixture();
    live.follow('users', silent);
    await clock.advance(0);
    link().open();
    await clock.advance(15_250);
    assert.equal(links.length, 2);
    assert.equal(links[0]!.closed, true);
    link().welcome();
    await clock.advance(62_499);
    assert.equal(live.state.status, 'live');
    await clock.advance(1);
    assert.deepEqual([live.state.status, link().closed], ['reconnecting', true]);
  });

  it('brings a new token to the open link before the old one ends', async () => {
    const { clock, tokens, reasons, link, links, begin } = createFixture();
    tokens.push('first', 'first', 'second');
    await begin();
    link().say({ type: 'EXPIRING', inMs: 60_000 });
    await clock.advance(29_000);
    assert.deepEqual(link().said('AUTH'), []);
    await clock.advance(1000);
    assert.deepEqual(link().said('AUTH'), [{ type: 'AUTH', token: 'second' }]);
    await clock.advance(10_000);
    assert.equal(links.length, 1);
    link().say({ type: 'EXPIRING', inMs: 500 });
    const [first, second] = [{ refused: 'first' }, { refused: 'second' }];
    assert.deepEqual(reasons, [{}, first, first, second]);
  });

  it('ends a channel that is refused or revoked, and only that one', async () => {
    const { live, link, begin } = createFixture();
    await begin();
    const ended: string[] = [];
    for (const name of ['stats', 'projects']) {
      live.follow(name, { ...silent, onEnd: (code) => ended.push(`${name} ${code}`) });
    }
    link().say({ type: 'ERROR', id: 2, code: 'forbidden' });
    link().say({ type: 'UNSUBSCRIBED', channel: 'projects', code: 'forbidden' });
    link().say({ type: 'UNSUBSCRIBED', channel: 'users', code: 'expired' });
    link().say({ type: 'PING', heads: {} });
    assert.deepEqual(ended, ['stats forbidden', 'projects forbidden']);
    assert.deepEqual(link().said('PONG'), [{ type: 'PONG', at: { users: 5 } }]);
  });

  it('tries a subscription again that was refused for a time', async () => {
    const { clock, link, begin } = createFixture();
    await begin();
    link().say({ type: 'ERROR', id: 1, code: 'limit', retryMs: 2000 });
    await clock.advance(1999);
    assert.equal(link().said('SUBSCRIBE').length, 1);
    await clock.advance(1);
    assert.equal(link().said('SUBSCRIBE').length, 2);
  });

  it('subscribes again where a ping shows a later head, or does not know the channel', async () => {
    const { link, begin } = createFixture();
    await begin();
    const attached = (id: number) =>
      link().say({
        type: 'SUBSCRIBED',
        id,
        channel: 'users',
        epoch: 'a',
        head: 5,
        recovered: true,
      });
    attached(1);
    link().say({ type: 'PING', heads: { users: ['a', 5] } });
    assert.equal(link().said('SUBSCRIBE').length, 1);
    link().say({ type: 'PING', heads: { users: ['a', 6] } });
    assert.equal(link().said('SUBSCRIBE').length, 2);
    attached(2);
    link().say({ type: 'PING', heads: {} });
    assert.equal(link().said('SUBSCRIBE').length, 3);
  });

  it('ignores what is not of the protocol', async () => {
    const { live, link, begin } = createFixture();
    await begin();
    link().say(undefined);
    link().say({ type: 'EVENTS', channel: 'unheard:of', epoch: 'a', from: 0, to: 1, items: [] });
    link().say({ type: 'ERROR', code: 'internal' });
    link().say({ type: 'DRAIN', inMs: 5 });
    assert.equal(live.state.status, 'live');
  });

  it('starts over as somebody else: every reader reads anew, late answers count for nothing', async () => {
    const { clock, live, link, links } = createFixture();
    const answers: ((at: { epoch: string; offset: number }) => void)[] = [];
    live.follow(
      'notifications',
      { ...silent, onReset: () => new Promise((resolve) => answers.push(resolve)) },
      since,
    );
    await clock.advance(0);
    link().welcome();
    live.restart();
    await clock.advance(0);
    links[0]!.say({ type: 'PING', heads: {} });
    link().welcome();
    assert.deepEqual([links[0]!.closed, links[0]!.said('PONG'), answers.length], [true, [], 1]);
    assert.deepEqual(link().said('SUBSCRIBE'), []);
    answers[0]!({ epoch: 'a', offset: 2 });
    await clock.advance(0);
    assert.equal(link().said('SUBSCRIBE')[0]!.since, 2);
  });

  it('does not serve somebody else over a link that only waits to be closed', async () => {
    const { clock, live, links, begin } = createFixture();
    const leave = await begin();
    leave();
    live.restart();
    assert.deepEqual([live.state.status, links[0]!.closed], ['idle', true]);
    live.follow('users', silent, since);
    await clock.advance(0);
    assert.equal(links.length, 2);
  });

  it('tells every state it goes through until it is closed, and leaves nothing running', async () => {
    const { clock, live, link, page, begin } = createFixture();
    const seen: string[] = [];
    live.onState(({ status }) => seen.push(status));
    await begin();
    link().close(1006);
    await clock.advance(250);
    live.close();
    assert.deepEqual(seen, ['connecting', 'live', 'reconnecting', 'connecting', 'idle']);
    live.follow('users', silent);
    await clock.advance(0);
    assert.deepEqual([page.listeners, clock.pending, live.state.status], [0, 0, 'idle']);
  });
});
