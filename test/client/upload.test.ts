import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import {
  AbortedError,
  ContractError,
  createApi,
  createClient,
  NetworkError,
  TimeoutError,
  ValidationError,
  type ClientOptions,
} from '../../src/client/index.js';

const id = '6f6a3c1e-58a6-4a53-9a55-0d1f3c0c9f11';
const address = `https://api.example.com/api/users/${id}/avatar`;
const file = new File(['a picture'], 'me.png');
const user = {
  id,
  version: 2,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  name: 'Ada',
  image: 'https://api.example.com/api/files/x',
  email: 'ada@example.com',
  role: 'user',
  status: 'active',
  teamId: null,
  lastActiveAt: null,
};

/** Stands for the browser's own, whose events tests fire. */
class Exchange {
  static readonly all: Exchange[] = [];
  readonly upload: { onprogress?: (event: object) => void } = {};
  readonly headers: Record<string, string> = {};
  method = '';
  url = '';
  body: unknown;
  aborted = false;
  withCredentials = false;
  status = 0;
  responseURL = '';
  responseText = '';
  onload?: () => void;
  onerror?: () => void;
  #answered: Record<string, string> = {};

  open(method: string, url: string) {
    Object.assign(this, { method, url });
  }
  setRequestHeader(name: string, value: string) {
    this.headers[name] = value;
  }
  send(body: unknown) {
    this.body = body;
    Exchange.all.push(this);
  }
  abort() {
    this.aborted = true;
  }
  getAllResponseHeaders() {
    const lines = Object.entries(this.#answered).map(([name, value]) => `${name}: ${value}\r\n`);
    return lines.join('');
  }
  progress(loaded: number) {
    this.upload.onprogress?.({ loaded, total: 100 });
  }
  answer(status: number, body: unknown, headers: Record<string, string> = {}, at = this.url) {
    this.#answered =
      body === undefined ? headers : { 'content-type': 'application/json', ...headers };
    this.responseText = body === undefined ? '' : JSON.stringify(body);
    Object.assign(this, { status, responseURL: at });
    this.onload?.();
  }
}

const settle = () => new Promise(setImmediate);
async function nth(count: number): Promise<Exchange> {
  while (Exchange.all.length < count) await settle();
  return Exchange.all[count - 1]!;
}

function create(options: Partial<ClientOptions> = {}) {
  const client = createClient({ baseUrl: 'https://api.example.com/api', ...options });
  return { client, api: createApi(client) };
}

describe('an upload where there is XMLHttpRequest', () => {
  beforeEach(() => {
    Exchange.all.length = 0;
    Object.assign(globalThis, { XMLHttpRequest: Exchange });
  });
  afterEach(() => {
    Reflect.deleteProperty(globalThis, 'XMLHttpRequest');
    mock.timers.reset();
  });

  it('sends the file as a form, with what every call has, and tells how far it is', async () => {
    const { client, api } = create({ getToken: () => 't', headers: { 'x-mine': 'yes' } });
    const told: object[] = [];
    let cursor = '';
    const call = api.users.avatar(
      { id, file },
      {
        onProgress: (progress) => told.push(progress),
        onCursor: (at) => (cursor = at),
        ifMatch: 3,
        idempotencyKey: 'k',
      },
    );
    const exchange = await nth(1);
    exchange.progress(40);
    exchange.progress(100);
    exchange.answer(200, user, { 'x-inlay-cursor': 'users@e:4' });
    assert.deepEqual(await call, user);
    assert.deepEqual(told, [
      { loaded: 40, total: 100 },
      { loaded: 100, total: 100 },
    ]);
    assert.deepEqual(
      [exchange.method, exchange.url, exchange.withCredentials, cursor],
      ['POST', address, false, 'users@e:4'],
    );
    assert.deepEqual(exchange.headers, {
      accept: 'application/json',
      authorization: 'Bearer t',
      'idempotency-key': 'k',
      'if-match': '"3"',
      'x-inlay-client': client.id,
      'x-mine': 'yes',
    });
    assert.equal((exchange.body as FormData).get('file'), file);
  });

  it('sends cookies and the CSRF token in cookie mode', async () => {
    const { api } = create({ credentials: 'include', csrf: () => 'c' });
    const call = api.users.avatar({ id, file });
    const exchange = await nth(1);
    exchange.answer(200, user);
    await call;
    assert.deepEqual([exchange.withCredentials, exchange.headers['x-csrf-token']], [true, 'c']);
  });

  it('is sent once more with the refreshed token', async () => {
    const { api } = create({ getToken: ({ refused }) => (refused ? 'new' : 'old') });
    const told: number[] = [];
    const onProgress = ({ loaded }: { loaded: number }) => void told.push(loaded);
    const call = api.users.avatar({ id, file }, { onProgress });
    const first = await nth(1);
    first.progress(100);
    first.answer(401, { code: 'UNAUTHORIZED' });
    const second = await nth(2);
    second.progress(10);
    second.answer(200, user);
    await call;
    assert.deepEqual(
      [first, second].map(({ headers }) => headers['authorization']),
      ['Bearer old', 'Bearer new'],
    );
    assert.deepEqual(told, [100, 10]);
  });

  it('fails as every call does', async () => {
    const { api } = create();
    const refused = api.users.avatar({ id, file });
    const problem = {
      code: 'PAYLOAD_TOO_LARGE',
      detail: 'Too large.',
      fieldErrors: { file: ['x'] },
    };
    (await nth(1)).answer(413, problem);
    await assert.rejects(refused, (error: unknown) => {
      assert.ok(error instanceof ValidationError);
      assert.deepEqual([error.message, error.fieldErrors], ['Too large.', { file: ['x'] }]);
      return true;
    });
    const silent = api.users.avatar({ id, file });
    (await nth(2)).onerror!();
    await assert.rejects(silent, NetworkError);
    const other = api.users.avatar({ id, file });
    (await nth(3)).answer(200, { id });
    await assert.rejects(other, ContractError);
  });

  it('answers undefined for 204, even where the page may read no header', async () => {
    const { client } = create();
    const call = client.upload('/files', file);
    (await nth(1)).answer(204, undefined);
    assert.equal(await call, undefined);
  });

  it('takes no answer from elsewhere', async () => {
    const { api } = create({ getToken: () => 't' });
    const call = api.users.avatar({ id, file });
    (await nth(1)).answer(200, user, {}, 'https://evil.example/api');
    await assert.rejects(call, (error: unknown) => {
      assert.ok(error instanceof NetworkError);
      return /redirected to https:\/\/evil\.example\/api/.test(error.message);
    });
  });

  it('ends at once when it is given up, before it is sent, on its way, or when somebody else signs in', async () => {
    const { client, api } = create({ getToken: () => 't' });
    const before = api.users.avatar({ id, file }, { signal: AbortSignal.abort() });
    await assert.rejects(before, AbortedError);
    assert.equal(Exchange.all.length, 0);
    const leaving = new AbortController();
    const given = api.users.avatar({ id, file }, { signal: leaving.signal });
    const exchange = await nth(1);
    leaving.abort();
    await assert.rejects(given, AbortedError);
    assert.ok(exchange.aborted);
    const late = api.users.avatar({ id, file });
    const dropped = await nth(2);
    client.identityChanged();
    await assert.rejects(late, AbortedError);
    assert.ok(dropped.aborted);
  });

  it('may take any time, but not stand still', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    const { api } = create({ timeout: 1000 });
    const call = api.users.avatar({ id, file });
    const exchange = await nth(1);
    for (let loaded = 0; loaded < 10; loaded += 1) {
      mock.timers.tick(3999);
      exchange.progress(loaded);
    }
    assert.ok(!exchange.aborted);
    mock.timers.tick(4000);
    await assert.rejects(call, TimeoutError);
    assert.ok(exchange.aborted);
  });

  it('goes by the fetch that the page gives, and by fetch where no cookies may be sent', async () => {
    const sent: RequestInit[] = [];
    const fetch = async (_url: unknown, init?: RequestInit) => {
      sent.push(init!);
      return Response.json(user);
    };
    await create({ fetch }).api.users.avatar({ id, file });
    mock.method(globalThis, 'fetch', fetch);
    await create({ credentials: 'omit' }).api.users.avatar({ id, file });
    mock.restoreAll();
    assert.equal(sent.length, 2);
    for (const { body, headers, redirect } of sent) {
      assert.equal((body as FormData).get('file'), file);
      assert.equal((headers as Headers).get('content-type'), null, 'it has a boundary');
      assert.equal(redirect, 'error');
    }
  });
});

