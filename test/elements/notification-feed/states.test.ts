import { expect } from '@open-wc/testing';
import type { NotificationFeed } from '../../../src/elements/notification-feed/notification-feed.js';
import { all, blankOf, button, buttons, one, textOf } from '../../helpers/dom.js';
import {
  articles,
  choose,
  countsOf,
  mountFeed,
  notificationsOf,
  titles,
} from '../../helpers/feed.js';
import { watchLeftovers } from '../../helpers/leftovers.js';
import { useStage } from '../../helpers/stage.js';
import { nextEvent, until } from '../../helpers/until.js';

const markup = '<notification-feed></notification-feed>';

describe('<notification-feed> and the state of its data', () => {
  const stage = useStage();
  const shown = (feed: Element) => until(() => articles(feed).length > 0, 'the feed is shown');
  const blank = (feed: Element) =>
    until(() => all(feed, '.blank').length > 0, 'a message is shown');

  it('shows a skeleton while loading, announced as busy', async () => {
    const release = stage.hold('GET', '/api/notifications');
    const feed = stage.mount<NotificationFeed>(markup);
    await until(() => all(feed, '.bone').length > 5, 'the skeleton is shown');
    expect(one(feed, '[aria-busy="true"] [role="status"]').textContent).to.equal('Loading');
    release();
    await shown(feed);
  });

  for (const width of [320, 420, 800]) {
    it(`takes exactly the room of its skeleton, ${width} pixels wide`, async () => {
      const release = ['', '/counts'].map((path) => stage.hold('GET', `/api/notifications${path}`));
      const place = stage.mount<HTMLElement>('<div><notification-feed></notification-feed></div>');
      place.style.inlineSize = `${width}px`;
      const feed = place.firstElementChild as NotificationFeed;
      await until(() => all(feed, '.bone').length > 5, 'the skeleton is shown');
      const before = [feed.offsetHeight, one(feed, '.scroller').offsetTop];
      for (const each of release) each();
      await shown(feed);
      await until(() => countsOf(feed)['All']! > 0, 'counts are shown');
      expect([feed.offsetHeight, one(feed, '.scroller').offsetTop]).to.deep.equal(before);
    });
  }

  for (const width of [380, 460, 500, 700]) {
    it(`keeps what may be done with all in one line, ${width} pixels wide`, async () => {
      const feed = await mountFeed(stage);
      feed.style.inlineSize = `${width}px`;
      expect(one<HTMLElement>(feed, '.all').offsetHeight).to.equal(34);
    });
  }

  it('stays visible where the page unsets everything', async () => {
    const css = document.head.appendChild(document.createElement('style'));
    css.textContent = '* { all: unset } notification-feed { font: 40px/3 serif }';
    try {
      const feed = await mountFeed(stage);
      expect(getComputedStyle(one(feed, '.root')).display).to.equal('block');
      expect(one(feed, '.root').offsetHeight).to.be.greaterThan(400);
      expect(getComputedStyle(one(feed, '.title')).fontSize).to.equal('14px');
    } finally {
      css.remove();
    }
  });

  it('shows the newest notifications first and says how many there are', async () => {
    const loaded = nextEvent('inlay-load');
    const feed = await mountFeed(stage);
    const items = await notificationsOf(stage);
    expect(titles(feed)).to.deep.equal(items.slice(0, 20).map(({ title }) => title));
    expect((await loaded).total).to.equal(items.length);
  });

  it('groups by day', async () => {
    const feed = await mountFeed(stage, 'page-size="60"');
    const days = all(feed, '.day').map(textOf);
    expect(new Set(days).size).to.equal(days.length);
    const dates = all(feed, 'time').map((time) => new Date(time.getAttribute('datetime')!));
    expect(days).to.have.length(new Set(dates.map((date) => date.toDateString())).size);
    expect(days[0]).to.be.oneOf(['today', 'yesterday']);
  });

  it('tells the cause of a failure and tries again when asked', async () => {
    const mend = stage.fail('GET', '/api/notifications', 500);
    const feed = stage.mount<NotificationFeed>(markup);
    await blank(feed);
    expect(blankOf(feed)).to.equal('This could not be loaded The server had a problem. Try again');
    mend();
    button(feed, 'Try again').click();
    await shown(feed);
  });

  it('keeps what is shown when a refresh fails', async () => {
    const feed = await mountFeed(stage);
    const before = titles(feed);
    const mend = stage.fail('GET', '/api/notifications', 500);
    await feed.refresh();
    await until(() => all(feed, '[part="notice"]').length > 0, 'the failure is told');
    expect(titles(feed)).to.deep.equal(before);
    mend();
    button(feed, 'Try again').click();
    await until(() => all(feed, '[part="notice"]').length === 0, 'the notice has gone');
  });

  it('works without counts', async () => {
    stage.fail('GET', '/api/notifications/counts', 500);
    const feed = await mountFeed(stage);
    expect(all(feed, '.tab').map(textOf)).to.deep.equal(['All', 'Unread', 'Snoozed', 'Archived']);
  });

  it('asks to sign in when nobody is', async () => {
    await stage.signIn(null);
    const feed = stage.mount<NotificationFeed>(markup);
    await blank(feed);
    expect(blankOf(feed)).to.equal('Sign in to see this');
    expect(buttons(feed)).not.to.include('Try again');
  });

  it('offers nothing to who may not see it, and takes no other room for that', async () => {
    const offered = (feed: Element) =>
      all(feed, 'button, input').filter((each) =>
        each.checkVisibility({ visibilityProperty: true }),
      );
    const feed = await mountFeed(stage, '><b slot="header">Mine</b');
    const height = feed.offsetHeight;
    expect(offered(feed)).not.to.have.length(0);
    await stage.signIn(null);
    await blank(feed);
    expect(offered(feed)).to.have.length(0);
    expect(feed.querySelector('b')!.checkVisibility({ visibilityProperty: true })).to.equal(true);
    expect(feed.offsetHeight).to.equal(height);
    await stage.signIn('user');
    await shown(feed);
    expect(offered(feed)).not.to.have.length(0);
  });

  for (const [filter, type, words] of [
    ['all', '', 'You are all caught up'],
    ['unread', '', 'You are all caught up'],
    ['unread', 'error', 'Nothing of this kind'],
    ['snoozed', '', 'Nothing is snoozed'],
    ['archived', '', 'Nothing is archived'],
    ['all', 'warning', 'Nothing of this kind'],
  ]) {
    it(`says what there is nothing of: ${filter} ${type}`, async () => {
      stage.answer('GET', '/api/notifications', () =>
        Response.json({
          data: [],
          meta: { limit: 20, total: 0, nextCursor: null, hasMore: false },
        }),
      );
      const feed = stage.mount<NotificationFeed>(
        `<notification-feed filter="${filter}" type="${type}"></notification-feed>`,
      );
      await blank(feed);
      expect(blankOf(feed)).to.equal(words);
    });
  }

  it('says that there is nothing new', async () => {
    await stage.elsewhere.notifications.readAll();
    const feed = stage.mount<NotificationFeed>(
      '<notification-feed filter="unread"></notification-feed>',
    );
    await blank(feed);
    expect(blankOf(feed)).to.equal('You are all caught up');
    expect(feed.matches(':state(empty)')).to.equal(true);
    expect(button(feed, 'Mark all read').ariaDisabled).to.equal('true');
  });

  it('loads page after page, and waits for the reader when one fails', async () => {
    const feed = await mountFeed(stage);
    const mend = stage.answer('GET', '/api/notifications', (request) =>
      request.url.includes('cursor=') ? new Response('{}', { status: 500 }) : undefined,
    );
    const scroller = one(feed, '#scroller');
    scroller.scrollTop = scroller.scrollHeight;
    await until(() => all(feed, '#end [part="notice"]').length > 0, 'the failure is told');
    expect(articles(feed).length).to.equal(20);
    mend();
    button(feed, 'Try again').click();
    const { length } = await notificationsOf(stage);
    await until(() => {
      scroller.scrollTop = scroller.scrollHeight;
      return articles(feed).length === length;
    }, 'all notifications are shown');
    expect(articles(feed).at(-1)!.getAttribute('aria-posinset')).to.equal(String(length));
    expect(all(feed, '#end .bone').length).to.equal(0);
  });

  it('makes one request with others of its kind, for list and counts each', async () => {
    stage.mount(`<div>${markup}${markup}</div>`);
    await stage.settled();
    expect(stage.requests).to.have.members([
      'GET /api/notifications?limit=20&filter=all',
      'GET /api/notifications/counts',
    ]);
    expect(stage.server.hub.counters.opened).to.equal(1);
  });

  it('leaves nothing running when it is removed', async () => {
    const leftovers = watchLeftovers();
    const feed = await mountFeed(stage);
    await stage.settled();
    feed.remove();
    await until(() => stage.server.hub.counters.connections === 0, 'the connection is closed');
    expect(leftovers.stop()).to.deep.equal([]);
  });

  it('shows that what was asked for before is still there, while the rest is on its way', async () => {
    const feed = await mountFeed(stage);
    await stage.settled();
    const before = titles(feed);
    const release = stage.hold('GET', '/api/notifications');
    choose(feed, 'Archived');
    await until(() => all(feed, '.stale').length === 1, 'it is dimmed');
    expect(titles(feed)).to.deep.equal(before);
    release();
    await until(() => all(feed, '.stale').length === 0, 'the archived are shown');
    expect(titles(feed)).not.to.deep.equal(before);
  });

  for (const [attribute, wrong, message, right] of [
    ['page-size', '0', 'page-size must be a whole number from 1 to 100, got "0".', '20'],
    [
      'filter',
      'new',
      'filter must be one of "all", "unread", "snoozed", "archived", got "new".',
      'all',
    ],
    [
      'type',
      'bogus',
      'type must be one of "", "info", "success", "warning", "error", got "bogus".',
      'info',
    ],
  ] as const) {
    it(`shows what is wrong with ${attribute}="${wrong}", and mends when it is corrected`, async () => {
      const feed = stage.mount<NotificationFeed>(
        `<notification-feed ${attribute}="${wrong}"></notification-feed>`,
      );
      await blank(feed);
      expect(blankOf(feed)).to.equal(message);
      expect(stage.requests).to.deep.equal([]);
      feed.setAttribute(attribute, right);
      await shown(feed);
    });
  }
});
