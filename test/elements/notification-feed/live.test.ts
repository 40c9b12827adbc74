import { expect } from '@open-wc/testing';
import type { UserList } from '../../../src/elements/user-list/user-list.js';
import '../../../src/elements/user-list/define.js';
import { getRuntime } from '../../../src/runtime/index.js';
import { one, textOf } from '../../helpers/dom.js';
import { articleOf, articles, countsOf, mountFeed, notificationsOf } from '../../helpers/feed.js';
import { titles } from '../../helpers/feed.js';
import { useStage } from '../../helpers/stage.js';
import { until } from '../../helpers/until.js';

describe('<notification-feed>, live', () => {
  const stage = useStage();

  it('shows what comes in on top, and counts it', async () => {
    const feed = await mountFeed(stage);
    await stage.settled();
    const before = countsOf(feed);
    const asked = stage.requests.length;
    await stage.server.notify({ userId: stage.person!.id, title: 'Just in' });
    await until(() => titles(feed)[0] === 'Just in', 'it is shown');
    await until(() => countsOf(feed)['Unread'] === before['Unread']! + 1, 'it is counted');
    expect(countsOf(feed)['All']).to.equal(before['All']! + 1);
    expect(stage.requests).to.have.length(asked);
    const places = () =>
      articles(feed)
        .slice(0, 3)
        .map((article) => article.getAttribute('aria-posinset'));
    await until(() => places().join() === '1,2,3', 'they are told their places');
  });

  it('shows what was read or archived in another window', async () => {
    const feed = await mountFeed(stage);
    await stage.settled();
    const [first, second] = await notificationsOf(stage);
    await stage.elsewhere.notifications.update({ id: first!.id, read: true });
    await until(() => articleOf(feed, first!.id)!.matches('.read'), 'it is read');
    await stage.elsewhere.notifications.update({ id: second!.id, archived: true });
    await until(() => !articleOf(feed, second!.id), 'it has left');
    await stage.elsewhere.notifications.readAll();
    await until(() => countsOf(feed)['Unread'] === 0, 'the count follows');
  });

  it('catches up after the connection was cut', async () => {
    const feed = await mountFeed(stage);
    await stage.settled();
    stage.server.hub.dropAll();
    await stage.server.notify({ userId: stage.person!.id, title: 'While away' });
    await until(() => titles(feed)[0] === 'While away', 'what was missed is shown');
    expect(getRuntime().live.state.status).to.equal('live');
  });

  it('shares one connection with the list of people', async () => {
    const list = stage.mount<UserList>('<user-list></user-list>');
    const feed = await mountFeed(stage);
    await stage.settled();
    await until(() => textOf(list).includes('30 people'), 'people are shown');
    expect(stage.server.hub.counters.opened).to.equal(1);
    await stage.elsewhere.users.create({ name: 'Nora New', email: 'nora@example.com' });
    await stage.server.notify({ userId: stage.person!.id, title: 'Just in' });
    await until(() => titles(feed)[0] === 'Just in', 'the notification is shown');
    await until(() => textOf(list).includes('31 people'), 'the person is shown');
  });

  it('takes a changed person into the notifications they caused', async () => {
    const list = stage.mount<UserList>('<user-list page-size="100"></user-list>');
    const feed = await mountFeed(stage, 'page-size="100"');
    await stage.settled();
    await until(() => textOf(list).includes('30 people'), 'people are shown');
    const { actor, id } = (await notificationsOf(stage)).find(({ actor }) => actor)!;
    await stage.elsewhere.users.update({ id: actor!.id, name: 'Xenia Zed' });
    await until(
      () => textOf(articleOf(feed, id)!.querySelector('.avatar')!) === 'XZ',
      'the initials follow',
    );
  });

  it('stays where the reader is when something comes in above', async () => {
    const feed = await mountFeed(stage);
    await stage.settled();
    const scroller = one(feed, '#scroller');
    scroller.scrollTop = 300;
    const article = articles(feed)[8]!;
    const before = article.getBoundingClientRect().top;
    await stage.server.notify({ userId: stage.person!.id, title: 'Just in' });
    await until(() => titles(feed)[0] === 'Just in', 'it is shown');
    expect(Math.abs(article.getBoundingClientRect().top - before)).to.be.below(2);
  });
});
