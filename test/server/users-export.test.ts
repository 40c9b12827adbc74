import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { User } from '../../src/contract/index.js';
import { failsWith, useWorld, type Person, type World } from './world.js';

/** The cells of a CSV text by RFC 4180, which must hold together to the last character. */
function parseCsv(text: string): string[][] {
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  const rows: string[][] = [[]];
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const match = cell.exec(text);
    assert.ok(match, `not CSV from here: ${JSON.stringify(text.slice(at, at + 50))}`);
    rows.at(-1)!.push(match[1]?.replaceAll('""', '"') ?? match[2]!);
    if (match[3] !== ',') rows.push([]);
  }
  assert.deepEqual(rows.pop(), [], 'ends with its line');
  return rows;
}

async function readExport(
  world: World,
  input: Parameters<World['admin']['api']['users']['export']>[0] = {},
) {
  const response = await world.admin.api.users.export(input);
  const bytes = new Uint8Array(await response.arrayBuffer());
  assert.deepEqual([...bytes.slice(0, 3)], [0xef, 0xbb, 0xbf], 'begins with the mark of UTF-8');
  const [header, ...rows] = parseCsv(new TextDecoder().decode(bytes));
  return { headers: response.headers, header: header!, rows };
}

async function everyone(world: World, query: object): Promise<User[]> {
  const people: User[] = [];
  let cursor: string | undefined;
  do {
    const { data, meta } = await world.admin.api.users.list({
      ...query,
      limit: 100,
      ...(cursor && { cursor }),
    });
    people.push(...data);
    cursor = meta.nextCursor ?? undefined;
  } while (cursor);
  return people;
}

