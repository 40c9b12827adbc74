import { expect } from '@open-wc/testing';
import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import type { UserList } from '../../../src/elements/user-list/user-list.js';
import { expectAccessible } from '../../helpers/axe.js';
import { all, nameOf, one, textOf } from '../../helpers/dom.js';
import { mountPeople, rows } from '../../helpers/people.js';
import { useStage, type Stage } from '../../helpers/stage.js';
import { until } from '../../helpers/until.js';

const blank = async (list: UserList) => {
  await until(() => all(list, '.blank').length > 0, 'a message is shown');
};

/** Each state of the element: how it comes about. */
const states: Record<string, (stage: Stage, list: UserList) => Promise<unknown>> = {
  'with people': (_stage, list) => until(() => rows(list).length > 0, 'people are shown'),
  'with a chosen person': async (_stage, list) => {
    await until(() => rows(list).length > 0, 'people are shown');
    one(list, '.name').click();
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
    it(`has no accessibility violation ${state}, light and dark, wide and narrow`, async () => {
      if (state === 'loading') stage.hold('GET', '/api/users');
      if (state === 'failed') stage.fail('GET', '/api/users');
      const list = stage.mount<UserList>('<user-list></user-list>');
      await reach(stage, list);
      await expectAccessible(list);
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

  it('is a table with a head, for those who hear it', async () => {
    const list = await mountPeople(stage);
    expect(one(list, '[role="table"]').ariaLabel).to.equal('People');
    const heads = all(list, '[role="columnheader"]').map(nameOf);
    expect(heads).to.deep.equal(['Name', 'E-mail', 'Role', 'Status', 'Joined', 'Actions']);
    expect(rows(list)[0]!.querySelectorAll('[role="cell"]')).to.have.length(heads.length);
  });

  it('can be worked with the keyboard alone', async () => {
    const list = await mountPeople(stage);
    await until(() => all(list, '[part="row"] select').length > 0, 'roles can be changed');
    const reached: string[] = [];
    for (let step = 0; step < 12; step += 1) {
      await sendKeys({ press: 'Tab' });
      const { activeElement } = list.shadowRoot!;
      if (!activeElement) break;
      reached.push(nameOf(activeElement));
      const { outlineStyle } = getComputedStyle(activeElement);
      expect(outlineStyle, reached.at(-1)).not.to.equal('none');
    }
    expect(reached.slice(0, 8)).to.deep.equal([
      'Search people',
      'Role',
      'People',
      'Name',
      'E-mail',
      'Role',
      'Joined',
      textOf(one(list, '.name')),
    ]);
  });

  it('gives every control at least 24 pixels', async () => {
    const list = await mountPeople(stage);
    await until(() => all(list, '[part="row"] select').length > 0, 'roles can be changed');
    for (const control of all(list, 'button, input, select')) {
      const { offsetWidth, offsetHeight } = control;
      expect(Math.min(offsetWidth, offsetHeight), textOf(control)).to.be.at.least(24);
    }
  });
});
