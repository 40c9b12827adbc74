// Readers of any of the servers: bare sockets that count, so that they cost as little as can be.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export type Kind = 'inlay' | 'tcp' | 'socket-io';

interface Question {
  do: 'open' | 'count' | 'pause' | 'reset';
  kind: Kind;
  port: number;
  token: string;
  sockets: number;
}

/** `events` of the first reader, and whether all others got as many bytes. */
export interface Count {
  events: number;
  even: boolean;
}

interface Reader {
  socket: Socket;
  bytes: number;
}

const readers: Reader[] = [];
let seen: string[] = [];
const marks: Record<Kind, RegExp> = {
  inlay: /"offset":/g,
  tcp: /\n/g,
  'socket-io': /42\["event"/g,
};

/** A text as a client's frame; the mask is zero. */
function frame(text: string): Buffer {
  const payload = Buffer.from(text);
  const { length } = payload;
  const head = length < 126 ? [0x81, 0x80 | length] : [0x81, 0xfe, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([...head, 0, 0, 0, 0]), payload]);
}

const greetings: Record<Kind, (token: string) => { path: string; lines: string[]; say: string[] }> =
  {
    tcp: () => ({ path: '', lines: [], say: [] }),
    inlay: (token) => ({
      path: '/api/live',
      lines: ['Sec-WebSocket-Protocol: inlay.v1'],
      say: [
        JSON.stringify({ type: 'HELLO', v: 'inlay.v1', token, client: 'bench' }),
        JSON.stringify({ type: 'SUBSCRIBE', id: 1, channel: 'users' }),
      ],
    }),
    'socket-io': () => ({ path: '/socket.io/?EIO=4&transport=websocket', lines: [], say: ['40'] }),
  };
const settled: Record<Kind, string> = { tcp: '', inlay: 'SUBSCRIBED', 'socket-io': '40{"sid"' };

async function open({ kind, port, token }: Question): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  const reader: Reader = { socket, bytes: 0 };
  const { path, lines, say } = greetings[kind](token);
  if (path) {
    const head = [
      `GET ${path} HTTP/1.1`,
      'Host: localhost',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
      ...lines,
    ];
    let heard = '';
    socket.write([...head, '', ''].join('\r\n'));
    const hear = (data: Buffer) => (heard += data.toString('latin1'));
    socket.on('data', hear);
    while (!heard.includes('\r\n\r\n')) await once(socket, 'data');
    for (const text of say) socket.write(frame(text));
    while (!heard.includes(settled[kind])) await once(socket, 'data');
    socket.off('data', hear);
  }
  const first = readers.length === 0;
  readers.push(reader);
  socket.on('data', (data: Buffer) => {
    reader.bytes += data.length;
    if (first) seen.push(data.toString('latin1'));
  });
  socket.on('error', () => socket.destroy());
}

async function answer(question: Question): Promise<unknown> {
  if (question.do === 'open') {
    for (let left = question.sockets; left > 0; left -= 50) {
      await Promise.all(Array.from({ length: Math.min(50, left) }, () => open(question)));
    }
  } else if (question.do === 'pause') {
    for (const { socket } of readers) socket.pause();
  } else if (question.do === 'reset') {
    seen = [];
    for (const reader of readers) reader.bytes = 0;
  } else {
    const bytes = readers.map((reader) => reader.bytes);
    const events = seen.join('').match(marks[question.kind])?.length ?? 0;
    const even = bytes.every((each) => each === bytes[0]);
    return { events, even };
  }
  return {};
}

process.on('message', (question: Question) => {
  void answer(question).then((reply) => process.send!(reply));
});
process.on('disconnect', () => process.exit());
process.send!({});
