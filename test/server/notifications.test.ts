import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { failsWith, useWorld } from './world.js';

describe('notifications', () => {
  const world = useWorld();
  const channel = () => `notifications:${world.user.user.id}`;

  it("lists one's own, newest first, by cursor, filter and type", async () => {
    const { api } = world.user;
    const counts = await api.notifications.counts();
    assert.equal(counts.total + counts.archived, 60);
    const first = await api.notifications.list({ limit: 7 });
    assert.equal(first.meta.total, counts.total);
    const second = await api.notifications.list({ limit: 7, cursor: first.meta.nextCursor! });
    const times = [...first.data, ...second.data].map(({ createdAt }) => createdAt);
    assert.deepEqual(times, times.toSorted().toReversed());
    assert.equal(new Set([...first.data, ...second.data].map(({ id }) => id)).size, 14);
    const unread = await api.notifications.list({ filter: 'unread', limit: 100 });
    assert.ok(
      unread.data.length === counts.unread &&
        unread.data.every(({ readAt, archivedAt }) => !readAt && !archivedAt),
    );
    const archived = await api.notifications.list({ filter: 'archived', limit: 100 });
    assert.ok(
      archived.data.length === counts.archived &&
        archived.data.every(({ archivedAt }) => archivedAt),
    );
    const errors = await api.notifications.list({ type: 'error', limit: 100 });
    assert.ok(errors.data.length > 0 && errors.data.every(({ type }) => type === 'error'));
    assert.ok(first.data.every(({ userId }) => userId === world.user.user.id));
  });

  it('marks read and unread, archives, snoozes; tells each with the new counts once', async () => {
    const { api } = world.user;
    const [unread] = (await api.notifications.list({ filter: 'unread' })).data;
    const { id, version } = unread!;
    const before = await api.notifications.counts();
    const read = await api.notifications.update({ id, read: true });
    assert.equal(read.readAt, new Date(world.time).toISOString());
    assert.equal(read.version, version + 1);
    const [updated, counted] = world.events(channel()).slice(-2);
    assert.deepEqual([updated?.type, updated?.payload], ['NOTIFICATION_UPDATED', read]);
    assert.deepEqual(
      [counted?.type, counted?.payload],
      ['NOTIFICATION_COUNTED', { ...before, unread: before.unread - 1 }],
    );
    const again = await api.notifications.update({ id, read: true });
    assert.equal(again.version, read.version, 'reading twice is no write');
    const snoozedUntil = '2027-01-01T08:00:00.000Z';
    assert.equal((await api.notifications.update({ id, snoozedUntil })).snoozedUntil, snoozedUntil);
    assert.equal((await api.notifications.update({ id, snoozedUntil: null })).snoozedUntil, null);
    assert.equal((await api.notifications.update({ id, read: false })).readAt, null);
    assert.ok((await api.notifications.update({ id, archived: true })).archivedAt);
    assert.equal((await api.notifications.counts()).archived, before.archived + 1);
  });

  it("does not know other people's", async () => {
    const [other] = (await world.admin.api.notifications.list()).data;
    await assert.rejects(
      world.user.api.notifications.update({ id: other!.id, read: true }),
      failsWith('NOT_FOUND'),
    );
  });

  it('honours If-Match', async () => {
    const [one] = (await world.user.api.notifications.list()).data;
    const stale = world.user.api.notifications.update(
      { id: one!.id, read: true },
      { ifMatch: one!.version + 1 },
    );
    await assert.rejects(stale, failsWith('PRECONDITION_FAILED'));
  });

  it('reads all, then archives all that are read, counting once each', async () => {
    const { api } = world.moderator;
    const own = `notifications:${world.moderator.user.id}`;
    const { total, unread, archived } = await api.notifications.counts();
    const at = new Date(world.time).toISOString();
    assert.deepEqual(await api.notifications.readAll(), { changed: unread, at });
    const types = world.events(own).map(({ type }) => type);
    assert.equal(types.filter((type) => type === 'NOTIFICATION_COUNTED').length, 1);
    assert.equal(types.filter((type) => type === 'NOTIFICATION_UPDATED').length, unread);
    assert.deepEqual(await api.notifications.readAll(), { changed: 0, at });
    assert.equal(world.events(own).length, unread + 1, 'nothing to tell');
    assert.deepEqual(await api.notifications.archiveRead(), { changed: total, at });
    assert.deepEqual(await api.notifications.counts(), {
      total: 0,
      unread: 0,
      snoozed: 0,
      archived: archived + total,
    });
  });

  it('takes back what was done to all at a moment, but what changed since', async () => {
    const { user, api } = await world.person('admin@inlay.test');
    const before = await api.notifications.counts();
    world.time += 60_000;
    const { at: readAt } = await api.notifications.readAll();
    world.time += 60_000;
    const [kept] = (await api.notifications.list()).data;
    await api.notifications.update({ id: kept!.id, archived: true });
    await api.notifications.update({ id: kept!.id, archived: false });
    world.time += 60_000;
    const archived = await api.notifications.archiveRead();
    assert.deepEqual(await api.notifications.restore({ at: archived.at }), {
      changed: archived.changed,
      at: new Date(world.time).toISOString(),
    });
    const after = await api.notifications.counts();
    assert.deepEqual(after, { ...before, unread: 0 }, 'read all, as before it was archived');
    await api.notifications.archiveRead();
    await api.notifications.restore({ at: readAt });
    assert.equal((await api.notifications.counts()).total, 0, 'all was written since');
    const { length } = world.events(`notifications:${user.id}`);
    await api.notifications.restore({ at: readAt });
    assert.equal(world.events(`notifications:${user.id}`).length, length, 'nothing to tell');
  });

  it('names the wire channel, not the physical one', async () => {
    const { headers, body } = await world.send('GET', '/api/notifications', { as: world.user });
    assert.match(headers.get('x-inlay-cursor')!, /^notifications@/);
    assert.equal((body['meta'] as { cursor: string }).cursor, headers.get('x-inlay-cursor'));
  });
});

describe('taking back while the clock goes on', () => {
  let time = Date.UTC(2026, 0, 15, 12);
  const world = useWorld({ now: () => (time += 1) });

  it('finds what was done by its moment', async () => {
    const { api } = world.user;
    const before = await api.notifications.counts();
    const read = await api.notifications.readAll();
    const archived = await api.notifications.archiveRead();
    assert.equal((await api.notifications.restore({ at: archived.at })).changed, before.total);
    assert.deepEqual(await api.notifications.counts(), { ...before, unread: 0 });
    assert.equal((await api.notifications.restore({ at: read.at })).changed, 0, 'written since');
  });
});
