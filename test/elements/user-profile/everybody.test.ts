import { expect } from '@open-wc/testing';
import { UserProfile } from '../../../src/elements/user-profile/user-profile.js';
import { registerLocale } from '../../../src/kit/i18n.js';
import { ar } from '../../../src/locales/ar.js';
import { getRuntime } from '../../../src/runtime/index.js';
import { expectAccessible } from '../../helpers/axe.js';
import { all, button, one, textOf } from '../../helpers/dom.js';
import { watchLeftovers } from '../../helpers/leftovers.js';
import {
  drawPicture,
  edit,
  errorOf,
  fill,
  mountProfile,
  save,
  somebody,
} from '../../helpers/profile.js';
import { useStage, type Stage } from '../../helpers/stage.js';
import { nextFrame, until } from '../../helpers/until.js';

const shows = (profile: UserProfile, selector: string) =>
  until(() => all(profile, selector).length > 0, `${selector} is shown`);

/** Each state of the element: how it comes about. */
const states: Record<string, (stage: Stage, profile: UserProfile) => Promise<unknown>> = {
  'with a person': (_stage, profile) => shows(profile, 'h2'),
  loading: (_stage, profile) => shows(profile, '.bone'),
  failed: (_stage, profile) => shows(profile, '.blank'),
  'not found': async (_stage, profile) => {
    profile.userId = '00000000-0000-4000-8000-000000000000';
    await shows(profile, '.blank');
  },
  'signed out': async (stage, profile) => {
    await stage.signIn(null);
    await shows(profile, '.blank');
  },
  'of somebody suspended': async (stage, profile) => {
    const { id } = await somebody(stage);
    await stage.elsewhere.users.update({ id, status: 'suspended' });
    profile.userId = id;
    await shows(profile, '.note');
  },
  'in public': async (stage, profile) => {
    profile.userId = (await somebody(stage)).id;
    await stage.signIn('user');
    await shows(profile, 'h2');
  },
  edited: async (_stage, profile) => edit(profile),
  'with wrong fields': async (_stage, profile) => {
    await edit(profile);
    await fill(profile, 'name', '');
    save(profile);
    await until(() => errorOf(profile, 'name'), 'the error is shown');
  },
  'in conflict': async (stage, profile) => {
    await edit(profile);
    await stage.settled();
    await fill(profile, 'name', 'Mine');
    await fill(profile, 'email', 'mine@example.com');
    const { id } = stage.person!;
    await stage.elsewhere.users.update({ id, name: 'Theirs', email: 'theirs@example.com' });
    await shows(profile, '.conflict');
  },
  'with a picture to confirm': async (_stage, profile) => {
    await drop(profile, await drawPicture());
    await shows(profile, 'canvas');
  },
  'with a wrong picture': async (_stage, profile) => {
    await drop(profile, new File(['x'], 'x.txt', { type: 'text/plain' }));
    await shows(profile, '.panel');
  },
};

async function drop(profile: UserProfile, file: File): Promise<void> {
  await shows(profile, '.choose');
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(file);
  const init = { bubbles: true, cancelable: true, dataTransfer };
  one(profile, 'h2').dispatchEvent(new DragEvent('drop', init));
}

