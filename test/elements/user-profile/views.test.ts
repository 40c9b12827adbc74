import { expect } from '@open-wc/testing';
import type { UserProfile } from '../../../src/elements/user-profile/user-profile.js';
import { all, blankOf, button, buttons, one, textOf } from '../../helpers/dom.js';
import { mountProfile, somebody } from '../../helpers/profile.js';
import { useStage } from '../../helpers/stage.js';
import { nextEvent, until } from '../../helpers/until.js';

const show = (id = '') => `<user-profile user-id="${id}"></user-profile>`;
const blank = (profile: UserProfile) =>
  until(() => all(profile, '.blank').length > 0, 'a message is shown');
const nobody = '00000000-0000-4000-8000-000000000000';

describe('<user-profile> and who looks at whom', () => {
  const stage = useStage();

  it('shows the signed-in person without an id, with what only they may see', async () => {
    await stage.signIn('user');
    const profile = await mountProfile(stage);
    expect(textOf(one(profile, 'h2'))).to.equal('Uma User');
    expect(textOf(one(profile, '.sub'))).to.equal('User Active');
    expect(textOf(one(profile, '.details'))).to.contain('user@inlay.test');
    expect(buttons(profile)).to.deep.equal(['Change picture', 'Edit']);
  });

  it('shows the public what is public, and nothing to change', async () => {
    const { id, name, email } = await somebody(stage);
    await stage.signIn('user');
    const profile = await mountProfile(stage, id);
    expect(textOf(one(profile, 'h2'))).to.equal(name);
    expect(textOf(profile)).not.to.contain(email);
    expect(all(profile, 'dt').map(textOf)).to.deep.equal(['Joined']);
    expect(all(profile, 'section h3').map(textOf)).to.deep.equal(['Projects']);
    expect(buttons(profile)).to.deep.equal([]);
  });

  it('shows a moderator all of others, and nothing to change', async () => {
    const { id, email } = await somebody(stage);
    await stage.signIn('moderator');
    const profile = await mountProfile(stage, id);
    expect(textOf(one(profile, '.details'))).to.contain(email);
    expect(buttons(profile)).to.deep.equal([]);
  });

  it('shows an admin all of others, to be changed', async () => {
    const { id, email } = await somebody(stage);
    const profile = await mountProfile(stage, id);
    expect(textOf(one(profile, '.details'))).to.contain(email);
    expect(buttons(profile)).to.deep.equal(['Change picture', 'Edit']);
  });

  it('keeps words whole in a narrow column', async () => {
    const { id } = await somebody(stage);
    await stage.elsewhere.users.update({ id, name: 'Bartholomew' });
    const profile = await mountProfile(stage, id);
    profile.parentElement!.style.inlineSize = '200px';
    expect(one(profile, 'h2').offsetHeight).to.equal(26);
    expect(profile.scrollWidth).to.be.at.most(200);
  });

  it('says of somebody suspended that they are', async () => {
    const { id } = await somebody(stage);
    await stage.elsewhere.users.update({ id, status: 'suspended' });
    const profile = await mountProfile(stage, id);
    expect(textOf(one(profile, '.sub'))).to.contain('Suspended');
    expect(textOf(profile)).to.contain('This account is suspended and cannot sign in.');
  });

  it('shows the projects and the team', async () => {
    const person = await somebody(stage);
    const [projects, team] = await Promise.all([
      stage.elsewhere.users.projects({ id: person.id }),
      stage.elsewhere.teams.get({ id: person.teamId! }),
    ]);
    const profile = await mountProfile(stage, person.id);
    const rows = (part: string) => all(profile, `[part="${part}"] li .cut`).map(textOf);
    expect(rows('projects')).to.deep.equal(projects.data.map(({ name }) => name));
    expect(rows('team')).to.deep.equal(team.members.map(({ name }) => name));
    expect(textOf(one(profile, '#team'))).to.equal(`Team ${team.name}`);
  });

  it('says so where there is no team and no project', async () => {
    const { id } = await stage.elsewhere.users.create({ name: 'Nora New', email: 'n@example.com' });
    const profile = await mountProfile(stage, id);
    expect(textOf(one(profile, '[part="projects"]'))).to.equal('Projects No projects');
    expect(textOf(one(profile, '[part="team"]'))).to.equal('Team No team');
    expect(textOf(one(profile, '.details'))).to.contain('Never');
  });
});

