import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  AbortedError,
  ApiError,
  ConflictError,
  ContractError,
  createApi,
  createClient,
  ForbiddenError,
  NetworkError,
  NotFoundError,
  RateLimitError,
  ServerError,
  TimeoutError,
  UnauthorizedError,
  ValidationError,
  type ClientOptions,
} from '../../src/client/index.js';

const id = '6f6a3c1e-58a6-4a53-9a55-0d1f3c0c9f11';
const user = {
  id,
  version: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  name: 'Ada',
  image: null,
  email: 'ada@example.com',
  role: 'user',
  status: 'active',
  teamId: null,
  lastActiveAt: null,
};
const page = {
  data: [user],
  meta: { limit: 20, total: 1, nextCursor: null, hasMore: false, page: 1, totalPages: 1 },
};

type Sent = { url: string; init: RequestInit & { headers: Headers } };
type Answer = Response | Error | ((sent: Sent) => Response | Promise<Response>);

/** A client whose server gives these answers one after the other, the last for ever. */
function clientWith(answers: Answer[], options: Partial<ClientOptions> = {}) {
  const sent: Sent[] = [];
  const waits: number[] = [];
  const client = createClient({
    baseUrl: 'https://api.example.com/api/',
    random: () => 1,
    sleep: async (ms) => void waits.push(ms),
    fetch: async (url, init) => {
      const call = { url: String(url), init } as Sent;
      const answer = answers[Math.min(sent.push(call), answers.length) - 1]!;
      if (answer instanceof Error) throw answer;
      return typeof answer === 'function' ? answer(call) : answer.clone();
    },
    ...options,
  });
  return { client, api: createApi(client), sent, waits };
}

const problem = (status: number, more: object = {}, headers: Record<string, string> = {}) =>
  Response.json(
    {
      type: 'about:blank',
      title: 'T',
      status,
      detail: 'Why.',
      code: 'X',
      requestId: 'r1',
      ...more,
    },
    { status, headers: { 'content-type': 'application/problem+json', ...headers } },
  );

