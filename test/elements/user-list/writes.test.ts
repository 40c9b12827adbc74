import { expect } from '@open-wc/testing';
import type { InlayBeforeActionEvent } from '../../../src/kit/events.js';
import { all, button, buttons, enter, one, textOf } from '../../helpers/dom.js';
import { mountPeople, names, peopleOf, roleOf, rowOf, rows } from '../../helpers/people.js';
import { useStage } from '../../helpers/stage.js';
import { nextEvent, until } from '../../helpers/until.js';

describe('<user-list> and what may be done with a person', () => {
  const stage = useStage();
  const { notices } = stage;
  const other = async () => (await peopleOf(stage)).find(({ role }) => role === 'user')!;
  const stored = async (id: string) => (await stage.server.store.get('users', id))!;

  it('changes a role at once and saves it', async () => {
    const list = await mountPeople(stage);
    const { id, name } = await other();
    const release = stage.hold('PATCH', `/api/users/${id}`);
    enter(roleOf(list, name), 'moderator');
    await list.updateComplete;
    expect(roleOf(list, name).value).to.equal('moderator');
    expect((await stored(id)).role).to.equal('user');
    release();
    await until(() => notices.length > 0, 'the success is told');
    expect(notices[0]).to.deep.include({ tone: 'success', message: 'user.updated' });
    expect((await stored(id)).role).to.equal('moderator');
    expect(roleOf(list, name).value).to.equal('moderator');
  });

  it('moves the role back when the change is refused, and says why', async () => {
    const list = await mountPeople(stage);
    const { id, name } = await other();
    stage.fail('PATCH', `/api/users/${id}`, 500);
    const failed = nextEvent('inlay-error');
    enter(roleOf(list, name), 'moderator');
    expect(((await failed).error as { status?: number }).status).to.equal(500);
    await until(() => roleOf(list, name).value === 'user', 'the role has moved back');
    expect(notices.map(({ tone, message }) => ({ tone, message }))).to.deep.equal([
      { tone: 'error', message: 'write.failed' },
    ]);
    expect(all(list, '[part="notice"]').length).to.equal(0);
  });

  it('leaves what others changed meanwhile when it moves back', async () => {
    const list = await mountPeople(stage);
    await stage.settled();
    const { id, name } = await other();
    stage.fail('PATCH', `/api/users/${id}`, 500);
    const release = stage.hold('PATCH', `/api/users/${id}`);
    enter(roleOf(list, name), 'moderator');
    await stage.elsewhere.users.update({ id, name: 'Renamed Meanwhile' });
    await until(() => rowOf(list, 'Renamed Meanwhile'), 'the other change is shown');
    expect(roleOf(list, 'Renamed Meanwhile').value).to.equal('moderator');
    release();
    await until(() => roleOf(list, 'Renamed Meanwhile').value === 'user', 'the role is back');
  });

  it('takes a deleted person out at once, and brings back who was not deleted', async () => {
    const list = await mountPeople(stage);
    const { id, name } = await other();
    stage.fail('DELETE', `/api/users/${id}`, 500);
    button(list, `Delete ${name}`).click();
    await until(() => !rowOf(list, name), 'the person has left');
    expect(textOf(one(list, '.count'))).to.equal('29 people');
    await until(() => rowOf(list, name), 'the person is back');
    expect(textOf(one(list, '.count'))).to.equal('30 people');
    expect(notices[0]).to.deep.include({ tone: 'error', message: 'write.failed' });
  });

  it('deletes, and undoes it from the toast', async () => {
    const list = await mountPeople(stage);
    const before = names(list);
    const { id, name } = await other();
    button(list, `Delete ${name}`).click();
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
    const [first, second] = names(list);
    const remove = button(list, `Delete ${first}`);
    remove.focus();
    remove.click();
    await until(() => !rowOf(list, first!), 'the person has left');
    await until(() => list.shadowRoot!.activeElement, 'something has the focus');
    expect(list.shadowRoot!.activeElement!.ariaLabel).to.equal(`Delete ${second}`);
  });

  it('asks the page before each write, which may say no', async () => {
    const list = await mountPeople(stage);
    const { id, name } = await other();
    const asked: unknown[] = [];
    const refuse = (event: InlayBeforeActionEvent) => {
      asked.push([event.action, event.input]);
      event.preventDefault();
    };
    list.addEventListener('inlay-before-action', refuse);
    enter(roleOf(list, name), 'admin');
    button(list, `Delete ${name}`).click();
    await until(() => roleOf(list, name).value === 'user', 'the select has moved back');
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
    expect(all(list, '[part="row"] select').length).to.equal(0);
    expect(buttons(list).filter((name) => name.startsWith('Delete'))).to.deep.equal([]);
    expect(textOf(rows(list)[0]!)).to.match(/User|Admin|Moderator/);
  });

  it('does not offer an admin to delete themselves', async () => {
    const list = await mountPeople(stage, 'search="inlay.test"');
    await until(() => buttons(list).some((name) => name.startsWith('Delete')), 'others may go');
    expect(buttons(list)).to.include('Delete Uma User');
    expect(buttons(list)).not.to.include('Delete Ada Admin');
  });

  it('is told when the last admin would lose the role', async () => {
    const admins = (await peopleOf(stage)).filter(({ role }) => role === 'admin');
    for (const { id } of admins.filter(({ id }) => id !== stage.person!.id)) {
      await stage.elsewhere.users.update({ id, role: 'user' });
    }
    const list = await mountPeople(stage, 'search="inlay.test"');
    await until(() => all(list, '[part="row"] select').length > 0, 'roles can be changed');
    enter(roleOf(list, 'Ada Admin'), 'user');
    await until(() => notices.length > 0, 'the refusal is told');
    expect((notices[0]!.error as { status?: number }).status).to.equal(409);
    await until(() => roleOf(list, 'Ada Admin').value === 'admin', 'the role has moved back');
  });
});
