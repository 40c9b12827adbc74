import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { build } from 'vite';
import * as contract from '../../src/contract/index.js';
import { createReferenceServer } from '../../mock-server/index.js';
import { cutContract, findUnused } from '../../scripts/cut-contract.js';
import { parse } from '../../scripts/source.js';
import { swapStandIns } from '../../scripts/stand-ins.js';

type Contract = typeof contract;

/** The contract as the scripts have it. */
async function buildSlim(outDir: string): Promise<Contract> {
  await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [swapStandIns(), cutContract()],
    build: {
      outDir,
      lib: { entry: 'src/contract/index.ts', formats: ['es'], fileName: 'contract' },
    },
  });
  return (await import(pathToFileURL(path.join(outDir, 'contract.js')).href)) as Contract;
}

/** Every place in a JSON value, as a path. */
function places(value: unknown, at: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [at];
  const inside = Object.entries(value).flatMap(([key, item]) => places(item, [...at, key]));
  return [at, ...inside];
}

/** A copy with the value at `place` replaced; undefined takes it away. */
function spoil(value: unknown, place: (string | number)[], by: unknown): unknown {
  if (place.length === 0) return by;
  const [key, ...rest] = place;
  const inside = value as Record<string, unknown>;
  const entries = Object.entries(inside).map(([name, item]) => [
    name,
    name === String(key) ? spoil(item, rest, by) : item,
  ]) as [string, unknown][];
  const left = entries.filter(([, item]) => item !== undefined);
  return Array.isArray(value) ? left.map(([, item]) => item) : Object.fromEntries(left);
}

const find = (value: unknown, place: (string | number)[]) =>
  place.reduce((at, key) => (at as Record<string, unknown>)[key], value);

const shapeOf = (value: unknown): string =>
  Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;

