import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createCore } from '../../mock-server/core/core.js';
import { VirtualClock } from '../live/virtual-clock.js';
import { useWorld } from './world.js';

const minute = 60_000;

describe('snoozing a notification', () => {
  const world = useWorld();
  const at = (ms: number) => new Date(world.time + ms).toISOString();
  const channel = () => `notifications:${world.user.user.id}`;

  it('takes it out of all and unread until it is due, when it comes back unread', async () => {
    const { api } = world.user;
    const before = await api.notifications.counts();
    const [first] = (await api.notifications.list({ filter: 'unread' })).data;
    const { id } = first!;
    await api.notifications.update({ id, read: true });
    const snoozed = await api.notifications.update({ id, snoozedUntil: at(minute) });
    assert.equal(snoozed.snoozedUntil, at(minute));
    const { total, unread } = before;
    assert.deepEqual(await api.notifications.counts(), {
      ...before,
      total: total - 1,
      unread: unread - 1,
      snoozed: 1,
    });
    for (const filter of ['all', 'unread'] as const) {
      const { data: shown } = await api.notifications.list({ filter, limit: 100 });
      assert.ok(!shown.some((each) => each.id === id), filter);
    }
    const { data: waiting } = await api.notifications.list({ filter: 'snoozed' });
    assert.deepEqual(waiting, [snoozed]);

    world.time += minute;
    assert.deepEqual(await api.notifications.counts(), before);
    const [updated, counted] = world.events(channel()).slice(-2);
    assert.deepEqual(updated?.payload, {
      ...snoozed,
      version: snoozed.version + 1,
      updatedAt: at(0),
      snoozedUntil: null,
      readAt: null,
    });
    assert.deepEqual([counted?.type, counted?.payload], ['NOTIFICATION_COUNTED', before]);
  });

  it('does not wait for what has passed, and waits in one way of writing', async () => {
    const { api } = world.user;
    const [one] = (await api.notifications.list()).data;
    const { id } = one!;
    assert.equal((await api.notifications.update({ id, snoozedUntil: at(0) })).snoozedUntil, null);
    const later = at(minute);
    const short = later.replace('.000', '');
    const { version, snoozedUntil } = await api.notifications.update({ id, snoozedUntil: short });
    assert.equal(snoozedUntil, later);
    assert.equal((await api.notifications.update({ id, snoozedUntil: later })).version, version);
    assert.equal((await api.notifications.update({ id, snoozedUntil: null })).readAt, one!.readAt);
  });

  it('takes no time that there is not', async () => {
    const [one] = (await world.user.api.notifications.list()).data;
    const never = ['2026-99-99T99:99:99Z', '2026-01-01T25:00:00Z', '0000-00-00T00:00:00.000Z'];
    for (const at of never) {
      const send = (method: string, path: string, body: object) =>
        world.send(method, `/api/notifications/${path}`, {
          as: world.user,
          body: JSON.stringify(body),
        });
      assert.equal((await send('POST', 'restore', { at })).status, 400, at);
      assert.equal((await send('PATCH', one!.id, { snoozedUntil: at })).status, 400, at);
    }
  });

  it('lets neither all be read nor all be archived that is snoozed', async () => {
    const { api } = world.moderator;
    const [read] = (await api.notifications.list({ limit: 100 })).data.filter(
      (each) => each.readAt,
    );
    const [unread] = (await api.notifications.list({ filter: 'unread' })).data;
    for (const { id } of [read!, unread!])
      await api.notifications.update({ id, snoozedUntil: at(minute) });
    await api.notifications.readAll();
    await api.notifications.archiveRead();
    const { data } = await api.notifications.list({ filter: 'snoozed' });
    assert.deepEqual(new Set(data.map(({ id }) => id)), new Set([read!.id, unread!.id]));
    assert.equal(data.find(({ id }) => id === unread!.id)!.readAt, null);
    const archived = await api.notifications.update({ id: read!.id, archived: true });
    assert.equal((await api.notifications.counts()).snoozed, 1, 'what is archived is only that');
    world.time += minute;
    const { data: kept } = await api.notifications.list({ filter: 'archived', limit: 100 });
    assert.equal(kept.find(({ id }) => id === read!.id)!.readAt, archived.readAt);
  });
});

