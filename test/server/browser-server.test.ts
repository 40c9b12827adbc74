import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setupServer } from 'msw/node';
import { createBrowserServer } from '../../mock-server/browser/index.js';
import { createApi, createClient } from '../../src/client/index.js';
import { subjectOf } from '../../src/contract/token.js';
import { fileOf, pictures, pngOfLength } from './pictures.js';
import { failsWith } from './world.js';

const origin = 'https://api.test';

describe('the server in the browser', () => {
  const server = createBrowserServer({ origin, users: 30 });
  const interceptor = setupServer(...server.handlers);
  before(() => interceptor.listen());
  after(() => interceptor.close());
  const send = async (method: string, path: string, init: RequestInit = {}) => {
    const response = await fetch(origin + path, { method, ...init });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text ? (JSON.parse(text) as Record<string, unknown>) : {},
    };
  };

  it('answers by the same rules', async () => {
    const { accessToken } = await server.signIn('user@inlay.test');
    const api = createApi(createClient({ baseUrl: `${origin}/api`, getToken: () => accessToken }));
    const { id } = await api.users.me();
    assert.equal((await api.users.update({ id, name: 'In the Page' })).name, 'In the Page');
    await assert.rejects(api.users.list(), failsWith('FORBIDDEN'));
    await assert.rejects(api.users.update({ id, role: 'admin' }), failsWith('FORBIDDEN'));
    assert.equal((await api.notifications.list({ limit: 3 })).data.length, 3);
    assert.equal(await api.auth.logout(), undefined);
    await assert.rejects(api.users.me(), failsWith('UNAUTHORIZED'));
  });

  it('is told by its tokens from the server of another page at the same address', async () => {
    const other = createBrowserServer({ origin, users: 30 });
    const [here, there] = await Promise.all([
      server.signIn('user@inlay.test'),
      other.signIn('user@inlay.test'),
    ]);
    assert.equal(here.user.id, there.user.id);
    assert.notEqual(subjectOf(here.accessToken), subjectOf(there.accessToken));
    const again = await server.signIn('user@inlay.test');
    assert.equal(subjectOf(here.accessToken), subjectOf(again.accessToken));
  });

  it('takes and serves pictures, acts on many, and exports', async () => {
    const { accessToken, user } = await server.signIn('admin@inlay.test');
    const api = createApi(createClient({ baseUrl: `${origin}/api`, getToken: () => accessToken }));
    const { id } = user;
    const { image } = await api.users.avatar({ id, file: fileOf(pictures.jpeg) });
    assert.ok(image!.startsWith(`${origin}/api/files/`));
    const served = await fetch(image!);
    assert.equal(served.headers.get('content-type'), 'image/jpeg');
    assert.equal(served.headers.get('content-security-policy'), "default-src 'none'; sandbox");
    assert.deepEqual(new Uint8Array(await served.arrayBuffer()), pictures.jpeg);
    await assert.rejects(
      api.users.avatar({ id, file: fileOf('<svg/>') }),
      failsWith('UNSUPPORTED_MEDIA_TYPE', { field: 'file' }),
    );
    await assert.rejects(
      api.users.avatar({ id, file: fileOf(pngOfLength(5_000_001)) }),
      failsWith('PAYLOAD_TOO_LARGE', { field: 'file' }),
    );
    assert.equal((await api.users.deleteAvatar({ id })).image, null);
    const { results } = await api.users.bulk({ action: 'delete', filter: { role: 'moderator' } });
    assert.ok(results.length > 0 && results.every(({ ok }) => ok));
    const response = await api.users.export({ search: 'admin@' });
    assert.equal(response.headers.get('x-inlay-total'), '1');
    assert.match(await response.text(), /^name,email,.*\r\nAda Admin,admin@inlay.test,.*\r\n$/);
  });

  it('refuses what is malformed as the other door does', async () => {
    const json = { 'content-type': 'application/json' };
    const login = '/api/auth/login';
    const cases: [number, string, string, RequestInit?][] = [
      [400, 'POST', login, { body: '{', headers: json }],
      [400, 'POST', login, {}],
      [413, 'POST', login, { body: JSON.stringify({ email: 'x'.repeat(110_000) }), headers: json }],
      [415, 'POST', login, { body: 'a=b', headers: { 'content-type': 'text/plain' } }],
      [401, 'GET', '/api/users/me'],
      [401, 'POST', `/api/users/${crypto.randomUUID()}/avatar`, { body: new FormData() }],
      [404, 'GET', '/api/nothing'],
      [405, 'DELETE', '/api/users'],
    ];
    for (const [status, method, path, init] of cases) {
      const answer = await send(method, path, init);
      assert.equal(answer.status, status, `${method} ${path}`);
      assert.equal(answer.headers.get('content-type'), 'application/problem+json');
      assert.equal(answer.body['requestId'], answer.headers.get('x-request-id'));
    }
  });

  it('fails, and is offline, on demand', async () => {
    server.faults.set({ errorRate: 1 });
    assert.equal((await send('GET', '/api/users/me')).status, 503);
    server.faults.set({ errorRate: 0, offline: true });
    await assert.rejects(send('GET', '/api/users/me'), TypeError);
    server.faults.set({ offline: false });
  });
});
