import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { failsWith, useWorld } from './world.js';

describe('projects and teams', () => {
  const world = useWorld();

  it('lists 40 projects by cursor, newest first, with members, filtered by status', async () => {
    const { api } = world.user;
    const first = await api.projects.list({ limit: 30 });
    const rest = await api.projects.list({ limit: 30, cursor: first.meta.nextCursor! });
    assert.deepEqual([first.meta.total, rest.data.length, rest.meta.nextCursor], [40, 10, null]);
    const times = [...first.data, ...rest.data].map(({ createdAt }) => createdAt);
    assert.deepEqual(times, times.toSorted().toReversed());
    assert.ok(
      first.data.every(
        ({ members, ownerId }) => members.length > 1 && members.some(({ id }) => id === ownerId),
      ),
    );
    const paused = await api.projects.list({ status: 'paused' });
    assert.ok(paused.data.length > 0 && paused.data.every(({ status }) => status === 'paused'));
  });

  it('lets the owner and admins change a project, and tells of it', async () => {
    const { data } = await world.user.api.projects.list({ limit: 100 });
    const own = data.find(({ ownerId }) => ownerId === world.user.user.id)!;
    const renamed = await world.user.api.projects.update(
      { id: own.id, name: ' Renamed ' },
      { ifMatch: own.version },
    );
    assert.deepEqual([renamed.name, renamed.version], ['Renamed', own.version + 1]);
    const event = world.events('projects').at(-1);
    assert.deepEqual([event?.type, event?.payload], ['PROJECT_UPDATED', renamed]);
    const stale = world.user.api.projects.update(
      { id: own.id, name: 'Late' },
      { ifMatch: own.version },
    );
    await assert.rejects(stale, failsWith('PRECONDITION_FAILED'));
    const other = data.find(({ ownerId }) => ownerId !== world.user.user.id)!;
    await assert.rejects(
      world.user.api.projects.update({ id: other.id, name: 'x' }),
      failsWith('FORBIDDEN'),
    );
    assert.equal(
      (await world.admin.api.projects.update({ id: other.id, status: 'archived' })).status,
      'archived',
    );
  });

  it('shows a team with its members by name', async () => {
    const id = (await world.admin.api.users.list({ limit: 100 })).data.find(
      ({ teamId }) => teamId,
    )!.teamId!;
    const { members } = await world.user.api.teams.get({ id });
    const { data } = await world.admin.api.users.list({ limit: 100 });
    assert.ok(
      data
        .filter(({ teamId }) => teamId === id)
        .every((user) => members.some((member) => member.id === user.id)),
    );
    assert.ok(members.every((member) => !('email' in member)));
  });

  it('answers 404 for what is not there', async () => {
    const id = crypto.randomUUID();
    await assert.rejects(world.user.api.teams.get({ id }), failsWith('NOT_FOUND'));
    await assert.rejects(world.user.api.projects.get({ id }), failsWith('NOT_FOUND'));
    await assert.rejects(world.user.api.projects.update({ id, name: 'x' }), failsWith('NOT_FOUND'));
  });
});