describe('<user-profile> and the state of its data', () => {
  const stage = useStage();

  it('shows a skeleton while loading, announced as busy', async () => {
    const release = stage.hold('GET', '/api/auth/session');
    const profile = stage.mount<UserProfile>(show());
    await until(() => stage.count('session') === 1, 'somebody is asked for');
    expect(all(profile, '.bone').length).to.be.greaterThan(5);
    expect(one(profile, '[aria-busy="true"] [role="status"]').textContent).to.equal('Loading');
    expect(profile.matches(':state(loading)')).to.equal(true);
    release();
    await until(() => all(profile, 'h2').length > 0, 'the person is shown');
    expect(profile.matches(':state(loading)')).to.equal(false);
  });

  for (const width of [320, 600, 1000]) {
    it(`takes exactly the room of its skeleton, ${width} pixels wide`, async () => {
      const release = stage.hold('GET', `/api/users/${stage.person!.id}`);
      const place = stage.mount(`<div style="inline-size:${width}px">${show()}</div>`);
      const profile = place.firstElementChild as UserProfile;
      await until(
        () => stage.count(`GET /api/users/${stage.person!.id}`) > 0,
        'they are asked for',
      );
      const box = () => [
        profile.offsetHeight,
        ...all(profile, '.details > div, .lists, section, ul').map((part) =>
          Math.round(part.getBoundingClientRect().top),
        ),
      ];
      const before = box();
      release();
      await until(() => all(profile, 'h2').length > 0, 'the person is shown');
      await stage.settled();
      expect(box()).to.deep.equal(before);
    });
  }

  it('tells the cause of a failure and tries again when asked', async () => {
    const { id } = await somebody(stage);
    const mend = stage.fail('GET', `/api/users/${id}`, 500);
    const failed = nextEvent('inlay-error');
    const profile = stage.mount<UserProfile>(show(id));
    expect(((await failed).error as { status?: number }).status).to.equal(500);
    await blank(profile);
    expect(blankOf(profile)).to.equal(
      'This could not be loaded The server had a problem. Try again',
    );
    mend();
    const loaded = nextEvent('inlay-load');
    button(profile, 'Try again').click();
    expect((await loaded).total).to.equal(1);
  });

  it('keeps what is shown when a refresh fails, and says so', async () => {
    const { id, name } = await somebody(stage);
    const profile = await mountProfile(stage, id);
    stage.fail('GET', `/api/users/${id}`, 500);
    await profile.refresh();
    await until(() => all(profile, '[part="notice"]').length > 0, 'the failure is told');
    expect(textOf(one(profile, 'h2'))).to.equal(name);
  });

  it('shows the person when the projects or the team fail, each with a retry of its own', async () => {
    const { id, teamId } = await somebody(stage);
    const mend = stage.fail('GET', `/api/users/${id}/projects`, 500);
    stage.fail('GET', `/api/teams/${teamId}`, 500);
    const profile = await mountProfile(stage, id);
    const projects = one(profile, '[part="projects"]');
    expect(textOf(projects)).to.contain('This could not be loaded');
    expect(textOf(one(profile, '[part="team"]'))).to.contain('This could not be loaded');
    mend();
    projects.querySelector('button')!.click();
    await until(() => projects.querySelector('ul[tabindex]'), 'the projects are there');
  });

  it('says that there is no such person', async () => {
    const profile = stage.mount<UserProfile>(show(nobody));
    await blank(profile);
    expect(blankOf(profile)).to.equal('There is no such person');
    expect(buttons(profile)).to.deep.equal([]);
  });

  it('says in the page’s words that there is no such person', async () => {
    const profile = stage.mount<UserProfile>(
      `<user-profile user-id="${nobody}"><b slot="empty">Gone</b></user-profile>`,
    );
    await blank(profile);
    const slot = one<HTMLSlotElement>(profile, 'slot[name="empty"]');
    expect(slot.assignedElements().map(textOf)).to.deep.equal(['Gone']);
  });

  it('asks to sign in when nobody is, with an id and without', async () => {
    await stage.signIn(null);
    for (const id of ['', nobody]) {
      const profile = stage.mount<UserProfile>(show(id));
      await blank(profile);
      expect(blankOf(profile)).to.equal('Sign in to see this');
    }
  });

  it('tells somebody who may not see the person so', async () => {
    const { id } = await somebody(stage);
    stage.fail('GET', `/api/users/${id}`, 403);
    const profile = stage.mount<UserProfile>(show(id));
    await blank(profile);
    expect(blankOf(profile)).to.equal('You do not have access to this');
  });

  it('shows what is wrong with an id, and mends when it is corrected', async () => {
    const profile = stage.mount<UserProfile>(show('ada'));
    await blank(profile);
    expect(blankOf(profile)).to.contain('user-id must be a UUID, got "ada".');
    expect(stage.count('/api/users')).to.equal(0);
    profile.userId = '';
    await until(() => textOf(profile).includes('Ada Admin'), 'the person is shown');
  });

  it('shows another person when the id changes, and when somebody else signs in', async () => {
    const { id, name } = await somebody(stage);
    const profile = await mountProfile(stage);
    profile.setAttribute('user-id', id);
    await until(() => textOf(profile).includes(name), 'the other person is shown');
    profile.userId = '';
    await stage.signIn('moderator');
    await until(() => textOf(profile).includes('Moses Moderator'), 'who signed in is shown');
  });
});
