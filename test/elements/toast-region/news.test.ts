import { expect } from '@open-wc/testing';
import '../../../src/elements/notification-bell/define.js';
import '../../../src/elements/toast-region/define.js';
import type { ToastRegion } from '../../../src/elements/toast-region/toast-region.js';
import { notify } from '../../../src/runtime/index.js';
import { all, one, textOf } from '../../helpers/dom.js';
import { articles, mountFeed, notificationsOf, titles } from '../../helpers/feed.js';
import { useStage } from '../../helpers/stage.js';
import { until } from '../../helpers/until.js';

describe('<toast-region>, of notifications,', () => {
  const stage = useStage();
  const texts = (region: Element) => all(region, '.toast .words').map(textOf);
  const said = (region: Element) => textOf(one(region, '[role="status"]'));
  const send = (title: string, count = 1) =>
    stage.server.notify({ userId: stage.person!.id, title, count });

  async function mount(): Promise<ToastRegion> {
    const region = stage.mount<ToastRegion>('<toast-region></toast-region>');
    stage.mount('<notification-bell></notification-bell>');
    await stage.settled();
    return region;
  }

  it('tells of them where it is alone on the page', async () => {
    const region = stage.mount<ToastRegion>('<toast-region></toast-region>');
    await stage.settled();
    await send('Just in');
    await until(() => texts(region).join() === 'Just in', 'it is told');
    expect(stage.requests).to.deep.equal(['GET /api/notifications/counts']);
  });

  it('tells nothing of what was there before', async () => {
    await send('Before');
    const region = await mount();
    expect(texts(region)).to.deep.equal([]);
    await send('After');
    await until(() => texts(region).join() === 'After', 'what came in is told');
  });

  it('tells each once, whatever is told again', async () => {
    const region = await mount();
    await send('Just in');
    await until(() => stage.notices.length === 1, 'it is told');
    const [notice] = stage.notices;
    notify({ ...notice! });
    stage.server.hub.dropAll();
    await stage.settled();
    await send('Another');
    await until(() => texts(region).includes('Another'), 'the next is told');
    expect(texts(region)).to.deep.equal(['Just in', 'Another']);
  });

  it('takes away what is read, here or elsewhere', async () => {
    const region = await mount();
    await send('First');
    await send('Second');
    await until(() => texts(region).length === 2, 'both are told');
    // By title: of what comes within a millisecond either may be listed first.
    const held = await notificationsOf(stage);
    const [first, second] = ['First', 'Second'].map((title) =>
      held.find((each) => each.title === title),
    );
    await stage.elsewhere.notifications.update({ id: first!.id, read: true });
    await until(() => texts(region).join() === 'Second', 'the first has left');
    await stage.elsewhere.notifications.update({ id: second!.id, archived: true });
    await until(() => texts(region).length === 0, 'the second has left');
    expect(stage.notices.map(({ signal }) => signal!.aborted)).to.deep.equal([true, true]);
  });

  it('keeps what is read as long as it is in the reader’s hands', async () => {
    const region = await mount();
    await send('First');
    await until(() => texts(region).length === 1, 'it is told');
    one(region, '.toast button').focus();
    await stage.elsewhere.notifications.readAll();
    await until(() => stage.notices[0]!.signal!.aborted, 'it is read');
    expect(texts(region)).to.deep.equal(['First']);
  });

  it('folds a flood into one message, announced when it begins', async () => {
    const region = await mount();
    for (const title of ['A', 'B', 'C']) await send(title);
    await until(() => texts(region).length === 3, 'three are told');
    await send('D');
    await until(() => texts(region).join() === '4 new notifications', 'they are one');
    expect(said(region)).to.equal('4 new notifications');
    await send('E', 30);
    await until(() => texts(region).join() === '34 new notifications', 'it goes on');
    expect(said(region)).to.equal('4 new notifications');
    expect(all(region, '.words a').length).to.equal(0);
    const [newest] = await notificationsOf(stage);
    await stage.elsewhere.notifications.update({ id: newest!.id, read: true });
    await until(() => texts(region).join() === '33 new notifications', 'one is read');
    await stage.elsewhere.notifications.readAll();
    await until(() => texts(region).length === 0, 'all are read');
  });

  it('holds what comes in while nobody looks, and drops what is read meanwhile', async () => {
    const { hasFocus } = document;
    const region = await mount();
    document.hasFocus = () => false;
    window.dispatchEvent(new Event('blur'));
    await send('Read elsewhere');
    await send('Not read');
    await until(() => texts(region).length === 2, 'both are held');
    const read = (await notificationsOf(stage)).find(({ title }) => title === 'Read elsewhere')!;
    await stage.elsewhere.notifications.update({ id: read.id, read: true });
    await until(() => texts(region).join() === 'Not read', 'one is dropped');
    document.hasFocus = hasFocus;
    window.dispatchEvent(new Event('focus'));
    expect(texts(region)).to.deep.equal(['Not read']);
  });

  describe('beside a feed', () => {
    /** Whether a toast tells what comes in; the feed has it in any case. */
    async function isTold(region: Element, feed: Element, title: string): Promise<boolean> {
      await send(title);
      await until(() => titles(feed).includes(title), 'the feed has it');
      return texts(region).includes(title);
    }

    it('repeats nothing that comes in before the reader’s eyes', async () => {
      const region = await mount();
      const feed = await mountFeed(stage);
      const told: boolean[] = [];
      region.addEventListener('inlay-notice', (event) => told.push(event.defaultPrevented));
      expect(await isTold(region, feed, 'At the top')).to.equal(false);
      expect(told, 'what the page hears').to.deep.equal([true]);
      one(feed, '#scroller').scrollTop = 300;
      expect(await isTold(region, feed, 'While it is scrolled')).to.equal(true);
      one(feed, '#scroller').scrollTop = 0;
      articles(feed)[0]!.focus();
      expect(await isTold(region, feed, 'While one is read')).to.equal(true);
      articles(feed)[0]!.blur();
      feed.remove();
      expect(await isTold(region, await mountFeed(stage), 'Elsewhere')).to.equal(false);
    });

    it('tells what is out of the window, covered, or of another filter', async () => {
      const region = await mount();
      const feed = await mountFeed(stage);
      const { parentElement: place } = feed;
      place!.style.marginBlockStart = '200vh';
      expect(await isTold(region, feed, 'Out of the window')).to.equal(true);
      place!.style.marginBlockStart = '';
      const dialog = stage.mount<HTMLDialogElement>('<dialog>Over all</dialog>');
      dialog.showModal();
      expect(await isTold(region, feed, 'Covered')).to.equal(true);
      dialog.close();
      expect(await isTold(region, feed, 'In sight')).to.equal(false);
      feed.filter = 'archived';
      await stage.settled();
      await send('Not archived');
      await until(() => texts(region).includes('Not archived'), 'it is told');
      feed.filter = 'unread';
      await until(() => titles(feed).includes('Not archived'), 'the unread are shown');
      expect(await isTold(region, feed, 'Unread')).to.equal(false);
    });

    it('goes by whether the popover of a bell is open', async () => {
      const region = await mount();
      const bell = document.querySelector('notification-bell')!;
      const toggle = () => one<HTMLButtonElement>(bell, '#anchor').click();
      toggle();
      await bell.updateComplete;
      const feed = () => bell.shadowRoot!.querySelector('notification-feed')!;
      await until(() => articles(feed()).length > 0, 'it is open');
      expect(await isTold(region, feed(), 'Into the popover')).to.equal(false);
      toggle();
      await until(() => !feed().checkVisibility(), 'it is closed');
      expect(await isTold(region, feed(), 'Closed')).to.equal(true);
    });
  });

  it('shows links in its own colours', async () => {
    const region = await mount();
    await send('To projects');
    await until(() => texts(region).length === 1, 'it is told');
    const [notice] = stage.notices;
    notify({ ...notice!, notification: { ...notice!.notification!, id: 'x', href: '/projects' } });
    await until(() => all(region, '.words a').length > 0, 'it has a link');
    const color = (selector: string) => getComputedStyle(one(region, selector)).color;
    expect(color('.words a')).to.equal(color('.toast'));
  });
});
