import { expect } from '@open-wc/testing';
import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import { html } from 'lit';
import type { UserList } from '../../../src/elements/user-list/user-list.js';
import { expectAccessible } from '../../helpers/axe.js';
import { all, nameOf, one, textOf } from '../../helpers/dom.js';
import {
  menuButton,
  menuItems,
  mountPeople,
  names,
  peopleOf,
  roleOf,
  rows,
  untilEditable,
} from '../../helpers/people.js';
import { useStage, type Stage } from '../../helpers/stage.js';
import { until } from '../../helpers/until.js';

const blank = async (list: UserList) => {
  await until(() => all(list, '.blank').length > 0, 'a message is shown');
};

/** Each state of the element: how it comes about. */
const states: Record<string, (stage: Stage, list: UserList) => Promise<unknown>> = {
  'with people, one of them chosen': async (_stage, list) => {
    await until(() => rows(list).length > 0, 'people are shown');
    one(list, '.name').click();
    await expectAccessible(list);
  },
  loading: async (_stage, list) => {
    await until(() => all(list, '.bone').length > 0, 'the skeleton is shown');
  },
  empty: (_stage, list) => {
    list.search = 'nobody of this name';
    return blank(list);
  },
  failed: (_stage, list) => blank(list),
  'failed after it was loaded': async (stage, list) => {
    await until(() => rows(list).length > 0, 'people are shown');
    stage.fail('GET', '/api/users');
    await list.refresh();
    await until(() => all(list, '[part="notice"]').length > 0, 'the failure is told');
  },
  'signed out': async (stage, list) => {
    await stage.signIn(null);
    await blank(list);
  },
  forbidden: async (stage, list) => {
    await stage.signIn('user');
    await blank(list);
  },
  misconfigured: (_stage, list) => {
    list.pageSize = 0;
    return blank(list);
  },
};

