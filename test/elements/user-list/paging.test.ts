import { expect } from '@open-wc/testing';
import { pageNumbers } from '../../../src/elements/user-list/page-nav.js';
import type { UserList, UserListState } from '../../../src/elements/user-list/user-list.js';
import { expectAccessible } from '../../helpers/axe.js';
import { all, button, one, textOf } from '../../helpers/dom.js';
import { mountPeople, names, peopleOf, rows } from '../../helpers/people.js';
import { useStage } from '../../helpers/stage.js';
import { nextFrame, until } from '../../helpers/until.js';

const scroller = (list: Element) => one(list, '#scroller');
const isLoading = (list: Element) => all(list, '.rows .bone').length > 0;

/** Scrolls row by row, and gives the names in the order they came by. */
async function readAll(list: Element): Promise<string[]> {
  const read = new Set<string>();
  const pane = scroller(list);
  for (let top = -1; top < pane.scrollTop;) {
    top = pane.scrollTop;
    await until(() => {
      const { bottom } = pane.getBoundingClientRect();
      return all(list, '.rows .bone').every(
        (bone) => bone.getBoundingClientRect().top > bottom + 200,
      );
    }, 'those in sight are loaded');
    names(list).forEach((name) => read.add(name));
    pane.scrollTop += 300;
    await nextFrame();
  }
  return [...read];
}

describe('<user-list> page after page', () => {
  const stage = useStage({ users: 90 });

  it('loads the next page before its first row is in sight, until all are there', async () => {
    const list = await mountPeople(stage);
    const people = await peopleOf(stage);
    expect(stage.count('GET /api/users?')).to.equal(1);
    expect(await readAll(list)).to.deep.equal(people.map(({ name }) => name));
    expect(stage.count('GET /api/users?')).to.equal(5);
    expect(scroller(list).getAttribute('aria-rowcount')).to.equal('91');
    expect(rows(list).at(-1)!.getAttribute('aria-rowindex')).to.equal('91');
  });

  it('asks for the page size it is given', async () => {
    await mountPeople(stage, 'page-size="50"');
    expect(stage.requests).to.include('GET /api/users?limit=50&sort=-createdAt&page=1');
  });

  it('fills a tall list without being scrolled', async () => {
    const list = await mountPeople(stage, 'page-size="5" style="--inlay-user-list-height:900px"');
    await until(() => rows(list).length >= 15, 'the height is filled');
    expect(rows(list).length).to.be.lessThan(60);
  });

  it('keeps the rows when the next page fails, and goes on when asked to', async () => {
    const list = await mountPeople(stage);
    const mend = stage.answer('GET', '/api/users', (request) =>
      request.url.includes('page=2') ? new Response('{}', { status: 500 }) : undefined,
    );
    scroller(list).scrollTop = 600;
    await until(() => all(list, '[part="notice"]').length > 0, 'the failure is told');
    const asked = stage.count('page=2');
    expect(rows(list).length).to.equal(20);
    expect(textOf(one(list, '[part="notice"]'))).to.equal('The rest could not be loaded Try again');
    // It waits for the reader, however much is scrolled.
    scroller(list).scrollTop = 0;
    await nextFrame();
    scroller(list).scrollTop = 600;
    await nextFrame();
    await nextFrame();
    expect(stage.count('page=2')).to.equal(asked);
    mend();
    button(list, 'Try again').click();
    await until(() => rows(list).length >= 40, 'the next page is shown');
    expect(all(list, '[part="notice"]').length).to.equal(0);
  });

  it('shows who is pushed off a page at once, before the next one is read anew', async () => {
    const list = await mountPeople(stage);
    scroller(list).scrollTop = 900;
    await until(() => rows(list).length === 40, 'two pages are shown');
    await stage.settled();
    const before = names(list);
    stage.hold('GET', '/api/users');
    await stage.elsewhere.users.create({ name: 'Nora New', email: 'nora@example.com' });
    await until(() => names(list)[0] === 'Nora New', 'the new person is shown');
    expect(names(list).slice(0, 40)).to.deep.equal(['Nora New', ...before.slice(0, 39)]);
    expect(textOf(one(list, '.count'))).to.equal('91 people');
  });

  it('loses and doubles nobody when people come and go between pages', async () => {
    const list = await mountPeople(stage);
    await stage.settled();
    const [first] = await peopleOf(stage);
    await stage.elsewhere.users.delete({ id: first!.id });
    await stage.elsewhere.users.create({ name: 'Nora New', email: 'nora@example.com' });
    await until(() => names(list)[0] === 'Nora New', 'the new person is shown');
    await stage.settled();
    const people = await peopleOf(stage);
    expect(await readAll(list)).to.deep.equal(people.map(({ name }) => name));
  });
});

