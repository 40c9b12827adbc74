import type { Api, endpoints, Input, User } from '../contract/index.js';
import type { QueryClient } from '@tanstack/query-core';
import type { Change } from './change.js';
import { newId } from './uuid.js';
import { findHeld, write } from './write.js';

type Inputs = typeof endpoints.users;
type Context = { client: QueryClient };
type ById = { id: string };

const scope = ({ id }: { id?: string | undefined }) => `user:${id}`;
const before = ({ id }: ById, { client }: Context) => findHeld<User>(client, id);
const failure = 'write.failed';

/** Changes a person, at once in every list, detail, team and project that shows them. */
export const updateUserOptions = (api: Api) => ({
  mutationFn: (input: Input<Inputs['update']>, { client }: Context) =>
    write(
      client,
      (call) => api.users.update(input, call),
      (user) => ({ type: 'USER_UPDATED', payload: user }),
    ),
  meta: {
    scope,
    change: (input: Input<Inputs['update']>): Change[] => [{ type: 'PATCHED', payload: input }],
    success: 'user.updated',
    failure,
  },
});

/** Deletes a person, at once out of every list; may be undone for 30 seconds. */
export const deleteUserOptions = (api: Api) => ({
  mutationFn: ({ id }: ById, { client }: Context) => {
    // With a version, so that who is restored is not taken out again.
    const version = (findHeld<User>(client, id)?.version ?? 0) + 1;
    return write(
      client,
      (call) => api.users.delete({ id }, call),
      () => ({ type: 'USER_DELETED', payload: { id, version } }),
    );
  },
  onMutate: before,
  meta: {
    scope,
    change: ({ id }: ById): Change[] => [{ type: 'REMOVED', payload: { id } }],
    success: 'user.deleted',
    failure,
    undo: restoreUserOptions(api),
  },
});

/** Takes a deletion back within 30 seconds. */
export function restoreUserOptions(api: Api) {
  return {
    mutationFn: ({ id }: ById, { client }: Context) =>
      write(
        client,
        (call) => api.users.restore({ id }, call),
        (user) => ({ type: 'USER_CREATED', payload: user }),
      ),
    meta: { scope, success: 'user.restored', failure },
  };
}

/** Ids of people to be, so that what is drawn while pending and what is sent are the same person. */
const ids = new WeakMap<object, string>();
function withId<T extends { id?: string | undefined }>(input: T): T & ById {
  const id = input.id ?? ids.get(input) ?? newId();
  ids.set(input, id);
  return { ...input, id };
}

/** Creates a person, at once on top of the newest; the id is made here unless given. */
export const createUserOptions = (api: Api) => ({
  mutationFn: (input: Input<Inputs['create']>, { client }: Context) =>
    write(
      client,
      (call) => api.users.create(withId(input), call),
      (user) => ({ type: 'USER_CREATED', payload: user }),
    ),
  // Given once, so that it stays on top where it was drawn.
  onMutate: () => new Date().toISOString(),
  meta: {
    scope: (input: Input<Inputs['create']>) => scope(withId(input)),
    change: (input: Input<Inputs['create']>, now: string | undefined): Change[] =>
      now === undefined ? [] : [{ type: 'USER_CREATED', payload: draft(withId(input), now) }],
    success: 'user.created',
    failure,
  },
});

function draft(
  { role = 'user', status = 'active', teamId = null, ...input }: Input<Inputs['create']> & ById,
  now: string,
): User {
  return {
    ...input,
    role,
    status,
    teamId,
    version: 0,
    createdAt: now,
    updatedAt: now,
    image: null,
    lastActiveAt: null,
  };
}
