// How connections end that did nothing wrong, over a real port.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import type { ServerFrame } from '../../src/contract/index.js';
import { useWorld } from '../server/world.js';
import { until } from './until.js';
import { VirtualClock } from './virtual-clock.js';
import { openSocket } from './wire.js';

const timers = new VirtualClock();
const world = useWorld({ now: timers.now, timers });
const open = (token: string) => openSocket(Number(new URL(world.url).port), token);
const types = (frames: readonly ServerFrame[]) => frames.map(({ type }) => type);

async function follow(token: string, channel: string) {
  const reader = await open(token);
  reader.say({ type: 'SUBSCRIBE', id: 1, channel });
  await until(() => ['SUBSCRIBED', 'ERROR'].includes(reader.frames.at(-1)!.type));
  return reader;
}

/** Time passes for somebody who answers every ping. */
async function pass(seconds: number, { say, frames, closed }: Awaited<ReturnType<typeof open>>) {
  for (let passed = 0; passed < seconds; passed += 20) {
    const heard = frames.length;
    say({ type: 'PONG', at: {} });
    say({ type: 'SUBSCRIBE', id: 2, channel: 'nothing' });
    await until(() => closed() !== undefined || types(frames.slice(heard)).includes('ERROR'));
    await timers.advance(20_000);
  }
}

const tell = (channel: string) =>
  world.server.bus.publish([{ channel, type: 'PROJECT_DELETED', id: 'p', payload: {} }]);

describe('a token', () => {
  it('is renewed in place: nothing is subscribed anew, nothing is missed', async () => {
    const person = await world.person('moderator@inlay.test');
    const reader = await follow(person.token, 'projects');
    const { frames, say, closed, socket } = reader;
    await pass(14 * 60, reader);
    await until(() => types(frames).includes('EXPIRING'));
    const { token } = await world.person('moderator@inlay.test');
    say({ type: 'AUTH', token });
    await until(() => types(frames).includes('AUTHENTICATED'));
    // Past the end of the first one.
    await pass(120, reader);
    tell('projects');
    await until(() => types(frames).includes('EVENTS'));
    assert.equal(closed(), undefined);
    assert.equal(types(frames).filter((type) => type === 'SUBSCRIBED').length, 1);
    socket.terminate();
  });

  it('that is not renewed ends the subscriptions, then the connection, and says so', async () => {
    const { token } = await world.person('moderator@inlay.test');
    const reader = await follow(token, 'projects');
    await pass(15 * 60, reader);
    const { frames, closed } = reader;
    await until(() => closed() === 4101);
    const end = frames.filter(({ type }) => !['PING', 'ERROR'].includes(type)).slice(-2);
    assert.deepEqual(types(end), ['EXPIRING', 'UNSUBSCRIBED']);
    assert.deepEqual(end[1], { type: 'UNSUBSCRIBED', channel: 'projects', code: 'expired' });
  });
});

describe('rights that end', () => {
  it('end the connection at once; who comes back is refused what is not theirs any more', async () => {
    world.admin = await world.person('admin@inlay.test');
    const { id, email } = await world.someone();
    await world.admin.api.users.update({ id, role: 'moderator' });
    const demoted = await world.person(email);
    const { frames, closed } = await follow(demoted.token, 'users');
    await world.admin.api.users.update({ id, role: 'user' });
    await until(() => closed() === 4101);
    assert.equal(types(frames).includes('EVENTS'), false, 'not even of the change itself');
    const again = await follow(demoted.token, 'users');
    assert.deepEqual(again.errors(), ['forbidden']);
    again.socket.terminate();
  });

  it('end it for who signs out, is suspended or deleted, and for nobody else', async () => {
    const witness = await follow(world.admin.token, 'projects');
    const ends: [string, (id: string, logout: () => Promise<unknown>) => Promise<unknown>][] = [
      ['sign-out', (_id, logout) => logout()],
      ['suspension', (id) => world.admin.api.users.update({ id, status: 'suspended' })],
      ['deletion', (id) => world.admin.api.users.delete({ id })],
    ];
    for (const [what, end] of ends) {
      const { id, email } = await world.someone();
      const person = await world.person(email);
      const { closed, frames } = await follow(person.token, 'projects');
      await end(id, () => person.api.auth.logout());
      tell('projects');
      await until(() => closed() !== undefined);
      assert.deepEqual([closed(), types(frames).includes('EVENTS')], [4101, false], what);
    }
    await until(() => types(witness.frames).includes('EVENTS'));
    assert.equal(witness.closed(), undefined);
    witness.socket.terminate();
  });
});

describe('the end of the server', () => {
  it('asks everybody to come back, each at another moment, and goes when they have gone', async () => {
    const command = ['--import', 'tsx', 'mock-server/cli.ts', '--port=0', '--users=3'];
    const server = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'ignore'] });
    const [greeting] = (await once(server.stdout.setEncoding('utf8'), 'data')) as [string];
    const url = /http:\S+/.exec(greeting)![0];
    const signedIn = await fetch(`${url}/api/auth/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: 'admin@inlay.test', password: 'inlay' }),
    });
    const { accessToken } = (await signedIn.json()) as { accessToken: string };
    const readers = await Promise.all(
      Array.from({ length: 10 }, () => openSocket(Number(new URL(url).port), accessToken)),
    );
    const stream = await fetch(`${url}/api/live/sse?ch=users`, {
      headers: { Authorization: `Bearer ${accessToken}` },
    });
    const told = stream.text();

    const exit = once(server, 'exit');
    server.kill('SIGTERM');
    await until(() => readers.every(({ closed }) => closed() === 4200));
    const waits = readers.map(({ frames }) => {
      const last = frames.at(-1)!;
      return last.type === 'DRAIN' ? last.inMs : NaN;
    });
    assert.equal(new Set(waits).size, readers.length, 'no two at the same moment');
    assert.ok(waits.every((ms) => ms >= 0 && ms <= 500));
    assert.match(await told, /"type":"DRAIN"/);
    assert.deepEqual(await exit, [0, null]);
  });
});
