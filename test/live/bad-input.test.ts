// Whatever somebody sends, each over a real port: how it ends, that it is counted under its kind
// and logged in one line, and that everybody else goes on.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ClientOptions } from 'ws';
import { createReferenceServer, type ReferenceServer } from '../../mock-server/index.js';
import type { Incident } from '../../mock-server/live/incidents.js';
import { until } from './until.js';
import { openSocket, upgrade, upgradeByHand } from './wire.js';

const good = 'https://good.example';
const { key, version, protocol: spoken } = upgrade;

let server: ReferenceServer;
let port: number;
/** The server's clock: it stands still within a test, and between two the log has room again. */
let time = Date.UTC(2026, 0, 15, 12);
const tokens = { admin: '', user: '' };
const logged: { message: string; kind?: string }[] = [];

before(async () => {
  const note = (fields: object, message: string) => logged.push({ ...fields, message });
  server = createReferenceServer({
    now: () => time,
    allowedOrigins: [good],
    logger: { info: note, error: note },
    live: {
      maxBadMessages: 3,
      rate: { burst: 50, perSecond: 10 },
      helloMs: 400,
      maxSubscriptions: 2,
    },
  });
  ({ port } = await server.start(0));
  tokens.admin = (await server.signIn('admin@inlay.test')).accessToken;
  tokens.user = (await server.signIn('user@inlay.test')).accessToken;
});

after(() => server.stop({ graceMs: 0 }));

const open = (token?: string, options?: ClientOptions) => openSocket(port, token, options);
const raw = (lines: readonly string[]) => upgradeByHand(port, lines);

/** The raw bytes of a masked frame; the mask is zero. */
function frame(opcode: number, payload: Buffer, { rsv = 0, masked = true } = {}): Buffer {
  const mask = masked ? Buffer.alloc(4) : Buffer.alloc(0);
  const head = Buffer.from([0x80 | rsv | opcode, (masked ? 0x80 : 0) | payload.length]);
  return Buffer.concat([head, mask, payload]);
}

/** After an upgrade by hand: what the server closes the socket with, once `bytes` have come. */
async function closeCodeAfter(bytes: Buffer): Promise<number> {
  const { socket } = await raw([key, version, spoken]);
  const received: Buffer[] = [];
  socket.removeAllListeners('data');
  socket.on('data', (data) => received.push(data));
  socket.write(bytes);
  const closing = () =>
    /\r\n\r\n.*\x88[\x02-\x7d](..)/s.exec(Buffer.concat(received).toString('latin1'));
  await until(() => closing() !== null);
  socket.destroy();
  return Buffer.from(closing()![1]!, 'latin1').readUInt16BE(0);
}

const sub = (channel: unknown, more: object = {}) => ({
  type: 'SUBSCRIBE',
  id: 1,
  channel,
  ...more,
});