describe('<user-list> of very many people', () => {
  const stage = useStage({ users: 3_000 });

  it('jumps to the middle by one or two requests, with few rows in the page', async () => {
    const list = await mountPeople(stage);
    await stage.settled();
    const pane = scroller(list);
    expect(stage.requests.length).to.equal(2);
    // As dragging the bar goes: many places for a moment each.
    for (let step = 1; step <= 40; step += 1) {
      pane.scrollTop = (pane.scrollHeight / 2 / 40) * step;
      await nextFrame();
    }
    await until(() => !isLoading(list), 'those in the middle are shown');
    const people = await peopleOf(stage);
    const middle = people.slice(1_400, 1_600).map(({ name }) => name);
    expect(
      names(list)
        .slice(2)
        .every((name) => middle.includes(name)),
    ).to.equal(true);
    expect(stage.requests.length).to.be.at.most(5);
    expect(all(list, '[part="row"]').length).to.be.lessThan(25);
  });

  it('goes to the last person and back by the keyboard', async () => {
    const list = await mountPeople(stage);
    one(list, '.name').focus();
    const press = (key: string, ctrlKey = false) => {
      const init = { key, ctrlKey, bubbles: true, composed: true, cancelable: true };
      list.shadowRoot!.activeElement!.dispatchEvent(new KeyboardEvent('keydown', init));
    };
    press('End', true);
    await until(() => !isLoading(list), 'the last are shown');
    const focusedRow = () => list.shadowRoot!.activeElement!.closest('[role="row"]')!;
    expect(focusedRow().ariaRowIndex).to.equal('3001');
    const column = () => list.shadowRoot!.activeElement!.closest('[role="gridcell"]')?.ariaColIndex;
    await until(() => column() === one(list, '[role="grid"]').ariaColCount, 'the column is kept');
    press('Home', true);
    expect(focusedRow().ariaRowIndex).to.equal('2');
    expect(focusedRow() === all(list, '.rows > *')[0]).to.equal(true);
  });
});

describe('<user-list> by page numbers', () => {
  const stage = useStage({ users: 90 });

  it('begins with the page it is given, and with no other', async () => {
    const list = await mountPeople(stage, 'paging="pages" page="3"');
    const people = await peopleOf(stage);
    expect(names(list)).to.deep.equal(people.slice(40, 60).map(({ name }) => name));
    expect(stage.requests.filter((line) => line.includes('/users?'))).to.deep.equal([
      'GET /api/users?limit=20&sort=-createdAt&page=3',
    ]);
    const { ariaRowCount } = scroller(list as UserList);
    expect(ariaRowCount).to.equal('91');
    expect(rows(list)[0]!.ariaRowIndex).to.equal('42');
  });

  it('shows the last page where there are not so many', async () => {
    const list = await mountPeople(stage, 'paging="pages" page="99"');
    expect(list.page).to.equal(5);
    expect(rows(list).length).to.equal(10);
  });

  it('begins with the page it is given when it scrolls, too', async () => {
    const list = await mountPeople(stage, 'page="3"');
    const people = await peopleOf(stage);
    await until(() => scroller(list).scrollTop === 40 * 56, 'it has scrolled there');
    await until(() => names(list).includes(people[40]!.name), 'the third page is there');
  });

  it('turns to any page, and tells so', async () => {
    const list = await mountPeople(stage, 'paging="pages"');
    const told: number[] = [];
    list.addEventListener('inlay-change', ({ state }) => told.push((state as UserListState).page));
    const pages = () => all(list, 'nav button').map((each) => each.ariaLabel);
    expect(pages()).to.deep.equal(['Previous page', 'Page 1', 'Page 2', 'Page 5', 'Next page']);
    await expectAccessible(list);
    one(list, '[aria-label="Page 5"]').click();
    const people = await peopleOf(stage);
    await until(() => names(list)[0] === people[80]!.name, 'the last page is shown');
    expect(one(list, 'nav [aria-current="page"]').ariaLabel).to.equal('Page 5');
    expect(rows(list).length).to.equal(10);
    expect(button(list, 'Next page').disabled).to.equal(true);
    button(list, 'Previous page').click();
    await until(() => names(list)[0] === people[60]!.name, 'the fourth page is shown');
    button(list, 'Previous page').click();
    await until(() => names(list)[0] === people[40]!.name, 'the third page is shown');
    button(list, 'Next page').click();
    await until(() => names(list)[0] === people[60]!.name, 'the fourth page is shown');
    expect(told).to.deep.equal([5, 4, 3, 4]);
    const state = list.state;
    list.state = { search: 'inlay.test', page: 1 };
    await until(() => rows(list).length === 3, 'three are found');
    list.state = state;
    await until(() => names(list)[0] === people[60]!.name, 'it is as it was');
  });
});

describe('the numbers of pages to offer', () => {
  for (const [page, last, numbers] of [
    [1, 1, [1]],
    [1, 3, [1, 2, 3]],
    [3, 5, [1, 2, 3, 4, 5]],
    [1, 9, [1, 2, 0, 9]],
    [5, 9, [1, 0, 4, 5, 6, 0, 9]],
    [25_000, 50_000, [1, 0, 24_999, 25_000, 25_001, 0, 50_000]],
  ] as const) {
    it(`on page ${page} of ${last}`, () => {
      expect(pageNumbers(page, last)).to.deep.equal(numbers);
    });
  }
});
