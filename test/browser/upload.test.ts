// Uploads by the browser's own XMLHttpRequest.
import { expect } from '@open-wc/testing';
import { AbortedError, createApi, createClient, NotFoundError } from '../../src/client/index.js';
import { useStage } from '../helpers/stage.js';
import { fileOf, pictures, pngOfLength } from '../server/pictures.js';

describe('an upload', () => {
  const big = fileOf(pngOfLength(4_000_000));
  // Where nobody takes it: the answer is 404, after all was sent.
  const client = createClient({ baseUrl: '/nowhere' });

  it('tells how far it is, up to the end', async () => {
    const told: number[] = [];
    let total = 0;
    const call = client.upload('/files', big, {
      onProgress(progress) {
        told.push(progress.loaded);
        total = progress.total;
      },
    });
    const error = await call.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(NotFoundError);
    expect(total).to.be.within(big.size, big.size + 1000);
    expect(told.at(-1)).to.equal(total);
    expect(told).to.deep.equal([...told].sort((a, b) => a - b));
  });

  it('ends at the first sign of life when it is given up then', async () => {
    const leaving = new AbortController();
    const told: number[] = [];
    const call = client.upload('/files', big, {
      signal: leaving.signal,
      onProgress({ loaded }) {
        told.push(loaded);
        leaving.abort();
      },
    });
    const error = await call.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(AbortedError);
    expect(told).to.have.length(1);
  });
});

describe('an upload to the server in the page', () => {
  const stage = useStage();

  it('ends as a picture that the page shows', async () => {
    const { accessToken, user } = await stage.server.signIn('user@inlay.test');
    const api = createApi(createClient({ baseUrl: '/api', getToken: () => accessToken }));
    const { image } = await api.users.avatar({ id: user.id, file: fileOf(pictures.webp) });
    expect(image).to.match(new RegExp(`^${location.origin}/api/files/[\\da-f-]{36}$`));
    const shown = new Image();
    shown.src = image!;
    await shown.decode();
    expect([shown.naturalWidth, shown.naturalHeight]).to.deep.equal([7, 5]);
    const gone = await api.users.deleteAvatar({ id: user.id });
    expect(gone.image).to.equal(null);
  });
});
