import type { Api, CallOptions, endpoints, Input, User } from '../contract/index.js';
import type { QueryClient } from '@tanstack/query-core';
import type { Change } from './change.js';
import { mutate } from './mutate.js';
import { newId } from './uuid.js';
import { findHeld, write } from './write.js';

type Inputs = typeof endpoints.users;
type Context = { client: QueryClient };
type ById = { id: string };

const scope = ({ id }: { id?: string | undefined }) => `user:${id}`;
const before = ({ id }: ById, { client }: Context) => findHeld<User>(client, id);
const failure = 'write.failed';

/** `ifMatch` is the version that was edited: refused with 412 when there is a newer one by now. */
type Guarded<I> = I & { ifMatch?: number };

const changeOptions = <I extends Input<Inputs['update']>>(
  name: 'update' | 'replace',
  change: (input: I, call: CallOptions) => Promise<User>,
) => ({
  mutationKey: ['users', name],
  mutationFn: (variables: Guarded<I>, { client }: Context) => {
    const { ifMatch, ...input } = variables;
    return write(
      client,
      variables,
      (call) =>
        change(input as unknown as I, { ...call, ...(ifMatch !== undefined && { ifMatch }) }),
      (user) => ({ type: 'USER_UPDATED', payload: user }),
    );
  },
  meta: {
    scope,
    change: ({ ifMatch: _, ...payload }: Guarded<I>): Change[] => [{ type: 'PATCHED', payload }],
    success: 'user.updated',
    failure,
  },
});

/** Changes a person, at once in every list, detail, team and project that shows them. */
export const updateUserOptions = (api: Api) =>
  changeOptions<Input<Inputs['update']>>('update', (input, call) => api.users.update(input, call));

/** The same with all fields that can be written. */
export const replaceUserOptions = (api: Api) =>
  changeOptions<Input<Inputs['replace']>>('replace', (input, call) =>
    api.users.replace(input, call),
  );

/** Deletes a person, at once out of every list; may be undone for 30 seconds. */
export const deleteUserOptions = (api: Api) => ({
  mutationKey: ['users', 'delete'],
  mutationFn: (input: ById, { client }: Context) => {
    const { id } = input;
    // With a version, so that who is restored is not taken out again.
    const version = (findHeld<User>(client, id)?.version ?? 0) + 1;
    return write(
      client,
      input,
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
    undo:
      ({ id }: ById) =>
      (client: QueryClient) =>
        mutate(client, restoreUserOptions(api), { id }),
  },
});

/** Takes a deletion back within 30 seconds. */
export function restoreUserOptions(api: Api) {
  return {
    mutationKey: ['users', 'restore'],
    mutationFn: (input: ById, { client }: Context) =>
      write(
        client,
        input,
        (call) => api.users.restore({ id: input.id }, call),
        (user) => ({ type: 'USER_CREATED', payload: user }),
      ),
    meta: { scope, success: 'user.restored', failure },
  };
}

/** Ids of people to be, so that what is drawn while pending and what is sent are the same person. */
const ids = new WeakMap<object, string>();

/** The input of a creation with the id that it is drawn and sent under. */
export function withId<T extends { id?: string | undefined }>(input: T): T & ById {
  const id = input.id ?? ids.get(input) ?? newId();
  ids.set(input, id);
  return { ...input, id };
}

/** Creates a person, at once on top of the newest; the id is made here unless given. */
export const createUserOptions = (api: Api) => ({
  mutationKey: ['users', 'create'],
  mutationFn: (input: Input<Inputs['create']>, { client }: Context) =>
    write(
      client,
      input,
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
