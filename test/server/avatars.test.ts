import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get, request, type IncomingMessage } from 'node:http';
import { describe, it } from 'node:test';
import { AbortedError, createApi, createClient } from '../../src/client/index.js';
import type { User } from '../../src/contract/index.js';
import { fileOf, pictures, pngOfLength, pngOfSize, typeOf } from './pictures.js';
import { failsWith, useWorld, World, type Person } from './world.js';

async function imageAt(address: string | null): Promise<[number, string | null, Uint8Array]> {
  const response = await fetch(address!);
  const bytes = new Uint8Array(await response.arrayBuffer());
  return [response.status, response.headers.get('content-type'), bytes];
}

describe('a picture of a person', () => {
  const world = useWorld();
  const me = () => world.user.user.id;
  const upload = (
    bytes: Uint8Array<ArrayBuffer> | string,
    name?: string,
    as: Person = world.user,
  ) => as.api.users.avatar({ id: me(), file: fileOf(bytes, name) });

  for (const [name, bytes] of Object.entries(pictures)) {
    it(`is taken as ${name}, and served as that from an address of its own`, async () => {
      const { image } = await upload(bytes, 'whatever.html');
      assert.ok(image!.startsWith(`${world.url}/api/files/`));
      assert.deepEqual(await imageAt(image), [200, typeOf(name), bytes]);
    });
  }

  it('is served so that nothing in it runs, to pages of every origin, for ever', async () => {
    const { image } = await upload(pictures.png);
    const { headers } = await fetch(image!, { headers: { origin: 'https://site.test' } });
    const expected = {
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-length': String(pictures.png.length),
    };
    for (const [name, value] of Object.entries(expected)) assert.equal(headers.get(name), value);
    const head = await fetch(image!, { method: 'HEAD' });
    assert.equal(head.headers.get('content-length'), String(pictures.png.length));
  });

  it('costs little for readers who stand still', async () => {
    const { image } = await upload(pngOfLength(5_000_000));
    const before = process.memoryUsage().external;
    const readers = Array.from({ length: 40 }, async () => {
      const reading = get(image!);
      const [response] = (await once(reading, 'response')) as [IncomingMessage];
      await once(response, 'readable');
      return reading;
    });
    const stalled = await Promise.all(readers);
    const more = process.memoryUsage().external - before;
    for (const each of stalled) each.destroy();
    assert.ok(more < 100_000_000, `${more} bytes more, where copies would take 200 million`);
  });

  it('is stored without what was appended to it', async () => {
    const zip = new TextEncoder().encode('PK\x03\x04 <script>alert(1)</script>');
    const { image } = await upload(Uint8Array.from([...pictures.jpeg, ...zip]));
    assert.deepEqual((await imageAt(image))[2], pictures.jpeg);
  });

  it('takes the place of the one before, at another address, and can be removed', async () => {
    const first = await upload(pictures.png);
    const second = await upload(pictures.gif);
    assert.equal(second.version, first.version + 1);
    assert.notEqual(second.image, first.image);
    assert.equal((await imageAt(first.image))[0], 404);
    const none = await world.user.api.users.deleteAvatar({ id: me() });
    assert.deepEqual([none.image, none.version], [null, second.version + 1]);
    assert.equal((await imageAt(second.image))[0], 404);
    assert.equal((await world.user.api.users.deleteAvatar({ id: me() })).version, none.version);
  });

  it('is told to all who see it: list, team, projects', async () => {
    const id = me();
    const { data } = await world.admin.api.users.list({ limit: 100 });
    const teamId = data.find((user) => user.teamId)!.teamId!;
    await world.admin.api.users.update({ id, teamId });
    const { data: projects } = await world.user.api.users.projects({ id });
    const { image } = await upload(pictures.png);
    const told = world.events('users').at(-1) as unknown as { type: string; payload: User };
    assert.deepEqual([told.type, told.payload.image], ['USER_UPDATED', image]);
    const team = await world.admin.api.teams.get({ id: teamId });
    assert.equal(team.members.find((member) => member.id === id)?.image, image);
    const project = await world.admin.api.projects.get({ id: projects[0]!.id });
    assert.equal(project.members.find((member) => member.id === id)?.image, image);
    assert.equal(project.version, projects[0]!.version + 1);
  });

  it("is one's own to change, or an admin's", async () => {
    const file = fileOf(pictures.png);
    const other = world.user.api.users.avatar({ id: world.admin.user.id, file });
    await assert.rejects(other, failsWith('FORBIDDEN'));
    await assert.rejects(upload(pictures.png, 'x.png', world.moderator), failsWith('FORBIDDEN'));
    assert.ok((await upload(pictures.png, 'x.png', world.admin)).image);
    const nobody = { id: '00000000-0000-4000-8000-000000000000', file };
    await assert.rejects(world.admin.api.users.avatar(nobody), failsWith('NOT_FOUND'));
    await assert.rejects(
      world.admin.api.users.deleteAvatar({ id: nobody.id }),
      failsWith('NOT_FOUND'),
    );
  });

  it('is refused where another version was seen, and shows the one there is', async () => {
    const { version } = await world.user.api.users.me();
    const file = fileOf(pictures.webp);
    for (const stale of [
      world.user.api.users.avatar({ id: me(), file }, { ifMatch: version - 1 }),
      world.user.api.users.deleteAvatar({ id: me() }, { ifMatch: version + 1 }),
    ]) {
      const error = await stale.then(
        () => assert.fail('was not refused'),
        (reason: unknown) => reason,
      );
      const { code, current } = error as { code: string; current: User };
      assert.deepEqual([code, current.version, current.id], ['PRECONDITION_FAILED', version, me()]);
    }
    await world.user.api.users.avatar({ id: me(), file }, { ifMatch: version });
  });

  it('is taken once under an Idempotency-Key, which tells pictures apart by content', async () => {
    const idempotencyKey = crypto.randomUUID();
    const send = (bytes: Uint8Array<ArrayBuffer>) =>
      world.user.api.users.avatar({ id: me(), file: fileOf(bytes) }, { idempotencyKey });
    const [first, second] = await Promise.all([send(pictures.png), send(pictures.png)]);
    assert.deepEqual(second, first);
    await assert.rejects(send(pictures.gif), failsWith('CONFLICT'));
  });

  it('comes back with whoever is restored, and goes when nobody can be any more', async () => {
    const { id } = await world.someone();
    const { image } = await world.admin.api.users.avatar({ id, file: fileOf(pictures.png) });
    await world.admin.api.users.delete({ id });
    assert.equal((await world.admin.api.users.restore({ id })).image, image);
    assert.equal((await imageAt(image))[0], 200);
    await world.admin.api.users.delete({ id });
    world.time += 31_000;
    await world.admin.api.users.create({ name: 'Next', email: 'next@new.test' });
    assert.equal((await imageAt(image))[0], 404);
  });

  it('may be 5 MB and 8,192 pixels a side, and no more', async () => {
    assert.ok((await upload(pngOfLength(5_000_000))).image);
    await assert.rejects(
      upload(pngOfLength(5_000_001)),
      failsWith('PAYLOAD_TOO_LARGE', { field: 'file' }),
    );
    await assert.rejects(
      upload(pngOfLength(6_000_000)),
      failsWith('PAYLOAD_TOO_LARGE', { field: 'file' }),
    );
    assert.ok((await upload(pngOfSize(8192, 8192))).image);
    for (const [width, height] of [
      [8193, 1],
      [1, 8193],
      [0, 5],
      [7, 0],
      [2 ** 32 - 1, 2],
    ] as const) {
      const refused = upload(pngOfSize(width, height));
      await assert.rejects(refused, failsWith('BAD_REQUEST', { field: 'file' }));
    }
    assert.deepEqual(world.logged, []);
  });

  it('is no SVG, no page, nothing else, however it is called', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    for (const text of [svg, '<!doctype html><script>alert(1)</script>', 'GIF', '%PDF-1.7']) {
      const refused = upload(text, 'me.png');
      await assert.rejects(refused, failsWith('UNSUPPORTED_MEDIA_TYPE', { field: 'file' }));
    }
    await assert.rejects(upload(''), failsWith('BAD_REQUEST', { field: 'file' }));
    const cut = pictures.png.slice(0, 40);
    await assert.rejects(upload(cut), failsWith('BAD_REQUEST', { field: 'file' }));
  });
});

