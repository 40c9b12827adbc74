import assert from 'node:assert/strict';
import { request } from 'node:http';
import { describe, it } from 'node:test';
import { Problem } from '../../src/contract/index.js';
import { publicHash } from '../../mock-server/domain/seed.js';
import { createReferenceServer } from '../../mock-server/index.js';
import { useWorld, World } from './world.js';

describe('malformed requests', () => {
  const world = useWorld();

  const cases: [
    what: string,
    method: string,
    path: string,
    options: { body?: string; headers?: Record<string, string> },
    status: number,
  ][] = [
    ['JSON that is none', 'POST', '/api/users', { body: '{"name":' }, 400],
    ['JSON that is no object', 'POST', '/api/users', { body: '[1]' }, 400],
    ['a JSON string', 'POST', '/api/users', { body: '"x"' }, 400],
    ['no body where one is due', 'POST', '/api/users', {}, 400],
    [
      'a form instead of JSON',
      'POST',
      '/api/users',
      { body: 'name=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
    ],
    [
      'another charset',
      'POST',
      '/api/users',
      { body: '{}', headers: { 'content-type': 'application/json; charset=iso-8859-1' } },
      415,
    ],
    [
      'an unknown encoding',
      'POST',
      '/api/users',
      { body: '{}', headers: { 'content-encoding': 'zip' } },
      415,
    ],
    [
      '101 kB',
      'POST',
      '/api/users',
      { body: JSON.stringify({ name: 'x'.repeat(101 * 1024) }) },
      413,
    ],
    ['an unknown path', 'GET', '/api/nothing', {}, 404],
    ['an unknown path outside the API', 'GET', '/nothing', {}, 404],
    ['another method', 'DELETE', '/api/users', {}, 405],
    ['an address that cannot be decoded', 'GET', '/api/users/%ff', {}, 400],
    [
      'a key with spaces',
      'POST',
      '/api/users',
      { body: '{}', headers: { 'idempotency-key': 'a b' } },
      400,
    ],
    ['a query value given twice', 'GET', '/api/users?search=a&search=b', {}, 400],
  ];
  for (const [what, method, path, options, status] of cases) {
    it(`answers ${status} with a problem document to ${what}`, async () => {
      const answer = await world.send(method, path, { as: world.admin, ...options });
      assert.equal(answer.status, status);
      assert.match(answer.headers.get('content-type')!, /^application\/problem\+json/);
      const problem = Problem.parse(answer.body);
      assert.equal(problem.status, status);
      assert.equal(problem.requestId, answer.headers.get('x-request-id'));
      assert.deepEqual(world.logged, []);
    });
  }

  it('says which methods there are', async () => {
    const { headers } = await world.send('DELETE', '/api/users', { as: world.admin });
    assert.equal(headers.get('allow'), 'GET, POST');
  });

  it('asks for the sign-in before it reads the body', async () => {
    const body = '{"name":';
    assert.equal((await world.send('POST', '/api/users', { body })).status, 401);
    assert.equal((await world.send('POST', '/api/users', { body, as: world.user })).status, 403);
  });

  it('is not impressed by keys that mean something to JavaScript', async () => {
    const body =
      '{"name":"Proto","email":"proto@new.test","__proto__":{"role":"admin"},"constructor":1}';
    const { status, body: user } = await world.send('POST', '/api/users', {
      as: world.admin,
      body,
    });
    assert.deepEqual([status, user['role']], [201, 'user']);
    assert.equal(({} as { role?: string }).role, undefined);
  });

  it('repeats a proper request id and replaces another', async () => {
    const kept = await world.send('GET', '/healthz', { headers: { 'x-request-id': 'abc-1' } });
    assert.equal(kept.headers.get('x-request-id'), 'abc-1');
    const replaced = await world.send('GET', '/healthz', {
      headers: { 'x-request-id': 'a b<script>' },
    });
    assert.match(replaced.headers.get('x-request-id')!, /^[\w-]{36}$/);
  });

  it('answers HEAD without a body, and a redirect for the documents at the root', async () => {
    const head = await fetch(`${world.url}/healthz`, { method: 'HEAD' });
    assert.deepEqual([head.status, await head.text()], [200, '']);
    const { status, headers } = await world.send('GET', '/healthz');
    assert.equal(status, 200);
    assert.equal(headers.get('content-length'), head.headers.get('content-length'));
    for (const path of ['users/export.csv', 'notifications/stream']) {
      const headers = { authorization: `Bearer ${world.admin.token}` };
      const answer = await fetch(`${world.url}/api/${path}`, { method: 'HEAD', headers });
      assert.deepEqual([path, answer.status], [path, 200]);
    }
    assert.equal(world.server.hub.counters.connections, 0, 'nobody is left connected');
    const moved = await fetch(`${world.url}/openapi.json`, { redirect: 'manual' });
    assert.deepEqual([moved.status, moved.headers.get('location')], [308, '/api/openapi.json']);
  });

  it('sends security headers, and not what it is made with', async () => {
    const { headers } = await world.send('GET', '/api/users/me');
    assert.equal(headers.get('x-powered-by'), null);
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.match(headers.get('content-security-policy')!, /default-src 'self'/);
  });
});

describe('other origins', () => {
  it('lets any origin call in development, without cookies, and read the headers it needs', async () => {
    const world = new World();
    await world.open();
    const { headers } = await world.send('GET', '/api/users/me', {
      headers: { origin: 'https://site.test' },
    });
    assert.equal(headers.get('access-control-allow-origin'), '*');
    assert.equal(headers.get('access-control-allow-credentials'), null);
    assert.equal(
      headers.get('access-control-expose-headers'),
      'X-Inlay-Cursor, X-Inlay-Total, Retry-After, X-Request-Id, ETag, Content-Disposition',
    );
    const preflight = await fetch(`${world.url}/api/users/x`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://site.test',
        'access-control-request-method': 'PATCH',
        'access-control-request-headers': 'authorization,if-match',
      },
    });
    assert.equal(preflight.status, 204);
    assert.match(preflight.headers.get('access-control-allow-methods')!, /PATCH/);
    assert.equal(preflight.headers.get('access-control-allow-headers'), 'authorization,if-match');
    await world.server.stop();
  });

  it('lets in only the origins listed', async () => {
    const world = new World();
    await world.open({ allowedOrigins: ['https://site.test'] });
    const from = async (origin: string) =>
      (await world.send('GET', '/healthz', { headers: { origin } })).headers.get(
        'access-control-allow-origin',
      );
    assert.equal(await from('https://site.test'), 'https://site.test');
    assert.equal(await from('https://evil.test'), null);
    await world.server.stop();
  });
});

