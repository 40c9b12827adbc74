import { describe, it } from 'node:test';
import { notifyManager, type MutationOptions } from '@tanstack/query-core';
import fc from 'fast-check';
import type { Api, User } from '../../src/contract/index.js';
import {
  bulkUsersOptions,
  createUserOptions,
  deleteAvatarOptions,
  deleteUserOptions,
  mutate,
  restoreUserOptions,
  updateUserOptions,
  uploadAvatarOptions,
  type BulkInput,
} from '../../src/data/index.js';
import { ModelPage } from './model-page.js';
import { makeUser, ModelServer, type Fate } from './model-server.js';
import { converge, settings, type Moment } from './play.js';

type Fields = { name?: string; role?: User['role'] };
/** `at` names a person. */
type Action = Moment &
  (
    | { do: 'create'; role: User['role'] }
    | { do: 'update'; at: number; fields: Fields }
    | { do: 'delete' | 'restore' | 'avatar' | 'deleteAvatar'; at: number }
    | { do: 'bulk'; action: BulkInput['action']; role: User['role']; whom: number[] | 'filter' }
    | { do: 'refetch' | 'more' | 'leave' }
  );

const at = fc.nat({ max: 7 });
const role = fc.constantFrom('user' as const, 'admin' as const);
const name = fc.constantFrom('A', 'B', 'Na');
const when = {
  then: fc.nat({ max: 5 }),
  by: fc.constantFrom<Moment['by'][]>('elsewhere', 0, 1),
};
const fields = fc.oneof(fc.record({ name }), fc.record({ role }), fc.record({ name, role }));
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ ...when, do: fc.constant('create' as const), role }),
  fc.record({ ...when, do: fc.constant('update' as const), at, fields }),
  fc.record({
    ...when,
    do: fc.constantFrom('delete', 'delete', 'restore', 'avatar', 'deleteAvatar'),
    at,
  }) as fc.Arbitrary<Action>,
  fc.record({
    ...when,
    do: fc.constant('bulk' as const),
    action: fc.constantFrom('role', 'delete', 'restore'),
    role,
    whom: fc.oneof(fc.array(at, { minLength: 1, maxLength: 4 }), fc.constant('filter' as const)),
  }) as fc.Arbitrary<Action>,
  fc.record({ ...when, do: fc.constantFrom('refetch', 'more', 'leave') }) as fc.Arbitrary<Action>,
);
const fate = fc.infiniteStream(fc.constantFrom<Fate[]>('done', 'refused', 'lost', 'unanswered'));

notifyManager.setScheduler(queueMicrotask);
/** A refusal is drawn back, which is what the test looks at. */
const refused = () => undefined;
const idOf = (n: number) => makeUser(n).id;

function play(s: fc.Scheduler, actions: readonly Action[], fate?: () => Fate) {
  const step = (label: string) => s.schedule(Promise.resolve(), label).then(() => undefined);
  const server = new ModelServer(6, step, fate);
  const pages = [0, 1].map(() => new ModelPage(server, step));
  return converge(s, pages, actions, (each, index) =>
    each.by === 'elsewhere'
      ? doElsewhere(server, each)
      : doOnPage(pages[each.by]!, server, each, index),
  );
}

function doElsewhere(server: ModelServer, each: Action): void {
  const id = 'at' in each ? idOf(each.at) : '';
  if (each.do === 'create') server.create({ role: each.role });
  else if (each.do === 'update' && server.rows.has(id)) server.update(id, each.fields);
  else if (each.do === 'delete' && server.rows.has(id)) server.delete(id);
  else if (each.do === 'bulk' && each.whom !== 'filter') {
    server.bulk({ action: each.action, value: each.role, ids: each.whom.map(idOf) });
  }
}

function doOnPage(page: ModelPage, server: ModelServer, each: Action, index: number): void {
  const { api } = server;
  const id = 'at' in each ? idOf(each.at) : '';
  const run = <T, V, B>(optionsOf: (api: Api) => MutationOptions<T, Error, V, B>, input: V) =>
    void mutate(page.client, optionsOf(api), input).catch(refused);
  if (each.do === 'refetch') void page.client.invalidateQueries();
  else if (each.do === 'more') page.fetchMore();
  else if (each.do === 'leave') void page.client.cancelQueries();
  else if (each.do === 'create') {
    const { id, name, email } = makeUser(1000 + index);
    server.allow(id, name, email, each.role, 'active', null);
    run(createUserOptions, { id, name, email, role: each.role });
  } else if (each.do === 'update') {
    server.allow(id, ...Object.values(each.fields));
    run(updateUserOptions, { id, ...each.fields });
  } else if (each.do === 'avatar') {
    run(uploadAvatarOptions, { id, file: new File([], `${index}`) });
  } else if (each.do === 'deleteAvatar') {
    server.allow(id, null);
    run(deleteAvatarOptions, { id });
  } else if (each.do === 'bulk') {
    const { action, role: value, whom } = each;
    const ids = whom === 'filter' ? [...server.rows.keys()] : whom.map(idOf);
    if (action === 'role') for (const id of ids) server.allow(id, value);
    const named = whom === 'filter' ? { filter: { role: value } } : { ids };
    run(bulkUsersOptions, { action, value, ...named });
  } else if (each.do === 'delete') run(deleteUserOptions, { id });
  else run(restoreUserOptions, { id });
}

describe('caches of two pages, pending writes and stream together', () => {
  const actions = fc.array(action, { maxLength: 10 });

  it('show only what somebody set, and end as the server is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), actions, (s, actions) => play(s, actions)),
      settings,
    );
  });

  it('do so when writes are refused, lost, or done without an answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), actions, fate, (s, actions, fates) =>
        play(s, actions, () => fates.next().value as Fate),
      ),
      settings,
    );
  });
});