describe('the list as CSV', () => {
  const world = useWorld({ users: 1400 });

  it('has everybody whom the list has, in its order, and says how many ahead', async () => {
    const queries = [
      {},
      { sort: 'name', role: 'moderator' },
      { sort: '-lastActiveAt', status: 'active', search: 'an' },
      { search: 'nobody is called so' },
    ] as const;
    for (const query of queries) {
      const { headers, header, rows } = await readExport(world, query);
      const people = await everyone(world, query);
      const idAt = header.indexOf('id');
      assert.deepEqual(
        rows.map((row) => row[idAt]),
        people.map(({ id }) => id),
      );
      assert.equal(headers.get('x-inlay-total'), String(people.length));
    }
  });

  it('is a file named after the day, in UTF-8', async () => {
    const { headers, header, rows } = await readExport(world, { status: 'active' });
    assert.equal(headers.get('content-type'), 'text/csv; charset=utf-8');
    assert.equal(
      headers.get('content-disposition'),
      'attachment; filename="people-2026-01-15.csv"',
    );
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.deepEqual(header, [
      'name',
      'email',
      'role',
      'status',
      'team',
      'lastActiveAt',
      'createdAt',
      'id',
    ]);
    const { data } = await world.admin.api.users.list({ status: 'active', limit: 100 });
    const user = data.find(({ teamId, name }) => teamId && /^\w+ \w+$/.test(name))!;
    const team = await world.admin.api.teams.get({ id: user.teamId! });
    const line = rows.find((row) => row[1] === user.email);
    assert.deepEqual(line, [
      user.name,
      user.email,
      user.role,
      'active',
      team.name,
      user.lastActiveAt,
      user.createdAt,
      user.id,
    ]);
  });

  it('holds no formula, whatever people are called, and loses nothing of it', async () => {
    const names = [
      '=HYPERLINK("https://example.com","Click")',
      '+1+cmd|/C calc',
      '-2+3',
      '@SUM(1+1)',
      '＝1+1',
      'A\t=1',
      'a "quoted", name',
      "it's",
      "'=1",
      'line\nbreak\r\nand another',
      'semi;=colon',
    ];
    for (const [index, name] of names.entries()) {
      await world.admin.api.users.create({ name, email: `+formula.${index}@csv.test` });
    }
    const raw = await (await world.admin.api.users.export()).text();
    assert.match(raw, /"semi;=colon"/, 'whole, too, where a semicolon ends a cell');
    const { rows } = await readExport(world);
    assert.deepEqual(
      rows.flat().filter((text) => /^[=+\-@\t\r\n＝＋－＠]/.test(text)),
      [],
    );
    const exported = rows.filter((row) => row[1]!.endsWith('@csv.test'));
    const plain = (text: string) => (/^'[=+\-@＝]/.test(text) ? text.slice(1) : text);
    assert.deepEqual(
      exported.map((row) => [plain(row[0]!), plain(row[1]!)]).toSorted(),
      names
        .map((name, index) => [name === "'=1" ? '=1' : name, `+formula.${index}@csv.test`])
        .toSorted(),
    );
  });

  it('is for admins, and refuses an order that there is not', async () => {
    await assert.rejects(world.moderator.api.users.export(), failsWith('FORBIDDEN'));
    const wrong = { sort: 'passwordHash' as 'name' };
    await assert.rejects(
      world.admin.api.users.export(wrong),
      failsWith('BAD_REQUEST', { field: 'sort' }),
    );
  });
});

describe('a long export', () => {
  const world = useWorld({ users: 12_000 });
  const countReads = () => {
    const { store } = world.server;
    const { list } = store;
    const reads = { count: 0, wait: Promise.resolve() };
    store.list = (async (...query: Parameters<typeof list>) => {
      if (query[0] === 'users') {
        reads.count += 1;
        await reads.wait;
      }
      return list(...query);
    }) as typeof list;
    return { reads, restore: () => (store.list = list) };
  };

  /** The answer as it is before any network takes some of it ahead. */
  const exportFor = async ({ token }: Person) => {
    const route = world.server.routes.find(({ name }) => name === 'users.export')!;
    const headers: Record<string, string> = { authorization: `Bearer ${token}` };
    const answer = await world.server.dispatch(route, {
      id: 'test',
      askedAt: world.url,
      params: {},
      query: new URLSearchParams(),
      header: (name) => headers[name],
      readBody: () => Promise.resolve(undefined),
    });
    return (answer!.body as ReadableStream<Uint8Array>).getReader();
  };

  it('ends for whoever is no admin any more', async () => {
    const { id } = world.moderator.user;
    await world.admin.api.users.update({ id, role: 'admin' });
    const reader = await exportFor(world.moderator);
    await reader.read();
    await world.admin.api.users.update({ id, role: 'moderator' });
    const rest = async () => {
      while (!(await reader.read()).done);
    };
    await assert.rejects(rest(), failsWith('FORBIDDEN'));
  });

  it('reads on only as fast as it is read', async () => {
    const { reads, restore } = countReads();
    const reader = await exportFor(world.admin);
    await reader.read();
    await reader.read();
    await new Promise(setImmediate);
    assert.ok(reads.count <= 3, `${reads.count} pages were read for two that were taken`);
    await reader.cancel();
    await new Promise(setImmediate);
    assert.ok(reads.count <= 4);
    restore();
  });

  it('ends when the reader leaves', async () => {
    const { reads, restore } = countReads();
    const leaving = new AbortController();
    const response = await world.admin.api.users.export({}, { signal: leaving.signal });
    let go = () => {};
    reads.wait = new Promise((resolve) => (go = resolve));
    const begun = response.text();
    const held = reads.count;
    leaving.abort();
    await assert.rejects(begun);
    // The server hears of it before it answers what is asked afterwards.
    await world.admin.api.users.me();
    go();
    await world.admin.api.users.me();
    assert.ok(reads.count <= held + 1, `${reads.count} pages were read`);
    restore();
  });

  it('loses and doubles nobody while people come and go', async () => {
    const response = await world.admin.api.users.export({ sort: '-createdAt' });
    const reader = response.body!.getReader();
    const first = await reader.read();
    const before = await everyone(world, { search: 'ö' });
    await world.server.act({ create: 50, delete: 50 });
    const left = new Set((await everyone(world, { search: 'ö' })).map(({ id }) => id));
    const chunks = [first.value!];
    for (let next = await reader.read(); !next.done; next = await reader.read())
      chunks.push(next.value);
    const [, ...rows] = parseCsv(Buffer.concat(chunks).toString());
    const ids = rows.map((row) => row.at(-1)!);
    assert.equal(new Set(ids).size, ids.length);
    const exported = new Set(ids);
    assert.deepEqual(
      before.filter(({ id }) => left.has(id) && !exported.has(id)),
      [],
    );
  });
});
