import { expect } from '@open-wc/testing';
import type { User } from '../../../src/contract/index.js';
import type { InlayBeforeActionEvent } from '../../../src/kit/events.js';
import type { UserList } from '../../../src/elements/user-list/user-list.js';
import '../../../src/elements/user-list/define.js';
import { all, blankOf, button, enter, one, textOf } from '../../helpers/dom.js';
import { choose, menuButton, names, roleButton, rows } from '../../helpers/people.js';
import { useStage } from '../../helpers/stage.js';
import { until } from '../../helpers/until.js';

const person = (index: number, more: Partial<User> = {}): User => ({
  id: `id-${index}`,
  version: 1,
  name: `Person ${index}`,
  email: `p${index}@example.com`,
  role: index % 3 === 0 ? 'admin' : 'user',
  status: 'active',
  image: null,
  teamId: null,
  lastActiveAt: null,
  createdAt: `2026-01-01T00:00:${String(index % 60).padStart(2, '0')}Z`,
  updatedAt: '2026-01-01T00:00:00Z',
  ...more,
});

describe('<user-list> of people the page holds', () => {
  const stage = useStage();

  async function mount(count: number, attributes = ''): Promise<UserList> {
    const list = document.createElement('user-list');
    for (const name of attributes.split(' ').filter(Boolean)) list.toggleAttribute(name);
    list.items = Array.from({ length: count }, (_, index) => person(index));
    document.body.append(list);
    await until(() => rows(list).length > 0, 'people are shown');
    return list;
  }

  it('asks nobody for anything, and keeps the order given', async () => {
    const list = await mount(5);
    expect(names(list)).to.deep.equal(['Person 0', 'Person 1', 'Person 2', 'Person 3', 'Person 4']);
    expect(textOf(one(list, '.count'))).to.equal('5 people');
    expect(all(list, '[data-act="menu"], .check').length).to.equal(0);
    expect(stage.requests).to.deep.equal([]);
  });

  it('draws few rows of many people', async () => {
    const list = await mount(100_000);
    expect(textOf(one(list, '.count'))).to.equal('100,000 people');
    expect(all(list, '[part="row"]').length).to.be.lessThan(25);
    const scroller = one(list, '#scroller');
    scroller.scrollTop = scroller.scrollHeight;
    await until(() => names(list).includes('Person 99999'), 'the last is shown');
  });

  it('searches, filters and sorts by itself', async () => {
    const list = await mount(100);
    list.search = 'P9';
    await list.updateComplete;
    expect(names(list)).to.have.length(11);
    list.roleFilter = 'admin';
    await list.updateComplete;
    expect(names(list)).to.deep.equal([
      'Person 9',
      'Person 90',
      'Person 93',
      'Person 96',
      'Person 99',
    ]);
    list.sort = '-name';
    await list.updateComplete;
    expect(names(list)).to.deep.equal([
      'Person 99',
      'Person 96',
      'Person 93',
      'Person 90',
      'Person 9',
    ]);
    list.state = { search: '', roleFilter: '', sort: '' };
    await list.updateComplete;
    expect(names(list)[1]).to.equal('Person 1');
    expect(stage.requests).to.deep.equal([]);
  });

  it('draws anew only whom the new array has anew', async () => {
    const list = await mount(6);
    const drawn: Node[] = [];
    const observer = new MutationObserver((changes) =>
      drawn.push(...changes.map((each) => each.target)),
    );
    observer.observe(one(list, '.rows'), { subtree: true, childList: true, characterData: true });
    const next = [...list.items!];
    next[2] = person(2, { name: 'Renamed', version: 2 });
    list.items = next;
    await list.updateComplete;
    await Promise.resolve();
    const row = rows(list)[2]!;
    expect(names(list)[2]).to.equal('Renamed');
    expect(drawn.length).to.be.greaterThan(0);
    expect(drawn.every((node) => row.contains(node))).to.equal(true);
    observer.disconnect();
  });

  it('draws what has changed in the same array when it is set again', async () => {
    const list = await mount(6);
    const people = list.items as User[];
    people[2] = person(2, { name: 'Renamed', version: 2 });
    people.push(person(6));
    list.items = people;
    await list.updateComplete;
    expect(names(list)).to.deep.equal([
      ...['Person 0', 'Person 1', 'Renamed', 'Person 3', 'Person 4', 'Person 5', 'Person 6'],
    ]);
    expect(textOf(one(list, '.count'))).to.equal('7 people');
    expect(one(list, '#scroller').ariaRowCount).to.equal('8');
    list.search = 'person';
    await list.updateComplete;
    people[0] = person(0, { name: 'Ada', email: 'a@example.com' });
    list.items = people;
    await list.updateComplete;
    expect(names(list)).to.have.length(5);
    expect(textOf(one(list, '.count'))).to.equal('5 people');
  });

  it('takes what has changed into an open dialog and the selection', async () => {
    const list = await mount(6, 'item-actions');
    await choose(list, menuButton(list, 'Person 1'), 'Edit');
    list.items = list.items!.with(1, person(1, { name: 'Renamed', version: 2 }));
    await list.updateComplete;
    await until(
      () => one<HTMLInputElement>(list, 'dialog [name="name"]').value === 'Renamed',
      'the field says so',
    );
    one(list, 'dialog [type="button"]').click();
    list.selectedIds = list.items.map(({ id }) => String(id));
    await list.updateComplete;
    const all = one<HTMLInputElement>(list, '.head input');
    expect(all.checked).to.equal(true);
    list.items = [...list.items, person(9)];
    await list.updateComplete;
    expect([all.checked, all.indeterminate]).to.deep.equal([false, true]);
  });

  it('goes over to the back end, and back', async () => {
    const list = await mount(3);
    list.items = undefined;
    await until(() => stage.requests.length > 0 && rows(list).length > 3, 'others are shown');
    list.items = [person(1)];
    await list.updateComplete;
    expect(names(list)).to.deep.equal(['Person 1']);
    const { length } = stage.requests;
    list.search = 'person';
    await list.updateComplete;
    expect(stage.requests.length).to.equal(length);
  });

  it('keeps the focus with a person who moves', async () => {
    const list = await mount(6);
    const name = all(list, '.name')[1]!;
    name.focus();
    list.items = [person(9), ...list.items!];
    await list.updateComplete;
    expect(textOf(list.shadowRoot!.activeElement!)).to.equal('Person 1');
    expect(list.shadowRoot!.activeElement!.closest('[role="row"]')!.ariaRowIndex).to.equal('4');
  });

  it('tells the page what to do with them, where it wants to', async () => {
    const list = await mount(6, 'item-actions');
    const told: unknown[] = [];
    list.addEventListener('inlay-before-action', ({ action, input }: InlayBeforeActionEvent) =>
      told.push([action, input]),
    );
    await choose(list, roleButton(list, 'Person 1'), 'Admin');
    await choose(list, menuButton(list, 'Person 2'), 'Delete');
    all<HTMLInputElement>(list, '.rows .check input')[4]!.click();
    await list.updateComplete;
    await choose(list, one(list, '.bulk [aria-haspopup]'), 'Moderator');
    expect(told).to.deep.equal([
      ['users.update', { id: 'id-1', role: 'admin' }],
      ['users.delete', { id: 'id-2' }],
      ['users.bulk', { action: 'role', value: 'moderator', ids: ['id-4'] }],
    ]);
    expect(names(list)).to.have.length(6);
    expect(stage.requests).to.deep.equal([]);
  });

  it('tells the page who is invited and what is edited, and closes', async () => {
    const list = await mount(6, 'item-actions');
    const told: unknown[] = [];
    list.addEventListener('inlay-before-action', ({ action, input }: InlayBeforeActionEvent) =>
      told.push([action, input]),
    );
    const put = (name: string, value: string) =>
      enter(one<HTMLInputElement>(list, `dialog [name="${name}"]`), value);
    const isClosed = () => all(list, 'dialog').length === 0;
    button(list, 'Invite').click();
    await list.updateComplete;
    put('name', 'Nora New');
    put('email', 'nora@example.com');
    one(list, 'dialog [type="submit"]').click();
    await until(isClosed, 'the dialog is closed');
    await choose(list, menuButton(list, 'Person 1'), 'Edit');
    put('name', 'Renamed');
    one(list, 'dialog [type="submit"]').click();
    await until(isClosed, 'the dialog is closed again');
    const invited = { name: 'Nora New', email: 'nora@example.com', role: 'user' };
    expect(told).to.deep.equal([
      ['users.create', { ...invited, status: 'invited' }],
      ['users.update', { id: 'id-1', name: 'Renamed' }],
    ]);
    expect(stage.requests).to.deep.equal([]);
  });

  it('finds all words in any order', async () => {
    const list = await mount(3);
    list.items = [person(1, { name: 'Adaeze Osei' }), person(2, { name: 'Osei Bello' })];
    list.search = ' osei  ADAEZE p1@';
    await list.updateComplete;
    expect(names(list)).to.deep.equal(['Adaeze Osei']);
  });

  describe('that are not quite people', () => {
    const cellsOf = (list: Element, index: number) =>
      [...rows(list)[index]!.querySelectorAll('[role="gridcell"]')].map(textOf);

    it('shows what is there, and a dash for what is not', async () => {
      const list = await mount(1);
      list.items = [
        { id: 7, name: 'Ada', role: 'owner', status: 'hidden active' },
        { id: 8, email: 'b@example.com', role: 'admin', createdAt: 'last spring' },
        { id: 'c', name: 'Cy', createdAt: new Date('2026-03-03T12:00:00Z'), lastActiveAt: 'never' },
      ];
      await list.updateComplete;
      expect(cellsOf(list, 0)).to.deep.equal(['A Ada', '–', 'owner', 'hidden active', '–']);
      expect(cellsOf(list, 1).slice(1)).to.deep.equal([
        'b@example.com',
        'Admin',
        '–',
        'last spring',
      ]);
      expect(cellsOf(list, 2).slice(4)).to.deep.equal(['Mar 3, 2026']);
      expect(all(list, '.rows .hidden, .rows .active').length).to.equal(0);
      for (const sort of ['name', 'email', 'role', 'createdAt', '-lastActiveAt'] as const) {
        list.sort = sort;
        list.search = 'a';
        await list.updateComplete;
        expect(rows(list).length).to.be.greaterThan(0);
      }
    });

    it('keeps the rows of the same objects, and tells numbers as texts', async () => {
      const list = await mount(1);
      const items = [
        { id: 7, name: 'Ada' },
        { id: 8, name: 'Bea' },
      ];
      list.items = items;
      await list.updateComplete;
      const before = rows(list);
      list.items = [...items];
      await list.updateComplete;
      expect(rows(list)).to.deep.equal(before);
      all(list, '.name')[1]!.click();
      expect(list.selectedId).to.equal('8');
    });

    it('are looked at again where the page put another one among those it had', async () => {
      const list = await mount(6);
      const held = [...list.items!];
      held[3] = { name: 'Ada' } as never;
      list.items = held;
      await until(
        () => list.shadowRoot!.textContent!.includes('items[3] must be a person'),
        'what is wrong is said',
      );
    });

    it('are looked at when they come into sight', async () => {
      const list = await mount(5);
      const items = Array.from({ length: 5_000 }, (_, index) => person(index));
      list.items = items.with(4_000, { name: 'Ada' } as never);
      await list.updateComplete;
      expect(textOf(one(list, '.count'))).to.equal('5,000 people');
      const scroller = one(list, '#scroller');
      scroller.scrollTop = scroller.scrollHeight * 0.8;
      const says = 'items[4000] must be a person';
      await until(() => list.shadowRoot!.textContent!.includes(says), 'what is wrong is said');
      list.items = items;
      await list.updateComplete;
      expect(names(list)[0]).to.equal('Person 0');
      list.items = items.with(4_500, null as never);
      list.sort = 'name';
      await list.updateComplete;
      expect(blankOf(list)).to.contain('items[4500] must be a person');
    });

    for (const [what, items, says] of [
      [
        'no array',
        { data: [] },
        'items must be an array of people, each with an "id", got "[object Object]".',
      ],
      [
        'one without id',
        [person(1), { name: 'Ada', mail: 'a' }],
        'items[1] must be a person with an "id", a text or number of its own, got one with "name", "mail".',
      ],
      [
        'a hole',
        [null],
        'items[0] must be a person with an "id", a text or number of its own, got "null".',
      ],
    ] as const) {
      it(`says what is wrong with ${what}, and recovers`, async () => {
        const list = await mount(1);
        list.items = items as never;
        await list.updateComplete;
        expect(blankOf(list)).to.equal(says);
        list.items = [person(3)];
        await list.updateComplete;
        expect(names(list)).to.deep.equal(['Person 3']);
        expect(stage.requests).to.deep.equal([]);
      });
    }
  });

  for (const property of ['columns', 'rowTemplate'] as const) {
    it(`leaves only that cell empty which ${property} cannot draw, and says so`, async () => {
      const list = await mount(3);
      const told: unknown[] = [];
      const { error } = console;
      console.error = (text: unknown) => told.push(text);
      try {
        const draw = ({ id }: User) => {
          if (id === 'id-1') throw new Error('no team');
          return `Team of ${id}`;
        };
        if (property === 'columns') list.columns = [{ id: 'team', label: 'Team', render: draw }];
        else list.rowTemplate = draw;
        await list.updateComplete;
        const cells = all(list, '.rows .own, .rows .whole').map(textOf);
        expect(cells).to.deep.equal(['Team of id-0', '', 'Team of id-2']);
      } finally {
        console.error = error;
      }
      const name = property === 'columns' ? 'column "team"' : 'rowTemplate';
      expect(told).to.deep.equal([`inlay: ${name} of a <user-list> could not be drawn.`]);
      list.columns = [];
      list.rowTemplate = undefined;
      list.items = [person(4), person(5)];
      await list.updateComplete;
      expect(names(list)).to.deep.equal(['Person 4', 'Person 5']);
    });
  }

  it('sorts as a plain array does with the same collator', async () => {
    const list = await mount(50);
    list.items = ['émile', 'Zoë', 'Émil', 'adam', 'Ärne', 'zoe'].map((name, index) =>
      person(index, { name }),
    );
    list.sort = 'name';
    await list.updateComplete;
    const { compare } = new Intl.Collator('en');
    expect(names(list)).to.deep.equal(names(list).toSorted(compare));
  });
});
