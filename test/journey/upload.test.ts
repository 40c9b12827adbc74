// Uploads from a page of another origin, by a browser, over a real connection.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  createServer,
  type IncomingHttpHeaders,
  type RequestListener,
  type Server,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { chromium, type Browser, type Page } from 'playwright-core';
import { createReferenceServer } from '../../mock-server/index.js';
import { chromiumExecutable, chromiumFlags } from '../../scripts/chromium.js';
import { pictures } from '../server/pictures.js';

/** Uploads a picture; what came of it, and which shares had been sent. */
const html = `<!doctype html>
<script type="module">
  import { createApi, createClient } from '/esm/index.js';
  window.upload = async ({ baseUrl, id, token, first, picture, more }) => {
    const getToken = ({ refused }) => (refused ? token : first);
    const api = createApi(createClient({ baseUrl, getToken }));
    const file = new File([Uint8Array.from(picture), new Uint8Array(more)], 'me.png');
    const sent = [];
    const onProgress = ({ loaded, total }) => sent.push(loaded / total);
    try {
      const { image } = await api.users.avatar({ id, file }, { onProgress });
      const shown = new Image();
      shown.src = image;
      await shown.decode();
      return { sent, width: shown.naturalWidth };
    } catch ({ code, fieldErrors, message }) {
      return { sent, code, fieldErrors, message };
    }
  };
</script>`;

const server = createReferenceServer({ users: 5 });
const listening: Server[] = [];
let browser: Browser;
let page: Page;
let api: string;
let id: string;
let token: string;

async function listen(answer: RequestListener): Promise<string> {
  const made = createServer(answer);
  listening.push(made);
  await new Promise<void>((resolve) => made.listen(0, () => resolve()));
  return `http://localhost:${(made.address() as AddressInfo).port}`;
}

before(async () => {
  const { url } = await server.start(0);
  api = `${url}/api`;
  const tokens = await server.signIn('user@inlay.test');
  ({ id } = tokens.user);
  token = tokens.accessToken;
  const host = await listen((request, response) => {
    if (request.url === '/') response.setHeader('Content-Type', 'text/html').end(html);
    else
      response.setHeader('Content-Type', 'text/javascript').end(readFileSync(`dist${request.url}`));
  });
  browser = await chromium.launch({
    executablePath: await chromiumExecutable(),
    args: [...chromiumFlags],
  });
  page = await browser.newPage();
  await page.goto(host);
});

after(async () => {
  await browser?.close();
  await server.stop();
  for (const each of listening) each.close();
});

interface Upload {
  baseUrl?: string;
  /** Bytes behind the picture. */
  more: number;
  token?: string;
}

interface Outcome {
  sent: number[];
  width?: number;
  code?: string;
  fieldErrors?: object;
  message?: string;
}

function upload({ baseUrl = api, more, token: first = token }: Upload): Promise<Outcome> {
  const given = JSON.stringify({ baseUrl, more, first, token, id, picture: [...pictures.png] });
  return page.evaluate(`upload(${given})`);
}

describe('an upload from another origin', () => {
  it('tells when all was sent, and the page shows the picture', async () => {
    const { sent, width } = await upload({ more: 3_000_000 });
    assert.deepEqual([sent.at(-1), width], [1, 7]);
  });

  it('goes on with the refreshed token, although the server did not read it first', async () => {
    const { sent, width } = await upload({ more: 3_000_000, token: `${token.slice(0, -4)}AAAA` });
    assert.equal(width, 7);
    assert.equal(sent.filter((share) => share === 1).length, 2);
  });

  it('hears why it is refused, although the server did not read it', async () => {
    const { code, fieldErrors } = await upload({ more: 9_000_000 });
    assert.deepEqual(
      [code, fieldErrors],
      ['PAYLOAD_TOO_LARGE', { file: ['The file is larger than 5 MB.'] }],
    );
  });

  it('takes no token along a redirect to another origin, and no answer from there', async () => {
    const cors = {
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Headers': 'authorization, x-inlay-client',
    };
    const seen: IncomingHttpHeaders[] = [];
    const elsewhere = await listen((request, response) => {
      if (request.method === 'POST') seen.push(request.headers);
      request.resume().once('end', () => response.writeHead(200, cors).end('{}'));
    });
    const redirecting = await listen((request, response) => {
      const isUpload = request.method === 'POST';
      const headers = isUpload ? { ...cors, Location: `${elsewhere}/x` } : cors;
      request.resume().once('end', () => response.writeHead(isUpload ? 307 : 204, headers).end());
    });
    const { code, message } = await upload({ baseUrl: `${redirecting}/api`, more: 1000 });
    assert.equal(code, 'NETWORK');
    assert.match(String(message), /redirected to/);
    assert.deepEqual(
      seen.map(({ authorization }) => authorization),
      [undefined],
    );
  });
});
