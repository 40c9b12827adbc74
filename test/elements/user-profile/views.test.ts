import { expect } from '@open-wc/testing';
import { HttpResponse } from 'msw';
import type { UserProfile } from '../../../src/elements/user-profile/user-profile.js';
import { all, blankOf, button, buttons, one, textOf } from '../../helpers/dom.js';
import { mountProfile, somebody } from '../../helpers/profile.js';
import { useStage } from '../../helpers/stage.js';
import { nextEvent, until } from '../../helpers/until.js';

const show = (id = '') => `<user-profile user-id="${id}"></user-profile>`;
const blank = (profile: UserProfile) =>
  until(() => all(profile, '.blank').length > 0, 'a message is shown');

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
});
