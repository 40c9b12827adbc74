import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { InlaySelectionEvent } from '../../../src/kit/events.js';
import type { UserList } from '../../../src/elements/user-list/user-list.js';
import { expectAccessible } from '../../helpers/axe.js';
import { all, button, buttons, one, textOf } from '../../helpers/dom.js';
import {
  choose,
  mountEditable,
  mountPeople,
  names,
  peopleOf,
  rowOf,
  rows,
} from '../../helpers/people.js';
import { useStage } from '../../helpers/stage.js';
import { until } from '../../helpers/until.js';

const boxes = (list: Element) => all<HTMLInputElement>(list, '.rows .check input');
const checked = (list: Element) =>
  rows(list)
    .filter((row) => row.querySelector<HTMLInputElement>('.check input')!.checked)
    .map((row) => textOf(row.querySelector('.name')!));
const bar = (list: Element) => textOf(one(list, '.bulk'));
const inBar = (list: Element, text: string) =>
  all(list, '.bulk .button').find((each) => textOf(each) === text)!;

async function pick(list: UserList, ...indexes: number[]): Promise<void> {
  for (const index of indexes) boxes(list)[index]!.click();
  await list.updateComplete;
}

describe('<user-list> and who is selected', () => {
  const stage = useStage();
  const { notices } = stage;

  const mount = () => mountEditable(stage);

  /** Three, all selected, one of whom is the reader, of whom the server refuses what is asked. */
  async function mountThree(): Promise<UserList> {
    const list = await mount();
    list.search = 'inlay.test';
    await until(() => rows(list).length === 3, 'three are found');
    await stage.settled();
    one(list, '.head input').click();
    await list.updateComplete;
    return list;
  }

  it('selects one by one, and says who', async () => {
    const list = await mount();
    const told: string[][] = [];
    list.addEventListener('inlay-selection', ({ ids }: InlaySelectionEvent) => told.push([...ids]));
    await pick(list, 0, 2);
    expect(checked(list)).to.deep.equal([names(list)[0], names(list)[2]]);
    expect(bar(list)).to.contain('2 selected');
    const people = await peopleOf(stage);
    expect(list.selectedIds).to.deep.equal([people[0]!.id, people[2]!.id]);
    expect(told).to.deep.equal([[people[0]!.id], [people[0]!.id, people[2]!.id]]);
    expect(rows(list)[2]!.ariaSelected).to.equal('true');
    await expectAccessible(list);
    button(list, 'Select nobody').click();
    await list.updateComplete;
    expect(checked(list)).to.deep.equal([]);
    expect(all(list, '.bulk').length).to.equal(0);
  });

  it('selects a range with Shift, by pointer and by keys', async () => {
    const list = await mount();
    await pick(list, 1);
    boxes(list)[4]!.dispatchEvent(new MouseEvent('click', { shiftKey: true, bubbles: true }));
    await list.updateComplete;
    expect(checked(list)).to.deep.equal(names(list).slice(1, 5));
    button(list, 'Select nobody').click();
    all(list, '.name')[6]!.focus();
    await sendKeys({ press: ' ' });
    await sendKeys({ down: 'Shift' });
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ up: 'Shift' });
    expect(checked(list)).to.deep.equal(names(list).slice(6, 9));
  });

  it('selects all who are loaded, and all there are', async () => {
    const list = await mount();
    one(list, '.head input').click();
    await list.updateComplete;
    expect(bar(list)).to.contain('20 selected');
    button(list, 'Select all 30').click();
    await list.updateComplete;
    expect(bar(list)).to.contain('30 selected');
    await pick(list, 0);
    expect(bar(list)).to.contain('19 selected');
  });

  it('leaves the box for all unchecked where the page takes the selection back', async () => {
    const list = await mount();
    list.addEventListener('inlay-selection', ({ ids }: InlaySelectionEvent) => {
      if (ids.length > 1) list.selectedIds = [];
    });
    const box = one<HTMLInputElement>(list, '.head input');
    for (let time = 0; time < 2; time += 1) {
      box.click();
      await list.updateComplete;
      expect(box.checked).to.equal(false);
      expect(checked(list)).to.deep.equal([]);
    }
  });

  it('keeps who is selected while others come, and lets go who is deleted', async () => {
    const list = await mount();
    await stage.settled();
    await pick(list, 0, 1);
    const [first, second] = names(list);
    await stage.elsewhere.users.create({ name: 'Nora New', email: 'nora@example.com' });
    await until(() => names(list)[0] === 'Nora New', 'the new person is shown');
    expect(checked(list)).to.deep.equal([first, second]);
    await stage.elsewhere.users.delete({ id: list.selectedIds[0]! });
    await until(() => list.selectedIds.length === 1, 'who was deleted has left');
    expect(checked(list)).to.deep.equal([second]);
  });

  it('changes many at once by one request', async () => {
    const list = await mount();
    await pick(list, 0, 1);
    const chosen = names(list).slice(0, 2);
    await choose(list, button(list, 'Status'), 'Suspended');
    for (const name of chosen) expect(textOf(rowOf(list, name)!)).to.contain('Suspended');
    await until(() => notices.length > 0, 'the success is told');
    expect(notices[0]).to.deep.include({ message: 'bulk.changed', values: { count: 2 } });
    expect(stage.count('POST /api/users/bulk')).to.equal(1);
    await until(() => all(list, '.bulk').length === 0, 'nobody is selected any more');
    await stage.settled();
  });

  it('asks before it changes more than a page, or all that match', async () => {
    const list = await mountEditable(stage, 'page-size="5"');
    const ask = async (action: string, value: string) => {
      await choose(list, inBar(list, action), value);
      await until(() => all(list, 'dialog[open]').length > 0, 'it is asked for');
      return textOf(one(list, 'dialog h2'));
    };
    await until(() => boxes(list).length > 5, 'more than a page is loaded');
    await pick(list, 0, 1, 2, 3, 4, 5);
    expect(await ask('Role', 'Moderator')).to.equal('Set 6 people to “Moderator”?');
    await expectAccessible(list);
    button(list, 'Cancel').click();
    await list.updateComplete;
    expect(stage.count('POST /api/users/bulk')).to.equal(0);
    one(list, '.head input').click();
    await list.updateComplete;
    button(list, 'Select all 30').click();
    await list.updateComplete;
    expect(await ask('Status', 'Suspended')).to.equal('Set 30 people to “Suspended”?');
    one(list, 'dialog [type="submit"]').click();
    await until(() => bar(list).includes('1 of 30 not done'), 'it is done, but to oneself');
    await stage.settled();
  });

  it('asks before one’s own role is changed with that of others', async () => {
    const list = await mountEditable(stage, 'search="inlay.test"');
    list.selectedIds = [stage.person!.id];
    await list.updateComplete;
    await choose(list, inBar(list, 'Role'), 'User');
    await until(() => all(list, 'dialog[open]').length > 0, 'it is asked for');
    expect(textOf(one(list, 'dialog'))).to.contain('Only another admin');
    expect(stage.count('POST /api/users/bulk')).to.equal(0);
  });

  it('asks before it deletes many, and takes it back', async () => {
    const list = await mount();
    const before = names(list);
    await pick(list, 0, 1, 2);
    button(list, 'Delete').click();
    await until(() => all(list, 'dialog[open]').length > 0, 'it is asked for');
    expect(textOf(one(list, 'dialog h2'))).to.equal('Delete 3 people?');
    await expectAccessible(list);
    expect(names(list)).to.deep.equal(before);
    one(list, 'dialog [type="submit"]').click();
    await until(() => notices.length > 0, 'the success is told');
    expect(textOf(one(list, '.count'))).to.equal('27 people');
    notices[0]!.undo!();
    await until(() => textOf(one(list, '.count')) === '30 people', 'they are back');
    await until(() => names(list).slice(0, 20).join() === before.join(), 'in their places');
    await stage.settled();
  });

  it('tells for whom it failed, why, and tries these again', async () => {
    const list = await mountThree();
    button(list, 'Delete').click();
    await until(() => all(list, 'dialog[open]').length > 0, 'it is asked for');
    one(list, 'dialog [type="submit"]').click();
    await until(() => bar(list).includes('1 of 3 not done'), 'the outcome is told');
    button(list, 'Details').click();
    await until(() => all(list, 'dialog[open] li').length === 1, 'details are shown');
    expect(textOf(one(list, 'dialog li'))).to.contain('Ada Admin');
    await expectAccessible(list);
    one(list, 'dialog [type="submit"]').click();
    await until(() => stage.count('POST /api/users/bulk') === 2, 'it is tried again');
    await until(() => bar(list).includes('1 of 1 not done'), 'the outcome is told');
    await stage.settled();
  });

  it('says who is selected by then, whatever became of those before', async () => {
    const list = await mountThree();
    await choose(list, button(list, 'Status'), 'Suspended');
    await until(() => bar(list).includes('1 of 3 not done'), 'the outcome is told');
    expect(list.selectedIds).to.deep.equal([]);
    expect(buttons(list)).not.to.include('Select nobody');
    await pick(list, 1);
    expect(bar(list)).to.contain('1 selected');
    button(list, 'Select nobody').click();
    await list.updateComplete;
    expect(bar(list)).to.contain('1 of 3 not done');
    button(list, 'Dismiss').click();
    await list.updateComplete;
    expect(all(list, '.bulk').length).to.equal(0);
    await stage.settled();
  });

  it('keeps all selected while one of them is deleted elsewhere', async () => {
    const list = await mount();
    one(list, '.head input').click();
    await list.updateComplete;
    button(list, 'Select all 30').click();
    await stage.settled();
    await stage.elsewhere.users.delete({ id: list.selectedIds[5]! });
    await until(() => bar(list).includes('29 selected'), 'all others are selected');
  });

  it('can be stopped between two requests', async () => {
    const list = await mount();
    await pick(list, 0);
    const release = stage.hold('POST', '/api/users/bulk');
    await choose(list, button(list, 'Status'), 'Suspended');
    await until(() => all(list, '.bulk progress').length > 0, 'the progress is shown');
    expect(bar(list)).to.contain('0 of 1 done');
    expect(buttons(list)).to.include('Cancel');
    await expectAccessible(list);
    button(list, 'Cancel').click();
    release();
    await until(() => all(list, '.bulk progress').length === 0, 'it has ended');
    await stage.settled();
  });

  it('offers a moderator to select nobody', async () => {
    await stage.signIn('moderator');
    const list = await mountPeople(stage);
    await stage.settled();
    expect(boxes(list).length).to.equal(0);
    one(list, '.name').focus();
    await sendKeys({ down: 'Control' });
    await sendKeys({ press: 'a' });
    await sendKeys({ up: 'Control' });
    expect(list.selectedIds).to.deep.equal([]);
  });

  it('keeps the keyboard in the bar, and leads back to the people', async () => {
    const list = await mount();
    const focused = () => textOf(list.shadowRoot!.activeElement ?? document.body);
    const hold = stage.hold('POST', '/api/users/bulk');
    await pick(list, 0, 1);
    button(list, 'Delete').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => all(list, 'dialog[open]').length > 0, 'it asks');
    one(list, 'dialog [type=submit]').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => all(list, 'progress').length > 0, 'it runs');
    await until(() => focused() === 'Cancel', 'the focus is where it can be stopped');
    hold();
    await until(() => all(list, '.bulk').length === 0, 'it is done');
    await until(() => list.shadowRoot!.activeElement?.matches('.name'), 'a person has the focus');
  });
});
