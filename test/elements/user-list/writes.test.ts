import { expect } from '@open-wc/testing';
import { sendKeys, sendMouse } from '@web/test-runner-commands';
import type { InlayBeforeActionEvent } from '../../../src/kit/events.js';
import { all, button, one, textOf } from '../../helpers/dom.js';
import {
  choose,
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
import { nextEvent, until } from '../../helpers/until.js';

describe('<user-list> and what may be done with a person', () => {
  const stage = useStage();
  const { notices } = stage;
  const other = async () => (await peopleOf(stage)).find(({ role }) => role === 'user')!;
  const stored = async (id: string) => (await stage.server.store.get('users', id))!;

  it('changes a role at once and saves it', async () => {
    const list = await mountPeople(stage);
    await untilEditable(list);
    const { id, name } = await other();
    const release = stage.hold('PATCH', `/api/users/${id}`);
    await choose(list, roleButton(list, name), 'Moderator');
    await list.updateComplete;
    expect(roleOf(list, name)).to.equal('Moderator');
    expect((await stored(id)).role).to.equal('user');
    release();
    await until(() => notices.length > 0, 'the success is told');
    expect(notices[0]).to.deep.include({ tone: 'success', message: 'user.updated' });
    expect((await stored(id)).role).to.equal('moderator');
    expect(roleOf(list, name)).to.equal('Moderator');
  });

  it('asks before somebody gives themselves another role', async () => {
    const list = await mountPeople(stage, 'search="inlay.test"');
    await untilEditable(list);
    const { name, id } = stage.person!;
    const asked = async () => {
      await choose(list, roleButton(list, name), 'User');
      await until(() => all(list, 'dialog[open]').length > 0, 'it is asked for');
    };
    await asked();
    expect(textOf(one(list, 'dialog h2'))).to.equal('Change your own role to “User”?');
    button(list, 'Cancel').click();
    await list.updateComplete;
    expect(stage.count('PATCH')).to.equal(0);
    await asked();
    one(list, 'dialog [type="submit"]').click();
    await until(() => stage.count(`PATCH /api/users/${id}`) === 1, 'it is sent');
    await stage.settled();
  });

  it('moves the role back when the change is refused, and says why', async () => {
    const list = await mountPeople(stage);
    await untilEditable(list);
    const { id, name } = await other();
    stage.fail('PATCH', `/api/users/${id}`, 500);
    const failed = nextEvent('inlay-error');
    await choose(list, roleButton(list, name), 'Moderator');
    expect(((await failed).error as { status?: number }).status).to.equal(500);
    await until(() => roleOf(list, name) === 'User', 'the role has moved back');
    expect(notices.map(({ tone, message }) => ({ tone, message }))).to.deep.equal([
      { tone: 'error', message: 'write.failed' },
    ]);
    expect(all(list, '[part="notice"]').length).to.equal(0);
  });

  it('leaves what others changed meanwhile when it moves back', async () => {
    const list = await mountPeople(stage);
    await untilEditable(list);
    await stage.settled();
    const { id, name } = await other();
    stage.fail('PATCH', `/api/users/${id}`, 500);
    const release = stage.hold('PATCH', `/api/users/${id}`);
    await choose(list, roleButton(list, name), 'Moderator');
    await stage.elsewhere.users.update({ id, name: 'Renamed Meanwhile' });
    await until(() => rowOf(list, 'Renamed Meanwhile'), 'the other change is shown');
    expect(roleOf(list, 'Renamed Meanwhile')).to.equal('Moderator');
    release();
    await until(() => roleOf(list, 'Renamed Meanwhile') === 'User', 'the role is back');
  });

  it('takes a deleted person out at once, and brings back who was not deleted', async () => {
    const list = await mountPeople(stage);
    await untilEditable(list);
    const { id, name } = await other();
    stage.fail('DELETE', `/api/users/${id}`, 500);
    await choose(list, menuButton(list, name), 'Delete');
    await until(() => !rowOf(list, name), 'the person has left');
    expect(textOf(one(list, '.count'))).to.equal('29 people');
    await until(() => rowOf(list, name), 'the person is back');
    expect(textOf(one(list, '.count'))).to.equal('30 people');
    expect(notices[0]).to.deep.include({ tone: 'error', message: 'write.failed' });
  });

  it('deletes, and undoes it from the toast', async () => {
    const list = await mountPeople(stage);
    await untilEditable(list);
    const before = names(list);
    const { id, name } = await other();
    await choose(list, menuButton(list, name), 'Delete');
    await until(() => notices.length > 0, 'the success is told');
    expect(notices[0]).to.deep.include({ tone: 'success', message: 'user.deleted' });
    expect(notices[0]!.values).to.deep.equal({ name });
    expect(await stored(id)).to.equal(undefined);
    notices[0]!.undo!();
    await until(() => rowOf(list, name), 'the person is back');
    await until(() => names(list).length >= 20, 'the list is full again');
    expect(names(list).slice(0, 20)).to.deep.equal(before);
    await until(() => textOf(one(list, '.count')) === '30 people', 'the total is right');
  });

  it('keeps the focus in the list when the focused person leaves', async () => {
    const list = await mountPeople(stage);
    await untilEditable(list);
    const [first, second] = names(list);
    await choose(list, menuButton(list, first!), 'Delete');
    await until(() => !rowOf(list, first!), 'the person has left');
    await until(() => list.shadowRoot!.activeElement, 'something has the focus');
    expect(list.shadowRoot!.activeElement!.ariaLabel).to.equal(`Actions for ${second}`);
  });

  it('deletes one person by a double click', async () => {
    const list = await mountPeople(stage);
    await untilEditable(list);
    const { name } = await other();
    menuButton(list, name).focus();
    await sendKeys({ press: 'Enter' });
    const item = menuItems(list).find((each) => textOf(each).startsWith('Delete'))!;
    const { left, top } = item.getBoundingClientRect();
    const position: [number, number] = [Math.round(left) + 5, Math.round(top) + 5];
    await sendMouse({ type: 'click', position });
    await sendMouse({ type: 'click', position });
    await until(() => notices.length > 0, 'the success is told');
    await stage.settled();
    expect(stage.count('DELETE')).to.equal(1);
  });

  it('suspends and activates', async () => {
    const list = await mountPeople(stage);
    await untilEditable(list);
    const { id, name } = await other();
    await choose(list, menuButton(list, name), 'Suspended');
    expect(textOf(rowOf(list, name)!.querySelector('.state')!)).to.equal('Suspended');
    await until(() => notices.length > 0, 'the success is told');
    expect((await stored(id)).status).to.equal('suspended');
  });

  it('sends nothing when what is chosen is so already', async () => {
    const list = await mountPeople(stage);
    await untilEditable(list);
    const { name } = await other();
    await choose(list, roleButton(list, name), 'User');
    expect(stage.count('PATCH')).to.equal(0);
  });

  it('asks the page before each write, which may say no', async () => {
    const list = await mountPeople(stage);
    await untilEditable(list);
    const { id, name } = await other();
    const asked: unknown[] = [];
    const refuse = (event: InlayBeforeActionEvent) => {
      asked.push([event.action, event.input]);
      event.preventDefault();
    };
    list.addEventListener('inlay-before-action', refuse);
    await choose(list, roleButton(list, name), 'Admin');
    await choose(list, menuButton(list, name), 'Delete');
    await until(() => roleOf(list, name) === 'User', 'the select has moved back');
    expect(asked).to.deep.equal([
      ['users.update', { id, role: 'admin' }],
      ['users.delete', { id }],
    ]);
    expect(names(list)).to.include(name);
    expect(stage.count('PATCH') + stage.count('DELETE')).to.equal(0);
  });

  it('offers a moderator neither roles nor deletion', async () => {
    await stage.signIn('moderator');
    const list = await mountPeople(stage);
    await stage.settled();
    expect(all(list, '[part="row"] [data-act]:not(.name)').length).to.equal(0);
    expect(textOf(rows(list)[0]!)).to.match(/User|Admin|Moderator/);
  });

  it('does not offer an admin to delete themselves', async () => {
    const list = await mountPeople(stage, 'search="inlay.test"');
    await untilEditable(list);
    const offered = async (name: string) => {
      menuButton(list, name).click();
      await list.updateComplete;
      return menuItems(list).map(textOf);
    };
    expect(await offered('Uma User')).to.include('Delete Uma User');
    expect(await offered('Ada Admin'))
      .to.include('Suspended')
      .and.not.to.include('Delete Ada Admin');
  });

  it('is told when the last admin would lose the role', async () => {
    const admins = (await peopleOf(stage)).filter(({ role }) => role === 'admin');
    for (const { id } of admins.filter(({ id }) => id !== stage.person!.id)) {
      await stage.elsewhere.users.update({ id, role: 'user' });
    }
    const list = await mountPeople(stage, 'search="inlay.test"');
    await untilEditable(list);
    await choose(list, roleButton(list, 'Ada Admin'), 'User');
    await until(() => all(list, 'dialog[open]').length > 0, 'it is asked for');
    one(list, 'dialog [type="submit"]').click();
    await until(() => notices.length > 0, 'the refusal is told');
    expect((notices[0]!.error as { status?: number }).status).to.equal(409);
    await until(() => roleOf(list, 'Ada Admin') === 'Admin', 'the role has moved back');
  });
});
