import { expect } from '@open-wc/testing';
import { UserList } from '../../../src/elements/user-list/user-list.js';
import { getRuntime } from '../../../src/runtime/index.js';
import { all, blankOf, one, textOf } from '../../helpers/dom.js';
import { watchLeftovers } from '../../helpers/leftovers.js';
import { mountPeople, names, rows } from '../../helpers/people.js';
import { useStage } from '../../helpers/stage.js';
import { nextFrame, until } from '../../helpers/until.js';

describe('<user-list> in a page that comes and goes', () => {
  const stage = useStage();

  it('makes one request with others of its kind', async () => {
    const place = stage.mount('<div><user-list></user-list><user-list></user-list></div>');
    const [first, second] = place.children as unknown as [UserList, UserList];
    await until(() => rows(first).length + rows(second).length === 40, 'both show people');
    await stage.settled();
    expect(stage.requests).to.have.members([
      'GET /api/auth/session',
      'GET /api/users?limit=20&sort=-createdAt&page=1',
    ]);
    expect(stage.server.hub.counters.opened).to.equal(1);
  });

  it('shows at once what another has loaded', async () => {
    await mountPeople(stage);
    const asked = stage.requests.length;
    const second = stage.mount<UserList>('<user-list></user-list>');
    await second.updateComplete;
    expect(rows(second).length).to.equal(20);
    expect(stage.requests).to.have.length(asked);
  });

  it('asks for nothing before it is in a page', async () => {
    const list = document.createElement('user-list');
    list.pageSize = 5;
    await nextFrame();
    expect(stage.requests).to.deep.equal([]);
    document.body.append(list);
    await until(() => rows(list).length > 0, 'people are shown');
    expect(stage.requests).to.include('GET /api/users?limit=5&sort=-createdAt&page=1');
  });

  it('leaves nothing running when it is removed', async () => {
    const leftovers = watchLeftovers();
    const list = await mountPeople(stage);
    await stage.settled();
    const { queries } = getRuntime();
    one<HTMLInputElement>(list, '[type="search"]').dispatchEvent(new Event('input'));
    list.remove();
    await until(() => stage.server.hub.counters.connections === 0, 'the connection is closed');
    expect(leftovers.stop()).to.deep.equal([]);
    const watched = queries
      .getQueryCache()
      .getAll()
      .filter((query) => query.isActive());
    expect(watched).to.deep.equal([]);
    expect(queries.getMutationCache().hasListeners()).to.equal(false);
  });

  it('gives up what was under way when it is removed', async () => {
    stage.hold('GET', '/api/users');
    const list = stage.mount<UserList>('<user-list></user-list>');
    await until(() => stage.count('/api/users?') === 1, 'people are asked for');
    list.remove();
    const { queries } = getRuntime();
    await until(() => queries.isFetching() === 0, 'nothing is fetched any more');
    expect(
      queries.getQueryCache().find({ queryKey: ['users'], exact: false })?.state.data,
    ).to.equal(undefined);
  });

  it('works again when it comes back', async () => {
    const list = await mountPeople(stage);
    await stage.settled();
    list.remove();
    await until(() => stage.server.hub.counters.connections === 0, 'the connection is closed');
    await stage.elsewhere.users.create({ name: 'Nora New', email: 'nora@example.com' });
    document.body.append(list);
    await until(() => names(list)[0] === 'Nora New', 'what was missed is shown');
    await stage.elsewhere.users.create({ name: 'Otto Other', email: 'otto@example.com' });
    await until(() => names(list)[0] === 'Otto Other', 'it is live again');
  });

  for (const move of ['append', 'moveBefore'] as const) {
    it(`asks for nothing anew when it is moved by ${move}`, async () => {
      const list = await mountPeople(stage);
      await stage.settled();
      const asked = stage.requests.length;
      const [row] = rows(list);
      const target = document.body.appendChild(document.createElement('section'));
      if (move === 'append') target.append(list);
      else (target as unknown as { moveBefore(a: Node, b: null): void }).moveBefore(list, null);
      await list.updateComplete;
      await stage.settled();
      expect(rows(list)[0] === row).to.equal(true);
      expect(stage.requests).to.have.length(asked);
      expect(stage.server.hub.counters.opened).to.equal(1);
      await stage.elsewhere.users.create({ name: 'Nora New', email: 'nora@example.com' });
      await until(() => names(list)[0] === 'Nora New', 'it is live still');
    });
  }

  it('honours properties that were set before it was defined', async () => {
    const early = document.createElement('early-user-list') as UserList;
    Object.assign(early, { pageSize: 7, roleFilter: 'user', sort: 'name' });
    document.body.append(early);
    customElements.define('early-user-list', class extends UserList {});
    await until(() => rows(early).length > 0, 'people are shown');
    expect(stage.requests).to.include('GET /api/users?limit=7&sort=name&role=user&page=1');
  });

  it('follows its attributes and properties', async () => {
    const list = await mountPeople(stage);
    list.setAttribute('page-size', '5');
    await until(() => stage.count('limit=5') === 1, 'five are asked for');
    list.search = 'moderator';
    await until(() => names(list).join() === 'Moses Moderator', 'one is found');
  });

  for (const [attribute, wrong, message, right] of [
    ['page-size', '1000', 'page-size must be a whole number from 1 to 100, got "1000".', '20'],
    ['page-size', 'many', 'page-size must be a whole number from 1 to 100, got "NaN".', '20'],
    ['role-filter', 'boss', 'role-filter must be one of "", "user", "admin", "moderator"', ''],
    ['sort', 'age', 'sort must be one of "name", "email", "role"', 'name'],
    ['sort', '--name', 'sort must be one of "name", "email", "role"', '-name'],
  ] as const) {
    it(`shows what is wrong with ${attribute}="${wrong}", and mends when it is corrected`, async () => {
      const list = stage.mount<UserList>(`<user-list ${attribute}="${wrong}"></user-list>`);
      await until(() => all(list, '.blank').length > 0, 'the message is shown');
      expect(blankOf(list)).to.contain(message);
      expect(stage.count('/api/users')).to.equal(0);
      list.setAttribute(attribute, right);
      await until(() => rows(list).length > 0, 'people are shown');
      list.setAttribute(attribute, wrong);
      await until(() => all(list, '[part="notice"]').length > 0, 'the message is shown');
      expect(rows(list).length).not.to.equal(0);
      expect(textOf(one(list, '[part="notice"]'))).to.contain(message);
    });
  }

  it('shows what is wrong with the address of the API', async () => {
    const list = stage.mount<UserList>('<user-list></user-list>');
    await stage.signIn('admin', { baseUrl: 'api' }).then(
      () => expect.fail('a wrong address was taken'),
      (error: Error) => expect(error.message).to.contain('got "api"'),
    );
    await until(() => all(list, '.blank').length > 0, 'the message is shown');
    expect(blankOf(list)).to.contain('must be absolute or start with "/", got "api"');
    await stage.signIn('admin');
    await until(() => rows(list).length > 0, 'people are shown');
  });
});