/** What is sent, how it must end and what it counts as. */
const cases: [what: string, kind: Incident, run: () => Promise<void>][] = [
  ...(
    [
      ['text that is no JSON', '{'],
      ['JSON that is no frame', '[1, 2]'],
      ['null', 'null'],
      ['a frame that nobody knows', { type: 'LAUNCH' }],
      ['the name of a thing that every object has', '{"type":"__proto__"}'],
      ['a frame of the server', { type: 'PING', heads: {} }],
      ['a second HELLO', { type: 'HELLO', v: 'inlay.v1', token: 'x', client: 'x' }],
      ['a channel that is no text', sub({ toString: 'users' })],
      ['a channel with a line break', sub('users\n')],
      ['a position below nothing', sub('users', { since: -1 })],
      ['a position that is no number', sub('users', { since: '1' })],
      ['a PONG of words', { type: 'PONG', at: { users: 'many' } }],
      ['AUTH without a token', { type: 'AUTH' }],
      ['nothing', ''],
    ] as [string, object | string][]
  ).map(
    ([what, message]) =>
      [
        what,
        'bad_request',
        async () => {
          const { say, errors, frames, socket } = await open(tokens.admin);
          say(message);
          await until(() => errors().length === 1);
          assert.deepEqual(errors(), ['bad_request']);
          say(sub('users'));
          await until(() => frames.at(-1)!.type === 'SUBSCRIBED');
          socket.terminate();
        },
      ] as (typeof cases)[number],
  ),
  [
    'bytes instead of text',
    'bad_request',
    async () => {
      const { socket, errors } = await open(tokens.admin);
      socket.send(Buffer.from([0xff, 0x00]));
      await until(() => errors().length === 1);
      socket.terminate();
    },
  ],
  [
    'a message longer than WELCOME allows',
    'too_large',
    async () => {
      const { socket, say, errors } = await open(tokens.admin);
      say(JSON.stringify('x'.repeat(20_000)));
      await until(() => errors().length === 1);
      assert.deepEqual(errors(), ['too_large']);
      socket.terminate();
    },
  ],
  [
    'a message longer than any may be',
    'bad_frame',
    async () => {
      const { socket, closed } = await open(tokens.admin);
      socket.send('x'.repeat(1_000_000));
      await until(() => closed() === 1009);
    },
  ],
  [
    'anything before HELLO',
    'bad_request',
    async () => {
      const { say, closed } = await open();
      say(sub('users'));
      await until(() => closed() === 4002);
    },
  ],
  [
    'HELLO of another version',
    'bad_request',
    async () => {
      const { say, closed } = await open();
      say({ type: 'HELLO', v: 'inlay.v2', token: tokens.admin, client: 'x' });
      await until(() => closed() === 4002);
    },
  ],
  [
    'no HELLO',
    'silent',
    async () => {
      const { closed } = await open();
      await until(() => closed() === 4201);
    },
  ],
  ...(
    [
      ['no token', () => null],
      ['a made-up token', () => 'nonsense'],
      ['a token signed by somebody else', () => tokens.admin.replace(/[^.]+$/, 'A'.repeat(43))],
      ['a token that says another name', () => tamper(tokens.user)],
    ] as [string, () => string | null][]
  ).map(
    ([what, token]) =>
      [
        what,
        'unauthorized',
        async () => {
          const { say, errors, closed } = await open();
          say({ type: 'HELLO', v: 'inlay.v1', token: token(), client: 'x' });
          await until(() => closed() === 4101);
          assert.deepEqual(errors(), ['unauthorized']);
        },
      ] as (typeof cases)[number],
  ),
  [
    'AUTH with a token that does not hold',
    'unauthorized',
    async () => {
      const { socket, say, errors, closed } = await open(tokens.admin);
      say({ type: 'AUTH', token: 'nonsense' });
      await until(() => errors().length === 1);
      assert.deepEqual([errors(), closed()], [['unauthorized'], undefined]);
      socket.terminate();
    },
  ],
  [
    'AUTH with the token of somebody else',
    'unauthorized',
    async () => {
      const { say, closed } = await open(tokens.admin);
      say({ type: 'AUTH', token: tokens.user });
      await until(() => closed() === 4101);
    },
  ],
  ...(
    [
      ['what only moderators may see', 'users', 'forbidden'],
      ['the statistics', 'stats', 'forbidden'],
      ['a channel of the log', `notifications:${'0'.repeat(8)}`, 'unknown_channel'],
      ['a channel that is none', 'everything', 'unknown_channel'],
      ['a person whose id is none', 'user:me', 'unknown_channel'],
    ] as [string, string, 'forbidden' | 'unknown_channel'][]
  ).map(
    ([what, channel, code]) =>
      [
        `a subscription to ${what}`,
        code,
        async () => {
          const { socket, say, errors, frames } = await open(tokens.user);
          say(sub(channel));
          await until(() => errors().length === 1);
          assert.deepEqual(errors(), [code]);
          say(sub('projects'));
          await until(() => frames.at(-1)!.type === 'SUBSCRIBED');
          socket.terminate();
        },
      ] as (typeof cases)[number],
  ),
  [
    'more subscriptions than there may be',
    'limit',
    async () => {
      const { socket, say, errors } = await open(tokens.admin);
      for (const channel of ['users', 'projects', 'notifications']) say(sub(channel));
      await until(() => errors().length === 1);
      assert.deepEqual(errors(), ['limit']);
      socket.terminate();
    },
  ],
  [
    'a flood of messages',
    'rate',
    async () => {
      const { say, closed } = await open(tokens.admin);
      for (let count = 0; count < 500; count++) say({ type: 'PONG', at: {} });
      await until(() => closed() === 4110);
    },
  ],
  [
    'a flood before HELLO is answered',
    'rate',
    async () => {
      const { say, closed } = await open();
      say({ type: 'HELLO', v: 'inlay.v1', token: tokens.admin, client: 'x' });
      for (let count = 0; count < 500; count++) say(sub('users'));
      await until(() => closed() === 4110);
    },
  ],
  ...(['ping', 'pong'] as const).map(
    (kind) =>
      [
        `a flood of ${kind} frames`,
        'rate',
        async () => {
          const { socket, closed } = await open(tokens.admin);
          for (let count = 0; count < 500; count++) socket[kind]();
          await until(() => closed() === 4110);
        },
      ] as (typeof cases)[number],
  ),
  [
    'a frame without a mask',
    'bad_frame',
    async () =>
      assert.equal(await closeCodeAfter(frame(1, Buffer.from('{}'), { masked: false })), 1002),
  ],
  [
    'a frame with a bit that means nothing',
    'bad_frame',
    async () =>
      assert.equal(await closeCodeAfter(frame(1, Buffer.from('{}'), { rsv: 0x40 })), 1002),
  ],
  [
    'a frame of a kind that there is not',
    'bad_frame',
    async () => assert.equal(await closeCodeAfter(frame(7, Buffer.from('{}'))), 1002),
  ],
  [
    'text that is not UTF-8',
    'bad_frame',
    async () => assert.equal(await closeCodeAfter(frame(1, Buffer.from([0xc3, 0x28]))), 1007),
  ],
  ...(
    [
      [
        'from a strange origin',
        'bad_origin',
        403,
        [key, version, spoken, 'Origin: https://bad.example'],
      ],
      ['from a file', 'bad_origin', 403, [key, version, spoken, 'Origin: null']],
      ['without the subprotocol', 'bad_subprotocol', 400, [key, version]],
      [
        'with another subprotocol',
        'bad_subprotocol',
        400,
        [key, version, 'Sec-WebSocket-Protocol: graphql-ws, inlay.v12'],
      ],
      [
        'of another version of WebSocket',
        'bad_upgrade',
        400,
        [key, 'Sec-WebSocket-Version: 99', spoken],
      ],
      ['without a key', 'bad_upgrade', 400, [version, spoken]],
      ['with a key that is none', 'bad_upgrade', 400, ['Sec-WebSocket-Key: x', version, spoken]],
    ] as [string, Incident, number, string[]][]
  ).map(
    ([what, kind, status, lines]) =>
      [
        `an upgrade ${what}`,
        kind,
        async () => {
          const { socket, state } = await raw(lines);
          await until(() => state.ended);
          assert.match(state.answer, new RegExp(`^HTTP/1\\.1 ${status} `));
          socket.destroy();
        },
      ] as (typeof cases)[number],
  ),
];

