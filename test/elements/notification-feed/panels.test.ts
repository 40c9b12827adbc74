import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { ar } from '../../../src/locales/ar.js';
import { registerLocale } from '../../../src/kit/i18n.js';
import { expectAccessible } from '../../helpers/axe.js';
import { all, button, enter, one, textOf } from '../../helpers/dom.js';
import { articles, choose, countsOf, mountFeed } from '../../helpers/feed.js';
import { useStage } from '../../helpers/stage.js';
import { nextEvent, until } from '../../helpers/until.js';

describe('<notification-feed> and its panels', () => {
  const stage = useStage();
  const openPreferences = async (feed: Element) => {
    button(feed, 'More').click();
    await until(() => all(feed, '.panel').length === 1, 'it is open');
    button(feed, 'Preferences…').click();
    await until(() => all(feed, 'table').length === 1, 'the table is shown');
  };
  const box = (feed: Element, name: string) =>
    all<HTMLInputElement>(feed, '[type="checkbox"]').find((each) => each.ariaLabel === name)!;
  const loaded = (feed: Element) => until(() => !box(feed, 'Warning, Here').disabled, 'loaded');

  it('keeps what the reader wants to hear of, at once', async () => {
    const feed = await mountFeed(stage);
    await openPreferences(feed);
    await loaded(feed);
    expect(box(feed, 'Information, Here').checked).to.equal(true);
    expect(box(feed, 'Information, By e-mail').checked).to.equal(false);
    const release = stage.hold('PUT', '/api/notifications/preferences');
    box(feed, 'Information, Here').click();
    box(feed, 'Error, By e-mail').click();
    await feed.updateComplete;
    expect(box(feed, 'Information, Here').checked).to.equal(false);
    release();
    await stage.settled();
    const saved = await stage.elsewhere.notifications.preferences();
    expect(saved.info).to.deep.equal({ inApp: false, email: false });
    expect(saved.error).to.deep.equal({ inApp: true, email: false });
    expect(box(feed, 'Information, Here').checked).to.equal(false);
    expect(await stage.server.notify({ userId: stage.person!.id, type: 'info' })).to.equal(0);
  });

  it('shows them as they are by now whenever it is opened', async () => {
    const feed = await mountFeed(stage);
    await openPreferences(feed);
    await loaded(feed);
    button(feed, 'More').click();
    await until(() => all(feed, '.panel').length === 0, 'it is closed');
    const { elsewhere } = stage;
    const preferences = await elsewhere.notifications.preferences();
    preferences.warning.inApp = false;
    await elsewhere.notifications.setPreferences({ preferences });
    await openPreferences(feed);
    await until(() => !box(feed, 'Warning, Here').checked, 'what was changed elsewhere is shown');
  });

  it('takes the room it needs, whatever the panel before it took', async () => {
    const feed = await mountFeed(stage);
    await openPreferences(feed);
    await loaded(feed);
    const words = document.createRange();
    for (const head of all(feed, 'thead th')) {
      words.selectNodeContents(head);
      expect(words.getClientRects(), textOf(head)).to.have.length(1);
    }
  });

  it('draws back what is refused, and tells why', async () => {
    const feed = await mountFeed(stage);
    await openPreferences(feed);
    await loaded(feed);
    stage.fail('PUT', '/api/notifications/preferences', 500);
    const failed = nextEvent('inlay-error');
    box(feed, 'Success, Here').click();
    await failed;
    await until(() => box(feed, 'Success, Here').checked, 'it is as it was');
    expect(stage.notices.at(-1)!.message).to.equal('write.failed');
  });

  it('says when they could not be loaded, and tries again', async () => {
    const feed = await mountFeed(stage);
    const mend = stage.fail('GET', '/api/notifications/preferences', 500);
    button(feed, 'More').click();
    await feed.updateComplete;
    button(feed, 'Preferences…').click();
    await until(() => all(feed, '.panel .notice').length === 1, 'it is told');
    await expectAccessible(feed);
    mend();
    button(feed, 'Try again').click();
    await until(() => all(feed, 'table').length === 1, 'the table is shown');
    await loaded(feed);
  });

  it('has no accessibility violation with any panel, wide and narrow', async () => {
    const feed = await mountFeed(stage);
    button(feed, 'More').click();
    await feed.updateComplete;
    await expectAccessible(feed);
    button(feed, 'Preferences…').click();
    await until(() => all(feed, 'table').length === 1, 'the table is shown');
    await loaded(feed);
    await expectAccessible(feed);
    for (const control of all(feed, '.panel button, .panel label, .panel td')) {
      expect(Math.min(control.offsetWidth, control.offsetHeight)).to.be.at.least(19);
    }
  });

  it('is led by the keyboard: in, out at the end, and back', async () => {
    const feed = await mountFeed(stage);
    const more = button(feed, 'More');
    more.focus();
    await sendKeys({ press: 'Enter' });
    await until(() => feed.shadowRoot!.activeElement?.closest('.panel'), 'the focus is in');
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Enter' });
    await until(() => all(feed, 'table').length === 1, 'the preferences are shown');
    await loaded(feed);
    await sendKeys({ press: 'Escape' });
    await until(() => all(feed, '.panel').length === 0, 'it is closed');
    expect(feed.shadowRoot!.activeElement === more).to.equal(true);
  });

  it('shows one kind only, without counts, which are of all', async () => {
    const feed = await mountFeed(stage, 'page-size="100"');
    await until(() => countsOf(feed)['All']! > 0, 'counts are shown');
    const before = countsOf(feed);
    const { meta } = await stage.elsewhere.notifications.list({ type: 'error' });
    button(feed, 'More').click();
    await feed.updateComplete;
    const changed = nextEvent('inlay-change');
    enter(one<HTMLSelectElement>(feed, '.panel select'), 'error');
    expect((await changed).state).to.deep.equal({ filter: 'all', type: 'error' });
    await until(() => articles(feed).length === meta.total, 'they are shown');
    expect(all(feed, '.kind').every((kind) => kind.matches('.error'))).to.equal(true);
    expect(all(feed, '.tab').map(textOf)).to.deep.equal(['All', 'Unread', 'Snoozed', 'Archived']);
    button(feed, 'Clear filters').click();
    await until(() => articles(feed).length > meta.total, 'all are shown');
    await until(() => countsOf(feed)['All'] === before['All'], 'with their counts');
  });

  it('stands in right-to-left pages as in others, 320 pixels wide', async () => {
    registerLocale('ar', ar);
    document.documentElement.lang = 'ar';
    document.documentElement.dir = 'rtl';
    const feed = await mountFeed(stage);
    feed.parentElement!.style.inlineSize = '320px';
    await until(() => one(feed, '.all').textContent.includes(ar['feed.readAll'] as string), 'it');
    const root = one(feed, '.root');
    expect(root.scrollWidth).to.equal(root.clientWidth);
    all(feed, 'article .acts button')[1]!.click();
    await until(() => all(feed, '.panel:popover-open').length === 1, 'it is open');
    const { left, right } = one(feed, '.panel').getBoundingClientRect();
    expect(left).to.be.at.least(0);
    expect(right).to.be.at.most(innerWidth);
    await expectAccessible(feed);
  });

  it('forgets what was chosen of one person when another signs in', async () => {
    const feed = await mountFeed(stage);
    await openPreferences(feed);
    await stage.signIn('user');
    await until(() => all(feed, '.panel').length === 0, 'it is closed');
    await until(() => articles(feed).length > 0, 'the other one’s are shown');
    choose(feed, 'All');
  });
});
