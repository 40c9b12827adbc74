import { expect } from '@open-wc/testing';
import { resetMouse, sendMouse } from '@web/test-runner-commands';
import type { UserList } from '../../../src/elements/user-list/user-list.js';
import { expectAccessible } from '../../helpers/axe.js';
import { all, button, enter, one, textOf } from '../../helpers/dom.js';
import {
  choose,
  menuButton,
  mountEditable,
  mountPeople,
  names,
  rowOf,
} from '../../helpers/people.js';
import { useStage } from '../../helpers/stage.js';
import { until } from '../../helpers/until.js';

const field = (list: Element, name: string) =>
  one<HTMLInputElement>(list, `dialog [name="${name}"]`);
const send = (list: Element) => one(list, 'dialog [type="submit"]').click();
const isOpen = (list: Element) => all(list, 'dialog[open]').length > 0;

describe('<user-list> and its dialogs', () => {
  const stage = useStage();
  const { notices } = stage;

  const mount = () => mountEditable(stage);

  async function edit(list: UserList): Promise<{ id: string; name: string }> {
    const name = names(list)[1]!;
    await choose(list, menuButton(list, name), 'Edit');
    await until(() => isOpen(list), 'the dialog is open');
    const { data } = await stage.elsewhere.users.list({ limit: 2 });
    return { id: data[1]!.id, name };
  }

  it('invites somebody, who is shown at once', async () => {
    const list = await mount();
    await stage.settled();
    const opener = button(list, 'Invite');
    opener.focus();
    opener.click();
    await until(() => isOpen(list), 'the dialog is open');
    await expectAccessible(list);
    enter(field(list, 'name'), 'Nora New');
    enter(field(list, 'email'), 'nora@example.com');
    send(list);
    await until(() => rowOf(list, 'Nora New'), 'the new person is shown');
    expect(textOf(rowOf(list, 'Nora New')!)).to.contain('Invited');
    await until(() => !isOpen(list), 'the dialog is closed');
    expect(list.shadowRoot!.activeElement === opener).to.equal(true);
    expect(notices[0]).to.deep.include({ message: 'user.created' });
  });

  it('shows what the server refuses at its field, and keeps the draft', async () => {
    const list = await mount();
    button(list, 'Invite').click();
    await until(() => isOpen(list), 'the dialog is open');
    enter(field(list, 'name'), 'Nora New');
    enter(field(list, 'email'), 'admin@inlay.test');
    send(list);
    await until(() => all(list, 'dialog .wrong').length > 0, 'the refusal is shown');
    await expectAccessible(list);
    expect(field(list, 'name').value).to.equal('Nora New');
    expect(notices).to.deep.equal([]);
    enter(field(list, 'email'), 'nora@example.com');
    send(list);
    await until(() => rowOf(list, 'Nora New'), 'the new person is shown');
    await stage.settled();
  });

  it('changes a person', async () => {
    const list = await mount();
    const { id } = await edit(list);
    enter(field(list, 'name'), 'Renamed Here');
    send(list);
    await until(() => rowOf(list, 'Renamed Here'), 'the new name is shown');
    await until(() => !isOpen(list), 'the dialog is closed');
    expect((await stage.server.store.get('users', id))!.name).to.equal('Renamed Here');
  });

  it('joins what somebody else has saved first in other fields', async () => {
    const list = await mount();
    const { id } = await edit(list);
    await stage.elsewhere.users.update({ id, role: 'moderator' });
    enter(field(list, 'name'), 'Renamed Here');
    send(list);
    await until(() => !isOpen(list), 'the dialog is closed');
    const { name, role } = (await stage.server.store.get('users', id))!;
    expect({ name, role }).to.deep.equal({ name: 'Renamed Here', role: 'moderator' });
  });

  const conflict = (list: Element) =>
    until(() => all(list, '[part="conflict"]')[0], 'the conflict is shown');

  /** Both change the name, in sight of the reader. */
  async function collide() {
    const list = await mount();
    const { id } = await edit(list);
    enter(field(list, 'name'), 'Renamed Here');
    await stage.elsewhere.users.update({ id, name: 'Renamed There' });
    return { list, id, shown: await conflict(list) };
  }

  it('asks whose it shall be when both have changed the same, at once and in one way', async () => {
    const { list, id, shown } = await collide();
    expect(textOf(shown)).to.contain('Now Renamed There Yours Renamed Here');
    expect(field(list, 'name').value).to.equal('Renamed Here');
    expect(all(list, 'dialog [type="submit"]').length).to.equal(0);
    await expectAccessible(list);
    one<HTMLFormElement>(list, 'dialog form').requestSubmit();
    await until(() => list.shadowRoot!.activeElement === shown, 'the conflict has the focus');
    expect(stage.count('PATCH')).to.equal(0);
    button(list, 'Save mine over it').click();
    await until(() => !isOpen(list), 'the dialog is closed');
    expect((await stage.server.store.get('users', id))!.name).to.equal('Renamed Here');
  });

  it('gives way to what somebody else has saved, when told to', async () => {
    const { list } = await collide();
    button(list, 'Keep theirs').click();
    await until(() => field(list, 'name').value === 'Renamed There', 'their name is taken');
    expect(all(list, '[part="conflict"]').length).to.equal(0);
    send(list);
    await until(() => !isOpen(list), 'the dialog is closed');
  });

  it('is no conflict any more when the reader comes to want the same', async () => {
    const { list } = await collide();
    enter(field(list, 'name'), 'Renamed There');
    await until(() => all(list, '[part="conflict"]').length === 0, 'the conflict has gone');
    send(list);
    await until(() => !isOpen(list), 'the dialog is closed');
    expect(stage.count('PATCH')).to.equal(0);
  });

  it('learns from the refusal what the stream has not told', async () => {
    await stage.signIn('admin', { live: false });
    const list = await mount();
    const { id } = await edit(list);
    enter(field(list, 'name'), 'Renamed Here');
    await stage.elsewhere.users.update({ id, name: 'Renamed There' });
    send(list);
    const shown = await conflict(list);
    await until(() => list.shadowRoot!.activeElement === shown, 'the conflict has the focus');
    button(list, 'Save mine over it').click();
    await until(() => !isOpen(list), 'the dialog is closed');
    expect((await stage.server.store.get('users', id))!.name).to.equal('Renamed Here');
  });

  it('says that somebody else has deleted the person', async () => {
    const list = await mount();
    const { id } = await edit(list);
    enter(field(list, 'name'), 'Renamed Here');
    await stage.elsewhere.users.delete({ id });
    send(list);
    await until(() => all(list, 'dialog .wrong').length > 0, 'the refusal is shown');
    expect(textOf(one(list, 'dialog .wrong'))).to.equal('There is no such person');
    expect(field(list, 'name').value).to.equal('Renamed Here');
  });
});