/** The same signature below other claims. */
function tamper(token: string): string {
  const [head, , signature] = token.split('.');
  const claims = { use: 'access', sub: 'x', sid: 'x', exp: 4e9 };
  return [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
}

describe('the live stream takes', () => {
  for (const [what, kind, run] of cases) {
    it(`${what} as ${kind}`, async () => {
      time += 2000;
      const witness = await open(tokens.admin, { origin: good });
      witness.say(sub('projects'));
      const counts = { ...server.hub.counters.incidents };
      const before = logged.length;
      await run();
      const rest = { ...server.hub.counters.incidents };
      await until(() => server.hub.counters.incidents[kind] > counts[kind]);
      assert.deepEqual(
        { ...rest, [kind]: 0 },
        { ...counts, [kind]: 0 },
        'nothing else was counted',
      );
      assert.equal(server.hub.counters.incidents[kind], counts[kind] + 1);
      const lines = logged.slice(before).filter(({ message }) => message === 'live incident');
      assert.deepEqual(
        lines.map((line) => line.kind),
        [kind],
      );

      const seen = witness.frames.length;
      server.bus.publish([{ channel: 'projects', type: 'PROJECT_DELETED', id: 'p', payload: {} }]);
      await until(() => witness.frames.slice(seen).some(({ type }) => type === 'EVENTS'));
      assert.equal(witness.closed(), undefined);
      witness.socket.terminate();
    });
  }
});
