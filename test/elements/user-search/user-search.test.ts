import { expect } from '@open-wc/testing';
import { HttpResponse } from 'msw';
import { resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands';
import type { UserSearch } from '../../../src/elements/user-search/user-search.js';
import { userKeys } from '../../../src/data/index.js';
import { getRuntime } from '../../../src/runtime/index.js';
import { expectAccessible } from '../../helpers/axe.js';
import { all, blankOf, button, enter, one, textOf } from '../../helpers/dom.js';
import { watchLeftovers } from '../../helpers/leftovers.js';
import {
  activeOf,
  find,
  inputOf,
  isOpen,
  optionNames,
  optionsOf,
  typeOver,
} from '../../helpers/search.js';
import { useStage } from '../../helpers/stage.js';
import { nextEvent, until } from '../../helpers/until.js';

describe('<user-search>', () => {
  const stage = useStage();
  const mount = (attributes = '') =>
    stage.mount<UserSearch>(`<user-search ${attributes}></user-search>`);
  const searches = () => stage.count('/api/users/search');

  it('asks for nothing before two characters', async () => {
    const search = mount();
    await typeOver(search, 'a');
    await typeOver(search, ' a ');
    await stage.server.notify({ userId: stage.person!.id });
    expect(stage.requests).to.deep.equal([]);
    expect(isOpen(search)).to.equal(false);
  });

  it('finds people, marks what matches and says how many there are', async () => {
    const search = mount();
    const loaded = nextEvent('inlay-load');
    await find(search, 'ADM');
    expect(optionNames(search)).to.deep.equal(['Ada Admin']);
    expect(all(search, 'mark').map(textOf)).to.deep.equal(['Adm', 'adm']);
    expect(textOf(one(search, '[role="status"]'))).to.equal('1 person');
    expect((await loaded).total).to.equal(1);
    expect(inputOf(search).getAttribute('aria-expanded')).to.equal('true');
  });

  it('pauses while somebody types, and cancels what is typed over', async () => {
    const search = mount();
    stage.answer('GET', '/api/users/search', ({ url }) =>
      url.includes('q=mo') ? new Promise(() => undefined) : undefined,
    );
    const state = () => getRuntime().queries.getQueryState(userKeys.search('mo'));
    await typeOver(search, 'mo');
    await until(() => state()?.fetchStatus === 'fetching', 'the first is asked for');
    await find(search, 'user');
    expect(state()?.fetchStatus).to.equal('idle');
    // Not for "us", "use" and "user".
    expect(stage.requests).to.deep.equal([
      'GET /api/users/search?q=mo',
      'GET /api/users/search?q=user',
    ]);
    expect(optionNames(search)).to.include('Uma User');
  });

  it('asks again for the same only after half a minute, and once for two of its kind', async () => {
    const search = mount();
    const other = mount();
    await find(search, 'mod');
    await find(other, 'mod');
    await find(search, 'ada');
    await find(search, 'mod');
    expect(searches()).to.equal(2);
  });

  it('says that it is loading, and that there is no one', async () => {
    const release = stage.hold('GET', '/api/users/search');
    const search = mount();
    await typeOver(search, 'nobody at all');
    await until(() => search.matches(':state(loading)'), 'it is loading');
    expect(textOf(one(search, '#popup [role="status"]'))).to.equal('Loading');
    expect(inputOf(search).getAttribute('aria-expanded')).to.equal('false');
    await expectAccessible(search);
    release();
    await until(() => search.matches(':state(empty)'), 'there is no one');
    expect(blankOf(search)).to.equal('No one matches');
    await expectAccessible(search);
  });

  it('tells of a failure, and tries again from the keyboard', async () => {
    const mend = stage.fail('GET', '/api/users/search', 500);
    const search = mount();
    const failed = nextEvent('inlay-error');
    await typeOver(search, 'ada');
    expect(((await failed).error as { status?: number }).status).to.equal(500);
    expect(blankOf(search)).to.equal(
      'This could not be loaded The server had a problem. Try again',
    );
    await expectAccessible(search);
    mend();
    while (search.shadowRoot!.activeElement !== button(search, 'Try again')) {
      await sendKeys({ press: 'Tab' });
    }
    await sendKeys({ press: 'Enter' });
    await until(() => optionsOf(search).length > 0, 'who matches is shown');
  });

  it('says that one has to sign in', async () => {
    await stage.signIn(null);
    const search = mount();
    await typeOver(search, 'ada');
    await until(() => all(search, '.blank').length > 0, 'it is told');
    expect(blankOf(search)).to.equal('Sign in to see this');
    await expectAccessible(search);
  });

  it('shows users no e-mail addresses', async () => {
    await stage.signIn('user');
    const search = mount();
    await find(search, 'ada');
    expect(optionNames(search)).to.include('Ada Admin');
    expect(one(search, '.option .fine').textContent).to.equal('');
  });

  it('goes through the options by the keys of the pattern', async () => {
    const search = mount();
    await find(search, 'example');
    const names = optionNames(search);
    expect(names.length).to.equal(10);
    expect(activeOf(search)).to.equal(undefined);
    const steps = [
      ['ArrowDown', names[0]],
      ['ArrowDown', names[1]],
      ['ArrowUp', names[0]],
      ['ArrowUp', names.at(-1)],
      ['ArrowDown', names[0]],
      ['Home', undefined],
      ['ArrowUp', names.at(-1)],
      ['End', undefined],
    ] as const;
    for (const [key, name] of steps) {
      await sendKeys({ press: key });
      await search.updateComplete;
      expect(activeOf(search), key).to.equal(name);
    }
    expect(inputOf(search).selectionStart).to.equal('example'.length);
    const last = optionsOf(search).at(-1)!;
    await sendKeys({ press: 'ArrowUp' });
    await search.updateComplete;
    const popup = one(search, '#popup').getBoundingClientRect();
    expect(last.getBoundingClientRect().bottom).to.be.at.most(popup.bottom);
    expect(last.ariaSelected).to.equal('true');
    await expectAccessible(search);
  });

  it('closes by Escape, opens by Alt+Down, and goes back by a second Escape', async () => {
    const search = mount();
    let heard = 0;
    document.body.addEventListener('keydown', ({ key }) => (heard += Number(key === 'Escape')));
    await find(search, 'ada');
    await sendKeys({ press: 'Escape' });
    await until(() => !isOpen(search), 'it is closed');
    expect(inputOf(search).value).to.equal('ada');
    await sendKeys({ down: 'Alt' });
    await sendKeys({ press: 'ArrowDown' });
    await until(() => isOpen(search), 'it is open');
    expect(activeOf(search)).to.equal(undefined);
    await sendKeys({ press: 'ArrowUp' });
    await sendKeys({ up: 'Alt' });
    await until(() => !isOpen(search), 'it is closed');
    await sendKeys({ press: 'Escape' });
    await search.updateComplete;
    expect(inputOf(search).value).to.equal('');
    expect(heard).to.equal(0);
    await sendKeys({ press: 'Escape' });
    expect(heard).to.equal(1);
  });

  for (const key of ['Enter', 'Tab']) {
    it(`chooses by ${key}`, async () => {
      const search = mount();
      const selected = nextEvent('inlay-select');
      const changed = nextEvent('inlay-change');
      await find(search, 'admin');
      const asked = stage.requests.length;
      await sendKeys({ press: 'ArrowDown' });
      await sendKeys({ press: key });
      expect((await selected).item).to.include({ id: stage.person!.id, name: 'Ada Admin' });
      expect((await changed).state).to.deep.equal({ value: stage.person!.id });
      await search.updateComplete;
      expect(search.value).to.equal(stage.person!.id);
      expect(inputOf(search).value).to.equal('Ada Admin');
      expect(isOpen(search)).to.equal(false);
      expect(stage.requests.length).to.equal(asked);
    });
  }

  it('chooses the first by Enter', async () => {
    const search = mount();
    await find(search, 'example');
    const [first] = optionNames(search);
    await sendKeys({ press: 'Enter' });
    await search.updateComplete;
    expect(inputOf(search).value).to.equal(first);
    expect(isOpen(search)).to.equal(false);
  });

  it('loses no key that is pressed while the answer is on its way', async () => {
    const search = mount();
    await find(search, 'example');
    const names = optionNames(search);
    for (const [keys, name] of [
      ['Enter', names[0]],
      ['ArrowDown Enter', names[0]],
      ['ArrowDown ArrowDown Enter', names[1]],
    ] as const) {
      search.value = '';
      getRuntime().queries.clear();
      const release = stage.hold('GET', '/api/users/search');
      await typeOver(search, 'example');
      for (const key of keys.split(' ')) await sendKeys({ press: key });
      expect(search.value, keys).to.equal('');
      release();
      await until(() => search.value, `somebody is chosen by ${keys}`);
      await search.updateComplete;
      expect(inputOf(search).value, keys).to.equal(name);
    }
  });

  it('chooses nobody by a key whose answer failed, or that was followed by others', async () => {
    const search = mount();
    const mend = stage.fail('GET', '/api/users/search', 500);
    await typeOver(search, 'ada');
    await sendKeys({ press: 'Enter' });
    await until(() => all(search, '.blank').length > 0, 'it is told');
    mend();
    button(search, 'Try again').click();
    await until(() => optionsOf(search).length > 0, 'who matches is shown');
    const release = stage.hold('GET', '/api/users/search');
    await typeOver(search, 'moder');
    await sendKeys({ press: 'Enter' });
    await typeOver(search, 'example');
    release();
    await until(() => optionsOf(search).length === 10, 'who matches is shown');
    expect(search.value).to.equal('');
  });

  it('chooses by a press, which leaves the focus in the field', async () => {
    const search = mount();
    await find(search, 'admin');
    const { x, y } = optionsOf(search)[0]!.getBoundingClientRect();
    await sendMouse({ type: 'click', position: [Math.round(x + 20), Math.round(y + 20)] });
    await resetMouse();
    expect(search.value).to.equal(stage.person!.id);
    expect(search.shadowRoot!.activeElement === inputOf(search)).to.equal(true);
  });

  it('chooses nobody when the page cancels it', async () => {
    const search = mount();
    const heard: string[] = [];
    search.addEventListener('inlay-select', (event) => {
      heard.push(event.item.name);
      event.preventDefault();
    });
    await find(search, 'admin');
    optionsOf(search)[0]!.click();
    await search.updateComplete;
    expect(heard).to.deep.equal(['Ada Admin']);
    expect(search.value).to.equal('');
    expect(isOpen(search)).to.equal(true);
  });

  it('puts away what was typed and not chosen when it is left', async () => {
    const search = mount();
    await find(search, 'admin');
    inputOf(search).blur();
    await search.updateComplete;
    expect(isOpen(search)).to.equal(false);
    expect(inputOf(search).value).to.equal('');
  });

  it('chooses nobody by its button, and when its text is deleted', async () => {
    const search = mount(`value="${stage.person!.id}"`);
    await search.updateComplete;
    await until(() => inputOf(search).value === 'Ada Admin', 'the name is shown');
    const changes: string[] = [];
    search.addEventListener('change', () => changes.push(search.value));
    button(search, 'Clear the choice').click();
    await search.updateComplete;
    expect(all(search, 'button').length).to.equal(0);
    expect(search.shadowRoot!.activeElement === inputOf(search)).to.equal(true);
    search.value = stage.person!.id;
    await until(() => inputOf(search).value === 'Ada Admin', 'the name is shown');
    await typeOver(search, '');
    expect(search.value).to.equal('');
    expect(changes).to.deep.equal(['', '']);
  });

  it('stands in the top layer: below, or above where there is more room, and scrolls', async () => {
    const place = stage.mount<HTMLElement>('<div><user-search></user-search></div>');
    const search = place.firstElementChild as UserSearch;
    const rect = (selector: string) => one(search, selector).getBoundingClientRect();
    place.style.cssText = 'overflow: hidden; block-size: 40px';
    await find(search, 'example');
    expect(rect('#popup').top).to.be.greaterThan(rect('input').bottom);
    expect(rect('#popup').height).to.be.at.most(320);
    expect(one(search, '#options').scrollHeight).to.be.greaterThan(320);
    expect(
      document.elementFromPoint(rect('#popup').x + 20, rect('#popup').y + 60) === search,
    ).to.equal(true);
    place.style.marginBlockStart = `${innerHeight - 60}px`;
    window.dispatchEvent(new Event('scroll'));
    expect(rect('#popup').bottom).to.be.lessThan(rect('input').top);
    place.dir = 'rtl';
    place.style.marginInline = '0 200px';
    window.dispatchEvent(new Event('resize'));
    expect(Math.round(rect('#popup').right)).to.equal(Math.round(rect('input').right));
  });

  it('shows names as text, whatever they are', async () => {
    const name = '<img src=x onerror=alert(1)> </mark>&amp;';
    await stage.elsewhere.users.create({ name, email: 'evil@example.com' });
    const search = mount();
    await find(search, '<img');
    expect(optionNames(search)).to.deep.equal([name]);
    expect(all(search, 'mark').map(textOf)).to.deep.equal(['<img']);
    expect(all(search, 'img').length).to.equal(0);
  });

  it('shows the answer of no other contract', async () => {
    stage.answer('GET', '/api/users/search', () => HttpResponse.json({ data: [{ id: 1 }] }));
    const search = mount();
    await typeOver(search, 'ada');
    await until(() => all(search, '.blank').length > 0, 'it is told');
    expect(blankOf(search)).to.contain('The server answered something unexpected.');
  });

  it('leaves nothing running when it is removed', async () => {
    const leftovers = watchLeftovers();
    const search = mount();
    await search.updateComplete;
    enter(inputOf(search), 'ada');
    await until(() => optionsOf(search).length > 0, 'who matches is shown');
    enter(inputOf(search), 'mos');
    search.remove();
    expect(leftovers.stop()).to.deep.equal([]);
    expect(isOpen(search)).to.equal(false);
    const { queries } = getRuntime();
    const watched = queries
      .getQueryCache()
      .getAll()
      .filter((query) => query.isActive());
    expect(watched).to.deep.equal([]);
  });

  it('shows what is wrong with the configuration', async () => {
    const search = mount();
    await search.updateComplete;
    await stage.signIn('admin', { baseUrl: 'api' }).catch(() => undefined);
    await until(() => all(search, '[part="notice"]').length > 0, 'it is told');
    expect(textOf(one(search, '[part="notice"]'))).to.contain('got "api"');
    await stage.signIn('admin');
    await until(() => all(search, '[part="notice"]').length === 0, 'it is mended');
  });
});
