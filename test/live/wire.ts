// Connections that say what a test wishes, right or wrong.
import { once } from 'node:events';
import { connect } from 'node:net';
import { WebSocket, type ClientOptions } from 'ws';
import type { ServerFrame } from '../../src/contract/index.js';
import { until } from './until.js';

/** Header lines of an upgrade as it should be. */
export const upgrade = {
  key: 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
  version: 'Sec-WebSocket-Version: 13',
  protocol: 'Sec-WebSocket-Protocol: inlay.v1',
};

/** A WebSocket, welcomed already when it is given a token. */
export async function openSocket(port: number, token?: string, options: ClientOptions = {}) {
  const socket = new WebSocket(`ws://localhost:${port}/api/live`, 'inlay.v1', options);
  const frames: ServerFrame[] = [];
  const state = { closed: undefined as number | undefined };
  socket.on('message', (data: Buffer) => frames.push(JSON.parse(data.toString()) as ServerFrame));
  socket.on('close', (code) => (state.closed = code));
  socket.on('error', () => undefined);
  await once(socket, 'open');
  const say = (frame: object | string) =>
    socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  if (token !== undefined) {
    say({ type: 'HELLO', v: 'inlay.v1', token, client: 'test' });
    await until(() => frames.length > 0);
  }
  const errors = () => frames.flatMap((frame) => (frame.type === 'ERROR' ? [frame.code] : []));
  return { socket, frames, say, errors, closed: () => state.closed };
}

/** An upgrade by hand with these header lines, on a socket that does not hang up by itself. */
export async function upgradeByHand(port: number, lines: readonly string[], path = '/api/live') {
  const socket = connect({ port, allowHalfOpen: true });
  const state = { answer: '', ended: false, closed: false };
  socket.on('data', (data) => (state.answer += data.toString('latin1')));
  socket.on('error', () => undefined);
  socket.on('end', () => (state.ended = true));
  socket.on('close', () => (state.closed = true));
  await once(socket, 'connect');
  const head = [`GET ${path} HTTP/1.1`, 'Host: x', 'Connection: Upgrade', 'Upgrade: websocket'];
  socket.write([...head, ...lines, '', ''].join('\r\n'));
  return { socket, state };
}
