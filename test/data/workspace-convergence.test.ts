import { describe, it } from 'node:test';
import { notifyManager, type MutationOptions } from '@tanstack/query-core';
import fc from 'fast-check';
import type { Api, Project, User } from '../../src/contract/index.js';
import {
  archiveReadOptions,
  deleteUserOptions,
  mutate,
  readAllNotificationsOptions,
  restoreUserOptions,
  updateNotificationOptions,
  updateProjectOptions,
  updateUserOptions,
} from '../../src/data/index.js';
import { makeUser, type Fate } from './model-server.js';
import { ModelWorkspace, notificationIds, projectIds, teamId } from './model-workspace.js';
import { converge, settings, type Moment } from './play.js';
import { WorkspacePage } from './workspace-page.js';

type Fields = Partial<Pick<User, 'name' | 'role' | 'teamId'>>;
type Action = Moment &
  (
    | { do: 'person'; at: number; fields: Fields }
    | { do: 'delete' | 'restore'; at: number }
    | { do: 'project'; at: number; fields: Partial<Pick<Project, 'name' | 'status'>> }
    | { do: 'notification'; at: number; input: { read?: boolean; archived?: boolean } }
    | { do: 'readAll' | 'archiveRead' | 'notify' | 'refetch' | 'leave' }
  );

const when = { then: fc.nat({ max: 5 }), by: fc.constantFrom<Moment['by'][]>('elsewhere', 0, 1) };
const is = <T extends string>(...names: T[]) => fc.constantFrom(...names);
const person = fc.nat({ max: 3 });
const action = fc.oneof(
  fc.record({
    ...when,
    do: is('person'),
    at: person,
    fields: fc.oneof(
      fc.record({ name: is('A', 'B') }),
      fc.record({ role: is('user', 'admin') }),
      fc.record({ teamId: fc.constantFrom(teamId, null) }),
    ),
  }),
  fc.record({ ...when, do: is('delete', 'restore'), at: person }),
  fc.record({
    ...when,
    do: is('project'),
    at: fc.nat({ max: 2 }),
    fields: fc.oneof(
      fc.record({ name: is('A', 'Z') }),
      fc.record({ status: is('active', 'paused') }),
    ),
  }),
  fc.record({
    ...when,
    do: is('notification'),
    at: fc.nat({ max: 3 }),
    input: fc.oneof(
      fc.record({ read: fc.boolean() }),
      fc.record({ archived: fc.boolean() }),
      fc.record({ snoozedUntil: fc.constantFrom('2030-01-01T09:00:00.000Z', null) }),
    ),
  }),
  fc.record({ ...when, do: is('readAll', 'archiveRead', 'notify', 'refetch', 'leave') }),
) as fc.Arbitrary<Action>;
const fate = fc.infiniteStream(fc.constantFrom<Fate[]>('done', 'refused', 'lost', 'unanswered'));
notifyManager.setScheduler(queueMicrotask);
/** A refusal is drawn back, which is what the test looks at. */
const refused = () => undefined;

function play(s: fc.Scheduler, actions: readonly Action[], fate?: () => Fate) {
  const step = (label: string) => s.schedule(Promise.resolve(), label).then(() => undefined);
  const server = new ModelWorkspace(4, step, fate);
  const pages = [0, 1].map(() => new WorkspacePage(server, step));
  return converge(s, pages, actions, (each, index) =>
    each.by === 'elsewhere'
      ? doElsewhere(server, each, index)
      : doOnPage(pages[each.by]!, server, each),
  );
}

function doElsewhere(server: ModelWorkspace, each: Action, index: number): void {
  if (each.do === 'notify') return server.notify(800 + index);
  if (each.do === 'project') server.updateProject({ id: projectIds[each.at]!, ...each.fields });
  if (each.do === 'notification') {
    server.updateNotification({ id: notificationIds[each.at]!, ...each.input });
  }
  if (each.do === 'readAll') server.changeAll({ read: true });
  if (each.do === 'archiveRead') server.changeAll({ archived: true });
  if (each.do !== 'person' && each.do !== 'delete' && each.do !== 'restore') return;
  const { id } = makeUser(each.at);
  if (!server.rows.has(id)) {
    if (each.do === 'restore') server.restore(id);
  } else if (each.do === 'person') server.update(id, each.fields);
  else if (each.do === 'delete') server.delete(id);
}

function doOnPage(page: WorkspacePage, server: ModelWorkspace, each: Action): void {
  const { api } = server;
  const { client } = page;
  const run = <T, V, B>(optionsOf: (api: Api) => MutationOptions<T, Error, V, B>, input: V) =>
    void mutate(client, optionsOf(api), input).catch(refused);
  if (each.do === 'refetch') void client.invalidateQueries();
  else if (each.do === 'leave') void client.cancelQueries();
  else if (each.do === 'readAll') run(readAllNotificationsOptions, {});
  else if (each.do === 'archiveRead') run(archiveReadOptions, {});
  else if (each.do === 'notification') {
    run(updateNotificationOptions, { id: notificationIds[each.at]!, ...each.input });
  } else if (each.do === 'project') {
    const id = projectIds[each.at]!;
    server.allow(id, ...Object.values(each.fields));
    run(updateProjectOptions, { id, ...each.fields });
  } else if (each.do === 'person') {
    const { id } = makeUser(each.at);
    server.allow(id, ...Object.values(each.fields));
    run(updateUserOptions, { id, ...each.fields });
  } else if (each.do === 'delete') run(deleteUserOptions, { id: makeUser(each.at).id });
  else if (each.do === 'restore') run(restoreUserOptions, { id: makeUser(each.at).id });
}

describe('what shows people elsewhere, on two pages, and what has a life of its own', () => {
  const actions = fc.array(action, { maxLength: 10 });

  it('shows only what somebody set, and ends as the server is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), actions, (s, actions) => play(s, actions)),
      settings,
    );
  });

  it('does so when writes are refused, lost, or done without an answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), actions, fate, (s, actions, fates) =>
        play(s, actions, () => fates.next().value as Fate),
      ),
      settings,
    );
  });
});