describe('in production', () => {
  it('limits requests by address and says when to come back', async () => {
    const world = new World();
    await world.open({ production: true, rateLimit: 3 });
    const answers = [];
    for (let count = 0; count < 4; count += 1)
      answers.push(await world.send('GET', '/api/users/me', { as: world.user }));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200, 429],
    );
    const retryAfter = Number(answers[3]!.headers.get('retry-after'));
    assert.ok(retryAfter >= 1 && retryAfter <= 60);
    assert.equal(Problem.parse(answers[3]!.body).code, 'TOO_MANY_REQUESTS');
    assert.equal((await world.send('GET', '/healthz')).status, 200, 'health is never limited');
    await world.server.stop();
  });

  it('limits failures to sign in by e-mail, for a minute', async () => {
    const world = new World();
    await world.open({ production: true, personaHash: publicHash });
    const login = (email: string, password: string) =>
      world.send('POST', '/api/auth/login', { body: JSON.stringify({ email, password }) });
    const guess = async (email: string) => (await login(email, 'x')).status;
    const ten = Array<string>(10).fill('user@inlay.test');
    const failed = Array<number>(10).fill(401);
    assert.deepEqual(await Promise.all(ten.slice(1).map(guess)), failed.slice(1));
    assert.equal((await login('user@inlay.test', 'inlay')).status, 200, 'success begins anew');
    assert.deepEqual(await Promise.all(ten.map(guess)), failed);
    const refused = await login('USER@inlay.test', 'inlay');
    assert.deepEqual([refused.status, refused.headers.get('retry-after')], [429, '60']);
    assert.equal((await login('admin@inlay.test', 'inlay')).status, 200);
    world.time += 60_000;
    assert.equal((await login('user@inlay.test', 'inlay')).status, 200);
    await world.server.stop();
  });

  it('believes no address that a client writes itself', async () => {
    const world = new World();
    await world.open({ rateLimit: 1 });
    const from = (address: string) =>
      world.send('GET', '/api/users/me', { headers: { 'x-forwarded-for': address } });
    assert.deepEqual([(await from('1.1.1.1')).status, (await from('2.2.2.2')).status], [401, 429]);
    await world.server.stop();
  });

  it('closes the control endpoints, or opens them to the secret alone', async () => {
    const closed = new World();
    await closed.open({ production: true });
    assert.equal((await closed.send('GET', '/api/__control/faults')).status, 404);
    await closed.server.stop();
    const open = new World();
    await open.open({ production: true, controlSecret: 'of-the-house' });
    const ask = async (headers: Record<string, string>) =>
      (await open.send('GET', '/api/__control/faults', { headers })).status;
    assert.deepEqual(
      [
        await ask({}),
        await ask({ 'x-inlay-control': 'x' }),
        await ask({ 'x-inlay-control': 'of-the-house' }),
      ],
      [403, 403, 200],
    );
    await open.server.stop();
  });

  it('opens the control endpoints to nobody with an empty secret, in development neither', async () => {
    for (const production of [true, false]) {
      const world = new World();
      await world.open({ production, controlSecret: '' });
      for (const headers of [{}, { 'x-inlay-control': '' }]) {
        const { status } = await world.send('GET', '/api/__control/faults', { headers });
        assert.equal(status, 404);
      }
      await world.server.stop();
    }
  });
});

