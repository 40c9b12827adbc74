import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { all, one, textOf } from '../../helpers/dom.js';
import { articles, mountFeed, titles } from '../../helpers/feed.js';
import { useStage } from '../../helpers/stage.js';
import { holdTimers } from '../../helpers/timers.js';
import { until } from '../../helpers/until.js';

describe('<notification-feed> and what comes in above the reader', () => {
  const stage = useStage();
  let timers: ReturnType<typeof holdTimers>;
  beforeEach(() => (timers = holdTimers()));
  afterEach(() => timers.restore());

  const notify = (title: string, count = 1) =>
    stage.server.notify({ userId: stage.person!.id, title, count });
  const scroll = async (feed: Element, top: number) => {
    one(feed, '#scroller').scrollTop = top;
    await until(() => one(feed, '#scroller').scrollTop === top, 'it is scrolled');
  };
  const said = (feed: Element) => textOf(one(feed, '.above [role="status"]'));
  const pill = (feed: Element) => all(feed, '[part="new"]')[0];

  it('keeps what is read where it is, says how many there are, and leads to them', async () => {
    const feed = await mountFeed(stage);
    await stage.settled();
    await scroll(feed, 300);
    const read = articles(feed)[6]!;
    const { top } = read.getBoundingClientRect();
    await notify('Just in', 3);
    await until(() => pill(feed), 'it is told');
    expect(textOf(pill(feed)!)).to.equal('↑ 3 new notifications');
    expect(Math.abs(read.getBoundingClientRect().top - top)).to.be.below(2);
    await notify('Later still');
    await until(() => textOf(pill(feed)!).includes('4'), 'they are told together');
    expect(Math.abs(read.getBoundingClientRect().top - top)).to.be.below(2);
    pill(feed)!.focus();
    await sendKeys({ press: 'Enter' });
    expect(one(feed, '#scroller').scrollTop).to.equal(0);
    await until(() => !pill(feed), 'nothing is new any more');
    expect(feed.shadowRoot!.activeElement === articles(feed)[0]).to.equal(true);
    expect(titles(feed)[0]).to.equal('Later still');
  });

  it('leaves as much room as it may need for what comes in while the feed is out of sight', async () => {
    const feed = await mountFeed(stage);
    await stage.settled();
    feed.style.marginBlockStart = '4000px';
    await notify('Just in');
    await until(() => titles(feed)[0] === 'Just in', 'it is drawn');
    expect(all(feed, '.chunk')[0]!.offsetHeight).to.be.within(60, 160);
  });

  it('says nothing of it to who is at the top, or has scrolled there', async () => {
    const feed = await mountFeed(stage);
    await stage.settled();
    await notify('Just in');
    await until(() => titles(feed)[0] === 'Just in', 'it is shown');
    expect(one(feed, '#scroller').scrollTop).to.equal(0);
    expect(pill(feed)).to.equal(undefined);
    await scroll(feed, 300);
    await notify('Above');
    await until(() => pill(feed), 'it is told');
    await scroll(feed, 0);
    await until(() => !pill(feed), 'it is seen');
  });

  it('does not move the notification that has the keyboard, at the top either', async () => {
    const feed = await mountFeed(stage);
    await stage.settled();
    const [first] = articles(feed);
    first!.focus();
    const { top } = first!.getBoundingClientRect();
    await notify('Just in');
    await until(() => pill(feed), 'it is told');
    expect(Math.abs(first!.getBoundingClientRect().top - top)).to.be.below(2);
    expect(feed.shadowRoot!.activeElement === first).to.equal(true);
  });

  it('does not move the notification whose panel is open', async () => {
    const feed = await mountFeed(stage);
    await stage.settled();
    const [, second] = articles(feed);
    second!.querySelectorAll<HTMLElement>('.acts button')[1]!.click();
    await until(() => all(feed, '.panel').length > 0, 'the panel is open');
    const { top } = second!.getBoundingClientRect();
    await notify('Just in');
    await until(() => pill(feed), 'it is told');
    expect(Math.abs(second!.getBoundingClientRect().top - top)).to.be.below(2);
  });

  it('announces what came in within two seconds together, and nothing of what was there', async () => {
    const feed = await mountFeed(stage);
    await stage.settled();
    expect(timers.count(2000)).to.equal(0);
    await notify('One');
    await until(() => titles(feed)[0] === 'One', 'it is shown');
    await notify('Two');
    await until(() => titles(feed)[0] === 'Two', 'it is shown');
    expect(timers.count(2000)).to.equal(1);
    expect(said(feed)).to.equal('');
    timers.run(2000);
    await until(() => said(feed) === '2 new notifications', 'they are announced together');
    feed.filter = 'unread';
    await until(() => all(feed, '.read').length === 0, 'the unread are shown');
    await stage.settled();
    expect(timers.count(2000)).to.equal(0);
    feed.remove();
    expect(timers.count(2000)).to.equal(0);
  });
});
