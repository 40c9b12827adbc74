import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { snoozeTimes } from '../../../src/elements/notification-feed/snooze.js';
import { expectAccessible } from '../../helpers/axe.js';
import { all, button, one, textOf } from '../../helpers/dom.js';
import { articleOf, articles, choose, countsOf, mountFeed } from '../../helpers/feed.js';
import { notificationsOf } from '../../helpers/feed.js';
import { useStage } from '../../helpers/stage.js';
import { until } from '../../helpers/until.js';

describe('times to snooze until', () => {
  const at = (...parts: [number, number, number, number, number?]) => new Date(...parts);
  const named = (now: Date) => snoozeTimes(now).map(({ name, at: time }) => [name, time.getTime()]);

  it('are by the clock and the calendar of the reader', () => {
    // A Wednesday.
    expect(named(at(2026, 2, 4, 10, 40))).to.deep.equal([
      ['today', at(2026, 2, 4, 13).getTime()],
      ['tomorrow', at(2026, 2, 5, 9).getTime()],
      ['week', at(2026, 2, 9, 9).getTime()],
    ]);
  });

  it('are none of today late in the evening, and another week on a Sunday and a Monday', () => {
    expect(named(at(2026, 2, 8, 21))).to.deep.equal([
      ['tomorrow', at(2026, 2, 9, 9).getTime()],
      ['week', at(2026, 2, 16, 9).getTime()],
    ]);
    expect(named(at(2026, 2, 9, 20, 59)).at(-1)).to.deep.equal([
      'week',
      at(2026, 2, 16, 9).getTime(),
    ]);
    // The last day of a year, and of a month that clocks change in.
    expect(named(at(2026, 11, 31, 23))[0]).to.deep.equal(['tomorrow', at(2027, 0, 1, 9).getTime()]);
  });
});

