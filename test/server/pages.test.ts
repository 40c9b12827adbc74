import assert from 'node:assert/strict';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { mountDemo } from '../../mock-server/http/pages.js';
import { World } from './world.js';

describe('the demo', () => {
  const world = new World();
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'inlay-'));
    for (const part of ['demo', 'dist/esm'])
      await mkdir(path.join(folder, part), { recursive: true });
    const files = {
      'demo/index.html': '<title>Demo',
      'demo/esm.html': '<title>ESM',
      'dist/inlay.js': '// script',
      'dist/esm/index.js': '// module',
    };
    for (const [name, text] of Object.entries(files))
      await writeFile(path.join(folder, name), text);
    await world.open({
      mountPages: (app) =>
        mountDemo(app, { demo: path.join(folder, 'demo'), dist: path.join(folder, 'dist') }),
    });
  });
  after(async () => {
    await world.server.stop();
    await rm(folder, { recursive: true });
  });

  const get = async (address: string) => {
    const response = await fetch(world.url + address);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };

  it('stands at the root, without the headers that are meant for the API', async () => {
    const page = await get('/');
    assert.deepEqual([page.status, page.text], [200, '<title>Demo']);
    assert.equal(page.headers.get('content-security-policy'), null);
    assert.equal((await get('/esm')).text, '<title>ESM');
  });

  it('offers the built script and modules to pages of any origin', async () => {
    for (const [address, text] of [
      ['/inlay.js', '// script'],
      ['/1/inlay.js', '// script'],
      ['/esm/index.js', '// module'],
    ] as const) {
      const file = await get(address);
      assert.deepEqual(
        [file.text, file.headers.get('access-control-allow-origin')],
        [text, '*'],
        address,
      );
      assert.match(file.headers.get('content-type')!, /javascript/);
    }
  });

  it('leaves the API as it is, and answers 404 for the rest', async () => {
    assert.equal((await get('/api/users/me')).status, 401);
    assert.equal((await get('/readyz')).status, 200);
    for (const address of [
      '/nothing',
      '/api/nothing',
      '/1/inlay.css',
      '/..%2fdist/inlay.js',
      '/esm/..%2f..%2fdemo/index.html',
    ]) {
      const { status } = await get(address);
      assert.ok(
        status === 404 || status === 400 || status === 403,
        `${address} answered ${status}`,
      );
    }
  });
});
