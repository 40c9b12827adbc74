import { expect } from '@open-wc/testing';
import { onlineManager } from '@tanstack/query-core';
import { HttpResponse } from 'msw';
import type { UserList } from '../../../src/elements/user-list/user-list.js';
import { all, blankOf, button, buttons, one, textOf } from '../../helpers/dom.js';
import { mountPeople, names, rowOf, rows, untilEditable } from '../../helpers/people.js';
import { useStage } from '../../helpers/stage.js';
import { until } from '../../helpers/until.js';

const json = { headers: { 'content-type': 'application/json' } };
const unexpected = 'The server answered something unexpected.';

/** What servers answer that are none of ours, or ill; and what the reader is told. */
const answers: [string, () => Response, string][] = [
  ['a page of HTML', () => HttpResponse.html('<!doctype html><p>Welcome'), unexpected],
  ['half a JSON', () => new Response('{"data":[{"id":"1"', json), unexpected],
  ['another contract', () => HttpResponse.json({ users: [], count: 0 }), unexpected],
  ['null', () => HttpResponse.json(null), unexpected],
  ['nothing, with 200', () => new Response(null, json), unexpected],
  ['500', () => new Response('oops', { status: 500 }), 'The server had a problem.'],
  [
    '429 for an hour',
    () => new Response('', { status: 429, headers: { 'retry-after': '3600' } }),
    'Too many requests. Please wait a moment.',
  ],
  ['429', () => new Response('', { status: 429 }), 'Too many requests. Please wait a moment.'],
  ['no answer', () => HttpResponse.error(), 'The server cannot be reached.'],
];

describe('<user-list> and a server that is none', () => {
  const stage = useStage();

  for (const [what, answer, told] of answers) {
    it(`tells of ${what} with a retry, and keeps earlier people`, async () => {
      const mend = stage.answer('GET', '/api/users', answer);
      const list = stage.mount<UserList>('<user-list></user-list>');
      await until(() => all(list, '.blank').length > 0, 'the failure is shown');
      expect(blankOf(list)).to.equal(`This could not be loaded ${told} Try again`);
      mend();
      button(list, 'Try again').click();
      await until(() => rows(list).length === 20, 'people are shown');
      const before = names(list);
      stage.answer('GET', '/api/users', answer);
      await list.refresh();
      await until(() => all(list, '[part="notice"]').length > 0, 'the failure is told');
      expect(names(list)).to.deep.equal(before);
    });
  }

  it('gives up on a server that never answers, and can be asked again', async () => {
    stage.answer('GET', '/api/users', () => new Promise(() => undefined));
    await stage.signIn('admin', { timeout: 50 });
    const list = stage.mount<UserList>('<user-list></user-list>');
    await until(() => all(list, '.blank').length > 0, 'the failure is shown');
    expect(blankOf(list)).to.contain('The server took too long to answer.');
  });

  it('says that it is offline, and comes back by itself', async () => {
    const mend = stage.answer('GET', '/api/users', () => HttpResponse.error());
    onlineManager.setOnline(false);
    try {
      const list = stage.mount<UserList>('<user-list></user-list>');
      await until(() => all(list, '.blank').length > 0, 'the failure is shown');
      expect(blankOf(list)).to.contain('The server cannot be reached.');
      mend();
      onlineManager.setOnline(true);
      await until(() => rows(list).length === 20, 'people are shown');
    } finally {
      onlineManager.setOnline(true);
    }
  });

  it('goes on without a session or a live stream', async () => {
    stage.fail('GET', '/api/auth/session', 500);
    const list = await mountPeople(stage);
    expect(all(list, '[part="row"] select').length).to.equal(0);
    expect(all(list, '[part="notice"]').length).to.equal(0);
  });

  it('shows names as the text they are', async () => {
    const name = '<img src=x onerror="throw 1">${1}{name}';
    await stage.elsewhere.users.create({ name, email: 'evil@example.com' });
    const list = await mountPeople(stage);
    expect(names(list)[0]).to.equal(name);
    expect(all(list, 'img').length).to.equal(0);
    await untilEditable(list);
    expect(buttons(list)).to.include(`Actions for ${name}`);
  });

  it('keeps names of any script and length in their row', async () => {
    const long = 'Wolfeschlegelsteinhausenbergerdorff'.repeat(2);
    await stage.elsewhere.users.create({ name: long, email: 'long@example.com' });
    await stage.elsewhere.users.create({ name: 'محمد بن علي', email: 'm@example.com' });
    const list = await mountPeople(stage);
    expect(one(list, '.name').dir).to.equal('auto');
    const scroller = one(list, '#scroller');
    expect(scroller.scrollWidth).to.equal(scroller.clientWidth);
    expect(rowOf(list, long)!.offsetHeight).to.equal(rows(list).at(-1)!.offsetHeight);
  });
});

describe('<user-list> in a hostile page', () => {
  const stage = useStage();

  it('stays visible and itself where the page unsets everything', async () => {
    const css = document.head.appendChild(document.createElement('style'));
    css.textContent =
      '* { all: unset } user-list { font: 40px/3 serif; color: red; text-transform: uppercase }';
    try {
      const list = await mountPeople(stage);
      const root = one(list, '.root');
      expect(getComputedStyle(root).display).to.equal('block');
      expect(root.offsetHeight).to.be.greaterThan(400);
      expect(root.offsetWidth).to.be.greaterThan(400);
      const style = getComputedStyle(one(list, '.name'));
      expect(style.fontSize).to.equal('14px');
      expect(style.textTransform).to.equal('none');
      expect(style.color).not.to.equal('rgb(255, 0, 0)');
      expect(one(list, '.bar select').offsetHeight).to.be.at.least(24);
    } finally {
      css.remove();
    }
  });

  it('is hidden when the page hides it', async () => {
    const list = await mountPeople(stage);
    list.hidden = true;
    expect(list.offsetHeight).to.equal(0);
    expect(textOf(list)).not.to.equal('');
  });

  it('works where a script has patched prototypes', async () => {
    // Written beforehand: the server is in the same page, and breaks.
    const people = JSON.stringify(await stage.elsewhere.users.list({ limit: 20 }));
    const session = JSON.stringify({ user: stage.person, expiresAt: '2100-01-01T00:00:00Z' });
    stage.answer('GET', '/api/users', () => new Response(people, json));
    stage.answer('GET', '/api/auth/session', () => new Response(session, json));
    const arrays = Array.prototype as unknown as Record<string, unknown>;
    arrays['toJSON'] = arrays['surplus'] = () => 'patched';
    try {
      const list = await mountPeople(stage);
      await untilEditable(list);
      expect(rows(list).length).to.equal(20);
    } finally {
      delete arrays['toJSON'];
      delete arrays['surplus'];
    }
  });
});