async function rejection(promise: Promise<unknown>): Promise<ApiError> {
  const error = await promise.then(
    () => assert.fail('should have been refused'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ApiError, String(error));
  return error;
}

describe('createClient', () => {
  it('refuses a base URL that is neither absolute nor a path of a page', () => {
    for (const baseUrl of ['api', '', 'ftp://x/', '//evil.example', 'http://', 'https://a@b/']) {
      assert.throws(
        () => createClient({ baseUrl }),
        (error: Error) =>
          error instanceof TypeError &&
          error.message.startsWith(
            `base URL must be absolute or start with "/", got "${baseUrl}"`,
          ) &&
          error.message.includes('data-api="https://example.com/api"'),
      );
    }
    assert.throws(() => createClient({ baseUrl: '/api' }), /where no page has an origin/);
  });

  it('puts params into the query and a body into JSON', async () => {
    const { client, sent } = clientWith([Response.json({ ok: true })]);
    await client.get('/x', { params: { a: [1, 2], b: undefined, c: 'ä &', d: null, e: false } });
    await client.post('/x', { body: { when: new Date(0), none: undefined, list: [1, undefined] } });
    assert.equal(sent[0]!.url, 'https://api.example.com/api/x?a=1&a=2&c=%C3%A4+%26&e=false');
    assert.equal(sent[0]!.init.headers.get('content-type'), null);
    assert.equal(sent[1]!.init.body, '{"list":[1,null],"when":"1970-01-01T00:00:00.000Z"}');
    assert.equal(sent[1]!.init.headers.get('content-type'), 'application/json');
    assert.equal(sent[1]!.init.headers.get('x-inlay-client'), client.id);
  });

  it('writes bodies that a patched Array.prototype.toJSON cannot break', async () => {
    const patched = Array.prototype as { toJSON?: () => string };
    const { api, sent } = clientWith([Response.json({ data: [user] })]);
    patched.toJSON = () => 'broken';
    try {
      await api.users.batch({ ids: [id] });
    } finally {
      delete patched.toJSON;
    }
    assert.equal(sent[0]!.init.body, `{"ids":["${id}"]}`);
  });

  it('answers undefined for 204, and the raw response for what is not JSON', async () => {
    assert.equal(
      await clientWith([new Response(null, { status: 204 })]).api.users.delete({ id }),
      undefined,
    );
    const csv = new Response('a,b', { headers: { 'content-type': 'text/csv' } });
    const response = await clientWith([csv]).api.users.export();
    assert.equal(await response.text(), 'a,b');
  });

  it('calls root endpoints beside the base path, and fills paths', async () => {
    const { api, sent } = clientWith([Response.json({ status: 'ok' })]);
    await api.health.live();
    assert.equal(new URL(sent[0]!.url).href, 'https://api.example.com/healthz');
    const other = clientWith([new Response(null, { status: 204 })]);
    await other.api.users.delete({ id: 'a/b' });
    assert.equal(other.sent[0]!.url, 'https://api.example.com/api/users/a%2Fb');
    assert.equal(other.sent[0]!.init.body, undefined);
  });

  it('sends If-Match, the idempotency key, and tells the cursor', async () => {
    const { api, sent } = clientWith([
      Response.json(user, { headers: { 'x-inlay-cursor': 'users@e:4' } }),
    ]);
    let cursor = '';
    await api.users.update(
      { id, name: 'B' },
      { ifMatch: 3, idempotencyKey: 'k', onCursor: (at) => (cursor = at) },
    );
    const { headers, method, body } = sent[0]!.init;
    assert.deepEqual(
      [method, headers.get('if-match'), headers.get('idempotency-key'), body, cursor],
      ['PATCH', '"3"', 'k', '{"name":"B"}', 'users@e:4'],
    );
  });

  it('fetches nothing along redirects, so that no token leaves its origin', async () => {
    const { client, sent } = clientWith([Response.json({})], { getToken: () => 't' });
    await client.get('/x');
    assert.equal(sent[0]!.init.redirect, 'error');
    assert.throws(() => client.get('https://evil.example/'), /path must start with "\/"/);
  });

  it('sends the CSRF token on writes in cookie mode only', async () => {
    const cookie = clientWith([Response.json({})], { credentials: 'include', csrf: () => 'c' });
    await cookie.client.get('/x');
    await cookie.client.post('/x');
    assert.deepEqual(
      cookie.sent.map(({ init }) => [init.headers.get('x-csrf-token'), init.credentials]),
      [
        [null, 'include'],
        ['c', 'include'],
      ],
    );
    const plain = clientWith([Response.json({})], { csrf: () => 'c' });
    await plain.client.post('/x');
    assert.equal(plain.sent[0]!.init.headers.get('x-csrf-token'), null);
  });
});

describe('path parameters', () => {
  it('that would ask another path are refused by name, before anything is sent', async () => {
    for (const wrong of ['.', '..', '', undefined as unknown as string]) {
      const { api, sent } = clientWith([Response.json({})]);
      await assert.rejects(api.users.projects({ id: wrong }), (error: Error) => {
        assert.ok(error instanceof TypeError);
        assert.equal(error.message, `id must not be "${wrong ?? ''}"`);
        return true;
      });
      assert.equal(sent.length, 0);
    }
  });

  it('are encoded, so that they stay one part of the path', async () => {
    const { api, sent } = clientWith([Response.json({})]);
    await api.users.get({ id: '../x?y' }).catch(() => undefined);
    assert.equal(sent[0]!.url, 'https://api.example.com/api/users/..%2Fx%3Fy');
  });
});

describe('tokens', () => {
  it('are refreshed once for all calls refused, and each call is made once more', async () => {
    let token = 'old';
    const asked: unknown[] = [];
    const byToken = ({ init }: Sent) =>
      init.headers.get('authorization') === 'Bearer new' ? Response.json(page) : problem(401);
    const { api, sent } = clientWith([byToken], {
      getToken: async (reason) => {
        if (reason.refused) {
          asked.push(reason.refused);
          await Promise.resolve();
          token = 'new';
        }
        return token;
      },
    });
    await Promise.all([api.users.list(), api.users.list({ role: 'admin' }), api.users.list()]);
    assert.deepEqual(asked, ['old']);
    assert.equal(sent.length, 6);
  });

  it('give up when the refreshed token is refused too, or is the same', async () => {
    const changing = clientWith([problem(401)], {
      getToken: ({ refused }) => (refused ? 'b' : 'a'),
    });
    assert.ok((await rejection(changing.api.users.list())) instanceof UnauthorizedError);
    assert.equal(changing.sent.length, 2);
    const same = clientWith([problem(401)], { getToken: () => 'a' });
    assert.ok((await rejection(same.api.users.list())) instanceof UnauthorizedError);
    assert.equal(same.sent.length, 1);
  });

  it('are handed out too, with one refresh for whoever was refused', async () => {
    let token = 'old';
    const asked: unknown[] = [];
    const byToken = ({ init }: Sent) =>
      init.headers.get('authorization') === 'Bearer new' ? Response.json(page) : problem(401);
    const { api, client, sent } = clientWith([byToken], {
      getToken: async ({ refused }) => {
        asked.push(refused);
        if (refused) {
          await new Promise(setImmediate);
          token = 'new';
        }
        return token;
      },
    });
    assert.equal(await client.token(), 'old');
    const [renewed] = await Promise.all([client.token({ refused: 'old' }), api.users.list()]);
    assert.deepEqual([renewed, asked, sent.length], ['new', [undefined, 'old'], 1]);
    assert.equal(await client.token({ refused: 'older' }), 'new');
  });

  it('that are refused are handed out again when there is no other', async () => {
    const { client } = clientWith([], { getToken: () => 'same' });
    await client.token();
    assert.equal(await client.token({ refused: 'same' }), 'same');
    assert.equal(await clientWith([]).client.token(), null);
  });

  it('that change hands drop the former person’s calls and tell listeners', async () => {
    const jwt = (sub: string) => `h.${btoa(JSON.stringify({ sub }))}.s`;
    let token: string | null = jwt('ada');
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const { client } = clientWith(
      [async () => (await held, Response.json({ secret: 'ada’s' })), Response.json({ of: 'bob' })],
      { getToken: () => token },
    );
    let changes = 0;
    client.onIdentity(() => changes++);
    const late = rejection(client.get('/me'));
    await new Promise(setImmediate);
    token = jwt('bob');
    assert.deepEqual(await client.get('/me'), { of: 'bob' });
    release();
    const error = await late;
    assert.ok(error instanceof AbortedError && error.code === 'ABORTED');
    assert.equal(changes, 1);
    token = null;
    await client.get('/me');
    assert.equal(changes, 2);
  });

  describe('that are asked for while others still are', () => {
    /** A provider that answers when the test says so. */
    function setUp() {
      const asked: ((token: string | null) => void)[] = [];
      const getToken = () => new Promise<string | null>((resolve) => asked.push(resolve));
      const { client, sent } = clientWith([Response.json({})], { getToken });
      let changes = 0;
      client.onIdentity(() => changes++);
      return { client, asked, sent, changes: () => changes };
    }
    /** Somebody else signs in and asks, while a token of Ada's is renewed. */
    async function changeHands() {
      const { client, asked, ...rest } = setUp();
      const known = client.token();
      asked[0]!('ada');
      await known;
      const renewed = client.token({ refused: 'ada' });
      client.identityChanged();
      return { asked, ...rest, renewed, call: client.get('/me') };
    }
    const jwt = (sub: string) => `h.${btoa(JSON.stringify({ sub }))}.s`;

    it('are the last person’s, though that answer comes first', async () => {
      const { client, asked, changes } = setUp();
      const known = client.token();
      asked[0]!(jwt('ada'));
      await known;
      const [older, newer] = [client.token(), client.token()];
      asked[2]!(jwt('bob'));
      assert.equal(await newer, jwt('bob'));
      asked[1]!(jwt('ada'));
      assert.equal(await older, jwt('bob'));
      assert.equal(changes(), 1);
    });

    it('are those of who signed in meanwhile', async () => {
      const { asked, sent, changes, renewed, call } = await changeHands();
      asked[1]!('ada-next');
      await new Promise(setImmediate);
      asked[2]!('bob');
      asked[3]!('bob');
      await call;
      assert.equal(await renewed, 'bob');
      assert.deepEqual([sent.length, changes()], [1, 1]);
    });

    it('are not taken for a call of who was there before', async () => {
      const { client, asked, sent } = setUp();
      const call = client.post('/orders', { body: {} });
      client.identityChanged();
      asked[0]!('ada');
      await assert.rejects(call, AbortedError);
      assert.equal(sent.length, 0);
    });

    it('are asked for anew, whatever becomes of a refresh of who was there before', async () => {
      const { asked, sent, renewed, call } = await changeHands();
      asked[2]!('bob');
      await call;
      assert.equal(sent.length, 1);
      asked[1]!('ada-next');
      assert.equal(await renewed, 'bob');
    });

    it('are of somebody else once, though both the page and the token tell so', async () => {
      const { client, asked, changes } = setUp();
      const known = client.token();
      asked[0]!(jwt('ada'));
      await known;
      client.identityChanged();
      const next = client.token();
      asked[1]!(jwt('bob'));
      assert.equal(await next, jwt('bob'));
      assert.deepEqual([asked.length, changes()], [2, 1]);
    });
  });

  it('of the same person may rotate without dropping anything', async () => {
    const jwt = (n: number) => `h.${btoa(JSON.stringify({ sub: 'ada', n }))}.s`;
    let n = 0;
    const { client } = clientWith([Response.json({})], { getToken: () => jwt(n++) });
    let changes = 0;
    client.onIdentity(() => changes++);
    await Promise.all([client.get('/a'), client.get('/b')]);
    assert.equal(changes, 0);
  });

  it('that cannot be had fail the call as the network would', async () => {
    const { client } = clientWith([Response.json({})], {
      getToken: () => Promise.reject(new Error('identity provider is down')),
    });
    const error = await rejection(client.post('/x'));
    assert.ok(error instanceof NetworkError && /identity provider is down/.test(error.message));
  });
});

describe('retries', () => {
  it('repeat reads with full jitter on what may pass, at most three times', async () => {
    for (const status of [408, 429, 502, 503, 504]) {
      const { api, sent, waits } = clientWith([problem(status)]);
      assert.equal((await rejection(api.users.list())).status, status);
      assert.equal(sent.length, 4);
      assert.deepEqual(waits, [250, 500, 1000]);
    }
    const { api, sent } = clientWith([new TypeError('fetch failed'), Response.json(page)]);
    assert.equal((await api.users.list()).data[0]!.name, 'Ada');
    assert.equal(sent.length, 2);
  });

  it('do not repeat other refusals, nor writes without an idempotency key', async () => {
    for (const status of [400, 403, 404, 409, 500, 501]) {
      const { api, sent } = clientWith([problem(status)]);
      await rejection(api.users.list());
      assert.equal(sent.length, 1);
    }
    const write = clientWith([problem(503)]);
    await rejection(write.api.users.update({ id, name: 'x' }));
    assert.equal(write.sent.length, 1);
    const keyed = clientWith([problem(503), Response.json(user)]);
    await keyed.api.users.update({ id, name: 'x' }, { idempotencyKey: 'k' });
    assert.equal(keyed.sent.length, 2);
  });

  it('obey Retry-After in seconds and as a date, unless it is long', async () => {
    const seconds = clientWith([problem(429, {}, { 'retry-after': '7' }), Response.json(page)]);
    await seconds.api.users.list();
    assert.deepEqual(seconds.waits, [7000]);
    const date = new Date(Date.now() + 9_500).toUTCString();
    const dated = clientWith([problem(503, {}, { 'retry-after': date }), Response.json(page)]);
    await dated.api.users.list();
    assert.ok(dated.waits[0]! > 5_000 && dated.waits[0]! <= 9_500, String(dated.waits));
    const long = clientWith([problem(429, {}, { 'retry-after': '120' })]);
    const error = await rejection(long.api.users.list());
    assert.ok(error instanceof RateLimitError);
    assert.deepEqual([error.retryAfter, long.sent.length], [120, 1]);
  });

  it('end when the caller gives up in between', async () => {
    const controller = new AbortController();
    const { api } = clientWith([problem(503)], {
      sleep: (_ms, signal) => {
        controller.abort();
        return Promise.reject(signal.reason as Error);
      },
    });
    assert.ok(
      (await rejection(api.users.list({}, { signal: controller.signal }))) instanceof AbortedError,
    );
  });
});

describe('errors', () => {
  const classes: [number, typeof ApiError][] = [
    [400, ValidationError], [401, UnauthorizedError], [403, ForbiddenError], [404, NotFoundError],
    [409, ConflictError], [412, ConflictError], [413, ValidationError], [415, ValidationError],
    [418, ApiError], [429, RateLimitError], [500, ServerError], [501, ServerError], [503, ServerError],
  ]; // prettier-ignore

  it('have a class for each way of reacting', async () => {
    for (const [status, Class] of classes) {
      const error = await rejection(clientWith([problem(status)]).client.post('/x'));
      assert.equal(error.constructor, Class, String(status));
      assert.deepEqual([error.status, error.code, error.requestId], [status, 'X', 'r1']);
      assert.deepEqual(error.request, { method: 'POST', url: 'https://api.example.com/api/x' });
    }
  });

  it('carry the messages of fields, and the entity as it is now', async () => {
    const invalid = problem(400, { fieldErrors: { email: ['bad'] }, formErrors: ['both'] });
    const error = await rejection(clientWith([invalid]).client.post('/x'));
    assert.deepEqual([error.fieldErrors, error.formErrors], [{ email: ['bad'] }, ['both']]);
    const stale = await rejection(clientWith([problem(412, { current: user })]).client.post('/x'));
    assert.ok(stale instanceof ConflictError);
    assert.deepEqual(stale.current, user);
  });

  it('say what came from a server that does not speak the contract', async () => {
    const html = (status: number) =>
      new Response('<!doctype html><title>Welcome</title>', {
        status,
        headers: { 'content-type': 'text/html' },
      });
    const json = (text: string) =>
      new Response(text, { headers: { 'content-type': 'application/json' } });
    const bad: [Response, typeof ApiError, RegExp][] = [
      [html(200), ContractError, /answered 200 with text\/html, not JSON: "<!doctype html>/],
      [html(404), NotFoundError, /answered 404 with text\/html: "<!doctype html>/],
      [html(500), ServerError, /answered 500 with text\/html/],
      [json('{"data": [{"id"'), ContractError, /JSON that cannot be parsed: "\{\\"data\\"/],
      [json(''), ContractError, /empty body/],
      [new Response('x'), ContractError, /text\/plain.*not JSON: "x"/],
      [json('null'), ContractError, /the answer is null, not object/],
      [json('{"data":{},"meta":{}}'), ContractError, /data is \{\}, not array/],
      [json(JSON.stringify({ ...page, data: [{ ...user, role: 'owner' }] })), ContractError, /data\.0\.role is "owner", not user or admin/],
      [json(JSON.stringify({ ...page, data: [{ ...user, email: undefined }] })), ContractError, /data\.0\.email is missing, not string/],
    ]; // prettier-ignore
    for (const [response, Class, message] of bad) {
      const error = await rejection(
        clientWith([response]).api.users.list({}, { idempotencyKey: 'x' }),
      );
      assert.equal(error.constructor, Class, message.source);
      assert.match(error.message, message);
      assert.equal(error.code === 'CONTRACT', Class === ContractError);
    }
  });

  it('tell silence, a time limit and giving up apart, even where fetch ignores the signal', async () => {
    const silent = await rejection(clientWith([new TypeError('fetch failed')]).client.post('/x'));
    assert.ok(silent instanceof NetworkError);
    assert.deepEqual([silent.status, silent.code], [0, 'NETWORK']);
    const never = () => new Promise<Response>(() => {});
    const slow = await rejection(clientWith([never], { timeout: 5 }).client.get('/x'));
    assert.ok(slow instanceof TimeoutError && slow.code === 'TIMEOUT');
    const controller = new AbortController();
    const call = rejection(clientWith([never]).client.get('/x', { signal: controller.signal }));
    controller.abort();
    assert.ok((await call) instanceof AbortedError);
    const before = await rejection(
      clientWith([never]).client.get('/x', { signal: AbortSignal.abort() }),
    );
    assert.ok(before instanceof AbortedError);
  });

  it('report a body that stops coming', async () => {
    const broken = new ReadableStream({ pull: (stream) => stream.error(new Error('cut')) });
    const response = () =>
      new Response(broken, { headers: { 'content-type': 'application/json' } });
    assert.ok((await rejection(clientWith([response]).client.post('/x'))) instanceof NetworkError);
  });
});
