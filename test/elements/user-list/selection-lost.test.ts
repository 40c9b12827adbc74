import { expect } from '@open-wc/testing';
import { getRuntime } from '../../../src/runtime/index.js';
import type { UserList } from '../../../src/elements/user-list/user-list.js';
import { all, button, one, textOf } from '../../helpers/dom.js';
import { mountEditable, peopleOf, rows, untilEditable } from '../../helpers/people.js';
import { useStage } from '../../helpers/stage.js';
import { until } from '../../helpers/until.js';

describe('<user-list> and a selection that others change', () => {
  const stage = useStage();
  const { notices } = stage;

  async function mount(): Promise<UserList> {
    const list = await mountEditable(stage);
    await stage.settled();
    return list;
  }

  const deleteElsewhere = (ids: readonly string[]) =>
    stage.elsewhere.users.bulk({ action: 'delete', ids: [...ids] });

  it('keeps nobody selected for the next person, also of all, none of them loaded', async () => {
    const list = await mount();
    one(list, '.head input').click();
    await list.updateComplete;
    button(list, 'Select all 30').click();
    await deleteElsewhere(list.selectedIds);
    await until(() => list.selectedIds.length === 0, 'who was loaded has left');
    await until(
      () => textOf(one(list, '.bulk')).includes('10 selected'),
      'all others are selected',
    );
    getRuntime().identityChanged();
    await until(() => all(list, '.bone').length > 0, 'nothing of the former is shown');
    await until(() => rows(list).length === 10, 'people are shown again');
    await untilEditable(list);
    expect(all(list, '.bulk').length).to.equal(0);
  });

  it('does nothing where all it asked for are deleted by then', async () => {
    const list = await mount();
    list.selectedIds = (await peopleOf(stage)).slice(0, 2).map(({ id }) => id);
    await list.updateComplete;
    button(list, 'Delete').click();
    await until(() => all(list, 'dialog[open]').length > 0, 'it is asked for');
    await deleteElsewhere(list.selectedIds);
    await until(() => list.selectedIds.length === 0, 'who was deleted has left');
    one(list, 'dialog [type="submit"]').click();
    await until(() => all(list, 'dialog[open]').length === 0, 'it is confirmed');
    await stage.settled();
    expect(notices).to.deep.equal([]);
  });

  it('leaves the page’s own style sheet where it is', async () => {
    const list = await mount();
    const own = new CSSStyleSheet();
    list.shadowRoot!.adoptedStyleSheets.push(own);
    one(list, '.rows .check input').click();
    await list.updateComplete;
    expect(list.shadowRoot!.adoptedStyleSheets.includes(own)).to.equal(true);
    expect(getComputedStyle(one(list, '.bulk')).display).to.equal('flex');
  });
});
