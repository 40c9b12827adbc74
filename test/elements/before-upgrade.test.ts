import { expect } from '@open-wc/testing';
import { LitElement } from 'lit';
import '../../src/define.js';
import * as inlay from '../../src/index.js';
import type { UserList } from '../../src/elements/user-list/user-list.js';
import { names } from '../helpers/people.js';
import { useStage } from '../helpers/stage.js';
import { until } from '../helpers/until.js';

/** Whom a list shows, and a feed. */
const person = {
  id: 'a',
  type: 'info',
  title: 'Ada has come',
  message: 'Say hello.',
  name: 'Ada',
  email: 'ada@example.com',
  role: 'admin',
  status: 'active',
  createdAt: '2026-01-01T00:00:00Z',
};
/** For each property that any element has, a value that is none of its defaults. */
const samples: Record<string, unknown> = {
  api: '/api/elsewhere',
  columns: [{ id: 'team', label: 'Team', render: () => 'A' }],
  configuration: { theme: 'dark' },
  disabled: true,
  duration: 1000,
  filter: 'unread',
  hotkey: 'F6',
  itemActions: true,
  items: [person],
  name: 'person',
  page: 2,
  pageSize: 7,
  paging: 'pages',
  placeholder: 'Whom?',
  quiet: true,
  required: true,
  roleFilter: 'admin',
  rowTemplate: () => 'row',
  search: 'ada',
  selectedId: 'a',
  selectedIds: ['a', 'b'],
  sort: 'name',
  state: { search: 'b', roleFilter: 'user', statusFilter: 'invited', sort: '-name', page: 3 },
  statusFilter: 'active',
  teamId: 'a',
  theme: 'dark',
  type: 'info',
  userId: 'a',
  value: 'a',
};

type Inlay = CustomElementConstructor & typeof LitElement;
const classes = (Object.values(inlay) as unknown[]).filter(
  (each): each is Inlay => typeof each === 'function' && each.prototype instanceof LitElement,
);
/** Those that no other is made from. */
const elements = classes.filter(
  (each) => !classes.some((other) => other.prototype instanceof each),
);

/** What a page may set: the element's properties, and other accessors of its classes. */
function settable(element: Inlay): string[] {
  const found = new Set<string>();
  for (const [name, { state }] of element.elementProperties) if (!state) found.add(String(name));
  for (let at = element.prototype; at !== LitElement.prototype; at = Object.getPrototypeOf(at)) {
    for (const [name, { set }] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
      if (set && !element.elementProperties.has(name)) found.add(name);
    }
  }
  return [...found];
}

let count = 0;
/** Sets properties on an element whose script has not come, and lets it come. */
function late<T extends HTMLElement>(element: Inlay, given: object): T {
  const tag = `late-element-${(count += 1)}`;
  const made = Object.assign(document.createElement(tag), given);
  document.body.append(made);
  customElements.define(tag, class extends element {});
  return made as unknown as T;
}

describe('a property that is set before the script has come', () => {
  useStage();

  for (const element of elements) {
    for (const name of settable(element)) {
      it(`is in force: ${name} of ${element.name}`, async () => {
        expect(samples).to.have.property(name);
        const made = late<LitElement>(element, { [name]: samples[name] });
        await made.updateComplete;
        expect(Object.hasOwn(made, name)).to.equal(false);
        expect(Reflect.get(made, name)).to.deep.equal(samples[name]);
        made.remove();
      });
    }
  }

  it('can be set again', async () => {
    const items = [person, { ...person, id: 'b', name: 'Bea', email: 'b@example.com' }];
    const list = late<UserList>(inlay.UserList as unknown as Inlay, {
      items,
      state: { search: 'ada' },
    });
    await until(() => names(list).length === 1, 'one is found');
    list.state = { search: 'bea' };
    await list.updateComplete;
    expect(names(list)).to.deep.equal(['Bea']);
    list.search = '';
    await list.updateComplete;
    expect(names(list)).to.deep.equal(['Ada', 'Bea']);
  });
});