describe('an upload by fetch', () => {
  afterEach(() => mock.timers.reset());

  it('has no limit of time, as nobody sees whether it moves', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    let answer = (_response: Response) => {};
    const fetch = () => new Promise<Response>((resolve) => (answer = resolve));
    const call = create({ fetch, timeout: 5 }).api.users.avatar({ id, file });
    await settle();
    mock.timers.tick(3_600_000);
    answer(Response.json(user));
    assert.deepEqual(await call, user);
  });

  it('goes to any path, in any field, with other fields as they are', async () => {
    const sent: [string, FormData][] = [];
    const fetch = async (url: unknown, init?: RequestInit) => {
      sent.push([String(url), init?.body as FormData]);
      return Response.json({ ok: true });
    };
    const { client } = create({ fetch });
    assert.deepEqual(await client.upload('/files', file, { params: { kind: 'x' } }), { ok: true });
    await client.upload('/files', file, { field: 'document' });
    const form = new FormData();
    form.append('note', 'hello');
    await client.post('/forms', { body: form });
    assert.deepEqual(
      sent.map(([url, body]) => [url, [...body.keys()]]),
      [
        ['https://api.example.com/api/files?kind=x', ['file']],
        ['https://api.example.com/api/files', ['document']],
        ['https://api.example.com/api/forms', ['note']],
      ],
    );
    assert.throws(() => client.upload('files', file), /path must start with "\/"/);
  });
});
