import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { ProfileState } from '../../../src/elements/user-profile/draft.js';
import type { InlayBeforeActionEvent, InlayChangeEvent } from '../../../src/kit/events.js';
import { all, button, buttons, nameOf, one, textOf } from '../../helpers/dom.js';
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
import { nextEvent, until } from '../../helpers/until.js';

describe('<user-profile> and its form', () => {
  const stage = useStage();
  const closed = (profile: Element) =>
    until(() => all(profile, 'form').length === 0, 'the form has closed');

  it('sends what was changed, for the version that it began from, and tells the success', async () => {
    const { id, version } = await somebody(stage);
    const bodies: unknown[] = [];
    stage.answer('PATCH', `/api/users/${id}`, async (request) => {
      bodies.push([request.headers.get('if-match'), await request.clone().json()]);
      return undefined;
    });
    const profile = await mountProfile(stage, id);
    await edit(profile);
    await fill(profile, 'name', 'Renamed Here');
    save(profile);
    await closed(profile);
    expect(bodies).to.deep.equal([[`"${version}"`, { name: 'Renamed Here' }]]);
    expect(textOf(one(profile, 'h2'))).to.equal('Renamed Here');
    expect(stage.notices).to.deep.include({
      tone: 'success',
      message: 'user.updated',
      values: { name: 'Renamed Here' },
      error: undefined,
      undo: undefined,
    });
    expect(nameOf(profile.shadowRoot!.activeElement!)).to.equal('Edit');
  });

  it('offers oneself name and e-mail, and an admin role and status too', async () => {
    const names = (profile: Element) => all(profile, 'form label').map(textOf);
    const profile = await mountProfile(stage);
    await edit(profile);
    expect(names(profile)).to.deep.equal(['Name', 'E-mail', 'Role', 'Status']);
    await stage.signIn('user');
    await until(() => textOf(profile).includes('Uma User'), 'who signed in is shown');
    expect(all(profile, 'form').length).to.equal(0);
    await edit(profile);
    expect(names(profile)).to.deep.equal(['Name', 'E-mail']);
  });

  it('says at the fields what is wrong before it sends, and goes to the first', async () => {
    const profile = await mountProfile(stage);
    await edit(profile);
    await fill(profile, 'name', '  ');
    await fill(profile, 'email', 'ada');
    save(profile);
    await until(() => errorOf(profile, 'email'), 'the errors are shown');
    expect(errorOf(profile, 'name')).to.equal('Fill this in.');
    expect(errorOf(profile, 'email')).to.contain('Enter an e-mail address');
    const name = fieldOf(profile, 'name');
    expect(name.getAttribute('aria-invalid')).to.equal('true');
    expect(name.getAttribute('aria-describedby')).to.equal('name-error');
    expect(profile.shadowRoot!.activeElement).to.equal(name);
    expect(stage.count('PATCH')).to.equal(0);
    await fill(profile, 'name', 'Ada');
    expect(errorOf(profile, 'name')).to.equal('');
    expect(name.hasAttribute('aria-invalid')).to.equal(false);
  });

  it('says at its field that an e-mail is taken, and keeps the draft', async () => {
    const { id } = await somebody(stage);
    const profile = await mountProfile(stage, id);
    await edit(profile);
    await fill(profile, 'email', 'user@inlay.test');
    save(profile);
    await until(() => errorOf(profile, 'email'), 'the error is shown');
    expect(errorOf(profile, 'email')).to.equal('This e-mail is taken.');
    expect(fieldOf(profile, 'email').value).to.equal('user@inlay.test');
    expect(profile.shadowRoot!.activeElement).to.equal(fieldOf(profile, 'email'));
    expect(stage.notices).to.deep.equal([]);
  });

  it('says at the role that it is the last admin’s', async () => {
    const { rows } = await stage.server.store.list('users', {
      where: { role: 'admin' },
      sort: { key: 'name', descending: false },
      limit: Infinity,
    });
    for (const { id } of rows.filter(({ id }) => id !== stage.person!.id)) {
      await stage.elsewhere.users.update({ id, role: 'user' });
    }
    const profile = await mountProfile(stage);
    await edit(profile);
    await fill(profile, 'role', 'user');
    save(profile);
    await until(() => errorOf(profile, 'role'), 'the error is shown');
    expect(errorOf(profile, 'role')).to.contain('last active admin');
  });

  it('says in the form what else went wrong, and can be sent again', async () => {
    const { id } = await somebody(stage);
    const mend = stage.fail('PATCH', `/api/users/${id}`, 500);
    const profile = await mountProfile(stage, id);
    await edit(profile);
    await fill(profile, 'name', 'Renamed Here');
    const failed = nextEvent('inlay-error');
    save(profile);
    expect(((await failed).error as { status?: number }).status).to.equal(500);
    const alert = await until(() => all(profile, 'form [role="alert"]')[0], 'it is told');
    expect(textOf(alert)).to.equal('The server had a problem.');
    expect(stage.notices).to.deep.equal([]);
    mend();
    save(profile);
    await closed(profile);
    expect(textOf(one(profile, 'h2'))).to.equal('Renamed Here');
  });

  it('tells by a toast when it fails after the profile has left the page', async () => {
    const { id } = await somebody(stage);
    const release = stage.hold('PATCH', `/api/users/${id}`);
    stage.fail('PATCH', `/api/users/${id}`, 500);
    const profile = await mountProfile(stage, id);
    stage.mount('<user-profile></user-profile>');
    await edit(profile);
    await fill(profile, 'name', 'Renamed Here');
    save(profile);
    profile.remove();
    release();
    await until(() => stage.notices.length > 0, 'the failure is told');
    expect(stage.notices[0]).to.deep.include({ tone: 'error', message: 'write.failed' });
  });

  it('is busy while it saves: sends once, and keeps what is typed out', async () => {
    const { id } = await somebody(stage);
    const release = stage.hold('PATCH', `/api/users/${id}`);
    const profile = await mountProfile(stage, id);
    await edit(profile);
    await fill(profile, 'name', 'Renamed Here');
    save(profile);
    const busy = await until(
      () => all(profile, '[type="submit"][aria-disabled="true"]')[0],
      'it is busy',
    );
    expect(textOf(busy)).to.equal('Saving…');
    expect(fieldOf(profile, 'name').readOnly).to.equal(true);
    busy.click();
    release();
    await closed(profile);
    expect(stage.count('PATCH')).to.equal(1);
  });

  it('closes without a request when nothing was changed', async () => {
    const profile = await mountProfile(stage);
    await edit(profile);
    save(profile);
    await closed(profile);
    expect(stage.count('PATCH')).to.equal(0);
  });

  it('forgets the draft when it is cancelled', async () => {
    const profile = await mountProfile(stage);
    await edit(profile);
    await fill(profile, 'name', 'Somebody Else');
    button(profile, 'Cancel').click();
    await closed(profile);
    expect(textOf(one(profile, 'h2'))).to.equal('Ada Admin');
    await edit(profile);
    expect(fieldOf(profile, 'name').value).to.equal('Ada Admin');
  });

  it('asks the page before it sends, which may say no', async () => {
    const { id, version } = await somebody(stage);
    const profile = await mountProfile(stage, id);
    const asked: unknown[] = [];
    profile.addEventListener('inlay-before-action', (event: InlayBeforeActionEvent) => {
      asked.push(event.action, event.input);
      event.preventDefault();
    });
    await edit(profile);
    await fill(profile, 'name', 'Renamed Here');
    save(profile);
    await until(() => asked.length > 0, 'the page was asked');
    expect(asked).to.deep.equal(['users.update', { id, ifMatch: version, name: 'Renamed Here' }]);
    expect(fieldOf(profile, 'name').value).to.equal('Renamed Here');
    expect(stage.count('PATCH')).to.equal(0);
  });

  it('tells of its draft by event, property and state, and a value set back is none', async () => {
    const profile = await mountProfile(stage);
    const told: ProfileState[] = [];
    profile.addEventListener('inlay-change', (event) =>
      told.push((event as InlayChangeEvent<ProfileState>).state),
    );
    await edit(profile);
    await fill(profile, 'name', 'Ada B');
    expect(profile.dirty).to.equal(true);
    expect(profile.matches(':state(dirty)')).to.equal(true);
    await fill(profile, 'name', 'Ada Admin');
    expect(profile.dirty).to.equal(false);
    expect(profile.matches(':state(dirty)')).to.equal(false);
    button(profile, 'Cancel').click();
    await closed(profile);
    expect(told).to.deep.equal([
      { editing: true, dirty: false, changes: {} },
      { editing: true, dirty: true, changes: { name: 'Ada B' } },
      { editing: true, dirty: false, changes: {} },
      { editing: false, dirty: false, changes: {} },
    ]);
  });

  it('leaves the page’s own form and shortcuts alone', async () => {
    const form = stage.mount<HTMLFormElement>('<form><user-profile></user-profile></form>');
    let reached = 0;
    form.addEventListener('submit', (event) => {
      reached += 1;
      event.preventDefault();
    });
    form.addEventListener('keydown', ({ key }) => (reached += Number(key.length === 1)));
    const profile = form.querySelector('user-profile')!;
    await edit(profile);
    await sendKeys({ type: 'xyz' });
    await sendKeys({ press: 'Enter' });
    await closed(profile);
    expect(reached).to.equal(0);
  });

  it('can be worked with the keyboard alone', async () => {
    await stage.signIn('user');
    const profile = await mountProfile(stage);
    const focused = () => profile.shadowRoot!.activeElement;
    const walk = async (name: string) => {
      for (let step = 0; step < 10 && (!focused() || nameOf(focused()!) !== name); step += 1) {
        await sendKeys({ press: 'Tab' });
      }
      expect(nameOf(focused()!)).to.equal(name);
    };
    await walk('Edit');
    await sendKeys({ press: 'Enter' });
    await until(() => focused()?.id === 'name', 'the first field has the focus');
    await sendKeys({ press: 'End' });
    await sendKeys({ type: ' the Second' });
    await sendKeys({ press: 'Tab' });
    expect(focused()!.id).to.equal('email');
    await walk('Save');
    await sendKeys({ press: 'Space' });
    await closed(profile);
    await until(() => textOf(one(profile, 'h2')) === 'Uma User the Second', 'it is saved');
    expect(buttons(profile)).to.deep.equal(['Change picture', 'Edit']);
    expect(nameOf(focused()!)).to.equal('Edit');
  });
});