describe('<notification-feed> and what is put off', () => {
  const stage = useStage();
  const stored = async (id: string) => (await stage.server.store.get('notifications', id))!;
  const clock = (feed: Element, id: string) =>
    articleOf(feed, id)!.querySelectorAll<HTMLElement>('.acts button')[1]!;
  const focused = (feed: Element) => feed.shadowRoot!.activeElement as HTMLElement;
  const preset = (feed: Element, name: string) =>
    all<HTMLButtonElement>(feed, '.panel .text').find((each) => textOf(each).startsWith(name))!;

  it('snoozes until tomorrow by the keyboard alone, and goes on with the next one', async () => {
    const feed = await mountFeed(stage);
    await stage.settled();
    const before = countsOf(feed);
    const [first, second] = await notificationsOf(stage);
    clock(feed, first!.id).focus();
    await sendKeys({ press: 'Enter' });
    await until(() => focused(feed).closest('.panel'), 'the focus is in the panel');
    expect(one(feed, '.panel').ariaLabel).to.equal(`Snooze “${first!.title}”`);
    expect(clock(feed, first!.id).ariaExpanded).to.equal('true');
    preset(feed, 'Tomorrow').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => !articleOf(feed, first!.id), 'it has left');
    expect(countsOf(feed)).to.deep.equal({
      ...before,
      All: before['All']! - 1,
      Unread: before['Unread']! - Number(!first!.readAt),
      Snoozed: 1,
    });
    await until(() => focused(feed) === clock(feed, second!.id), 'the focus goes on');
    await stage.settled();
    const tomorrow = new Date();
    tomorrow.setDate(tomorrow.getDate() + 1);
    tomorrow.setHours(9, 0, 0, 0);
    expect((await stored(first!.id)).snoozedUntil).to.equal(tomorrow.toISOString());
  });

  it('shows what is snoozed with the time, and wakes it when asked', async () => {
    const feed = await mountFeed(stage);
    await stage.settled();
    const before = countsOf(feed);
    const { id } = articles(feed)[0]!.querySelector('.title')!;
    const item = id.replace('title-', '');
    clock(feed, item).click();
    await feed.updateComplete;
    preset(feed, 'Tomorrow').click();
    await until(() => countsOf(feed)['Snoozed'] === 1, 'it is counted');
    choose(feed, 'Snoozed');
    await until(() => articleOf(feed, item), 'it is among the snoozed');
    expect(textOf(one(feed, '.until'))).to.match(/^until \w+ 9:00/);
    await until(() => all(feed, '.stale').length === 0, 'the server has said so');
    await expectAccessible(feed);
    clock(feed, item).click();
    await feed.updateComplete;
    button(feed, 'Wake now').click();
    await until(() => !articleOf(feed, item), 'it has left');
    await until(() => textOf(one(feed, '.blank')) === 'Nothing is snoozed', 'nothing is left');
    expect(countsOf(feed)).to.deep.equal(before);
  });

  it('takes a time of one’s own, but none that has passed', async () => {
    const feed = await mountFeed(stage);
    await stage.settled();
    const [first] = await notificationsOf(stage);
    clock(feed, first!.id).click();
    await feed.updateComplete;
    const field = one<HTMLInputElement>(feed, '[type="datetime-local"]');
    await expectAccessible(feed);
    field.value = '2020-01-01T10:00';
    button(feed, 'Snooze').click();
    await until(() => field.matches('[aria-invalid="true"]'), 'it is refused');
    expect(textOf(one(feed, '#until-wrong'))).to.equal('Choose a time to come.');
    expect(focused(feed) === field).to.equal(true);
    expect(stage.count('PATCH')).to.equal(0);
    field.value = '2040-06-01T10:30';
    button(feed, 'Snooze').click();
    await until(() => !articleOf(feed, first!.id), 'it has left');
    await stage.settled();
    expect((await stored(first!.id)).snoozedUntil).to.equal(
      new Date(2040, 5, 1, 10, 30).toISOString(),
    );
  });

  it('closes by Escape, by a press elsewhere and by its own button, and gives the focus back', async () => {
    const feed = await mountFeed(stage);
    const [first] = await notificationsOf(stage);
    const anchor = clock(feed, first!.id);
    anchor.click();
    await until(() => all(feed, '.panel:popover-open').length === 1, 'it is open');
    await sendKeys({ press: 'Escape' });
    await until(() => all(feed, '.panel').length === 0, 'it is closed');
    expect(focused(feed) === anchor).to.equal(true);
    expect(anchor.ariaExpanded).to.equal('false');
    anchor.click();
    await until(() => all(feed, '.panel').length === 1, 'it is open again');
    document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
    await until(() => all(feed, '.panel').length === 0, 'it is closed');
    anchor.click();
    await until(() => all(feed, '.panel').length === 1, 'it is open again');
    anchor.click();
    await until(() => all(feed, '.panel').length === 0, 'it is closed');
  });

  it('closes when its notification is archived in another window, and keeps the keyboard', async () => {
    const feed = await mountFeed(stage);
    await stage.settled();
    const [first] = await notificationsOf(stage);
    clock(feed, first!.id).click();
    await until(() => focused(feed)?.closest('.panel'), 'the focus is in the panel');
    await stage.elsewhere.notifications.update({ id: first!.id, archived: true });
    await until(() => all(feed, '.panel').length === 0, 'it is closed');
    expect(focused(feed).closest('article') ?? focused(feed).closest('.root')).not.to.equal(null);
  });

  it('offers to undo what was snoozed or archived, at its old place', async () => {
    const feed = await mountFeed(stage);
    await stage.settled();
    const before = countsOf(feed);
    const order = () => articles(feed).map((each) => each.getAttribute('aria-labelledby'));
    const all20 = order();
    const [, second] = await notificationsOf(stage);
    articleOf(feed, second!.id)!.querySelectorAll<HTMLElement>('.acts button')[2]!.click();
    await until(() => stage.notices.length === 1, 'it is told');
    const [notice] = stage.notices;
    expect(notice!.message).to.equal('done.archived');
    const release = stage.hold('PATCH', `/api/notifications/${second!.id}`);
    notice!.undo!();
    await until(() => articleOf(feed, second!.id), 'it is back before the server knows');
    expect(order().slice(0, 20)).to.deep.equal(all20);
    expect(countsOf(feed)).to.deep.equal(before);
    release();
    await stage.settled();
    expect((await stored(second!.id)).archivedAt).to.equal(null);
    expect(countsOf(feed)).to.deep.equal(before);
    expect(stage.notices.length, 'nothing more is told').to.equal(1);
  });

  it('shows what is taken back on top, also to who has gone on to the next', async () => {
    const feed = await mountFeed(stage);
    await stage.settled();
    const [first] = await notificationsOf(stage);
    articleOf(feed, first!.id)!.querySelectorAll<HTMLElement>('.acts button')[2]!.focus();
    focused(feed)!.click();
    await until(() => !articleOf(feed, first!.id), 'it is gone');
    await until(() => focused(feed)?.closest('article'), 'the focus is at the next');
    await until(() => stage.notices.length === 1, 'it is told');
    stage.notices[0]!.undo!();
    await until(() => articleOf(feed, first!.id), 'it is back');
    await stage.settled();
    expect(one(feed, '#scroller').scrollTop).to.equal(0);
  });

  it('undoes marking all read, and archiving what is read', async () => {
    const feed = await mountFeed(stage);
    await stage.settled();
    const before = countsOf(feed);
    button(feed, 'Mark all read').click();
    await until(() => stage.notices.length === 1, 'it is told');
    expect(stage.notices[0]!.values).to.deep.equal({ count: before['Unread'] });
    expect(countsOf(feed)['Unread']).to.equal(0);
    stage.notices[0]!.undo!();
    await until(() => countsOf(feed)['Unread'] === before['Unread'], 'they are unread again');
    await stage.settled();
    button(feed, 'More').click();
    await feed.updateComplete;
    button(feed, 'Archive what is read').click();
    await until(() => stage.notices.length === 2, 'it is told');
    expect(countsOf(feed)['All']).to.equal(before['Unread']);
    expect(focused(feed) === button(feed, 'More')).to.equal(true);
    stage.notices[1]!.undo!();
    await until(() => countsOf(feed)['All'] === before['All'], 'they are back');
    expect(countsOf(feed)).to.deep.equal(before);
  });
});