describe('<user-list> and its columns', () => {
  const stage = useStage();
  const headings = (list: Element) =>
    all(list, '[role="columnheader"]')
      .map(textOf)
      .filter((text) => text && text !== 'Actions');

  async function open(list: UserList): Promise<void> {
    await choose(list, button(list, 'More'), 'Columns');
    await until(() => isOpen(list), 'the dialog is open');
  }

  it('are chosen, ordered and sized, and kept for the person', async () => {
    const list = await mountPeople(stage);
    await open(list);
    await expectAccessible(list);
    const entry = (name: string) =>
      all(list, 'dialog li').find((each) => textOf(each).startsWith(name))!;
    entry('E-mail').querySelector<HTMLInputElement>('[type="checkbox"]')!.click();
    entry('Last active').querySelector<HTMLInputElement>('[type="checkbox"]')!.click();
    await list.updateComplete;
    button(list, 'Move Role up').click();
    await list.updateComplete;
    button(list, 'Move Role up').click();
    enter(entry('Role').querySelector<HTMLInputElement>('[type="number"]')!, '200');
    await list.updateComplete;
    send(list);
    await until(() => !isOpen(list), 'the dialog is closed');
    const chosen = ['Role', 'Name', 'Status', 'Joined ↓', 'Last active'];
    expect(headings(list)).to.deep.equal(chosen);
    expect(Math.round(one(list, '.c-role').offsetWidth)).to.equal(200);
    list.remove();
    const again = await mountPeople(stage);
    expect(headings(again)).to.deep.equal(chosen);
    await stage.signIn('moderator');
    const other = await mountPeople(stage);
    expect(headings(other)).to.deep.equal(['Name', 'E-mail', 'Role', 'Status', 'Joined ↓']);
  });

  it('stay as they were when the choice is cancelled', async () => {
    const list = await mountPeople(stage);
    await open(list);
    all<HTMLInputElement>(list, 'dialog [type="checkbox"]')[1]!.click();
    await list.updateComplete;
    button(list, 'Cancel').click();
    await until(() => !isOpen(list), 'the dialog is closed');
    expect(headings(list)).to.include('E-mail');
  });

  for (const dir of ['ltr', 'rtl']) {
    it(`are moved by dragging their headings, ${dir}, which sorts nothing`, async () => {
      document.documentElement.dir = dir;
      const list = await mountPeople(stage, 'style="inline-size:790px"');
      const over = (name: string) => {
        const heading = all(list, '.head > *').find((each) => textOf(each).startsWith(name))!;
        const { x, y, width, height } = heading.getBoundingClientRect();
        const position = [x + width * (dir === 'ltr' ? 0.6 : 0.4), y + height / 2];
        return position.map(Math.round) as [number, number];
      };
      await sendMouse({ type: 'move', position: over('Role') });
      await sendMouse({ type: 'down' });
      await sendMouse({ type: 'move', position: over('Status') });
      await sendMouse({ type: 'move', position: over('Joined') });
      await sendMouse({ type: 'up' });
      await resetMouse();
      expect(headings(list)).to.deep.equal(['Name', 'E-mail', 'Status', 'Joined ↓', 'Role']);
      expect(list.sort).to.equal('');
      button(list, 'Role').click();
      expect(list.sort).to.equal('role');
      await stage.settled();
    });
  }

  it('sort wherever their headings are pressed', async () => {
    const list = await mountPeople(stage, 'style="inline-size:900px"');
    const press = async (name: string, way: number) => {
      const { left, width } = one(list, `.c-${name}`).getBoundingClientRect();
      const { top } = one(list, '.head').getBoundingClientRect();
      const position: [number, number] = [Math.round(left + width * way), Math.round(top + 4)];
      await sendMouse({ type: 'click', position });
    };
    const { bottom } = one(list, '.head').getBoundingClientRect();
    const edges = all(list, '.edge:not([hidden])').map((edge) => edge.getBoundingClientRect());
    expect(Math.max(...edges.map((edge) => edge.bottom))).to.be.at.most(bottom);
    await press('name', 0.8);
    expect(list.sort).to.equal('name');
    await press('role', 0.8);
    expect(list.sort).to.equal('role');
    await press('role', 0.1);
    expect(list.sort).to.equal('-role');
    await press('status', 0.5);
    expect(list.sort).to.equal('-role');
    await resetMouse();
    await stage.settled();
  });

  for (const dir of ['ltr', 'rtl']) {
    it(`are sized from either side of their border, and by a double click, ${dir}`, async () => {
      document.documentElement.dir = dir;
      const list = await mountPeople(stage, 'style="inline-size:900px"');
      const way = dir === 'ltr' ? 1 : -1;
      const role = () => one(list, '.c-role').getBoundingClientRect();
      const border = () => (dir === 'ltr' ? role().right + 6 : role().left - 6);
      const at = (by: number) =>
        [Math.round(border() + way * by), Math.round(role().y + 8)] as [number, number];
      for (const by of [-8, 8]) {
        const before = role().width;
        await sendMouse({ type: 'move', position: at(by) });
        await sendMouse({ type: 'down' });
        await sendMouse({ type: 'move', position: at(by + 40) });
        await sendMouse({ type: 'up' });
        await list.updateComplete;
        expect(role().width).to.be.closeTo(before + 40, 2);
      }
      expect(String(getSelection())).to.equal('');
      expect(list.sort).to.equal('');
      await resetMouse();
      const name = one(list, '.c-name');
      name.querySelector('.edge')!.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }));
      await list.updateComplete;
      const shown = all(list, '.rows .name');
      const overhang = ({ scrollWidth, clientWidth }: Element) => scrollWidth - clientWidth;
      expect(Math.max(...shown.map(overhang))).to.equal(0);
      const ends = shown.map((each) => each.getBoundingClientRect());
      const cell = one(list, '.rows .who').getBoundingClientRect();
      const room = ends.map(({ left, right }) =>
        dir === 'ltr' ? cell.right - right : left - cell.left,
      );
      expect(Math.min(...room)).to.be.lessThan(8);
      await stage.settled();
    });
  }

  it('may be of the page’s own, and sort', async () => {
    const list = await mountPeople(stage);
    list.columns = [
      { id: 'team', label: 'Team', render: ({ teamId }) => (teamId ? '<b>in one</b>' : 'none') },
      { id: 'seen', label: 'Seen', sortKey: 'lastActiveAt', render: () => 'once', width: 90 },
    ];
    await list.updateComplete;
    expect(headings(list).slice(-2)).to.deep.equal(['Team', 'Seen']);
    expect(all(list, '.own b').length).to.equal(0);
    expect(all(list, '.rows > :first-child .own').map(textOf)[1]).to.equal('once');
    button(list, 'Seen').click();
    await until(() => stage.count('sort=lastActiveAt') === 1, 'it is sorted');
    await stage.settled();
  });

  it('work where storage is refused', async () => {
    const { getItem, setItem } = Storage.prototype;
    const refuse = () => {
      throw new DOMException('refused', 'SecurityError');
    };
    Object.assign(Storage.prototype, { getItem: refuse, setItem: refuse });
    try {
      const list = await mountPeople(stage);
      await open(list);
      all<HTMLInputElement>(list, 'dialog [type="checkbox"]')[1]!.click();
      await list.updateComplete;
      send(list);
      await until(() => !headings(list).includes('E-mail'), 'the column has gone');
    } finally {
      Object.assign(Storage.prototype, { getItem, setItem });
    }
  });
});
