import { expect } from '@open-wc/testing';
import { all, button, one, textOf } from '../../helpers/dom.js';
import { mountPeople, names, peopleOf, rows } from '../../helpers/people.js';
import { useStage } from '../../helpers/stage.js';
import { nextFrame, until } from '../../helpers/until.js';

const scroller = (list: Element) => one(list, '#scroller');
const toEnd = (list: Element) => {
  scroller(list).scrollTop = scroller(list).scrollHeight;
};

describe('<user-list> page after page', () => {
  const stage = useStage({ users: 90 });

  it('loads the next page when its end comes near, until all are there', async () => {
    const list = await mountPeople(stage);
    const people = await peopleOf(stage);
    while (rows(list).length < 90) {
      const before = rows(list).length;
      toEnd(list);
      await until(() => rows(list).length > before, `more than ${before} are shown`);
    }
    expect(names(list)).to.deep.equal(people.map(({ name }) => name));
    expect(stage.count('GET /api/users?')).to.equal(5);
    expect(scroller(list).getAttribute('aria-rowcount')).to.equal('91');
    expect(rows(list).at(-1)!.getAttribute('aria-rowindex')).to.equal('91');
    expect(all(list, '.end .bone').length).to.equal(0);
  });

  it('asks for the page size it is given', async () => {
    const list = await mountPeople(stage, 'page-size="50"');
    expect(rows(list).length).to.equal(50);
    expect(stage.requests).to.include('GET /api/users?limit=50&sort=-createdAt');
  });

  it('fills a tall list without being scrolled', async () => {
    const list = await mountPeople(stage, 'page-size="5" style="--inlay-user-list-height:900px"');
    await until(() => rows(list).length >= 15, 'the height is filled');
    expect(rows(list).length).to.be.lessThan(60);
  });

  it('keeps the rows when the next page fails, and goes on when asked to', async () => {
    const list = await mountPeople(stage);
    const mend = stage.answer('GET', '/api/users', (request) =>
      request.url.includes('cursor=') ? new Response('{}', { status: 500 }) : undefined,
    );
    toEnd(list);
    await until(() => all(list, '.end [part="notice"]').length > 0, 'the failure is told');
    const asked = stage.count('cursor=');
    expect(rows(list).length).to.equal(20);
    expect(textOf(one(list, '.end'))).to.equal('The rest could not be loaded Try again');
    expect(all(list, '[part="notice"]').length).to.equal(1);
    // It waits for the reader, however much is scrolled.
    scroller(list).scrollTop = 0;
    await nextFrame();
    toEnd(list);
    await nextFrame();
    await nextFrame();
    expect(stage.count('cursor=')).to.equal(asked);
    mend();
    button(list, 'Try again').click();
    await until(() => rows(list).length >= 40, 'the next page is shown');
    expect(all(list, '[part="notice"]').length).to.equal(0);
  });

  it('loses and doubles nobody when people come and go between pages', async () => {
    const list = await mountPeople(stage);
    await stage.settled();
    const [first] = await peopleOf(stage);
    await stage.elsewhere.users.delete({ id: first!.id });
    await stage.elsewhere.users.create({ name: 'Nora New', email: 'nora@example.com' });
    await until(() => names(list)[0] === 'Nora New', 'the new person is shown');
    while (rows(list).length < 90) {
      const before = rows(list).length;
      toEnd(list);
      await until(() => rows(list).length > before, `more than ${before} are shown`);
    }
    const people = await peopleOf(stage);
    expect(names(list)).to.deep.equal(people.map(({ name }) => name));
  });
});
