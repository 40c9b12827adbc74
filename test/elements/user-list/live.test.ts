import { expect } from '@open-wc/testing';
import { getRuntime } from '../../../src/runtime/index.js';
import { all, one, textOf } from '../../helpers/dom.js';
import {
  menuButton,
  menuItems,
  mountPeople,
  names,
  peopleOf,
  roleButton,
  roleOf,
  rowOf,
  rows,
  untilEditable,
} from '../../helpers/people.js';
import { useStage } from '../../helpers/stage.js';
import { until } from '../../helpers/until.js';

describe('<user-list>, live', () => {
  const stage = useStage();

  it('shows a person created elsewhere, on top', async () => {
    const list = await mountPeople(stage);
    await stage.settled();
    const asked = stage.requests.length;
    await stage.elsewhere.users.create({ name: 'Nora New', email: 'nora@example.com' });
    await until(() => names(list)[0] === 'Nora New', 'the new person is shown');
    expect(textOf(one(list, '.count'))).to.equal('31 people');
    expect(stage.requests).to.have.length(asked);
  });

  it('shows what was changed elsewhere', async () => {
    const list = await mountPeople(stage);
    await stage.settled();
    const { id, name } = (await peopleOf(stage))[0]!;
    await stage.elsewhere.users.update({ id, name: 'Renamed Elsewhere', role: 'moderator' });
    await until(() => rowOf(list, 'Renamed Elsewhere'), 'the new name is shown');
    expect(names(list)).not.to.include(name);
    expect(roleOf(list, 'Renamed Elsewhere')).to.equal('Moderator');
  });

  it('takes out who was deleted elsewhere', async () => {
    const list = await mountPeople(stage);
    await stage.settled();
    const [gone] = await peopleOf(stage);
    await stage.elsewhere.users.delete({ id: gone!.id });
    await until(() => !rowOf(list, gone!.name), 'the person has left');
    expect(textOf(one(list, '.count'))).to.equal('29 people');
  });

  it('closes the menu of who was deleted elsewhere, and goes on with the next', async () => {
    const list = await mountPeople(stage);
    await untilEditable(list);
    const [, second, third] = names(list);
    const opener = menuButton(list, second!);
    opener.focus();
    opener.click();
    await until(() => menuItems(list).length > 0, 'the menu is open');
    const people = await peopleOf(stage);
    await stage.elsewhere.users.delete({ id: people[1]!.id });
    await until(() => menuItems(list).length === 0, 'the menu has closed');
    await until(
      () => list.shadowRoot!.activeElement?.ariaLabel === `Actions for ${third}`,
      'the next person has the focus',
    );
  });

  it('lets go whom a filter no longer fits, and takes in whom it fits now', async () => {
    const list = await mountPeople(stage, 'role-filter="moderator"');
    await stage.settled();
    const people = await peopleOf(stage);
    const moses = people.find(({ email }) => email === 'moderator@inlay.test')!;
    const uma = people.find(({ email }) => email === 'user@inlay.test')!;
    await stage.elsewhere.users.update({ id: moses.id, role: 'user' });
    await until(() => !rowOf(list, moses.name), 'who fits no longer has left');
    await stage.elsewhere.users.update({ id: uma.id, role: 'moderator' });
    await until(() => rowOf(list, uma.name), 'who fits now is shown');
  });

  it('moves a person to the new place of a sorted list', async () => {
    const list = await mountPeople(stage, 'sort="name" page-size="100"');
    await stage.settled();
    const [first] = names(list);
    const { id } = (await peopleOf(stage)).find(({ name }) => name === first)!;
    await stage.elsewhere.users.update({ id, name: 'Zzyzx' });
    await until(() => names(list).indexOf('Zzyzx') > 0, 'the person has moved');
    const people = await peopleOf(stage, { key: 'name', descending: false });
    expect(names(list)).to.deep.equal(people.map(({ name }) => name));
  });

  it('catches up after the connection was cut', async () => {
    const list = await mountPeople(stage);
    await stage.settled();
    stage.server.hub.dropAll();
    await stage.elsewhere.users.create({ name: 'Nora New', email: 'nora@example.com' });
    await until(() => getRuntime().live.state.status === 'live', 'the stream is back');
    await until(() => names(list)[0] === 'Nora New', 'what was missed is shown');
  });

  it('reads anew when the server starts over', async () => {
    const list = await mountPeople(stage);
    await stage.settled();
    await stage.server.reset({ users: 12 });
    const people = await peopleOf(stage);
    await until(() => rows(list).length === 12, 'the new people are shown');
    expect(names(list)).to.deep.equal(people.map(({ name }) => name));
  });

  it('keeps the element that a changed person is shown in', async () => {
    const list = await mountPeople(stage);
    await stage.settled();
    const [row] = rows(list);
    const { id } = (await peopleOf(stage))[0]!;
    all(list, '.name')[0]!.focus();
    await stage.elsewhere.users.create({ name: 'Nora New', email: 'nora@example.com' });
    await stage.elsewhere.users.update({ id, name: 'Renamed Elsewhere' });
    await until(() => rowOf(list, 'Renamed Elsewhere'), 'the new name is shown');
    expect(rowOf(list, 'Renamed Elsewhere') === row).to.equal(true);
    expect(textOf(list.shadowRoot!.activeElement!)).to.equal('Renamed Elsewhere');
  });

  it('keeps the focus of those who stay when somebody above moves below them', async () => {
    const list = await mountPeople(stage, 'sort="name" page-size="100"');
    await untilEditable(list);
    await stage.settled();
    const [first, second] = names(list);
    roleButton(list, second!).focus();
    const { id } = (await peopleOf(stage)).find(({ name }) => name === first)!;
    await stage.elsewhere.users.update({ id, name: 'Zzyzx' });
    await until(() => names(list).indexOf('Zzyzx') > 0, 'the person has moved');
    expect(names(list)[0]).to.equal(second);
    expect(list.shadowRoot!.activeElement?.ariaLabel).to.contain(`Role of ${second}`);
  });
});
