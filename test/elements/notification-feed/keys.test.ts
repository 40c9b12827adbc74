import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../../src/elements/notification-bell/define.js';
import type { NotificationFeed } from '../../../src/elements/notification-feed/notification-feed.js';
import '../../../src/elements/user-search/define.js';
import { nameOf, one } from '../../helpers/dom.js';
import { articles } from '../../helpers/feed.js';
import { useStage } from '../../helpers/stage.js';
import { until } from '../../helpers/until.js';

describe('<notification-feed> and the way out of it', () => {
  const stage = useStage();
  /** Who has the focus, in whatever shadow tree. */
  const focused = () => {
    let { activeElement: at } = document;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at!;
  };
  const controlAnd = async (key: string) => {
    await sendKeys({ down: 'Control' });
    await sendKeys({ press: key });
    await sendKeys({ up: 'Control' });
  };
  async function enterFeed(feed: NotificationFeed): Promise<void> {
    await until(() => articles(feed).length > 0, 'the feed is shown');
    articles(feed)[2]!.querySelector('button')!.focus();
  }
  async function mount(inside: string, behind: string): Promise<NotificationFeed> {
    const place = stage.mount<HTMLElement>(
      `<div><button>Before</button><notification-feed>${inside}</notification-feed>${behind}</div>`,
    );
    const feed = place.querySelector('notification-feed')!;
    await enterFeed(feed);
    return feed;
  }

  it('leads by Ctrl+Home to what stands before the feed: its own bar', async () => {
    const feed = await mount('', '');
    await controlAnd('Home');
    expect(nameOf(focused())).to.equal('More');
    expect(feed.shadowRoot!.activeElement === focused()).to.equal(true);
  });

  it('leads by Ctrl+End into what the page put below the feed', async () => {
    const footer = '<p slot="footer">See <a href="/all">All of them</a></p>';
    await mount(footer, '<button>Behind</button>');
    await controlAnd('End');
    expect(nameOf(focused())).to.equal('All of them');
  });

  it('leads by Ctrl+End to what follows in the page and can have the focus', async () => {
    const none =
      '<p>Text</p><a>No link</a><button disabled>Disabled</button><button hidden>Hidden</button>' +
      '<div inert><button>Inert</button></div><button tabindex="-1">By script</button>';
    await mount('', `${none}<section><button>Behind</button></section>`);
    await controlAnd('End');
    expect(nameOf(focused())).to.equal('Behind');
  });

  it('leads into another element, and out of one around it', async () => {
    await mount('', '<user-search label="Who"></user-search>');
    await controlAnd('End');
    expect(focused().matches('input')).to.equal(true);
    const place = stage.mount<HTMLElement>(
      '<div><notification-bell></notification-bell><button>Behind the bell</button></div>',
    );
    const bell = place.querySelector('notification-bell')!;
    await bell.updateComplete;
    one<HTMLButtonElement>(bell, '#anchor').click();
    await until(() => bell.shadowRoot!.querySelector('notification-feed'), 'it is open');
    await enterFeed(bell.shadowRoot!.querySelector('notification-feed')!);
    await controlAnd('End');
    expect(nameOf(focused())).to.equal('Behind the bell');
  });

  it('stays where nothing follows', async () => {
    const feed = await mount('', '');
    const before = focused();
    await controlAnd('End');
    expect(focused() === before).to.equal(true);
    expect(feed.shadowRoot!.activeElement === before).to.equal(true);
  });
});