describe('waking by the clock', () => {
  const open = (slept = () => 0) => {
    const clock = new VirtualClock();
    const now = () => clock.now() + slept();
    const core = createCore({ now, timers: clock, users: 3 });
    /** Snoozes all that is shown of somebody by so many ms, as nobody asks again. */
    const snooze = async (email: string, ms: number, count = 1) => {
      const { user } = await core.signIn(email);
      await core.notify({ userId: user.id, count });
      const sort = { key: 'createdAt', descending: true } as const;
      const { rows } = await core.store.list('notifications', {
        where: { userId: user.id },
        sort,
        limit: count,
      });
      const route = core.routes.find(({ name }) => name === 'notifications.update')!;
      const { accessToken } = await core.signIn(email);
      const headers: Record<string, string> = { authorization: `Bearer ${accessToken}` };
      for (const { id } of rows) {
        const answer = await core.dispatch(route, {
          id: core.newId(),
          askedAt: 'http://localhost',
          params: { id },
          query: new URLSearchParams(),
          header: (name) => headers[name],
          readBody: () => Promise.resolve({ snoozedUntil: new Date(now() + ms).toISOString() }),
        });
        assert.equal(answer?.status, 200);
      }
      return user.id;
    };
    const snoozed = () => core.store.count('notifications', { snoozedUntil: { is: 'not-null' } });
    return { clock, core, snooze, snoozed };
  };

  it('wakes each when it is due, however far off, with one timer for all', async () => {
    const { clock, snooze, snoozed } = open();
    const before = clock.pending;
    await snooze('user@inlay.test', 100 * 24 * 60 * minute);
    await snooze('admin@inlay.test', minute);
    assert.equal(clock.pending, before + 1);
    await clock.advance(minute - 1);
    assert.equal(await snoozed(), 2);
    await clock.advance(1);
    assert.equal(await snoozed(), 1);
    await clock.advance(100 * 24 * 60 * minute - minute - 1);
    assert.equal(await snoozed(), 1);
    assert.equal(clock.pending, before + 1);
    await clock.advance(1);
    assert.equal(await snoozed(), 0);
    assert.equal(clock.pending, before, 'nothing is waited for any more');
  });

  it('wakes more at once than one transaction takes, telling each person the counts', async () => {
    const { clock, core, snooze, snoozed } = open();
    const user = await snooze('user@inlay.test', minute, 900);
    const admin = await snooze('admin@inlay.test', minute, 300);
    const heads = () => [user, admin].map((id) => core.bus.head(`notifications:${id}`).offset);
    const [ofUser, ofAdmin] = heads();
    await clock.advance(minute);
    assert.equal(await snoozed(), 0);
    const told = heads();
    assert.ok(told[0]! - ofUser! <= 900 + 3, `${told[0]! - ofUser!} events`);
    assert.ok(told[1]! - ofAdmin! <= 300 + 3, `${told[1]! - ofAdmin!} events`);
    const last = core.bus.read(`notifications:${user}`, told[0]! - 1);
    assert.equal(([...last!][0]!.payload as { snoozed: number }).snoozed, 0);
  });

  it('wakes within a minute after the machine slept', async () => {
    let slept = 0;
    const { clock, snooze, snoozed } = open(() => slept);
    await snooze('user@inlay.test', 60 * minute);
    // Timers do not follow the clock, but stand still.
    slept = 60 * minute;
    assert.equal(await snoozed(), 1);
    await clock.advance(minute);
    assert.equal(await snoozed(), 0);
  });

  it('waits for nothing that a reset took away', async () => {
    const { clock, core, snooze } = open();
    const before = clock.pending;
    await snooze('user@inlay.test', minute);
    await core.reset();
    assert.equal(clock.pending, before);
    await clock.advance(minute);
  });
});
