import { expect } from '@open-wc/testing';
import { sendKeys, sendMouse, setViewport } from '@web/test-runner-commands';
import '../../../src/elements/notification-bell/define.js';
import '../../../src/elements/toast-region/define.js';
import type { ToastRegion } from '../../../src/elements/toast-region/toast-region.js';
import { NotificationBell } from '../../../src/elements/notification-bell/notification-bell.js';
import { NotificationFeed } from '../../../src/elements/notification-feed/notification-feed.js';
import { define } from '../../../src/kit/define.js';
import { registerLocale } from '../../../src/kit/i18n.js';
import { ar } from '../../../src/locales/ar.js';
import { notify as notice } from '../../../src/runtime/index.js';
import { expectAccessible } from '../../helpers/axe.js';
import { all, one, textOf } from '../../helpers/dom.js';
import { articles } from '../../helpers/feed.js';
import { useStage } from '../../helpers/stage.js';
import { holdTimers } from '../../helpers/timers.js';
import { nextEvent, until } from '../../helpers/until.js';

describe('<notification-bell>', () => {
  const stage = useStage();

  const bellButton = (bell: Element) => one<HTMLButtonElement>(bell, '#anchor');
  const isOpen = (bell: Element) => one(bell, '#popup').matches(':popover-open');
  const feedOf = (bell: Element) =>
    bell.shadowRoot!.querySelector<NotificationFeed>('#popup > *') ?? undefined;
  const badge = (bell: Element) => all(bell, '.badge').map(textOf).join();
  const unread = async () => (await stage.elsewhere.notifications.counts()).unread;
  const notify = (count = 1) =>
    stage.server.notify({ userId: stage.person!.id, title: 'Just in', count });

  async function mountBell(attributes = '', inside = ''): Promise<NotificationBell> {
    const bell = stage.mount<NotificationBell>(
      `<notification-bell ${attributes}>${inside}</notification-bell>`,
    );
    await until(() => badge(bell) !== '', 'the number is shown');
    return bell;
  }
  async function open(bell: NotificationBell): Promise<NotificationFeed> {
    bellButton(bell).click();
    await until(() => isOpen(bell), 'it is open');
    const feed = feedOf(bell)!;
    await until(() => articles(feed).length > 0, 'the feed is shown');
    return feed;
  }
  async function press(selector: Element): Promise<void> {
    const { x, y, width, height } = selector.getBoundingClientRect();
    const position: [number, number] = [Math.round(x + width / 2), Math.round(y + height / 2)];
    await sendMouse({ type: 'click', position });
  }

  it('shows how many are unread, also in its name, and asks for nothing else', async () => {
    const bell = await mountBell();
    const count = await unread();
    expect(badge(bell)).to.equal(`${count}`);
    expect(bellButton(bell).ariaLabel).to.equal(`Notifications, ${count} unread`);
    expect(stage.requests).to.deep.equal(['GET /api/notifications/counts']);
    expect(feedOf(bell)).to.equal(undefined);
  });

  it('has the colour of the words around it, and its feed its own', async () => {
    const bell = await mountBell();
    bell.parentElement!.style.color = 'rgb(250, 250, 210)';
    expect(getComputedStyle(bellButton(bell)).color).to.equal('rgb(250, 250, 210)');
    const feed = await open(bell);
    expect(getComputedStyle(feed).color).to.not.equal('rgb(250, 250, 210)');
    bell.parentElement!.style.color = '';
  });

  it('follows what comes in and what is read', async () => {
    const bell = await mountBell();
    await stage.settled();
    const count = await unread();
    await notify();
    await until(() => badge(bell) === `${count + 1}`, 'the new one is counted');
    await notify(100);
    await until(() => badge(bell) === '99+', 'there are many');
    expect(bellButton(bell).ariaLabel).to.equal(`Notifications, ${count + 101} unread`);
    await stage.elsewhere.notifications.readAll();
    await until(() => badge(bell) === '', 'there is none');
    expect(bellButton(bell).ariaLabel).to.equal('Notifications');
  });

  it('opens a feed at the bell, within the window, and keeps it', async () => {
    const bell = await mountBell('page-size="5" filter="unread"');
    const told = nextEvent('inlay-toggle');
    const feed = await open(bell);
    expect((await told).open).to.equal(true);
    expect(stage.count('limit=5&filter=unread') + stage.count('filter=unread&limit=5')).to.equal(1);
    const [popup, anchor] = ['#popup', '#anchor'].map((each) =>
      one(bell, each).getBoundingClientRect(),
    );
    expect(popup!.top).to.be.at.least(anchor!.bottom);
    for (const place of [popup!.left, innerWidth - popup!.right, innerHeight - popup!.bottom]) {
      expect(place).to.be.at.least(4);
    }
    expect(one(bell, '#popup').scrollHeight, 'one scroller, not two').to.equal(
      one(bell, '#popup').clientHeight,
    );
    bell.filter = 'archived';
    bell.pageSize = 7;
    await until(() => stage.count('filter=archived') === 1, 'the feed follows');
    expect(feed.pageSize).to.equal(7);
    bellButton(bell).click();
    await until(() => !isOpen(bell), 'it is closed');
    bellButton(bell).click();
    await until(() => isOpen(bell), 'it is open again');
    expect(feedOf(bell) === feed).to.equal(true);
  });

  it('asks for the feed as soon as the pointer or the focus is on it', async () => {
    const bell = await mountBell();
    bellButton(bell).focus();
    await until(() => stage.count('/notifications?') === 1, 'the feed is asked for');
    expect(isOpen(bell)).to.equal(false);
  });

  it('is worked by keys, and takes the focus back', async () => {
    const bell = await mountBell();
    bellButton(bell).focus();
    await until(() => feedOf(bell) && articles(feedOf(bell)!).length > 0, 'the feed is there');
    await sendKeys({ press: 'ArrowDown' });
    await until(() => feedOf(bell)!.shadowRoot!.activeElement?.matches('article'), 'it leads in');
    expect(bellButton(bell).getAttribute('aria-expanded')).to.equal('true');
    await sendKeys({ press: 'Escape' });
    await until(() => !isOpen(bell), 'it is closed');
    await until(() => bell.shadowRoot!.activeElement === bellButton(bell), 'the bell has it');
    await until(
      () => bellButton(bell).getAttribute('aria-expanded') === 'false',
      'readers hear that it is closed',
    );
    await sendKeys({ press: 'Enter' });
    await until(() => isOpen(bell), 'it is open');
  });

  it('is closed by a press beside it, which takes the focus if it can', async () => {
    const field = stage.mount<HTMLInputElement>(
      '<input aria-label="of the page" style="position: fixed; inset: auto 0 0 auto">',
    );
    const bell = await mountBell();
    const feed = await open(bell);
    articles(feed)[0]!.focus();
    await sendMouse({ type: 'click', position: [innerWidth - 5, 5] });
    await until(() => !isOpen(bell), 'it is closed');
    await until(() => bell.shadowRoot!.activeElement === bellButton(bell), 'the bell has it');
    await open(bell);
    await press(field);
    await until(() => !isOpen(bell), 'it is closed');
    expect(document.activeElement === field).to.equal(true);
  });

  it('stays open while a toast is pressed', async () => {
    const region = stage.mount<ToastRegion>('<toast-region></toast-region>');
    const bell = await mountBell();
    await open(bell);
    const told: boolean[] = [];
    bell.addEventListener('inlay-toggle', (event) => told.push(event.open));
    let undone = 0;
    notice({ tone: 'success', message: 'done.read', undo: () => (undone += 1) });
    const undo = await until(() => all(region, '.act')[0], 'undo is offered');
    await press(undo);
    expect(undone).to.equal(1);
    await until(() => isOpen(bell), 'it is still open');
    await sendKeys({ press: 'Escape' });
    await until(() => !isOpen(bell), 'it is closed');
    await until(() => told.length > 0, 'it is told');
    expect(told).to.deep.equal([false]);
  });

  it('is closed by a press on the bell, and not opened again by it', async () => {
    const bell = await mountBell();
    await open(bell);
    const told = nextEvent('inlay-toggle');
    await press(bellButton(bell));
    expect((await told).open).to.equal(false);
    await bell.updateComplete;
    expect(isOpen(bell)).to.equal(false);
  });

  describe('announces', () => {
    const said = (bell: Element) => textOf(one(bell, '[role="status"]'));
    let timers: ReturnType<typeof holdTimers>;
    beforeEach(() => {
      timers = holdTimers();
    });
    afterEach(() => timers.restore());

    it('nothing at first, and what comes in together', async () => {
      const bell = await mountBell();
      await stage.settled();
      timers.run(1500);
      expect(said(bell)).to.equal('');
      const count = await unread();
      await notify();
      await notify();
      await until(() => badge(bell) === `${count + 2}`, 'both are counted');
      expect(said(bell)).to.equal('');
      expect(timers.count(1500)).to.equal(1);
      timers.run(1500);
      await bell.updateComplete;
      expect(said(bell)).to.equal(`Notifications, ${count + 2} unread`);
    });

    it('nothing that is read by then, nor while it can be seen', async () => {
      const bell = await mountBell();
      await stage.settled();
      await notify();
      await until(() => timers.count(1500) === 1, 'it waits');
      await stage.elsewhere.notifications.readAll();
      await until(() => badge(bell) === '', 'all are read');
      timers.run(1500);
      await bell.updateComplete;
      expect(said(bell)).to.equal('');
      bellButton(bell).click();
      await until(() => isOpen(bell), 'it is open');
      await notify();
      await until(() => timers.count(1500) === 1, 'it waits');
      timers.run(1500);
      await bell.updateComplete;
      expect(said(bell)).to.equal('');
    });

    it('nothing of one person to the next', async () => {
      const bell = await mountBell();
      await stage.settled();
      await notify();
      await until(() => timers.count(1500) === 1, 'it waits');
      await stage.signIn('user');
      await until(() => timers.count(1500) === 0, 'it is dropped');
      await stage.settled();
      expect(said(bell)).to.equal('');
    });
  });

  it('explains in the popover why it has no number', async () => {
    await stage.signIn(null);
    const bell = stage.mount<NotificationBell>('<notification-bell></notification-bell>');
    const { error } = await nextEvent('inlay-error');
    expect(error).to.have.property('status', 401);
    expect(bell.matches(':state(error)')).to.equal(true);
    expect(bellButton(bell).ariaLabel).to.equal('Notifications');
    expect(badge(bell)).to.equal('');
    bellButton(bell).click();
    await until(() => textOf(feedOf(bell) ?? bell).includes('Sign in to see this'), 'it says why');
    await expectAccessible(bell);
  });

  it('keeps its number when it cannot be refreshed, and can be tried again', async () => {
    const bell = await mountBell();
    const before = badge(bell);
    const mend = stage.fail('GET', '/api/notifications/counts');
    await bell.refresh();
    expect(badge(bell)).to.equal(before);
    expect(bell.matches(':state(error)')).to.equal(true);
    mend();
    await bell.refresh();
    await until(() => !bell.matches(':state(error)'), 'it is mended');
  });

  it('has its size before and after all is loaded', async () => {
    const release = stage.hold('GET', '/api/notifications/counts');
    const bell = stage.mount<NotificationBell>('<notification-bell></notification-bell>');
    await bell.updateComplete;
    expect(bell.matches(':state(loading)')).to.equal(true);
    const before = bell.getBoundingClientRect();
    release();
    await until(() => badge(bell) !== '', 'the number is shown');
    const after = bell.getBoundingClientRect();
    expect([after.width, after.height]).to.deep.equal([before.width, before.height]);
    expect([before.width, before.height]).to.deep.equal([40, 40]);
    for (const count of [1, 120]) {
      await stage.elsewhere.notifications.readAll();
      await notify(count);
      await until(() => badge(bell) === (count > 99 ? '99+' : `${count}`), 'it has come');
      const { left, right } = one(bell, '.badge').getBoundingClientRect();
      expect(left, 'within it').to.be.at.least(after.left);
      expect(right).to.be.at.most(after.right);
    }
  });

  it('shows the page’s own icon, and what the page puts around the feed', async () => {
    const bell = await mountBell('', '<b slot="icon">!</b><a slot="footer" href="/all">All</a>');
    const slot = one<HTMLSlotElement>(bell, 'slot[name="icon"]');
    expect(slot.assignedElements().map(textOf)).to.deep.equal(['!']);
    await open(bell);
    expect(bell.querySelector('a')!.checkVisibility()).to.equal(true);
    expect(bell.querySelector('a')!.offsetHeight).to.be.greaterThan(0);
  });

  it('opens a feed of its own prefix', async () => {
    define('notification-feed', NotificationFeed, 'acme');
    define('notification-bell', NotificationBell, 'acme');
    const bell = stage.mount<NotificationBell>('<acme-notification-bell></acme-notification-bell>');
    await bell.updateComplete;
    await open(bell);
    expect(feedOf(bell)!.localName).to.equal('acme-notification-feed');
  });

  it('closes when it is removed, and works again when it is put back', async () => {
    const bell = await mountBell();
    const { parentElement: place } = bell;
    await open(bell);
    bell.remove();
    place!.append(bell);
    await bell.updateComplete;
    expect(isOpen(bell)).to.equal(false);
    await open(bell);
  });

  it('stands from side to side of a narrow window, also from right to left', async () => {
    registerLocale('ar', ar);
    document.documentElement.lang = 'ar';
    document.documentElement.dir = 'rtl';
    await setViewport({ width: 320, height: 640 });
    const bell = await mountBell();
    await open(bell);
    const { left, right, bottom } = one(bell, '#popup').getBoundingClientRect();
    expect([left, right]).to.deep.equal([4, 316]);
    expect(bottom).to.be.at.most(636);
    expect(bellButton(bell).ariaLabel).to.match(/^الإشعارات، /);
    await expectAccessible(bell);
    await setViewport({ width: 800, height: 600 });
  });

  it('has no accessibility violation, closed and open, light and dark', async () => {
    const bell = await mountBell();
    await expectAccessible(bell);
    await open(bell);
    await expectAccessible(bell);
  });
});
