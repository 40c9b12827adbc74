import { expect } from '@open-wc/testing';
import type { NotificationFeed } from '../../../src/elements/notification-feed/notification-feed.js';
import { expectAccessible } from '../../helpers/axe.js';
import { all, one } from '../../helpers/dom.js';
import { articles, mountFeed } from '../../helpers/feed.js';
import { useStage, type Stage } from '../../helpers/stage.js';
import { until } from '../../helpers/until.js';

type Reach = (stage: Stage, feed: NotificationFeed) => Promise<unknown>;

const shown: Reach = (_stage, feed) => until(() => articles(feed).length > 0, 'it is shown');
const blank: Reach = (_stage, feed) =>
  until(() => all(feed, '.blank').length > 0, 'a message is shown');

/** Each state of the element: how it comes about. */
const states: Record<string, Reach> = {
  'with notifications': shown,
  loading: (_stage, feed) => until(() => all(feed, '.bone').length > 0, 'the skeleton is shown'),
  empty: async (stage, feed) => {
    await stage.elsewhere.notifications.readAll();
    feed.filter = 'unread';
    await blank(stage, feed);
  },
  failed: blank,
  'failed after it was loaded': async (stage, feed) => {
    await shown(stage, feed);
    stage.fail('GET', '/api/notifications');
    await feed.refresh();
    await until(() => all(feed, '[part="notice"]').length > 0, 'the failure is told');
  },
  'signed out': async (stage, feed) => {
    await stage.signIn(null);
    await blank(stage, feed);
  },
  misconfigured: async (stage, feed) => {
    feed.pageSize = 0;
    await blank(stage, feed);
  },
};

describe('<notification-feed> for everybody', () => {
  const stage = useStage();

  for (const [state, reach] of Object.entries(states)) {
    it(`has no accessibility violation ${state}, light and dark, wide and narrow`, async () => {
      if (state === 'loading') stage.hold('GET', '/api/notifications');
      if (state === 'failed') stage.fail('GET', '/api/notifications');
      const feed = stage.mount<NotificationFeed>('<notification-feed></notification-feed>');
      await reach(stage, feed);
      await expectAccessible(feed);
      feed.parentElement!.style.inlineSize = '320px';
      await expectAccessible(feed);
      const root = one(feed, '.root');
      expect(root.scrollWidth).to.equal(root.clientWidth);
    });
  }

  it('is a feed of articles that know their place', async () => {
    const feed = await mountFeed(stage);
    const { total } = await stage.elsewhere.notifications.counts();
    expect(one(feed, '[role="feed"]').ariaLabel).to.equal('Notifications');
    const [first] = articles(feed);
    expect(first!.getAttribute('aria-posinset')).to.equal('1');
    expect(first!.getAttribute('aria-setsize')).to.equal(String(total));
    expect(first!.tabIndex).to.equal(0);
  });

  it('gives every control at least 24 pixels', async () => {
    const feed = await mountFeed(stage);
    for (const control of all(feed, 'button, .tab')) {
      expect(Math.min(control.offsetWidth, control.offsetHeight)).to.be.at.least(24);
    }
  });
});