describe('the contract in the scripts', () => {
  const server = createReferenceServer({ users: 30 });
  let folder: string;
  let slim: Contract;
  const answers = new Map<string, unknown>();

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'inlay-slim-'));
    slim = await buildSlim(folder);
    const { url } = await server.start(0);
    const call = async (name: string, method: string, where: string, body?: unknown) => {
      const tokens = answers.get('auth.login') as { accessToken: string } | undefined;
      const response = await fetch(url + where, {
        method,
        headers: {
          'Content-Type': 'application/json',
          ...(tokens && { Authorization: `Bearer ${tokens.accessToken}` }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      assert.ok(response.ok, `${method} ${where} answered ${response.status}`);
      const answer: unknown = await response.json();
      answers.set(name, answer);
      return answer;
    };
    const persona = { email: 'admin@inlay.test', password: 'inlay' };
    const { user } = (await call('auth.login', 'POST', '/api/auth/login', persona)) as {
      user: { id: string; teamId: string };
    };
    await call('auth.session', 'GET', '/api/auth/session');
    await call('users.list', 'GET', '/api/users?limit=3');
    await call('users.get', 'GET', `/api/users/${user.id}`);
    await call('notifications.list', 'GET', '/api/notifications?limit=3');
    await call('notifications.counts', 'GET', '/api/notifications/counts');
    answers.delete('auth.login');
  });

  after(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });

  const schemas = (from: Contract, name: string) => {
    const [group, key] = name.split('.') as [string, string];
    return (from.endpoints as Record<string, Record<string, contract.Endpoint>>)[group]![key]!
      .output!;
  };

  it('has the routes that its elements use, with nothing that only servers read', () => {
    const names = slim.listEndpoints().map(({ name }) => name);
    for (const name of ['users.list', 'users.update', 'notifications.readAll', 'auth.session']) {
      assert.ok(names.includes(name), name);
    }
    const all = new Map(contract.listEndpoints().map(({ name, endpoint }) => [name, endpoint]));
    for (const { name, endpoint } of slim.listEndpoints()) {
      assert.equal(endpoint.route, all.get(name)?.route);
      const left = ['summary', 'input', 'status'].filter((field) => field in endpoint);
      assert.deepEqual(left, [], name);
      // Elements ask for those of people, and the build goes by the name alone.
      const isAsked = /\.(update|delete)$/.test(name);
      assert.equal(endpoint.access, isAsked ? all.get(name)!.access : undefined, name);
    }
  });

  it('lacks what no element asks for or hears of', () => {
    const names = slim.listEndpoints().map(({ name }) => name);
    const all = contract.listEndpoints().map(({ name }) => name);
    for (const name of ['auth.login', 'notifications.stream', 'control.faults']) {
      assert.ok(all.includes(name) && !names.includes(name), name);
    }
    assert.equal('client' in slim.events, false);
    assert.ok('USER_UPDATED' in slim.events.items);
  });

  it('keeps what the code names, however it holds the api', () => {
    const unused = findUnused([
      parse('a.ts', 'runtime.api.users.list({}); (await api()).teams.get({ id });'),
      parse('b.ts', 'const meta = { channel: `team:${id}` }; allows(endpoints.auth.login.access)'),
    ]);
    const used = ['users.list', 'teams.get', 'auth.login', 'auth.login.access'];
    for (const name of [...used, 'events.items.TEAM_UPDATED']) {
      assert.ok(!unused.has(name), name);
    }
    const idle = ['users.get', 'users.list.access', 'endpoints.projects'];
    for (const name of [...idle, 'events.items.USER_UPDATED']) {
      assert.ok(unused.has(name), name);
    }
  });

  for (const code of [
    'const { users } = runtime.api;',
    'const users = api.users;',
    'each(api.users);',
    'function f({ api: { users } }) {}',
    'api[group].list();',
  ]) {
    it(`fails on code that hides what it calls: ${code}`, () => {
      assert.throws(() => findUnused([parse('a.ts', code)]), /write api\.GROUP\.NAME/);
    });
  }

  it('reads the answers of the server as zod does', () => {
    for (const [name, answer] of answers) {
      const [full, small] = [contract, slim].map((from) => schemas(from, name).safeParse(answer));
      assert.equal(small!.success, true, name);
      assert.deepEqual(small!.data, full!.data, name);
    }
  });

  it('refuses other shapes and links that run code as zod does, and never what zod takes', () => {
    const wrong = fc.constantFrom<unknown>(
      undefined,
      null,
      '',
      'x',
      0,
      -1,
      1.5,
      true,
      [],
      {},
      [null],
      { id: 1 },
      'javascript:alert(1)',
      '//evil.test',
      'https://example.com/a',
      '2026-01-31T10:00:00.000Z',
    );
    const cases = [...answers].map(([name, answer]) =>
      fc.tuple(fc.constant(name), fc.constant(answer), fc.constantFrom(...places(answer)), wrong),
    );
    fc.assert(
      fc.property(fc.oneof(...cases), ([name, answer, place, by]) => {
        const value = spoil(answer, place, by);
        const [full, small] = [contract, slim].map((from) => schemas(from, name).safeParse(value));
        const what = `${name} at ${place.join('.')} = ${String(by)}`;
        const isLink = /^(image|href)$/.test(String(place.at(-1)));
        // Which texts and numbers are right is the server's to know, but for links.
        const isScalar = typeof by === 'string' || typeof by === 'number';
        const other = shapeOf(by) !== shapeOf(find(answer, place)) && find(answer, place) !== null;
        if (full!.success) assert.ok(small!.success, what);
        if (full!.success && (other || !isScalar)) assert.deepEqual(small!.data, full!.data, what);
        if (!full!.success && (isLink || other || !isScalar)) assert.ok(!small!.success, what);
      }),
      { numRuns: 3000 },
    );
  });

  it('refuses frames of another shape as zod does', () => {
    const frames = [
      { type: 'WELCOME', connection: 'a', expiresAt: null, pingMs: 5, maxMessage: 9 },
      {
        type: 'EVENTS',
        channel: 'users',
        epoch: 'k3',
        from: 1,
        to: 2,
        items: [{ offset: 2, type: 'USER_DELETED', id: 'x', payload: { a: 1 }, timestamp: 't' }],
      },
      { type: 'PING', heads: { users: ['k3', 4] } },
      { type: 'ERROR', code: 'limit' },
    ];
    for (const frame of frames) {
      for (const place of places(frame)) {
        for (const by of [undefined, null, -1, 'x', []]) {
          if (shapeOf(by) === shapeOf(find(frame, place))) continue;
          const text = JSON.stringify(spoil(frame, place, by)) ?? '';
          assert.deepEqual(
            slim.parseFrame(slim.events.server, text),
            contract.parseFrame(contract.events.server, text),
            text,
          );
        }
      }
    }
  });
});
