import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { createApi, createClient } from '../../../src/client/index.js';
import type { Api, CallOptions, User } from '../../../src/contract/index.js';
import type { UserProfile } from '../../../src/elements/user-profile/user-profile.js';
import { all, button, buttons, nameOf, one, textOf } from '../../helpers/dom.js';
import { drawPicture, edit, mountProfile, somebody } from '../../helpers/profile.js';
import { useStage, type Stage } from '../../helpers/stage.js';
import { until } from '../../helpers/until.js';

const pixel = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=';

/** Chooses a file as the browser's dialog does. */
function choose(profile: UserProfile, file: File): void {
  const input = one<HTMLInputElement>(profile, 'input[type="file"]');
  const files = new DataTransfer();
  files.items.add(file);
  input.files = files.files;
  input.dispatchEvent(new Event('change'));
}

/** Drops or pastes a file onto a part of the profile. */
function hand(profile: UserProfile, type: 'dragover' | 'drop' | 'paste', file: File, onto = 'h2') {
  const data = new DataTransfer();
  data.items.add(file);
  const init = { bubbles: true, composed: true, cancelable: true };
  const event =
    type === 'paste'
      ? new ClipboardEvent(type, { ...init, clipboardData: data })
      : new DragEvent(type, { ...init, dataTransfer: data });
  one(profile, onto).dispatchEvent(event);
  return event;
}

/** An upload in the test's hands. */
interface Upload extends Pick<CallOptions, 'signal' | 'onProgress'> {
  file: File;
  succeed: () => void;
  fail: (error: Error) => void;
}

/** Signs in with a backend whose uploads end when the test says. */
async function withUploads(stage: Stage): Promise<Upload[]> {
  const uploads: Upload[] = [];
  const { accessToken } = await stage.server.signIn('admin@inlay.test');
  const real = createApi(createClient({ baseUrl: '/api', getToken: () => accessToken }));
  const avatar = ({ id, file }: { id: string; file: File }, call?: CallOptions) =>
    new Promise<User>((resolve, reject) => {
      call?.signal?.addEventListener('abort', () =>
        reject(Object.assign(new Error('given up'), { code: 'ABORTED' })),
      );
      uploads.push({
        ...call,
        file,
        succeed: () => {
          const given = stage.server.store.get('users', id);
          void given.then((user) =>
            resolve({ ...user!, version: user!.version + 1, image: pixel }),
          );
        },
        fail: reject,
      });
    });
  const api: Api = { ...real, users: { ...real.users, avatar } };
  await stage.signIn('admin', { api });
  return uploads;
}

