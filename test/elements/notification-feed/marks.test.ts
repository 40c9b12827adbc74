import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { Api, Notification } from '../../../src/contract/index.js';
import type { NotificationFeed } from '../../../src/elements/notification-feed/notification-feed.js';
import { configure, getRuntime } from '../../../src/runtime/index.js';
import { all, blankOf, button, buttons, one, textOf } from '../../helpers/dom.js';
import { articleOf, articles, choose, countsOf, mountFeed } from '../../helpers/feed.js';
import { notificationsOf, titles } from '../../helpers/feed.js';
import { useStage } from '../../helpers/stage.js';
import { nextEvent, until } from '../../helpers/until.js';

describe('<notification-feed> and what the reader does', () => {
  const stage = useStage();
  const counted = (feed: Element) => until(() => countsOf(feed)['All']! > 0, 'counts are shown');
  const stored = async (id: string) => (await stage.server.store.get('notifications', id))!;
  const firstUnread = async () => (await notificationsOf(stage)).find(({ readAt }) => !readAt)!;
  const act = (feed: Element, id: string, which: number) =>
    articleOf(feed, id)!.querySelectorAll<HTMLElement>('.acts button')[which]!.click();

  it('filters, with counts beside each filter', async () => {
    const feed = await mountFeed(stage, 'page-size="100"');
    await counted(feed);
    const { total, unread, archived } = await stage.elsewhere.notifications.counts();
    expect(countsOf(feed)).to.deep.equal({
      All: total,
      Unread: unread,
      Snoozed: 0,
      Archived: archived,
    });
    expect(articles(feed).length).to.equal(total);
    const changed = nextEvent('inlay-change');
    choose(feed, 'Unread');
    expect((await changed).state).to.deep.equal({ filter: 'unread' });
    await until(() => articles(feed).length === unread, 'the unread are shown');
    expect(all(feed, 'article.read').length).to.equal(0);
    choose(feed, 'Archived');
    await until(() => articles(feed).length === archived, 'the archived are shown');
    expect(feed.filter).to.equal('archived');
  });

  it('marks read and unread, at once in counts and look', async () => {
    const feed = await mountFeed(stage);
    await counted(feed);
    const before = countsOf(feed);
    const { id } = await firstUnread();
    const release = stage.hold('PATCH', `/api/notifications/${id}`);
    act(feed, id, 0);
    await feed.updateComplete;
    expect(articleOf(feed, id)!.matches('.read')).to.equal(true);
    await until(() => countsOf(feed)['Unread'] === before['Unread']! - 1, 'the count follows');
    expect((await stored(id)).readAt).to.equal(null);
    release();
    const { queries } = getRuntime();
    await until(() => queries.isMutating() === 0, 'it is saved');
    expect((await stored(id)).readAt).not.to.equal(null);
    act(feed, id, 0);
    await until(() => articleOf(feed, id)!.matches('.unread'), 'it is unread again');
    await until(() => countsOf(feed)['Unread'] === before['Unread'], 'the count follows');
  });

  it('draws a refused mark back', async () => {
    const feed = await mountFeed(stage);
    await counted(feed);
    const before = countsOf(feed);
    const { id } = await firstUnread();
    stage.fail('PATCH', `/api/notifications/${id}`, 500);
    const failed = nextEvent('inlay-error');
    act(feed, id, 0);
    await feed.updateComplete;
    expect(articleOf(feed, id)!.matches('.read')).to.equal(true);
    await failed;
    await until(() => articleOf(feed, id)!.matches('.unread'), 'it is unread again');
    expect(countsOf(feed)).to.deep.equal(before);
  });

  it('marks all read', async () => {
    const feed = await mountFeed(stage);
    await counted(feed);
    button(feed, 'Mark all read').click();
    await until(() => all(feed, 'article.unread').length === 0, 'none is unread');
    expect(countsOf(feed)['Unread']).to.equal(0);
    await stage.settled();
    expect((await stage.elsewhere.notifications.counts()).unread).to.equal(0);
    expect(button(feed, 'Mark all read').ariaDisabled).to.equal('true');
  });

  it('offers to mark or archive all only where all are shown', async () => {
    const feed = await mountFeed(stage);
    feed.parentElement!.style.inlineSize = '320px';
    const offered = async () => {
      button(feed, 'More').click();
      await until(() => all(feed, '.panel').length === 1, 'it is open');
      const names = buttons(feed).filter((name) => / read$/.test(name) && !name.includes('“'));
      button(feed, 'More').click();
      await until(() => all(feed, '.panel').length === 0, 'it is closed');
      return names.join();
    };
    const height = one(feed, '.bar').offsetHeight;
    expect(await offered()).to.equal('Mark all read,Archive what is read');
    for (const [filter, names] of [
      ['Unread', 'Mark all read'],
      ['Archived', ''],
      ['Snoozed', ''],
    ] as const) {
      choose(feed, filter);
      await until(() => feed.filter === filter.toLowerCase(), 'it is chosen');
      await feed.updateComplete;
      expect(await offered(), filter).to.equal(names);
      expect(one(feed, '.bar').offsetHeight).to.equal(height);
    }
    Object.assign(feed, { filter: 'all', type: 'error' });
    await feed.updateComplete;
    expect(await offered(), 'one kind').to.equal('');
  });

  it('keeps the focus on the button that marked all read, which then does nothing', async () => {
    const feed = await mountFeed(stage);
    await until(() => countsOf(feed)['Unread'], 'the counts are there');
    const all = button(feed, 'Mark all read');
    expect(all.ariaDisabled).to.equal('false');
    all.focus();
    await sendKeys({ press: 'Enter' });
    await until(() => countsOf(feed)['Unread'] === 0, 'all are read');
    await stage.settled();
    expect(feed.shadowRoot!.activeElement === all).to.equal(true);
    expect(all.ariaDisabled).to.equal('true');
    await sendKeys({ press: 'Enter' });
    await stage.settled();
    expect(stage.count('POST')).to.equal(1);
  });

  it('archives out of sight, and back again', async () => {
    const feed = await mountFeed(stage, 'page-size="100"');
    await counted(feed);
    const before = countsOf(feed);
    const { id, readAt } = (await notificationsOf(stage)).find(({ readAt }) => readAt)!;
    expect(readAt).not.to.equal(null);
    act(feed, id, 2);
    await until(() => !articleOf(feed, id), 'it has left');
    expect(countsOf(feed)).to.deep.equal({
      ...before,
      All: before['All']! - 1,
      Archived: before['Archived']! + 1,
    });
    await stage.settled();
    choose(feed, 'Archived');
    await until(() => articleOf(feed, id), 'it is among the archived');
    act(feed, id, 1);
    await until(() => !articleOf(feed, id), 'it has left');
    await until(() => countsOf(feed)['All'] === before['All'], 'the counts are as before');
  });

  it('keeps the focus in the feed when the focused one is archived', async () => {
    const feed = await mountFeed(stage);
    const [first, second] = articles(feed);
    const archive = first!.querySelectorAll<HTMLElement>('.acts button')[2]!;
    archive.focus();
    archive.click();
    await until(() => !first!.isConnected, 'it has left');
    await until(() => feed.shadowRoot!.activeElement, 'something has the focus');
    expect(second!.contains(feed.shadowRoot!.activeElement)).to.equal(true);
  });

  it('asks the page before each write, which may say no', async () => {
    const feed = await mountFeed(stage);
    const asked: string[] = [];
    feed.addEventListener('inlay-before-action', (event) => {
      asked.push(event.action);
      event.preventDefault();
    });
    const { id } = await firstUnread();
    await counted(feed);
    act(feed, id, 0);
    button(feed, 'Mark all read').click();
    await stage.settled();
    expect(asked).to.deep.equal(['notifications.update', 'notifications.readAll']);
    expect(articleOf(feed, id)!.matches('.unread')).to.equal(true);
  });

  it('marks read what is opened, and lets the page open it instead', async () => {
    const feed = await mountFeed(stage, 'page-size="100"');
    const item = (await notificationsOf(stage)).find(({ readAt, href }) => !readAt && href)!;
    const chosen: unknown[] = [];
    feed.addEventListener('inlay-select', (event) => {
      event.preventDefault();
      chosen.push((event.item as Notification).id);
    });
    const link = articleOf(feed, item.id)!.querySelector('a')!;
    expect(link.getAttribute('href')).to.equal(item.href);
    link.click();
    await until(() => articleOf(feed, item.id)!.matches('.read'), 'it is read');
    expect(chosen).to.deep.equal([item.id]);
  });

  it('goes from one to the next by PageDown and PageUp', async () => {
    const feed = await mountFeed(stage);
    const at = () => articles(feed).indexOf(feed.shadowRoot!.activeElement!.closest('article')!);
    articles(feed)[0]!.focus();
    await sendKeys({ press: 'PageDown' });
    expect(at()).to.equal(1);
    articles(feed)[1]!.querySelector('button')!.focus();
    await sendKeys({ press: 'PageDown' });
    expect(at()).to.equal(2);
    await sendKeys({ press: 'PageUp' });
    expect(at()).to.equal(1);
    await sendKeys({ press: 'PageUp' });
    await sendKeys({ press: 'PageUp' });
    expect(at()).to.equal(0);
  });

  it('shows texts as texts, and links nowhere but to http and the page’s own origin', async () => {
    const title = '<img src=x onerror="throw 1">{count}';
    await stage.elsewhere.control.notify({ userId: stage.person!.id, title });
    const [item] = await notificationsOf(stage);
    // An API of the page's own is not checked against the contract.
    const evil: Partial<Api['notifications']> = {
      list: async (input, options) => {
        const page = await stage.elsewhere.notifications.list(input, options);
        return { ...page, data: [{ ...item!, href: 'javascript:throw 1' }, ...page.data.slice(1)] };
      },
    };
    const { elsewhere } = stage;
    configure({
      live: false,
      api: { ...elsewhere, notifications: { ...elsewhere.notifications, ...evil } },
    });
    const feed = await mountFeed(stage);
    expect(titles(feed)[0]).to.equal(title);
    expect(all(feed, 'img').length).to.equal(0);
    expect(articles(feed)[0]!.querySelector('a') === null).to.equal(true);
  });

  it('refuses an answer whose links could run code', async () => {
    const { data, meta } = await stage.elsewhere.notifications.list({ limit: 1 });
    const page = { data: [{ ...data[0], href: 'javascript:throw 1' }], meta };
    stage.answer('GET', '/api/notifications', () => Response.json(page));
    const feed = stage.mount<NotificationFeed>('<notification-feed></notification-feed>');
    await until(() => all(feed, '.blank').length > 0, 'the failure is shown');
    expect(blankOf(feed)).to.contain('The server answered something unexpected.');
    expect(textOf(one(feed, '.root'))).not.to.contain(data[0]!.title);
  });
});
