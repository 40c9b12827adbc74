import type { User } from '../../src/contract/index.js';
import type { UserProfile } from '../../src/elements/user-profile/user-profile.js';
import '../../src/elements/user-profile/define.js';
import { all, button, enter, one } from './dom.js';
import { peopleOf } from './people.js';
import type { Stage } from './stage.js';
import { until } from './until.js';

/** Puts a `<user-profile>` into the page and waits for the person. */
export async function mountProfile(stage: Stage, id = ''): Promise<UserProfile> {
  const profile = stage.mount<UserProfile>(`<user-profile user-id="${id}"></user-profile>`);
  await until(() => all(profile, 'h2').length > 0, 'the person is shown');
  await stage.settled();
  return profile;
}

/** Somebody who is neither signed in nor an admin, with a team. */
export async function somebody(stage: Stage): Promise<User> {
  const people = await peopleOf(stage);
  return people.find(
    ({ role, teamId, status, email }) =>
      role === 'user' && teamId && status === 'active' && !email.endsWith('inlay.test'),
  )!;
}

/** Opens the form. */
export async function edit(profile: UserProfile): Promise<void> {
  (await until(() => all(profile, '.edit')[0], 'the profile can be edited')).click();
  await until(() => all(profile, 'form').length > 0, 'the form is shown');
}

export const fieldOf = (profile: UserProfile, name: string) =>
  one<HTMLInputElement>(profile, `form [name="${name}"]`);

/** Puts a value into a field as a reader does. */
export async function fill(profile: UserProfile, name: string, value: string): Promise<void> {
  enter(fieldOf(profile, name), value);
  await profile.updateComplete;
}

export const save = (profile: UserProfile) => button(profile, 'Save').click();

/** What is said to be wrong with a field. */
export const errorOf = (profile: UserProfile, name: string): string =>
  profile.shadowRoot!.getElementById(`${name}-error`)?.textContent ?? '';

/** A picture that browsers can read. */
export async function drawPicture(type = 'image/png', name = 'me.png'): Promise<File> {
  const canvas = new OffscreenCanvas(8, 6);
  canvas.getContext('2d')!.fillRect(0, 0, 8, 6);
  return new File([await canvas.convertToBlob({ type })], name, { type });
}