describe('<user-profile> for everybody', () => {
  const stage = useStage();

  for (const [state, reach] of Object.entries(states)) {
    it(`has no accessibility violation ${state}, light and dark, wide and narrow`, async () => {
      if (state === 'loading') stage.hold('GET', `/api/users/${stage.person!.id}`);
      if (state === 'failed') stage.fail('GET', `/api/users/${stage.person!.id}`);
      const profile = stage.mount<UserProfile>('<user-profile></user-profile>');
      await reach(stage, profile);
      await expectAccessible(profile);
      profile.parentElement!.style.inlineSize = '320px';
      await expectAccessible(profile);
      const root = one(profile, '.root');
      expect(root.scrollWidth).to.equal(root.clientWidth);
    });
  }

  it('gives every control at least 24 pixels', async () => {
    const profile = await mountProfile(stage);
    await edit(profile);
    for (const control of all(profile, 'button, input:not([hidden]), select')) {
      const { offsetWidth, offsetHeight } = control;
      expect(Math.min(offsetWidth, offsetHeight), textOf(control)).to.be.at.least(24);
    }
  });

  it('speaks the page’s language, and mirrors', async () => {
    registerLocale('ar', ar);
    document.documentElement.lang = 'ar';
    const profile = await mountProfile(stage);
    expect(one(profile, '.root').dir).to.equal('rtl');
    await edit(profile);
    expect(textOf(one(profile, 'form [type="submit"]'))).to.equal('حفظ');
  });

  it('shows names, e-mails and titles as the text they are', async () => {
    const name = '<img src=x onerror="throw 1">${1}{name}';
    const { id } = await stage.elsewhere.users.create({ name, email: 'evil@example.com' });
    const profile = await mountProfile(stage, id);
    expect(textOf(one(profile, 'h2'))).to.equal(name);
    await edit(profile);
    await fill(profile, 'name', '<b>mine</b>');
    await stage.elsewhere.users.update({ id, name: '</bdi><script>throw 1</script>' });
    await until(() => all(profile, '.conflict').length > 0, 'the conflict is shown');
    expect(all(profile, '.conflict bdi').map(textOf)).to.deep.equal([
      '</bdi><script>throw 1</script>',
      '<b>mine</b>',
    ]);
    expect(all(profile, 'img, b, script').length).to.equal(0);
  });

  it('keeps names of any script and length within 320 pixels', async () => {
    const name = 'Wolfeschlegelsteinhausenbergerdorff'.repeat(2);
    const { id } = await stage.elsewhere.users.create({
      name,
      email: `${'x'.repeat(60)}@example.com`,
    });
    const profile = await mountProfile(stage, id);
    profile.parentElement!.style.inlineSize = '320px';
    await nextFrame();
    const root = one(profile, '.root');
    expect(root.scrollWidth).to.equal(root.clientWidth);
    for (const part of all(profile, 'h2, .edit, dd')) {
      const { right } = part.getBoundingClientRect();
      expect(right, textOf(part)).to.be.at.most(root.getBoundingClientRect().right);
    }
  });
});

describe('<user-profile> in a page that comes and goes', () => {
  const stage = useStage();

  it('makes one request of each kind with others of its kind', async () => {
    const { id, teamId } = await stage.server.store
      .get('users', stage.person!.id)
      .then((user) => user!);
    const place = stage.mount(
      '<div><user-profile></user-profile><user-profile></user-profile></div>',
    );
    const profiles = [...place.children] as UserProfile[];
    await until(() => profiles.every((each) => all(each, 'h2').length > 0), 'both are shown');
    await stage.settled();
    expect(stage.requests).to.have.members([
      'GET /api/auth/session',
      `GET /api/users/${id}`,
      `GET /api/users/${id}/projects`,
      ...(teamId ? [`GET /api/teams/${teamId}`] : []),
    ]);
    expect(stage.server.hub.counters.opened).to.equal(1);
  });

  it('leaves nothing running when it is removed', async () => {
    const leftovers = watchLeftovers();
    const profile = await mountProfile(stage);
    await edit(profile);
    await fill(profile, 'name', 'Ada B');
    profile.remove();
    await until(() => stage.server.hub.counters.connections === 0, 'the connection is closed');
    expect(leftovers.stop()).to.deep.equal([]);
    const { queries } = getRuntime();
    expect(queries.getQueryCache().findAll({ type: 'active' })).to.deep.equal([]);
    expect(queries.getMutationCache().hasListeners()).to.equal(false);
  });

  it('keeps its draft where it is moved to', async () => {
    const profile = await mountProfile(stage);
    await edit(profile);
    await fill(profile, 'name', 'Ada B');
    stage.mount('<div></div>').append(profile);
    await profile.updateComplete;
    expect(one<HTMLInputElement>(profile, '#name').value).to.equal('Ada B');
    button(profile, 'Cancel').click();
    await until(() => all(profile, 'form').length === 0, 'it works still');
  });

  it('honours properties that were set before it was defined', async () => {
    const { id, name } = await somebody(stage);
    const early = document.createElement('early-user-profile') as UserProfile;
    early.userId = id;
    document.body.append(early);
    customElements.define('early-user-profile', class extends UserProfile {});
    await until(() => early.shadowRoot && textOf(early).includes(name), 'the person is shown');
  });
});
