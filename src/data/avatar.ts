import type { QueryClient } from '@tanstack/query-core';
import type { Api, CallOptions } from '../contract/index.js';
import { write } from './write.js';

type Context = { client: QueryClient };
type ById = { id: string };

/** A picture for a person; `signal` gives the upload up, `onProgress` hears of it in bytes. */
export interface AvatarInput extends ById, Pick<CallOptions, 'signal' | 'onProgress'> {
  file: File;
}

const scope = ({ id }: ById) => `user:${id}`;
const success = 'user.updated';
const failure = 'write.failed';

/** Gives a person a picture. It shows once the server has taken it and said where it lies. */
export const uploadAvatarOptions = (api: Api) => ({
  mutationFn: (input: AvatarInput, { client }: Context) => {
    const { id, file, signal, onProgress } = input;
    return write(
      client,
      input,
      (call) =>
        api.users.avatar(
          { id, file },
          { ...call, ...(signal && { signal }), ...(onProgress && { onProgress }) },
        ),
      (user) => ({ type: 'USER_UPDATED', payload: user }),
    );
  },
  meta: { scope, success, failure },
});

/** Takes a person's picture away, at once wherever it is shown. */
export const deleteAvatarOptions = (api: Api) => ({
  mutationKey: ['users', 'deleteAvatar'],
  mutationFn: (input: ById, { client }: Context) =>
    write(
      client,
      input,
      (call) => api.users.deleteAvatar({ id: input.id }, call),
      (user) => ({ type: 'USER_UPDATED', payload: user }),
    ),
  meta: {
    scope,
    change: ({ id }: ById) => [{ type: 'PATCHED' as const, payload: { id, image: null } }],
    success,
    failure,
  },
});
