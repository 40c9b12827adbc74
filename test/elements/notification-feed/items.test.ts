import { expect } from '@open-wc/testing';
import type { Notification } from '../../../src/contract/index.js';
import type { NotificationFeed } from '../../../src/elements/notification-feed/notification-feed.js';
import { all, blankOf, button, one, textOf } from '../../helpers/dom.js';
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

  it('keeps the keyboard at the filter in force when the last one leaves', async () => {
    const feed = await mount([make(0)]);
    choose(feed, 'Unread');
    await until(() => feed.filter === 'unread', 'the unread are shown');
    await feed.updateComplete;
    articles(feed)[0]!.querySelector<HTMLElement>('.acts button:last-child')!.focus();
    feed.items = [];
    await until(() => all(feed, '.blank').length > 0, 'there are none');
    await until(() => feed.shadowRoot!.activeElement, 'something has the focus');
    expect(textOf(feed.shadowRoot!.activeElement!.parentElement!)).to.equal('Unread 0');
  });

  it('keeps a panel beside its notification when one above leaves', async () => {
    const items = [make(0), make(1), make(2)];
    const feed = await mount(items);
    const anchor = articles(feed)[2]!.querySelectorAll<HTMLElement>('.acts button')[1]!;
    anchor.click();
    await until(() => all(feed, '.panel').length > 0, 'the panel is open');
    const isBeside = () => {
      const [panel, button] = [one(feed, '.panel'), anchor].map((e) => e.getBoundingClientRect());
      const gaps = [panel!.top - button!.bottom, button!.top - panel!.bottom];
      return gaps.some((gap) => gap >= 0 && gap < 12);
    };
    await until(isBeside, 'it stands beside its notification');
    feed.items = items.slice(1);
    await until(() => articles(feed).length === 2, 'it has left');
    await until(isBeside, 'the panel is beside its notification');
  });

  it('lets no name turn round the words after it', async () => {
    const name = 'Ada \u202eecalevoL';
    const actor = { id: 'a', version: 1, name, image: null, role: 'user' as const };
    const feed = await mount([make(0, { actor, message: 'left a comment' })]);
    const message = one(feed, '.message');
    const words = message.lastChild!;
    const range = document.createRange();
    const xOf = (at: number) => {
      range.setStart(words, at);
      range.setEnd(words, at + 1);
      return range.getBoundingClientRect().left;
    };
    const start = words.textContent!.indexOf('left');
    expect(xOf(start + 3)).to.be.above(xOf(start));
  });

  const many = (count: number) => Array.from({ length: count }, (_, n) => make(n));

  it('draws up to a thousand in chunks, in which each keeps its row', async () => {
    const items = many(990);
    const feed = await mount(items);
    await until(() => articles(feed).length === 990, 'all are drawn');
    expect(all(feed, '.chunk')).to.have.length(99);
    const last = articles(feed).at(-1)!;
    const home = last.closest('.chunk');
    feed.items = [make(-2), make(-1), ...items.slice(0, 500), ...items.slice(501)];
    await until(() => titles(feed)[0] === 'Title -2', 'the new ones are shown');
    expect(titles(feed).slice(0, 3)).to.deep.equal(['Title -2', 'Title -1', 'Title 0']);
    expect(titles(feed)[502]).to.equal('Title 501');
    expect(last.closest('.chunk') === home && last.isConnected).to.equal(true);
    last.scrollIntoView();
    await until(() => last.getAttribute('aria-posinset') === '991', 'it is told its place');
    feed.items = items.slice(980);
    await until(() => articles(feed).length === 10, 'the rest is gone');
    expect(all(feed, '.chunk')).to.have.length(1);
    expect(articles(feed).at(-1) === last).to.equal(true);
  });

  it('counts and filters what comes in above by itself, whatever became of the page’s own array', async () => {
    const time = new Date().toISOString();
    const items = [make(2), make(3, { archivedAt: time })];
    const feed = await mount(items);
    items.unshift(make(1, { archivedAt: time }), make(0, { readAt: time }));
    feed.items = [...items];
    await until(() => countsOf(feed)['Archived'] === 2, 'all are counted');
    expect(countsOf(feed)).to.deep.equal({ All: 2, Unread: 1, Snoozed: 0, Archived: 2 });
    expect(titles(feed)).to.deep.equal(['Title 0', 'Title 2']);
    feed.items = [make(-1), items[1]!, items[0]!];
    await until(() => titles(feed)[0] === 'Title -1', 'others are shown');
    expect(countsOf(feed)).to.deep.equal({ All: 2, Unread: 1, Snoozed: 0, Archived: 1 });
  });

  it('stays at the top while more come in than fit into a chunk', async () => {
    const items = many(200);
    const feed = await mount(items);
    for (let n = 1; n <= 45; n += 1) {
      feed.items = [make(-n), ...feed.items!];
      await feed.updateComplete;
      expect(one(feed, '#scroller').scrollTop).to.equal(0);
    }
    expect(titles(feed)[0]).to.equal('Title -45');
  });

  it('draws what nobody sees no further, and the rest when it is shown', async () => {
    const feed = stage.mount<NotificationFeed>(
      '<notification-feed style="display: none"></notification-feed>',
    );
    feed.items = many(500);
    await until(() => articles(feed).length > 0, 'the first are drawn');
    await new Promise((resolve) => requestIdleCallback(resolve));
    expect(articles(feed)).to.have.length(10);
    feed.style.display = '';
    await until(() => articles(feed).length === 500, 'all are drawn');
    feed.style.display = 'none';
    feed.items = [...many(25).map((_, n) => make(n - 25)), ...feed.items!];
    await feed.updateComplete;
    feed.style.display = '';
    await until(() => articles(feed).length === 525, 'the new ones are drawn, too');
  });

  /** The first article that is wholly in sight, once it stands still. */
  const reading = async (feed: NotificationFeed) => {
    const { top } = one(feed, '#scroller').getBoundingClientRect();
    const inSight = () =>
      articles(feed).find((each) => each.getBoundingClientRect().top >= top + 40);
    // What comes into sight takes its true height, which settles within some frames.
    let before: number | undefined;
    await until(() => {
      const at = inSight()?.getBoundingClientRect().top;
      const isStill = at !== undefined && at === before;
      before = at;
      return isStill;
    }, 'it stands still');
    return { article: inSight()!, at: before! };
  };

  for (const count of [900, 5000]) {
    it(`keeps the place among ${count} of any height`, async () => {
      const items = many(count);
      const feed = await mount(items);
      one(feed, '#scroller').scrollTop = 30_000;
      const { article, at } = await reading(feed);
      feed.items = [make(-1), ...items];
      await until(() => article.getAttribute('aria-labelledby'), 'it is drawn');
      await feed.updateComplete;
      expect(Math.abs(article.getBoundingClientRect().top - at)).to.be.below(2);
      expect(article.isConnected).to.equal(true);
    });
  }

  it('holds a bounded part of very many, each row there as it comes into sight', async () => {
    const feed = await mount(many(5000));
    const scroller = one(feed, '#scroller');
    for (const to of [0.3, 0.9, 0.1, 1]) {
      scroller.scrollTop = to * scroller.scrollHeight;
      await reading(feed);
      expect(articles(feed).length).to.be.below(1100);
      const { top, bottom } = scroller.getBoundingClientRect();
      const seen = articles(feed)
        .map((each) => each.getBoundingClientRect())
        .filter((box) => box.bottom > top && box.top < bottom);
      expect(seen[0]!.top).to.be.below(top + 50);
      expect(seen.at(-1)!.bottom).to.be.above(bottom - 50);
    }
  });

  it('stays where it is read when the first of very many are no longer drawn', async () => {
    const feed = await mount(many(5000));
    const scroller = one(feed, '#scroller');
    const rows = one(feed, '.rows');
    // Until the rows at the top have given way to those below.
    for (let to = 0; articles(feed)[0]!.ariaPosInSet === '1'; to += 1500) {
      scroller.scrollTop = to;
      await reading(feed);
    }
    const top = scroller.getBoundingClientRect().top - scroller.scrollTop;
    expect(rows.getBoundingClientRect().top).to.be.closeTo(top, 1);
  });

  it('draws few of many that come in between those that are shown', async () => {
    const feed = await mount(many(5000).filter((_, n) => n % 100 === 0));
    feed.items = many(5000);
    await until(
      () => feed.shadowRoot!.querySelector('article')?.ariaSetSize === '5000',
      'all are there',
    );
    expect(articles(feed).length).to.be.below(200);
    expect(titles(feed)[1]).to.equal(many(5000)[1]!.title);
  });

  it('draws no more than is in sight before the browser is idle', async () => {
    const held: IdleRequestCallback[] = [];
    const { requestIdleCallback: whenIdle } = globalThis;
    globalThis.requestIdleCallback = (work) => held.push(work);
    try {
      const feed = await mount(many(5000));
      const scroller = one(feed, '#scroller');
      const { bottom } = articles(feed).at(-1)!.getBoundingClientRect();
      expect(articles(feed).length).to.be.below(30);
      expect(bottom).to.be.above(scroller.getBoundingClientRect().bottom);
      expect(scroller.scrollHeight).to.be.above(5000 * 60);
    } finally {
      globalThis.requestIdleCallback = whenIdle;
    }
    held.forEach((work) => requestIdleCallback(work));
  });

  it('says what is wrong with what it cannot take', async () => {
    const feed = await mount([null] as unknown as Notification[]);
    expect(blankOf(feed)).to.contain('items[0] is no notification: it needs an "id"');
    feed.items = [{ ...make(1), type: 'other' as 'info' }];
    await until(() => blankOf(feed).includes('"type":"other"'), 'its kind is told');
    feed.items = 'all' as unknown as Notification[];
    await until(() => blankOf(feed).includes('must be an array'), 'that is no array');
    feed.items = [make(1)];
    await until(() => titles(feed)[0] === 'Title 1', 'it is mended');
    feed.items = [];
    await until(() => all(feed, '.blank').length > 0, 'there are none');
    expect(blankOf(feed)).to.equal('You are all caught up');
  });
});
