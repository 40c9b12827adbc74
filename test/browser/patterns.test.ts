import { expect } from '@open-wc/testing';
import { http, HttpResponse, ws } from 'msw';
import { getPageSource } from '../../src/runtime/index.js';
import { readExamples } from '../docs/examples.js';
import { useStage } from '../helpers/stage.js';
import { until } from '../helpers/until.js';

const text = await (await fetch('/docs/patterns.md')).text();

const entries: Record<string, () => Promise<object>> = {
  lit: () => import('lit'),
  inlay: () => import('../../src/index.js'),
  'inlay/controllers': () => import('../../src/controllers/index.js'),
  'inlay/user-profile/define': () => import('../../src/elements/user-profile/define.js'),
};
const load = (entry: string) => entries[entry]!();

describe('examples of the patterns that need a page', () => {
  const stage = useStage();

  for (const { name, inPage, expected, run } of readExamples(text)) {
    if (!inPage) continue;
    it(`${name} prints what it says`, async () => {
      const prices = ws.link('ws://prices.test');
      stage.use(
        prices.addEventListener('connection', ({ client }) => {
          client.addEventListener('message', () => client.send('{"price":42}'));
        }),
        http.get('http://news.test', () => {
          const headers = { 'content-type': 'text/event-stream' };
          return new HttpResponse('data: {"title":"Tea is ready"}\n\n', { headers });
        }),
      );
      const { accessToken: token, user: me } = await stage.server.signIn('admin@inlay.test');
      const urls = { pricesUrl: 'ws://prices.test', newsUrl: 'http://news.test' };
      const given = { baseUrl: '/api', token, me, until, ...urls };
      expect(await run(load, given)).to.deep.equal(expected);
      document.body.replaceChildren();
      getPageSource().release();
    });
  }
});
