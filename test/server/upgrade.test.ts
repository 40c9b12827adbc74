import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingMessage, type RequestOptions } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { useWorld } from './world.js';

// RFC 9110, 7.8: a server ignores the protocols that it does not speak.
describe('a request that asks for another protocol', () => {
  const world = useWorld();
  const offer = { Connection: 'Upgrade, HTTP2-Settings', 'HTTP2-Settings': 'AAMAAABk' };

  async function ask(path: string, options: RequestOptions = {}, body: string[] = []) {
    const headers = { ...offer, Upgrade: 'h2c', ...options.headers };
    const asked = request(`${world.url}${path}`, { ...options, headers });
    body.forEach((part) => asked.write(part));
    asked.end();
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    return { status: answer.statusCode, body: await text(answer) };
  }

  it('is answered as any other', async () => {
    for (const Upgrade of ['h2c', 'HTTP/3.0', 'h2c, TLS/1.0', '']) {
      const { status, body } = await ask('/healthz', { headers: { Upgrade } });
      assert.deepEqual([status, body], [200, '{"status":"ok"}'], Upgrade);
    }
    assert.equal((await ask('/api/nothing')).status, 404);
    assert.equal((await ask('/api/users')).status, 401);
    const headers = { authorization: `Bearer ${world.admin.token}` };
    assert.match((await ask('/api/users/me', { headers })).body, /admin@inlay\.test/);
  });

  it('keeps its body, however that is sent', async () => {
    const body = JSON.stringify({ email: 'admin@inlay.test', password: 'inlay' });
    const whole = { 'content-type': 'application/json', 'content-length': body.length };
    const inParts = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
    for (const headers of [whole, inParts]) {
      const parts = [body.slice(0, 5), body.slice(5)];
      const answer = await ask('/api/auth/login', { method: 'POST', headers }, parts);
      assert.equal(answer.status, 200);
    }
  });

  it('is the last one of its connection, whatever comes at its heels', async () => {
    for (const count of [1, 3, 2000]) {
      const socket = connect(Number(new URL(world.url).port));
      let heard = '';
      socket.setEncoding('utf8').on('data', (data: string) => (heard += data));
      socket.on('error', () => undefined);
      const lines = ['GET /healthz HTTP/1.1', 'Host: x', 'Connection: Upgrade', 'Upgrade: h2c'];
      socket.write([...lines, '', ''].join('\r\n').repeat(count));
      await once(socket, 'close');
      if (count === 1) assert.match(heard, /^HTTP\/1\.1 200 [^]*Connection: close/);
    }
    assert.equal((await ask('/healthz')).status, 200);
  });
});
