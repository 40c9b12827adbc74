import { sendKeys } from '@web/test-runner-commands';
import { expect } from '@open-wc/testing';
import type { InlayChangeEvent } from '../../../src/kit/events.js';
import type { UserList } from '../../../src/elements/user-list/user-list.js';
import { all, button, enter, nameOf, one, textOf } from '../../helpers/dom.js';
import { choose, menuItems, mountPeople, names, peopleOf, rows } from '../../helpers/people.js';
import { useStage } from '../../helpers/stage.js';
import { until } from '../../helpers/until.js';

const searchField = (list: Element) => one<HTMLInputElement>(list, '[type="search"]');
const roleField = (list: Element) => one<HTMLSelectElement>(list, '.bar select');
const heading = (list: Element, name: string) =>
  all(list, '[role="columnheader"]').find((each) => nameOf(each) === name)!;

describe('<user-list> and what the reader looks for', () => {
  const stage = useStage();

  it('searches when typing pauses, by one request', async () => {
    const list = await mountPeople(stage);
    for (const typed of ['m', 'mod', 'moderator']) enter(searchField(list), typed);
    await until(() => names(list).length === 1, 'one is found');
    expect(names(list)).to.deep.equal(['Moses Moderator']);
    expect(stage.requests.filter((line) => line.includes('search='))).to.deep.equal([
      'GET /api/users?limit=20&sort=-createdAt&search=moderator&page=1',
    ]);
    expect(textOf(one(list, '.count'))).to.equal('1 person');
  });

  it('keeps what was shown until the found ones are there', async () => {
    const list = await mountPeople(stage);
    const release = stage.hold('GET', '/api/users');
    enter(searchField(list), 'moderator');
    await until(() => stage.count('search=') === 1, 'it is searched for');
    expect(rows(list).length).to.equal(20);
    expect(one(list, '#scroller').getAttribute('aria-busy')).to.equal('true');
    release();
    await until(() => rows(list).length === 1, 'one is found');
  });

  it('forgets what was typed over', async () => {
    const list = await mountPeople(stage);
    const release = stage.hold('GET', '/api/users');
    enter(searchField(list), 'moderator');
    await until(() => stage.count('search=moderator') === 1, 'it is searched for');
    enter(searchField(list), 'uma');
    await until(() => stage.count('search=uma') === 1, 'it is searched for');
    release();
    await until(() => rows(list).length === 1, 'one is found');
    expect(names(list)).to.deep.equal(['Uma User']);
    await stage.settled();
    expect(names(list)).to.deep.equal(['Uma User']);
  });

  it('shows one role only', async () => {
    const list = await mountPeople(stage);
    const admins = (await peopleOf(stage)).filter(({ role }) => role === 'admin');
    enter(roleField(list), 'admin');
    await until(() => rows(list).length === admins.length, 'admins are shown');
    expect(names(list)).to.deep.equal(admins.map(({ name }) => name));
    expect(list.roleFilter).to.equal('admin');
  });

  it('takes search, role and sort from its attributes', async () => {
    const list = await mountPeople(stage, 'search="inlay.test" role-filter="user" sort="name"');
    expect(names(list)).to.deep.equal(['Uma User']);
    expect(searchField(list).value).to.equal('inlay.test');
    expect(roleField(list).value).to.equal('user');
    expect(heading(list, 'Name').getAttribute('aria-sort')).to.equal('ascending');
  });

  it('sorts by a heading, and the other way round the second time', async () => {
    const list = await mountPeople(stage);
    expect(heading(list, 'Joined').getAttribute('aria-sort')).to.equal('descending');
    const people = await peopleOf(stage, { key: 'name', descending: false });
    const byName = people.map(({ name }) => name);
    button(list, 'Name').click();
    await until(() => names(list)[0] === byName[0], 'people are sorted by name');
    expect(heading(list, 'Name').getAttribute('aria-sort')).to.equal('ascending');
    expect(heading(list, 'Joined').hasAttribute('aria-sort')).to.equal(false);
    button(list, 'Name').click();
    await until(() => names(list)[0] === byName.at(-1), 'people are sorted downwards');
    expect(heading(list, 'Name').getAttribute('aria-sort')).to.equal('descending');
  });

  it('sorts from the menu, where no headings are in sight', async () => {
    const list = await mountPeople(stage, 'style="inline-size:320px"');
    await choose(list, button(list, 'More'), 'Joined, descending');
    expect(list.sort).to.equal('createdAt');
    await choose(list, button(list, 'More'), 'Name');
    expect(list.sort).to.equal('name');
    button(list, 'More').click();
    await list.updateComplete;
    const chosen = menuItems(list).filter((each) => each.ariaChecked === 'true');
    expect(chosen.map(textOf)).to.deep.equal(['Name, ascending']);
    await stage.settled();
  });

  it('tells the page of every change of search, role and sort', async () => {
    const list = await mountPeople(stage);
    const states: unknown[] = [];
    document.body.addEventListener('inlay-change', (event) =>
      states.push((event as InlayChangeEvent).state),
    );
    button(list, 'Role').click();
    enter(roleField(list), 'user');
    enter(searchField(list), 'a');
    await until(() => states.length === 3, 'three changes are told');
    expect(states).to.deep.equal([
      { search: '', roleFilter: '', statusFilter: '', sort: 'role', page: 1 },
      { search: '', roleFilter: 'user', statusFilter: '', sort: 'role', page: 1 },
      { search: 'a', roleFilter: 'user', statusFilter: '', sort: 'role', page: 1 },
    ]);
  });

  it('chooses a person by click and by Enter, unless the page objects', async () => {
    const list = await mountPeople(stage);
    const chosen: unknown[] = [];
    list.addEventListener('inlay-select', ({ item }) =>
      chosen.push((item as { name: string }).name),
    );
    const [first, second] = all(list, '.name');
    first!.click();
    await list.updateComplete;
    expect(rows(list)[0]!.ariaCurrent).to.equal('true');
    second!.focus();
    await sendKeys({ press: 'Enter' });
    expect(chosen).to.deep.equal(names(list).slice(0, 2));
    list.addEventListener('inlay-select', (event) => event.preventDefault());
    const before = list.selectedId;
    first!.click();
    expect(list.selectedId).to.equal(before);
  });

  it('keeps keys typed in it from the page’s own shortcuts', async () => {
    const list = await mountPeople(stage);
    const heard: string[] = [];
    const hear = ({ key }: KeyboardEvent) => heard.push(key);
    addEventListener('keydown', hear);
    searchField(list).focus();
    await sendKeys({ type: 'jk/' });
    await sendKeys({ press: 'Escape' });
    roleField(list).focus();
    await sendKeys({ press: 'm' });
    removeEventListener('keydown', hear);
    expect(heard).to.deep.equal(['Escape']);
  });

  it('never submits the form around it', async () => {
    let submits = 0;
    const form = stage.mount<HTMLFormElement>('<form><user-list></user-list></form>');
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      submits += 1;
    });
    const list = form.firstElementChild as UserList;
    await until(() => rows(list).length > 0, 'people are shown');
    for (const each of all(list, 'button')) each.click();
    searchField(list).focus();
    await sendKeys({ press: 'Enter' });
    expect(submits).to.equal(0);
  });
});