describe('what nobody foresaw', () => {
  it('is logged with its request id and answered without detail', async () => {
    const world = new World();
    await world.open();
    world.server.store.list = () => Promise.reject(new Error('disk on fire at /secret/path'));
    const { status, body } = await world.send('GET', '/api/users', { as: world.admin });
    assert.equal(status, 500);
    assert.doesNotMatch(JSON.stringify(body), /fire|secret/);
    const [entry] = world.logged as { requestId: string; endpoint: string; err: Error }[];
    assert.deepEqual(
      [entry?.requestId, entry?.endpoint, entry?.err.message],
      [body['requestId'], 'users.list', 'disk on fire at /secret/path'],
    );
    await world.server.stop();
  });

  it('includes an answer that does not fit the contract', async () => {
    const world = new World();
    await world.open();
    const { list } = world.server.store;
    world.server.store.list = (async (...query: Parameters<typeof list>) => ({
      ...(await list(...query)),
      total: 'many',
    })) as unknown as typeof list;
    assert.equal((await world.send('GET', '/api/users', { as: world.admin })).status, 500);
    assert.match(
      String((world.logged[0] as { err: Error }).err),
      /users\.list does not fit the contract/,
    );
    await world.server.stop();
  });
});

describe('stopping', () => {
  it('answers what was asked, ends streams, lets go of the port, and starts again with what is stored', async () => {
    const world = new World();
    await world.open();
    const { id } = world.user.user;
    await world.user.api.users.update({ id, name: 'Still Here' });
    const stream = await fetch(`${world.url}/api/notifications/stream`, {
      headers: { authorization: `Bearer ${world.user.token}` },
    });
    assert.match(stream.headers.get('content-type')!, /^text\/event-stream/);
    assert.match(stream.headers.get('cache-control')!, /no-transform/);
    const running = world.user.api.users.me();
    const reading = stream.text();
    assert.equal((await running).name, 'Still Here');
    await world.server.stop();
    await reading;
    await assert.rejects(fetch(`${world.url}/healthz`));
    const port = Number(new URL(world.url).port);
    await world.server.start(port);
    assert.equal((await world.user.api.users.me()).name, 'Still Here');
    await world.server.stop();
    await world.server.stop();
  });

  it('rejects on a taken port', async () => {
    const world = new World();
    await world.open();
    const taken = Number(new URL(world.url).port);
    await assert.rejects(createReferenceServer().start(taken), { code: 'EADDRINUSE' });
    await world.server.stop();
  });

  it('cuts a request that never ends', async () => {
    const world = new World();
    await world.open();
    const hanging = request(`${world.url}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': '100' },
    });
    const cut = new Promise((resolve) => hanging.once('error', resolve));
    await new Promise<void>((resolve) => hanging.write('{', () => resolve()));
    await world.server.stop({ graceMs: 10 });
    await cut;
  });
});
