// Between the check of a token and the opening of what it is for, the token may be revoked.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createCore } from '../../mock-server/core/core.js';
import { createHub, type Hub } from '../../mock-server/live/hub.js';
import { createMemoryBus } from '../../mock-server/live/memory-bus.js';
import type { Identity } from '../../mock-server/live/session.js';
import { settled, VirtualClock } from './virtual-clock.js';

const admin: Identity = { viewer: { id: 'a', role: 'admin' }, sessionId: 's', expiresAt: null };

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await Promise.resolve();
}

/** A hub that checks tokens when it is told to. */
function createFixture(answer: () => Identity | null = () => admin) {
  const checks: (() => void)[] = [];
  const clock = new VirtualClock();
  const hub = createHub({
    bus: createMemoryBus({ now: clock.now }),
    clock,
    authenticate: () => new Promise((resolve) => checks.push(() => resolve(answer()))),
  });
  const connect = () => {
    const wire = { closed: undefined as number | undefined, said: [] as string[] };
    const session = hub.connect({
      send: ({ type }) => wire.said.push(type),
      close: (code) => (wire.closed = code),
      buffered: 0,
    });
    const say = (frame: object) => session.receive(JSON.stringify(frame));
    say({ type: 'HELLO', v: 'inlay.v1', token: 't', client: 'x' });
    return wire;
  };
  const check = () => checks.splice(0).forEach((resolve) => resolve());
  return { hub, connect, check, checks };
}

describe('a connection whose token was just checked', () => {
  it('does not open when it was revoked a moment later', async () => {
    for (let lag = 0; lag < 12; lag++) {
      let holds = true;
      const { hub, connect, check } = createFixture(() => (holds ? admin : null));
      const wire = connect();
      check();
      await turns(lag);
      holds = false;
      hub.revoke({ sessionId: 's' });
      await settled();
      check();
      await settled();
      assert.equal(wire.closed, 4101, `revoked ${lag} turns later`);
    }
  });

  it('opens whoever else signs out meanwhile', async () => {
    const { hub, connect, check, checks } = createFixture();
    const wire = connect();
    hub.revoke({ sessionId: 'of somebody else' });
    hub.revoke({ userId: 'somebody else' });
    check();
    await settled();
    assert.deepEqual([wire.said, checks.length], [['WELCOME'], 0]);
  });

  it('asks no more once it has ended', async () => {
    const { hub, connect, check, checks } = createFixture();
    connect();
    hub.revoke({});
    check();
    await settled();
    assert.equal(checks.length, 0);
  });
});

describe('an event stream', () => {
  /** Signs out, and asks for a stream so many turns of the event loop's inner queue later. */
  async function leftAfter(lag: number): Promise<{ hub: Hub; opened: number }> {
    const core = createCore({ users: 3 });
    const { accessToken } = await core.signIn('admin@inlay.test');
    const ask = (name: string, query = '') =>
      core.dispatch(
        core.routes.find((route) => route.name === name)!,
        {
          id: 'x',
          askedAt: '',
          params: {},
          query: new URLSearchParams(query),
          header: (header) => (header === 'authorization' ? `Bearer ${accessToken}` : undefined),
          readBody: () => Promise.resolve(undefined),
        },
      );
    await ask('users.me');
    const out = ask('auth.logout');
    await turns(lag);
    const stream = ask('live.sse', 'ch=users');
    assert.equal((await out)?.status, 204);
    return { hub: core.hub, opened: (await stream)?.status === 200 ? 1 : 0 };
  }

  it('has ended when its session was revoked, however close the two came', async () => {
    let opened = 0;
    for (let lag = 0; lag < 30; lag++) {
      const after = await leftAfter(lag);
      assert.equal(after.hub.counters.connections, 0, `asked for ${lag} turns later`);
      opened += after.opened;
    }
    assert.ok(opened > 0, 'some came before');
  });
});
