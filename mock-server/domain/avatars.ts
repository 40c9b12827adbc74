import type { FileRow, Transaction } from '../store/store.js';
import { Refusal, type Context, type Handlers } from './handler.js';
import { PeopleChanges } from './people-changes.js';
import { readPicture } from './picture.js';
import { reflect } from './reflect.js';
import { findUser } from './user-changes.js';
import { fullUser } from './views.js';
import { checkVersion, revise, write } from './write.js';

/** Pixels: a small file may be a picture that takes gigabytes to show. */
const longestSide = 8192;
/** Bytes that even the smallest picture counts for, so that there cannot be any number of them. */
const smallestShare = 4096;
const yearSeconds = 31_536_000;
/** Bytes of a picture sent at a time. */
const pieceBytes = 65_536;

/** `space` is how many bytes all pictures may take together. */
export function avatarHandlers(space: number) {
  return {
    users: {
      async avatar({ id, file }, ctx) {
        const picture = await checkPicture(file);
        return setImage(id, ctx, async (tx) => {
          const row: FileRow = { id: ctx.newId(), version: 1, userId: id, ...picture };
          await makeRoom(tx, row, space);
          await tx.insert('files', row);
          return `${ctx.apiUrl}/files/${row.id}`;
        });
      },

      deleteAvatar: ({ id }, ctx) => setImage(id, ctx, () => Promise.resolve(null)),
    },

    files: {
      async get({ id }, ctx) {
        const file = await ctx.store.get('files', id);
        if (!file) throw new Refusal('NOT_FOUND', 'There is no such picture any more.');
        ctx.setHeader('Content-Type', file.type);
        ctx.setHeader('Content-Length', String(file.bytes.length));
        // Another picture has another address.
        ctx.setHeader('Cache-Control', `public, max-age=${yearSeconds}, immutable`);
        // It came from somebody: nothing in it may run, should somebody open it by itself.
        ctx.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
        ctx.setHeader('X-Content-Type-Options', 'nosniff');
        ctx.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
        return streamOf(file.bytes);
      },
    },
  } satisfies Handlers;
}

/** A piece whenever the reader has room for it: one that stands still holds no copy of the rest. */
function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(stream) {
      stream.enqueue(bytes.slice(at, at + pieceBytes));
      at += pieceBytes;
      if (at >= bytes.length) stream.close();
    },
  });
}

/** The picture alone, without what may have been appended to it. */
async function checkPicture(file: File): Promise<Pick<FileRow, 'type' | 'bytes'>> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const refuse = (code: 'BAD_REQUEST' | 'UNSUPPORTED_MEDIA_TYPE', message: string) =>
    new Refusal(code, message, { fieldErrors: { file: [message] } });
  if (bytes.length === 0) throw refuse('BAD_REQUEST', 'The file is empty.');
  const picture = readPicture(bytes);
  if (!picture) {
    throw refuse(
      'UNSUPPORTED_MEDIA_TYPE',
      'The file is no PNG, JPEG, WebP or GIF picture by its content. Save it as one of these.',
    );
  }
  const { type, size } = picture;
  if (!size) throw refuse('BAD_REQUEST', `The ${type} file is damaged or incomplete.`);
  const { width, height, end } = size;
  const longest = Math.max(width, height);
  if (longest > longestSide || Math.min(width, height) === 0) {
    const limits = `each side must have 1 to ${longestSide} pixels`;
    throw refuse('BAD_REQUEST', `The picture is ${width} × ${height} pixels: ${limits}.`);
  }
  return { type, bytes: bytes.slice(0, end) };
}

/** Gives the person another image in place of the one there was, which is let go. */
function setImage(
  id: string,
  ctx: Context,
  makeImage: (tx: Transaction) => Promise<string | null>,
) {
  reflect(ctx, 'users');
  return write(ctx, async (tx) => {
    const before = await findUser(tx, id);
    checkVersion(ctx, fullUser(before));
    const { rows: former } = await tx.list('files', { ...all, where: { userId: id } });
    for (const file of former) await tx.delete('files', file.id);
    const after = revise(before, { image: await makeImage(tx) }, ctx.now());
    if (after === before) return fullUser(before);
    const people = new PeopleChanges(tx, ctx);
    await people.update(before, after);
    await people.finish();
    return fullUser(after);
  });
}

const all = { sort: { key: 'id', descending: false }, limit: Infinity } as const;

async function makeRoom(tx: Transaction, added: FileRow, space: number): Promise<void> {
  const { rows } = await tx.list('files', all);
  const share = ({ bytes }: FileRow) => Math.max(bytes.length, smallestShare);
  const taken = [...rows, added].reduce((sum, row) => sum + share(row), 0);
  if (taken <= space) return;
  throw new Refusal(
    'UNAVAILABLE',
    `There is no room for more pictures: they may take ${space} bytes together.`,
  );
}
