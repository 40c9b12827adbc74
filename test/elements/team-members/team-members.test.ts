import { expect } from '@open-wc/testing';
import type { Team } from '../../../src/contract/index.js';
import '../../../src/elements/team-members/define.js';
import type { TeamMembers } from '../../../src/elements/team-members/team-members.js';
import { expectAccessible } from '../../helpers/axe.js';
import { all, blankOf, button, one, textOf } from '../../helpers/dom.js';
import { watchLeftovers } from '../../helpers/leftovers.js';
import { useStage } from '../../helpers/stage.js';
import { holdTimers } from '../../helpers/timers.js';
import { nextEvent, until } from '../../helpers/until.js';

const lasting = 5000;

describe('<team-members>', () => {
  const stage = useStage();
  const names = (element: Element) => all(element, '[part="row"] .name').map(textOf);
  const said = (element: Element) => textOf(all(element, '.root > [role="status"]')[0]!);
  const news = (element: Element) =>
    all(element, '.news').map((row) => [
      row.className.split(' ').at(-1),
      textOf(row.querySelector('.name')!),
    ]);
  async function mount(attributes = ''): Promise<TeamMembers> {
    const element = stage.mount<TeamMembers>(`<team-members ${attributes}></team-members>`);
    await until(() => names(element).length > 0, 'members are shown');
    return element;
  }
  /** The team of who is signed in. */
  const teamOf = (): Promise<Team> => stage.elsewhere.teams.get({ id: stage.person!.teamId! });
  beforeEach(async () => {
    if (stage.person!.teamId) return;
    const { data } = await stage.elsewhere.users.list({ limit: 100 });
    const { teamId } = data.find((user) => user.teamId)!;
    stage.person = await stage.elsewhere.users.update({ id: stage.person!.id, teamId });
  });
  const addPerson = (name: string, teamId = stage.person!.teamId) =>
    stage.elsewhere.users.create({
      name,
      email: `${name.toLowerCase().replaceAll(/\W/g, '')}@example.com`,
      teamId,
    });

  it('shows a skeleton, then the team of who is signed in', async () => {
    const release = stage.hold('GET', '/api/teams/*');
    const loaded = nextEvent('inlay-load');
    const element = stage.mount<TeamMembers>('<team-members></team-members>');
    await until(() => all(element, '.bone').length > 0, 'the skeleton is shown');
    await expectAccessible(element);
    const box = () => [
      element.offsetHeight,
      ...all(element, '.row')
        .map((row) => Math.round(row.getBoundingClientRect().top))
        .slice(0, 2),
    ];
    const before = box();
    release();
    const team = await teamOf();
    expect((await loaded).total).to.equal(team.members.length);
    expect(names(element)).to.deep.equal(team.members.map(({ name }) => name));
    expect(box()).to.deep.equal(before);
    // As `inlay.css` reserves it.
    expect(element.offsetHeight).to.equal(420);
    expect(textOf(one(element, '.team'))).to.equal(team.name);
    expect(textOf(one(element, '.count'))).to.match(new RegExp(`^${team.members.length} `));
    expect(all(element, '.badge').map(textOf)).to.include('Admin');
    expect(said(element)).to.equal('');
    expect(news(element)).to.deep.equal([]);
    await expectAccessible(element);
  });

  it('says when a person is in no team, and when a team has nobody', async () => {
    await stage.elsewhere.users.update({ id: stage.person!.id, teamId: null });
    const element = stage.mount<TeamMembers>('<team-members></team-members>');
    await until(() => element.matches(':state(empty)'), 'there is no team');
    expect(blankOf(element)).to.equal('No team');
    expect(all(element, '.bar').length).to.equal(0);
    expect(element.offsetHeight).to.be.lessThan(120);
    await expectAccessible(element);
    stage.answer('GET', '/api/teams/*', async () =>
      Response.json({ ...(await teamOf()), members: [] }),
    );
    element.teamId = stage.person!.teamId!;
    await until(() => all(element, '.team').length > 0, 'the team is shown');
    expect(blankOf(element)).to.equal('No people yet');
  });

  it('cuts the end of a name, whichever way it and the page run', async () => {
    const team = await teamOf();
    const [first] = team.members;
    const name = 'Bartholomew Archibald Featherstonehaugh-Cholmondeley the Younger';
    stage.answer('GET', '/api/teams/*', () =>
      Response.json({ ...team, members: [{ ...first, name }] }),
    );
    const element = stage.mount<TeamMembers>(
      `<team-members dir="rtl" style="inline-size: 320px" team-id="${team.id}"></team-members>`,
    );
    await until(() => all(element, '.name').length > 0, 'it is shown');
    const range = document.createRange();
    range.selectNodeContents(one(element, '.name .cut'));
    const [text, box] = [range, one(element, '.name')].map((each) => each.getBoundingClientRect());
    expect(text!.width).to.be.greaterThan(box!.width);
    expect(text!.left).to.be.at.least(box!.left);
    // The role stands at the other end of the row.
    expect(one(element, '.badge').getBoundingClientRect().right).to.be.at.most(box!.left);
  });

  it('tells of a failure, tries again, and says that one has to sign in', async () => {
    const mend = stage.fail('GET', '/api/teams/*', 500);
    const failed = nextEvent('inlay-error');
    const element = stage.mount<TeamMembers>('<team-members></team-members>');
    await failed;
    expect(blankOf(element)).to.equal(
      'This could not be loaded The server had a problem. Try again',
    );
    await expectAccessible(element);
    mend();
    button(element, 'Try again').click();
    await until(() => names(element).length > 0, 'members are shown');
    await stage.signIn(null);
    await until(() => all(element, '.blank').length > 0, 'it is told');
    expect(blankOf(element)).to.equal('Sign in to see this');
  });

  it('keeps no empty strip above what went wrong', async () => {
    const element = stage.mount<TeamMembers>('<team-members team-id="x"></team-members>');
    await until(() => all(element, '.blank').length > 0, 'it is told');
    expect(blankOf(element)).to.contain('team-id must be a UUID, got "x".');
    expect(all(element, '.bar').length).to.equal(0);
    expect(stage.count('/api/teams')).to.equal(0);
    await stage.signIn(null);
    element.teamId = '';
    await until(() => textOf(element).includes('Sign in'), 'one has to sign in');
    expect(all(element, '.bar').length).to.equal(0);
  });

  it('shows and says who joins, leaves and changes, for a while', async () => {
    const timers = holdTimers();
    try {
      const element = await mount();
      await stage.settled();
      const nora = await addPerson('Nora New');
      await until(() => said(element) === 'Joined: Nora New.', 'it is said');
      expect(news(element)).to.deep.equal([['joined', 'Nora New']]);
      await expectAccessible(element);
      timers.run(lasting);
      await until(() => news(element).length === 0, 'it is no news any more');
      expect(said(element)).to.equal('');
      await stage.elsewhere.users.update({ id: nora.id, name: 'Nora Norman' });
      await until(() => said(element) === 'Changed: Nora Norman.', 'it is said');
      timers.run(lasting);
      const place = names(element).indexOf('Nora Norman');
      await stage.elsewhere.users.delete({ id: nora.id });
      await until(() => said(element) === 'Left: Nora Norman.', 'it is said');
      expect(names(element).indexOf('Nora Norman')).to.equal(place);
      await expectAccessible(element);
      timers.run(lasting);
      await until(() => !names(element).includes('Nora Norman'), 'they are gone');
    } finally {
      timers.restore();
    }
  });

  it('says of many people at once only how many', async () => {
    const element = await mount();
    await stage.settled();
    for (const name of ['Al One', 'Bo Two', 'Cy Three', 'Di Four']) await addPerson(name);
    await until(() => said(element) === 'Joined: 4 people.', 'it is said');
  });

  it('shows no news where a change is not seen', async () => {
    const element = await mount();
    await stage.settled();
    const other = (await teamOf()).members.find(({ id }) => id !== stage.person!.id);
    const { id } = other ?? stage.person!;
    const { email } = await stage.elsewhere.users.update({ id, email: 'another@example.com' });
    expect(email).to.equal('another@example.com');
    await addPerson('Nora New');
    await until(() => said(element) !== '', 'something is said');
    expect(said(element)).to.equal('Joined: Nora New.');
  });

  it('starts without news with another team', async () => {
    const element = await mount();
    await stage.settled();
    await addPerson('Nora New');
    await until(() => news(element).length === 1, 'there are news');
    const { data } = await stage.elsewhere.users.list({ limit: 100 });
    const { teamId } = data.find((user) => user.teamId && user.teamId !== stage.person!.teamId)!;
    element.teamId = teamId!;
    const { members } = await stage.elsewhere.teams.get({ id: teamId! });
    await until(
      () => names(element).join() === members.map(({ name }) => name).join(),
      'it is shown',
    );
    expect(news(element)).to.deep.equal([]);
  });

  it('tells the page who was chosen', async () => {
    const element = await mount();
    const chosen = nextEvent('inlay-select');
    button(element, 'Ada Admin').click();
    expect((await chosen).item).to.include({ id: stage.person!.id });
  });

  it('shows names as text', async () => {
    const name = '<img src=x onerror=alert(1)>';
    const element = await mount();
    await stage.settled();
    await addPerson(name);
    await until(() => said(element) === `Joined: ${name}.`, 'it is said');
    expect(names(element)).to.include(name);
    expect(all(element, 'img').length).to.equal(0);
  });

  it('makes one request with others of its kind, and leaves nothing running', async () => {
    const leftovers = watchLeftovers();
    const elements = [await mount(), await mount()];
    await stage.settled();
    expect(stage.count('/api/teams')).to.equal(1);
    await addPerson('Nora New');
    await until(() => news(elements[0]!).length === 1, 'there are news');
    for (const element of elements) element.remove();
    await until(() => stage.server.hub.counters.connections === 0, 'the connection is closed');
    expect(leftovers.stop()).to.deep.equal([]);
  });
});