describe('<user-profile> and its picture', () => {
  const stage = useStage();
  const mount = async (id?: string) => {
    const profile = stage.mount<UserProfile>(`<user-profile user-id="${id ?? ''}"></user-profile>`);
    await until(() => all(profile, '.choose').length > 0, 'a picture can be chosen');
    return profile;
  };
  const wrong = (profile: UserProfile) =>
    until(() => all(profile, '.panel [role="alert"]')[0], 'it is told').then(textOf);
  const preview = (profile: UserProfile) =>
    until(() => all<HTMLCanvasElement>(profile, '.picture canvas')[0], 'the preview is shown');

  it('shows a chosen picture first, and sends it when it is confirmed', async () => {
    const uploads = await withUploads(stage);
    const profile = await mount();
    choose(profile, await drawPicture());
    const { width, height } = await preview(profile);
    expect([width, height]).to.deep.equal([144, 144]);
    expect(uploads.length).to.equal(0);
    button(profile, 'Use this picture').click();
    const upload = await until(() => uploads[0], 'it is sent');
    const bar = await until(() => all<HTMLProgressElement>(profile, 'progress')[0], 'it is told');
    expect(textOf(bar.labels[0]!)).to.equal('Uploading the picture');
    upload.onProgress!({ loaded: 30, total: 120 });
    await profile.updateComplete;
    expect(bar.value).to.equal(0.25);
    upload.succeed();
    await until(() => all(profile, '.panel').length === 0, 'the upload is done');
    expect(one<HTMLImageElement>(profile, '.picture img').getAttribute('src')).to.equal(pixel);
    expect(stage.notices.map(({ message }) => message)).to.deep.equal(['user.updated']);
  });

  it('gives the upload up when it is cancelled, which is no error', async () => {
    const uploads = await withUploads(stage);
    const profile = await mount();
    const errors: Event[] = [];
    profile.addEventListener('inlay-error', (event) => errors.push(event));
    choose(profile, await drawPicture());
    await preview(profile);
    button(profile, 'Use this picture').click();
    const { signal } = await until(() => uploads[0], 'it is sent');
    button(profile, 'Cancel').click();
    expect(signal?.aborted).to.equal(true);
    await until(() => all(profile, '.panel, canvas').length === 0, 'all is as before');
    expect([errors.length, stage.notices.length]).to.deep.equal([0, 0]);
  });

  it('says why it failed, and tries again with the same picture', async () => {
    const uploads = await withUploads(stage);
    const profile = await mount();
    choose(profile, await drawPicture());
    await preview(profile);
    button(profile, 'Use this picture').click();
    (await until(() => uploads[0], 'it is sent')).fail(
      Object.assign(new Error('down'), { code: 'NETWORK' }),
    );
    expect(await wrong(profile)).to.equal('The server cannot be reached.');
    expect(stage.notices).to.deep.equal([]);
    button(profile, 'Try again').click();
    const again = await until(() => uploads[1], 'it is sent again');
    expect(again.file).to.equal(uploads[0]!.file);
    again.succeed();
    await until(() => all(profile, '.panel').length === 0, 'the upload is done');
  });

  it('refuses what is no picture, before it is sent', async () => {
    const profile = await mountProfile(stage);
    choose(profile, new File(['<svg/>'], 'me.svg', { type: 'image/svg+xml' }));
    expect(await wrong(profile)).to.equal('Choose a PNG, JPEG, WebP or GIF picture.');
    choose(profile, new File([new Uint8Array(5_000_001)], 'me.png', { type: 'image/png' }));
    await until(() => textOf(profile).includes('at most 5 MB'), 'the size is told');
    choose(profile, new File(['not a picture'], 'me.png', { type: 'image/png' }));
    await until(() => textOf(profile).includes('cannot be read as a picture'), 'it is told');
    expect(buttons(profile)).not.to.include('Use this picture');
    button(profile, 'Dismiss').click();
    await until(() => all(profile, '.panel').length === 0, 'the message has gone');
    expect(stage.count('POST')).to.equal(0);
  });

  it('takes a picture that is dropped on it, and says that it would', async () => {
    const profile = await mountProfile(stage);
    const file = await drawPicture('image/webp', 'me.webp');
    expect(hand(profile, 'dragover', file).defaultPrevented).to.equal(true);
    await until(() => all(profile, '.picture.over').length > 0, 'it says so');
    expect(hand(profile, 'drop', file).defaultPrevented).to.equal(true);
    await preview(profile);
    expect(all(profile, '.picture.over').length).to.equal(0);
  });

  it('takes a picture that is pasted, but not into a field', async () => {
    const profile = await mountProfile(stage);
    await edit(profile);
    expect(hand(profile, 'paste', await drawPicture(), '#name').defaultPrevented).to.equal(false);
    hand(profile, 'paste', await drawPicture(), '.choose');
    await preview(profile);
  });

  it('offers and takes nothing where the reader may not change it', async () => {
    const { id } = await somebody(stage);
    await stage.signIn('moderator');
    const profile = await mountProfile(stage, id);
    expect(all(profile, 'input').length).to.equal(0);
    expect(hand(profile, 'drop', await drawPicture()).defaultPrevented).to.equal(false);
  });

  it('sends it to the server, and shows the one that the server has', async () => {
    const profile = await mountProfile(stage);
    choose(profile, await drawPicture());
    await preview(profile);
    button(profile, 'Use this picture').click();
    const image = await until(
      () => all<HTMLImageElement>(profile, '.picture img')[0],
      'it is shown',
    );
    const saved = await stage.server.store.get('users', stage.person!.id);
    expect(image.getAttribute('src')).to.equal(saved?.image);
    await until(() => image.naturalWidth === 8, 'the picture has loaded');
  });

  it('removes the picture from its form, at once', async () => {
    const { id } = await somebody(stage);
    await stage.elsewhere.users.avatar({ id, file: await drawPicture() });
    const profile = await mountProfile(stage, id);
    expect(buttons(profile)).not.to.include('Remove picture');
    await edit(profile);
    const release = stage.hold('DELETE', `/api/users/${id}/avatar`);
    const remove = button(profile, 'Remove picture');
    remove.focus();
    remove.click();
    await until(() => all(profile, '.picture img').length === 0, 'the picture has gone');
    expect(nameOf(profile.shadowRoot!.activeElement!)).to.equal('Change picture');
    release();
    await until(() => stage.notices.length > 0, 'it is done');
    expect((await stage.server.store.get('users', id))?.image).to.equal(null);
  });

  it('can be worked with the keyboard alone', async () => {
    const uploads = await withUploads(stage);
    const profile = await mount();
    const focused = () => nameOf(profile.shadowRoot!.activeElement!);
    const input = one<HTMLInputElement>(profile, 'input[type="file"]');
    let opened = 0;
    input.addEventListener('click', (event) => {
      opened += 1;
      event.preventDefault();
    });
    one(profile, '.choose').focus();
    await sendKeys({ press: 'Enter' });
    expect(opened).to.equal(1);
    choose(profile, await drawPicture());
    await until(() => focused() === 'Use this picture', 'the picture can be confirmed');
    await sendKeys({ press: 'Enter' });
    await until(() => focused() === 'Cancel', 'the upload can be given up');
    uploads[0]!.fail(new Error('No'));
    await until(() => focused() === 'Try again', 'it can be tried again');
    await sendKeys({ press: 'Enter' });
    (await until(() => uploads[1], 'it is sent again')).succeed();
    await until(() => focused() === 'Change picture', 'the focus is where it began');
  });

  it('gives an upload up when it leaves the page, and goes on from there', async () => {
    const uploads = await withUploads(stage);
    const profile = await mount();
    const { parentElement } = profile;
    choose(profile, await drawPicture());
    await preview(profile);
    button(profile, 'Use this picture').click();
    const { signal } = await until(() => uploads[0], 'it is sent');
    profile.remove();
    expect(signal?.aborted).to.equal(true);
    parentElement!.append(profile);
    await until(() => buttons(profile).includes('Use this picture'), 'it can be sent again');
  });
});