describe('<user-list> for everybody', () => {
  const stage = useStage();

  for (const [state, reach] of Object.entries(states)) {
    it(`has no accessibility violation ${state}, light and dark`, async () => {
      if (state === 'loading') stage.hold('GET', '/api/users');
      if (state === 'failed') stage.fail('GET', '/api/users');
      const list = stage.mount<UserList>('<user-list></user-list>');
      await reach(stage, list);
      list.parentElement!.style.inlineSize = '320px';
      await expectAccessible(list);
      const root = one(list, '.root');
      expect(root.scrollWidth).to.equal(root.clientWidth);
    });
  }

  it('fits 320 pixels without scrolling sideways', async () => {
    const place = stage.mount('<div style="inline-size:320px"><user-list></user-list></div>');
    const list = place.firstElementChild as UserList;
    await until(() => rows(list).length > 0, 'people are shown');
    const scroller = one(list, '#scroller');
    expect(scroller.scrollWidth).to.equal(scroller.clientWidth);
    for (const part of ['.name', '.role', '.acts', '.email']) {
      const { right } = one(list, `.body ${part}`).getBoundingClientRect();
      expect(right, part).to.be.at.most(list.getBoundingClientRect().right);
    }
  });

  it('fits the longest name into menu and dialog', async () => {
    const list = await mountPeople(stage);
    await untilEditable(list);
    const [person] = await peopleOf(stage);
    const name = 'W'.repeat(100);
    await stage.elsewhere.users.update({ id: person!.id, name });
    await until(() => names(list)[0] === name, 'the name is shown');
    const fits = ({ scrollWidth, clientWidth }: Element) => scrollWidth === clientWidth;
    menuButton(list, name).click();
    await until(() => menuItems(list).length > 0, 'the menu is open');
    expect(fits(one(list, '#popup')), 'menu').to.equal(true);
    menuItems(list)[0]!.click();
    const dialog = await until(() => all(list, 'dialog[open]')[0], 'the dialog is open');
    expect(fits(dialog), 'dialog').to.equal(true);
  });

  it('does not move for those who want it still', async () => {
    stage.hold('GET', '/api/users');
    const list = stage.mount<UserList>('<user-list></user-list>');
    await until(() => all(list, '.bone').length > 0, 'the skeleton is shown');
    const motion = () => getComputedStyle(one(list, '.bone')).animationName;
    expect(motion()).not.to.equal('none');
    await emulateMedia({ reducedMotion: 'reduce' });
    expect(motion()).to.equal('none');
    await emulateMedia({ reducedMotion: 'no-preference' });
  });

  it('is a grid with a head, for those who hear it', async () => {
    const list = await mountPeople(stage);
    await untilEditable(list);
    expect(one(list, '[role="grid"]').ariaLabel).to.equal('People');
    const heads = all(list, '[role="columnheader"]').map(nameOf);
    expect(heads).to.deep.equal(['', 'Name', 'E-mail', 'Role', 'Status', 'Joined', 'Actions']);
    expect(rows(list)[0]!.querySelectorAll('[role="gridcell"]')).to.have.length(heads.length);
    expect(one(list, '[role="grid"]').ariaColCount).to.equal(String(heads.length));
  });

  it('is one stop of the tab key, and worked by arrow keys within', async () => {
    const list = await mountPeople(stage);
    await untilEditable(list);
    const focused = () => list.shadowRoot!.activeElement!;
    const reached: string[] = [];
    for (;;) {
      await sendKeys({ press: 'Tab' });
      if (!list.shadowRoot!.activeElement) break;
      reached.push(nameOf(focused()));
      expect(getComputedStyle(focused()).outlineStyle, reached.at(-1)).not.to.equal('none');
    }
    const [first, second] = names(list);
    const above = ['Search people', 'Role', 'Status', 'Invite', 'More'];
    expect(reached).to.deep.equal([...above, first]);
    one(list, '.name').focus();
    const steps = [
      ['ArrowDown', second],
      ['ArrowRight', textOf(one(list, '.rows > :nth-child(2) .email'))],
      ['ArrowRight', `Role of ${second}: ${roleOf(list, second!)}`],
      ['End', `Actions for ${second}`],
      ['ArrowUp', `Actions for ${first}`],
      ['Home', `Select ${first}`],
      ['ArrowUp', 'Select everyone loaded'],
      ['ArrowRight', 'Name'],
      ['ArrowRight', 'E-mail'],
      ['ArrowDown', textOf(one(list, '.rows > :nth-child(1) .email'))],
      ['ArrowLeft', first],
      ['ArrowLeft', `Select ${first}`],
      ['ArrowLeft', `Select ${first}`],
      ['ArrowRight', first],
    ] as const;
    for (const [key, name] of steps) {
      await sendKeys({ press: key });
      expect(nameOf(focused()), key).to.equal(name);
      expect(getComputedStyle(focused()).outlineStyle, key).not.to.equal('none');
    }
    await sendKeys({ press: 'PageDown' });
    const page = Number(focused().closest('[role="row"]')!.ariaRowIndex);
    expect(page).to.be.within(7, 10);
    await sendKeys({ press: 'PageUp' });
    expect(nameOf(focused())).to.equal(first);
  });

  it('says all of an address and the time of a day where pointer or focus is, and of nobody else', async () => {
    const list = await mountPeople(stage);
    const [email, joined] = ['.email', '.joined'].map((cell) => one(list, `.rows ${cell}`));
    const titled = () => all(list, '[title]');
    expect(titled()).to.have.length(0);
    email!.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
    expect(titled()).to.deep.equal([email]);
    expect(email!.title).to.equal(textOf(email!));
    joined!.focus();
    expect(titled()).to.deep.equal([joined]);
    expect(joined!.title).to.match(/ at \d+:\d\d/);
    list.items = [{ id: 'a', name: 'Ada', email: 'ada@example.com', createdAt: '2020-01-02' }];
    const other = await until(
      () => all(list, '.rows .email').find((each) => textOf(each) === 'ada@example.com'),
      'others are shown',
    );
    other.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
    expect(other.title).to.equal('ada@example.com');
    list.items = [{ id: 'a', name: 'Ada', email: 'countess@example.com' }];
    await list.updateComplete;
    expect(other.title).to.equal('countess@example.com');
  });

  it('goes into a cell of several controls by Enter and back by Escape, which ends there', async () => {
    const list = await mountPeople(stage);
    const render = () => html`<button>Call</button><button>Write</button>`;
    list.columns = [{ id: 'reach', label: 'Reach', render }];
    const cell = await until(() => all(list, '.rows .own')[0], 'the column is there');
    let heard = 0;
    list.addEventListener('keydown', ({ key }) => (heard += key === 'Escape' ? 1 : 0));
    cell.focus();
    await sendKeys({ press: 'Enter' });
    expect(textOf(list.shadowRoot!.activeElement!)).to.equal('Call');
    await sendKeys({ press: 'Escape' });
    expect(list.shadowRoot!.activeElement === cell).to.equal(true);
    expect(heard).to.equal(0);
  });

  it('finds by the first letters of a name', async () => {
    const list = await mountPeople(stage);
    one(list, '.name').focus();
    const wanted = names(list).findLast((name) => /^[A-Z][a-z]{2}/.test(name))!;
    await sendKeys({ type: wanted.slice(0, 3).toLowerCase() });
    expect(textOf(list.shadowRoot!.activeElement!)).to.equal(wanted);
  });

  it('goes the other way in a page from right to left', async () => {
    document.documentElement.dir = 'rtl';
    const list = await mountPeople(stage);
    one(list, '.name').focus();
    await sendKeys({ press: 'ArrowLeft' });
    expect(list.shadowRoot!.activeElement!.className).to.contain('email');
    await sendKeys({ press: 'ArrowRight' });
    expect(list.shadowRoot!.activeElement!.className).to.contain('name');
  });

  it('has a menu that keys open, search, choose from and leave', async () => {
    const list = await mountPeople(stage);
    await untilEditable(list);
    const [name] = names(list);
    const opener = menuButton(list, name!);
    opener.focus();
    const focused = () => textOf(list.shadowRoot!.activeElement!);
    await sendKeys({ press: 'Enter' });
    expect(focused()).to.equal('Edit…');
    expect(opener.ariaExpanded).to.equal('true');
    await expectAccessible(list);
    await sendKeys({ press: 'ArrowUp' });
    expect(focused()).to.equal(`Delete ${name}`);
    await sendKeys({ press: 'ArrowDown' });
    expect(focused()).to.equal('Edit…');
    await sendKeys({ press: 'm' });
    expect(focused()).to.equal('Moderator');
    await sendKeys({ press: 'Escape' });
    expect(menuItems(list).length).to.equal(0);
    expect(list.shadowRoot!.activeElement === opener).to.equal(true);
    await sendKeys({ press: 'Enter' });
    await sendKeys({ press: 'm' });
    await sendKeys({ press: 'Enter' });
    expect(roleOf(list, name!)).to.equal('Moderator');
    expect(list.shadowRoot!.activeElement === opener).to.equal(true);
    await stage.settled();
  });

  it('gives every control at least 24 pixels', async () => {
    const list = await mountPeople(stage);
    await untilEditable(list);
    // A check box is pressed anywhere in its cell.
    for (const control of all(list, 'button, input:not([type="checkbox"]), select, .check')) {
      const { offsetWidth, offsetHeight } = control;
      expect(Math.min(offsetWidth, offsetHeight), textOf(control)).to.be.at.least(24);
    }
  });
});
