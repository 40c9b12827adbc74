import { expect } from '@open-wc/testing';
import { all, button, one, textOf } from '../../helpers/dom.js';
import {
  edit,
  errorOf,
  fieldOf,
  fill,
  mountProfile,
  save,
  somebody,
} from '../../helpers/profile.js';
import { useStage } from '../../helpers/stage.js';
import { until } from '../../helpers/until.js';

describe('<user-profile>, live', () => {
  const stage = useStage();
  const name = (profile: Element) => textOf(one(profile, 'h2'));

  it('shows what others change, without asking again', async () => {
    const { id, teamId } = await somebody(stage);
    const profile = await mountProfile(stage, id);
    const asked = stage.requests.length;
    await stage.elsewhere.users.update({ id, name: 'Renamed Elsewhere', role: 'moderator' });
    await until(() => name(profile) === 'Renamed Elsewhere', 'the new name is shown');
    expect(textOf(one(profile, '.sub'))).to.contain('Moderator');
    await until(
      () => textOf(one(profile, '[part="team"]')).includes('Renamed Elsewhere'),
      'the team has the new name',
    );
    expect(teamId).to.be.a('string');
    expect(stage.requests).to.have.length(asked);
  });

  it('says that there is no such person when they are deleted meanwhile, and shows them when they are back', async () => {
    const { id, name: before } = await somebody(stage);
    const profile = await mountProfile(stage, id);
    await edit(profile);
    await fill(profile, 'name', 'Too Late');
    await stage.elsewhere.users.delete({ id });
    await until(() => textOf(profile).includes('There is no such person'), 'it is said');
    expect(profile.dirty).to.equal(false);
    await until(() => profile.shadowRoot!.activeElement, 'the keyboard is still here');
    await stage.elsewhere.users.restore({ id });
    await until(() => textOf(profile).includes(before), 'the person is back');
  });

  it('takes in what others change beside a draft, and saves both', async () => {
    const { id } = await somebody(stage);
    const profile = await mountProfile(stage, id);
    await edit(profile);
    await fill(profile, 'name', 'Renamed Here');
    await stage.elsewhere.users.update({ id, role: 'moderator' });
    await until(() => fieldOf(profile, 'role').value === 'moderator', 'the role has come');
    expect(fieldOf(profile, 'name').value).to.equal('Renamed Here');
    expect(all(profile, '.conflict').length).to.equal(0);
    save(profile);
    await until(() => name(profile) === 'Renamed Here', 'it is saved');
    await until(() => all(profile, 'form').length === 0, 'the form has closed');
    const saved = await stage.server.store.get('users', id);
    expect([saved?.name, saved?.role]).to.deep.equal(['Renamed Here', 'moderator']);
  });
});

describe('<user-profile> when somebody else saved first', () => {
  const stage = useStage();
  const conflict = (profile: Element) =>
    until(() => all(profile, '[part="conflict"]')[0], 'the conflict is shown');

  /** Both sides change the name: before the draft is saved, in sight of the reader. */
  async function collide() {
    const { id, name } = await somebody(stage);
    const profile = await mountProfile(stage, id);
    await edit(profile);
    await fill(profile, 'name', 'Mine');
    await stage.elsewhere.users.update({ id, name: 'Theirs' });
    return { profile, id, name, shown: await conflict(profile) };
  }

  it('shows what both have changed, at once, and keeps the draft', async () => {
    const { profile, shown } = await collide();
    expect(textOf(shown)).to.equal(
      'Somebody else has changed this meanwhile Name Now Theirs Yours Mine Keep theirs Save mine over it',
    );
    expect(shown.getAttribute('role')).to.equal('alert');
    expect(fieldOf(profile, 'name').value).to.equal('Mine');
    expect(profile.shadowRoot!.activeElement?.id).to.equal('name');
  });

  it('sends nothing as long as the reader has not decided', async () => {
    const { profile, shown } = await collide();
    expect(all(profile, '[type="submit"]').length).to.equal(0);
    one<HTMLFormElement>(profile, 'form').requestSubmit();
    await until(() => profile.shadowRoot!.activeElement === shown, 'the conflict has the focus');
    expect(stage.count('PATCH')).to.equal(0);
  });

  it('takes in meanwhile what the reader left alone', async () => {
    const { profile, id } = await collide();
    await stage.elsewhere.users.update({ id, role: 'moderator' });
    await until(() => fieldOf(profile, 'role').value === 'moderator', 'the role has come');
    expect([profile.dirty, fieldOf(profile, 'name').value]).to.deep.equal([true, 'Mine']);
    button(profile, 'Save mine over it').click();
    await until(() => all(profile, 'form').length === 0, 'the form has closed');
    const saved = await stage.server.store.get('users', id);
    expect([saved?.name, saved?.role]).to.deep.equal(['Mine', 'moderator']);
  });

  it('takes theirs, and keeps the rest of the draft', async () => {
    const { profile, id } = await collide();
    await fill(profile, 'email', 'mine@example.com');
    button(profile, 'Keep theirs').click();
    await until(() => fieldOf(profile, 'name').value === 'Theirs', 'their name is in the field');
    expect(all(profile, '.conflict').length).to.equal(0);
    save(profile);
    await until(() => all(profile, 'form').length === 0, 'the form has closed');
    const saved = await stage.server.store.get('users', id);
    expect([saved?.name, saved?.email]).to.deep.equal(['Theirs', 'mine@example.com']);
  });

  it('saves the reader’s over it', async () => {
    const { profile, id } = await collide();
    button(profile, 'Save mine over it').click();
    await until(() => all(profile, 'form').length === 0, 'the form has closed');
    expect((await stage.server.store.get('users', id))?.name).to.equal('Mine');
  });

  it('is no conflict when both want the same, or theirs goes back', async () => {
    const { profile, id, name } = await collide();
    await stage.elsewhere.users.update({ id, name });
    await until(() => all(profile, '.conflict').length === 0, 'the conflict has gone');
    expect(fieldOf(profile, 'name').value).to.equal('Mine');
    await stage.elsewhere.users.update({ id, name: 'Mine' });
    await until(() => !profile.dirty, 'there is nothing to save');
    expect(all(profile, '.conflict').length).to.equal(0);
  });

  it('learns from the refusal what the stream has not told', async () => {
    const { id } = await somebody(stage);
    await stage.signIn('admin', { live: false });
    const profile = stage.mount(`<user-profile user-id="${id}"></user-profile>`) as never;
    await edit(profile);
    await fill(profile, 'name', 'Mine');
    await stage.elsewhere.users.update({ id, name: 'Theirs' });
    save(profile);
    expect(textOf(await conflict(profile))).to.contain('Now Theirs Yours Mine');
    expect(errorOf(profile, 'name')).to.equal('');
    expect(stage.notices).to.deep.equal([]);
    button(profile, 'Save mine over it').click();
    await until(() => all(profile, 'form').length === 0, 'the form has closed');
    expect((await stage.server.store.get('users', id))?.name).to.equal('Mine');
  });

  it('sends again by itself when the refusal was for other fields', async () => {
    const { id } = await somebody(stage);
    await stage.signIn('admin', { live: false });
    const profile = stage.mount(`<user-profile user-id="${id}"></user-profile>`) as never;
    await edit(profile);
    await fill(profile, 'name', 'Mine');
    await stage.elsewhere.users.update({ id, role: 'moderator' });
    save(profile);
    await until(() => all(profile, 'form').length === 0, 'the form has closed');
    const saved = await stage.server.store.get('users', id);
    expect([saved?.name, saved?.role]).to.deep.equal(['Mine', 'moderator']);
  });
});
