import { expect } from '@open-wc/testing';
import type { Notification } from '../../../src/contract/index.js';
import type { NotificationFeed } from '../../../src/elements/notification-feed/notification-feed.js';
import { all, blankOf, button, one } from '../../helpers/dom.js';
import { articles, choose, countsOf, titles } from '../../helpers/feed.js';
import { useStage } from '../../helpers/stage.js';
import { until } from '../../helpers/until.js';

const make = (n: number, fields: Partial<Notification> = {}): Notification => ({
  id: `own-${n}`,
  version: 1,
  createdAt: new Date(Date.now() - n * 60_000).toISOString(),
  updatedAt: new Date(0).toISOString(),
  userId: 'me',
  type: 'info',
  title: `Title ${n}`,
  message: 'm'.repeat(10 + (Math.abs(n * 37) % 200)),
  href: null,
  actor: null,
  readAt: null,
  archivedAt: null,
  snoozedUntil: null,
  ...fields,
});

describe('<notification-feed> with the page’s own notifications', () => {
  const stage = useStage();
  const mount = async (items: readonly Notification[]) => {
    const feed = stage.mount<NotificationFeed>('<notification-feed></notification-feed>');
    feed.items = items;
    await until(() => articles(feed).length + all(feed, '.blank').length > 0, 'it is drawn');
    return feed;
  };

  it('asks for nothing, filters and counts them, and tells the page what to do', async () => {
    const time = new Date().toISOString();
    const items = [make(0), make(1, { readAt: time }), make(2, { archivedAt: time })];
    const feed = await mount(items);
    expect(titles(feed)).to.deep.equal(['Title 0', 'Title 1']);
    expect(countsOf(feed)).to.deep.equal({ All: 2, Unread: 1, Snoozed: 0, Archived: 1 });
    choose(feed, 'Archived');
    await until(() => titles(feed)[0] === 'Title 2', 'the archived are shown');
    choose(feed, 'All');
    await until(() => titles(feed).length === 2, 'the others are shown');
    const asked: unknown[] = [];
    feed.addEventListener('inlay-before-action', ({ action, input }) => asked.push(action, input));
    articles(feed)[0]!.querySelectorAll<HTMLElement>('.acts button')[2]!.click();
    button(feed, 'Mark all read').click();
    expect(asked).to.deep.equal([
      'notifications.update',
      { id: 'own-0', archived: true },
      'notifications.readAll',
      {},
    ]);
    expect(stage.requests.filter((line) => line.includes('notifications'))).to.deep.equal([]);
  });

  it('draws a thousand in chunks, in which each keeps its row', async () => {
    const items = Array.from({ length: 1000 }, (_, n) => make(n));
    const feed = await mount(items);
    expect(articles(feed)).to.have.length(1000);
    expect(all(feed, '.chunk')).to.have.length(25);
    const last = articles(feed).at(-1)!;
    const home = last.closest('.chunk');
    feed.items = [make(-2), make(-1), ...items.slice(0, 500), ...items.slice(501)];
    await until(() => titles(feed)[0] === 'Title -2', 'the new ones are shown');
    expect(titles(feed).slice(0, 3)).to.deep.equal(['Title -2', 'Title -1', 'Title 0']);
    expect(titles(feed)[502]).to.equal('Title 501');
    expect(last.closest('.chunk') === home && last.isConnected).to.equal(true);
    expect(last.getAttribute('aria-posinset')).to.equal('1001');
    feed.items = items.slice(980);
    await until(() => articles(feed).length === 20, 'the rest is gone');
    expect(all(feed, '.chunk')).to.have.length(1);
    expect(articles(feed).at(-1) === last).to.equal(true);
  });

  it('keeps the place among a thousand of any height', async () => {
    const items = Array.from({ length: 1000 }, (_, n) => make(n));
    const feed = await mount(items);
    const scroller = one(feed, '#scroller');
    scroller.scrollTop = 20_000;
    const box = scroller.getBoundingClientRect();
    const inSight = () =>
      articles(feed).find((each) => each.getBoundingClientRect().top >= box.top + 40)!;
    // Chunks that come into sight take their true height, which settles within some frames.
    let before = -1;
    await until(() => {
      const at = inSight().getBoundingClientRect().top;
      const isStill = at === before;
      before = at;
      return isStill;
    }, 'it stands still');
    const read = inSight();
    feed.items = [make(-1), ...items];
    await until(() => titles(feed)[0] === 'Title -1', 'it is drawn');
    expect(Math.abs(read.getBoundingClientRect().top - before)).to.be.below(2);
  });

  it('says what is wrong with what it cannot take', async () => {
    const feed = await mount([null] as unknown as Notification[]);
    expect(blankOf(feed)).to.contain('items must be an array of notifications');
    feed.items = [make(1)];
    await until(() => titles(feed)[0] === 'Title 1', 'it is mended');
    feed.items = [];
    await until(() => all(feed, '.blank').length > 0, 'there are none');
    expect(blankOf(feed)).to.equal('You are all caught up');
  });
});
