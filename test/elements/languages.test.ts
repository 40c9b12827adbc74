import { expect } from '@open-wc/testing';
import { registerLocale } from '../../src/kit/i18n.js';
import { ar } from '../../src/locales/ar.js';
import type { NotificationFeed } from '../../src/elements/notification-feed/notification-feed.js';
import { expectAccessible } from '../helpers/axe.js';
import { all, one, textOf } from '../helpers/dom.js';
import type { UserList } from '../../src/elements/user-list/user-list.js';
import { mountFeed } from '../helpers/feed.js';
import { mountPeople, rows } from '../helpers/people.js';
import { useStage } from '../helpers/stage.js';
import { until } from '../helpers/until.js';

describe('the elements in other languages', () => {
  const stage = useStage();
  const label = (list: Element) => one(list, '[role="grid"]').ariaLabel;
  const { documentElement: page } = document;

  it('draw themselves anew when their language is registered', async () => {
    page.lang = 'pt-BR';
    const list = await mountPeople(stage);
    expect(label(list)).to.equal('People');
    registerLocale('pt', {
      'users.label': 'Pessoas',
      'users.count': {
        one: '{count} pessoa',
        many: '{count} de pessoas',
        other: '{count} pessoas',
      },
    });
    await until(() => label(list) === 'Pessoas', 'the language is used');
    expect(textOf(one(list, '.count'))).to.equal('30 pessoas');
    // What a language lacks is English.
    expect(all(list, '.search')[0]!.ariaLabel).to.equal('Search people');
  });

  it('follow the nearest ancestor that says its language, also across shadow roots', async () => {
    registerLocale('ar', ar);
    const outer = stage.mount<HTMLElement>('<section lang="ar"><div></div></section>');
    const inner = outer.firstElementChild!.attachShadow({ mode: 'open' });
    inner.innerHTML = '<user-list></user-list>';
    const list = inner.querySelector('user-list')!;
    await until(() => rows(list).length > 0, 'people are shown');
    expect(label(list)).to.equal(ar['users.label']);
    outer.lang = 'en';
    await until(() => label(list) === 'People', 'the language has changed');
    list.lang = 'ar';
    await until(() => label(list) === ar['users.label'], 'its own language is used');
  });

  it('follow the page when it changes its language', async () => {
    registerLocale('ar', ar);
    const feed = await mountFeed(stage);
    page.lang = 'ar';
    await until(() => textOf(feed).includes(ar['feed.readAll'] as string), 'it is Arabic');
    page.removeAttribute('lang');
    await until(() => textOf(feed).includes('Mark all read'), 'it is English');
  });

  it('take the configured language where the page says none', async () => {
    registerLocale('ar', ar);
    page.removeAttribute('lang');
    await stage.signIn('admin', { lang: 'ar' });
    const list = await mountPeople(stage);
    expect(label(list)).to.equal(ar['users.label']);
  });

  it('are English where nobody knows the language', async () => {
    page.lang = 'tlh';
    const list = await mountPeople(stage);
    expect(label(list)).to.equal('People');
  });

  it('run from right to left in Arabic, to the last detail', async () => {
    registerLocale('ar', ar);
    page.lang = 'ar';
    const list = await mountPeople(stage);
    expect(getComputedStyle(one(list, '.root')).direction).to.equal('rtl');
    const box = (selector: string) => one(list, selector).getBoundingClientRect();
    expect(box('.avatar').left).to.be.greaterThan(box('.body .name').left);
    expect(box('.body .who').left).to.be.greaterThan(box('.body .role').left);
    const english = /[a-z]{3,}/i;
    for (const part of ['.count', '.head', '.state', '.joined', '.role button']) {
      expect(textOf(one(list, part)), part).not.to.match(english);
    }
    const scroller = one(list, '#scroller');
    expect(scroller.scrollWidth).to.equal(scroller.clientWidth);
    await expectAccessible(list);
  });

  it('have room for Arabic headings and dates in a wide list', async () => {
    registerLocale('ar', ar);
    page.lang = 'ar';
    const list = await mountPeople(stage, 'style="inline-size:1000px"');
    const texts = all(list, '.head .cut, .body .joined, .body .state');
    const cutOff = texts.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
    expect(cutOff.map(textOf)).to.deep.equal([]);
  });

  it('write initials as the name is, from right to left, too', async () => {
    page.dir = 'rtl';
    const list = stage.mount<UserList>('<user-list></user-list>');
    list.items = [{ id: 1, name: '{{user}} Test' }];
    await until(() => rows(list).length > 0, 'they are shown');
    const isText = (node: Node): node is Text => node instanceof Text && node.data === '{T';
    const text = [...one(list, '.avatar').childNodes].find(isText)!;
    const [sign, letter] = [0, 1].map((at) => {
      const range = new Range();
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      return range.getBoundingClientRect();
    });
    expect(sign!.left).to.be.lessThan(letter!.left);
  });

  it('are laid out from right to left where the page is, whatever the language', async () => {
    page.dir = 'rtl';
    const list = await mountPeople(stage);
    expect(getComputedStyle(one(list, '.root')).direction).to.equal('rtl');
  });

  it('count in the plural forms of the language', async () => {
    registerLocale('ar', ar);
    page.lang = 'ar';
    const list = await mountPeople(stage, 'search="inlay.test"');
    await until(() => rows(list).length === 3, 'three are found');
    expect(textOf(one(list, '.count'))).to.match(/أشخاص$/);
    list.search = 'moderator@';
    await until(() => rows(list).length === 1, 'one is found');
    expect(textOf(one(list, '.count'))).to.equal('شخص واحد');
  });

  it('are accessible as a feed in Arabic too', async () => {
    registerLocale('ar', ar);
    page.lang = 'ar';
    const feed: NotificationFeed = await mountFeed(stage);
    expect(textOf(one(feed, '.day'))).to.be.oneOf(['اليوم', 'أمس']);
    await expectAccessible(feed);
  });
});
