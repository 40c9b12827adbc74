import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { notificationTypes } from '../../src/contract/index.js';
import { failsWith, useWorld } from './world.js';

describe('what a person wants to be notified of', () => {
  const world = useWorld();

  it('is everything in the page until the person says otherwise', async () => {
    const preferences = await world.user.api.notifications.preferences();
    assert.ok(notificationTypes.every((type) => preferences[type].inApp));
  });

  it('is kept for each person, and heeded from then on', async () => {
    const { api, user } = world.user;
    const preferences = {
      ...(await api.notifications.preferences()),
      info: { inApp: false, email: true },
    };
    assert.deepEqual(await api.notifications.setPreferences({ preferences }), preferences);
    assert.deepEqual(await api.notifications.preferences(), preferences);
    assert.ok((await world.admin.api.notifications.preferences()).info.inApp);

    const before = await api.notifications.counts();
    const { length } = world.events(`notifications:${user.id}`);
    const { server } = world;
    assert.equal(await server.notify({ userId: user.id, type: 'info', count: 3 }), 0);
    assert.deepEqual(await api.notifications.counts(), before);
    assert.equal(world.events(`notifications:${user.id}`).length, length, 'nothing is told');
    assert.equal(await server.notify({ userId: user.id, type: 'error' }), 1);
    assert.equal(await server.notify({ userId: world.admin.user.id, type: 'info' }), 1);

    preferences.info.inApp = true;
    await api.notifications.setPreferences({ preferences });
    assert.equal(await server.notify({ userId: user.id, type: 'info' }), 1);
  });

  it('is said of every type, by yes or no', async () => {
    const { api } = world.user;
    const before = await api.notifications.preferences();
    const { info: _, ...others } = before;
    for (const preferences of [others, { ...before, info: { inApp: 'no', email: true } }, null]) {
      const sent = api.notifications.setPreferences({ preferences: preferences as typeof before });
      await assert.rejects(sent, failsWith('BAD_REQUEST', { field: 'preferences' }));
    }
    assert.deepEqual(await api.notifications.preferences(), before);
  });
});