describe('the form of a picture', () => {
  const world = useWorld();

  async function send(body: BodyInit, { as, type }: { as?: Person; type?: string } = {}) {
    const response = await fetch(`${world.url}/api/users/${world.user.user.id}/avatar`, {
      method: 'POST',
      body,
      headers: {
        ...(as && { authorization: `Bearer ${as.token}` }),
        ...(type && { 'content-type': type }),
      },
    });
    return [response.status, (await response.json()) as Record<string, unknown>] as const;
  }
  const formWith = (...parts: [name: string, value: string | File][]) => {
    const form = new FormData();
    for (const [name, value] of parts) form.append(name, value as File);
    return form;
  };

  it('is read after the sign-in', async () => {
    assert.equal((await send('garbage', { type: 'multipart/form-data' }))[0], 401);
    const body = formWith(['file', fileOf(pngOfLength(6_000_000))]);
    assert.equal((await send(body))[0], 401);
    assert.equal((await send(body, { as: world.moderator }))[0], 403);
  });

  it('has its file in its field', async () => {
    const file = fileOf(pictures.png);
    const wrong = [
      formWith(),
      formWith(['picture', file]),
      formWith(['file', 'text']),
      formWith(['__proto__', file]),
      formWith(['file', file], ['file', file]),
    ];
    for (const body of wrong) {
      const [status, problem] = await send(body, { as: world.user });
      assert.equal(status, 400);
      assert.ok(problem['fieldErrors'] ?? problem['detail']);
    }
    const [status] = await send(formWith(['note', 'x'], ['file', file]), { as: world.user });
    assert.equal(status, 200);
    assert.deepEqual(world.logged, []);
  });

  it('is a form', async () => {
    const as = world.user;
    const type = 'multipart/form-data; boundary=x';
    assert.equal((await send('{}', { as, type: 'application/json' }))[0], 415);
    assert.equal((await send(pictures.png, { as, type: 'image/png' }))[0], 415);
    assert.equal((await send('a=b', { as, type: 'multipart/form-data' }))[0], 400);
    assert.equal((await send('no boundary in here', { as, type }))[0], 400);
    assert.equal((await send('--x\r\nContent-Disposition: form-data', { as, type }))[0], 400);
    assert.deepEqual(world.logged, []);
  });

  it('may break off, or be given up, without any harm', async () => {
    const { version } = await world.user.api.users.me();
    const broken = request(`${world.url}/api/users/${world.user.user.id}/avatar`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${world.user.token}`,
        'content-type': 'multipart/form-data; boundary=x',
        'content-length': '1000000',
      },
    });
    const ended = new Promise((resolve) => broken.once('error', resolve));
    broken.write('--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n');
    await new Promise<void>((resolve) => broken.write('x'.repeat(100_000), () => resolve()));
    broken.destroy(new Error('gone'));
    await ended;
    const leaving = new AbortController();
    const file = fileOf(pngOfLength(5_000_000));
    const given = world.user.api.users.avatar(
      { id: world.user.user.id, file },
      { signal: leaving.signal },
    );
    setImmediate(() => leaving.abort());
    await assert.rejects(given, AbortedError);
    assert.equal((await world.user.api.users.me()).version, version);
    assert.deepEqual(world.logged, []);
  });

  it('is cut off where it is too long, though it says no length and never ends', async () => {
    const form = (begin: string) => {
      const endless = request(`${world.url}/api/users/${world.user.user.id}/avatar`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${world.user.token}`,
          'content-type': 'multipart/form-data; boundary=x',
        },
      });
      const more = () => endless.write('x'.repeat(100_000), (error) => error ?? setImmediate(more));
      endless.on('error', () => undefined).write(begin, more);
      return new Promise<number | undefined>((resolve) => {
        endless.once('response', ({ statusCode }) => resolve(statusCode));
        // Whoever is still sending may be cut off before the answer is read.
        endless.once('close', () => resolve(413));
      });
    };
    const file = '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n';
    for (const begin of ['before the first part', file]) assert.equal(await form(begin), 413);
    assert.deepEqual(world.logged, []);
  });

  it('has names that are no paths, and few parts', async () => {
    const file = fileOf(pictures.png);
    const many = Array.from({ length: 20 }, (): [string, string] => ['note', 'x']);
    for (const body of [formWith(['note[9999999]', 'x'], ['file', file]), formWith(...many)])
      assert.equal((await send(body, { as: world.user }))[0], 400);
  });

  it('leaves others their turn, however many one person begins', async () => {
    const slow = Array.from({ length: 16 }, () => {
      const each = request(`${world.url}/api/users/${world.user.user.id}/avatar`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${world.user.token}`,
          'content-type': 'multipart/form-data; boundary=x',
          'content-length': '1000',
        },
        agent: false,
      });
      each.once('error', () => undefined).write('--x\r\n');
      return each;
    });
    const attempt = async () =>
      (await send(formWith(['file', fileOf(pictures.png)]), { as: world.user }))[0];
    while ((await attempt()) !== 503);
    const { id } = world.moderator.user;
    const { image } = await world.moderator.api.users.avatar({ id, file: fileOf(pictures.png) });
    assert.ok(image);
    for (const each of slow) each.destroy();
  });

  it('waits for its turn when there are too many', async () => {
    const address = `${world.url}/api/users/${world.user.user.id}/avatar`;
    const headers = {
      authorization: `Bearer ${world.user.token}`,
      'content-type': 'multipart/form-data; boundary=x',
      'content-length': '1000',
    };
    const slow = Array.from({ length: 16 }, () => {
      const each = request(address, { method: 'POST', headers, agent: false });
      each.once('error', () => undefined).write('--x\r\n');
      return each;
    });
    const attempt = async () =>
      (await send(formWith(['file', fileOf(pictures.png)]), { as: world.user }))[0];
    while ((await attempt()) !== 503);
    for (const each of slow) each.destroy();
    while ((await attempt()) !== 200);
    assert.deepEqual(world.logged, []);
  });

  it('is sent once more with the refreshed token', async () => {
    // Of the same person, with a signature that is wrong.
    let token = `${world.user.token.slice(0, -4)}AAAA`;
    const api = createApi(
      createClient({
        baseUrl: `${world.url}/api`,
        getToken: ({ refused }) => (refused ? (token = world.user.token) : token),
      }),
    );
    const file = fileOf(pngOfLength(3_000_000));
    assert.ok((await api.users.avatar({ id: world.user.user.id, file })).image);
  });
});

describe('the room for pictures', () => {
  it('is limited, and what goes makes room', async () => {
    const world = new World();
    await world.open({ fileSpace: 2_000_000 });
    const file = fileOf(pngOfLength(1_500_000));
    const send = (id: string) => world.admin.api.users.avatar({ id, file });
    await send(world.user.user.id);
    await assert.rejects(send(world.admin.user.id), failsWith('UNAVAILABLE'));
    assert.ok((await send(world.user.user.id)).image, 'in place of the one there is');
    await world.admin.api.users.deleteAvatar({ id: world.user.user.id });
    assert.ok((await send(world.admin.user.id)).image);
    await world.server.stop();
  });
});

describe('the address of a picture', () => {
  const imageOf = async (options: Parameters<World['open']>[0], host?: string) => {
    const world = new World();
    await world.open(options);
    const body = new FormData();
    body.append('file', fileOf(pictures.png));
    const sent = new Response(body);
    const bytes = Buffer.from(await sent.arrayBuffer());
    const image = await new Promise<string>((resolve, reject) => {
      const upload = request(
        `${world.url}/api/users/${world.user.user.id}/avatar`,
        {
          method: 'POST',
          headers: {
            ...(host !== undefined && { host }),
            authorization: `Bearer ${world.user.token}`,
            'content-type': sent.headers.get('content-type')!,
          },
        },
        async (response) => {
          const text = Buffer.concat(await response.toArray()).toString();
          resolve((JSON.parse(text) as User).image!);
        },
      );
      upload.once('error', reject);
      upload.end(bytes);
    });
    await world.server.stop();
    return image.replace(/[\da-f-]{36}$/, 'ID').replace(world.url, 'WORLD');
  };

  it('begins as the caller asked, or as it is set', async () => {
    assert.equal(await imageOf({}), 'WORLD/api/files/ID');
    assert.equal(await imageOf({}, 'api.test:81'), 'http://api.test:81/api/files/ID');
    const publicUrl = 'https://api.example.com/';
    assert.equal(await imageOf({ publicUrl }, 'api.test'), 'https://api.example.com/api/files/ID');
  });

  it('believes no caller in production, nor a host that is none', async () => {
    assert.equal(await imageOf({ production: true }, 'evil.test'), '/api/files/ID');
    assert.equal(await imageOf({}, 'evil.test/"><b>'), '/api/files/ID');
  });

  it('is refused at the start when nobody could follow it', async () => {
    for (const publicUrl of ['api.example.com', 'ftp://x', '', 'https://x/?a=b'])
      await assert.rejects(new World().open({ publicUrl }), /public URL must begin with http/);
  });
});
