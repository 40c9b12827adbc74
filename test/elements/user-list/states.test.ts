import { expect } from '@open-wc/testing';
import { HttpResponse } from 'msw';
import '../../../src/elements/toast-region/define.js';
import type { UserList } from '../../../src/elements/user-list/user-list.js';
import { getRuntime, notify } from '../../../src/runtime/index.js';
import { all, blankOf, button, buttons, enter, one, textOf } from '../../helpers/dom.js';
import {
  choose,
  menuButton,
  mountPeople,
  names,
  peopleOf,
  rows,
  untilEditable,
} from '../../helpers/people.js';
import { useStage } from '../../helpers/stage.js';
import { nextEvent, until } from '../../helpers/until.js';

describe('<user-list> and the state of its data', () => {
  const stage = useStage();

  it('shows a skeleton while loading, announced as busy', async () => {
    const release = stage.hold('GET', '/api/users');
    const list = stage.mount<UserList>('<user-list></user-list>');
    await until(() => stage.count('/api/users?') === 1, 'people are asked for');
    expect(all(list, '.bone').length).to.be.greaterThan(5);
    expect(one(list, '[aria-busy="true"] [role="status"]').textContent).to.equal('Loading');
    expect(list.matches(':state(loading)')).to.equal(true);
    release();
    await until(() => rows(list).length === 20, 'people are shown');
    expect(list.matches(':state(loading)')).to.equal(false);
  });

  it('shows the newest people first, with what is known of them', async () => {
    const list = await mountPeople(stage);
    const people = await peopleOf(stage);
    expect(names(list)).to.deep.equal(people.slice(0, 20).map(({ name }) => name));
    expect(textOf(rows(list)[0]!)).to.contain(people[0]!.email);
    expect(textOf(one(list, '.count'))).to.equal('30 people');
  });

  it('says by an event how many there are', async () => {
    const loaded = nextEvent('inlay-load');
    stage.mount('<user-list></user-list>');
    expect((await loaded).total).to.equal(30);
  });

  for (const width of [320, 600, 1000]) {
    it(`takes exactly the room of its skeleton, ${width} pixels wide`, async () => {
      const release = stage.hold('GET', '/api/users');
      const place = stage.mount<HTMLElement>('<div><user-list></user-list></div>');
      place.style.inlineSize = `${width}px`;
      const list = place.firstElementChild as UserList;
      await until(() => all(list, '.bone').length > 0, 'the skeleton is shown');
      const box = () => [
        list.offsetHeight,
        one(list, '.scroller').offsetTop,
        // Who is signed in nobody knows yet.
        ...all(list, '.head > *').map((each) => Math.round(each.getBoundingClientRect().left)),
        // Below that width a row takes as many lines as it needs.
        ...all(list, '.row:not(.head)')
          .slice(0, width < 480 ? 1 : 3)
          .map((row) => Math.round(row.getBoundingClientRect().top)),
      ];
      const before = box();
      release();
      await until(() => rows(list).length > 0, 'people are shown');
      expect(box()).to.deep.equal(before);
    });
  }

  it('tells the cause of a failure and tries again when asked', async () => {
    const mend = stage.fail('GET', '/api/users', 500);
    const failed = nextEvent('inlay-error');
    const list = stage.mount<UserList>('<user-list></user-list>');
    expect(((await failed).error as { status?: number }).status).to.equal(500);
    await until(() => all(list, '.blank').length > 0, 'the failure is shown');
    expect(blankOf(list)).to.equal('This could not be loaded The server had a problem. Try again');
    expect(one(list, '.blank').getAttribute('role')).to.equal('alert');
    expect(list.matches(':state(error)')).to.equal(true);
    mend();
    button(list, 'Try again').click();
    await until(() => rows(list).length === 20, 'people are shown');
    expect(list.matches(':state(error)')).to.equal(false);
  });

  it('keeps what is shown when a refresh fails, and says so', async () => {
    const list = await mountPeople(stage);
    const before = names(list);
    const mend = stage.fail('GET', '/api/users', 500);
    await list.refresh();
    await until(() => all(list, '[part="notice"]').length > 0, 'the failure is told');
    expect(names(list)).to.deep.equal(before);
    expect(textOf(one(list, '[part="notice"]'))).to.contain('Could not be refreshed');
    mend();
    button(list, 'Try again').click();
    await until(() => all(list, '[part="notice"]').length === 0, 'the notice has gone');
    expect(names(list)).to.deep.equal(before);
  });

  it('asks to sign in when nobody is', async () => {
    await stage.signIn(null);
    const list = stage.mount<UserList>('<user-list></user-list>');
    await until(() => all(list, '.blank').length > 0, 'a message is shown');
    expect(blankOf(list)).to.equal('Sign in to see this');
  });

  it('offers nothing to who may see nobody, and takes no other room for that', async () => {
    const visible = (element: Element) => element.checkVisibility({ visibilityProperty: true });
    const offered = () => all(list, 'button, input, select').filter(visible);
    const list = await mountPeople(stage);
    const { offsetHeight: height } = list;
    for (const persona of [null, 'user'] as const) {
      await stage.signIn(persona);
      await until(() => all(list, '.blank').length > 0, 'a message is shown');
      expect(offered()).to.have.length(0);
      expect(list.offsetHeight).to.equal(height);
      await stage.signIn('admin');
      await until(() => rows(list).length > 0, 'people are shown');
      expect(offered()).not.to.have.length(0);
    }
  });

  it('tells somebody who may not list people so', async () => {
    await stage.signIn('user');
    const list = stage.mount<UserList>('<user-list></user-list>');
    await until(() => all(list, '.blank').length > 0, 'a message is shown');
    expect(blankOf(list)).to.equal('You do not have access to this');
    expect(buttons(list)).not.to.contain('Try again');
  });

  it('starts over when somebody else signs in', async () => {
    await stage.signIn('user');
    const list = stage.mount<UserList>('<user-list></user-list>');
    await until(() => all(list, '.blank').length > 0, 'a message is shown');
    await stage.signIn('admin');
    await until(() => rows(list).length === 20, 'people are shown');
    await stage.signIn('user');
    await until(() => all(list, '.blank').length > 0, 'a message is shown');
    expect(rows(list).length).to.equal(0);
  });

  it('shows the rows again when somebody else signs in on the same page', async () => {
    let persona: 'admin' | 'moderator' = 'admin';
    const getToken = async () => (await stage.server.signIn(`${persona}@inlay.test`)).accessToken;
    await stage.signIn(null, { getToken });
    const list = await mountPeople(stage);
    persona = 'moderator';
    getRuntime().identityChanged();
    await until(() => all(list, '.bone').length > 0, 'nothing of the former is shown');
    await until(() => rows(list).length === 20, 'people are shown again');
    await stage.settled();
  });

  it('keeps nothing that one person has chosen or typed for the next', async () => {
    await stage.signIn('admin');
    const list = await mountPeople(stage);
    await untilEditable(list);
    one(list, '.rows .check input').click();
    await choose(list, menuButton(list, names(list)[1]!), 'Edit');
    const name = await until(() => all<HTMLInputElement>(list, '#name')[0], 'the form is shown');
    enter(name, 'Draft');
    const region = stage.mount('<toast-region></toast-region>');
    notify({ tone: 'success', message: 'user.deleted', values: { name: 'Ada' } });
    await until(() => all(region, '.toast').length > 0, 'the toast is shown');
    getRuntime().identityChanged();
    await until(() => all(list, 'dialog').length === 0, 'the dialog is gone');
    expect(list.selectedIds).to.deep.equal([]);
    expect(all(list, '.bulk').length).to.equal(0);
    await until(() => all(region, '.toast').length === 0, 'the toast is gone');
    await until(() => rows(list).length === 20, 'people are shown again');
    one(list, '.rows .check input').click();
    await stage.signIn('moderator');
    expect(list.selectedIds).to.deep.equal([]);
    await until(() => rows(list).length === 20, 'people are shown again');
    await stage.settled();
  });

  it('says that there is no one, in the page’s own words if given', async () => {
    stage.answer('GET', '/api/users', () => HttpResponse.json(nobody));
    const list = stage.mount<UserList>('<user-list><b slot="empty">Nobody here</b></user-list>');
    await until(() => all(list, '.blank').length > 0, 'a message is shown');
    const slot = one<HTMLSlotElement>(list, 'slot[name="empty"]');
    expect(slot.assignedElements().map(textOf)).to.deep.equal(['Nobody here']);
    expect(blankOf(list)).to.equal('No people yet');
    expect(list.matches(':state(empty)')).to.equal(true);
  });

  it('offers to clear the filters where no one matches', async () => {
    const list = stage.mount<UserList>('<user-list search="nobody of this name"></user-list>');
    await until(() => all(list, '.blank').length > 0, 'a message is shown');
    expect(blankOf(list)).to.equal('No one matches Clear filters');
    button(list, 'Clear filters').click();
    await until(() => rows(list).length === 20, 'people are shown');
    expect(one<HTMLInputElement>(list, '[type="search"]').value).to.equal('');
  });
});

const nobody = {
  data: [],
  meta: {
    page: 1,
    limit: 20,
    total: 0,
    totalPages: 0,
    nextCursor: null,
    hasMore: false,
  },
};
