import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Notification, Project, User } from '../../src/contract/index.js';
import { personas } from '../../mock-server/domain/personas.js';
import { seedData } from '../../mock-server/domain/seed.js';
import { fullUser } from '../../mock-server/domain/views.js';
import { rowsOf } from './world.js';

const now = Date.UTC(2026, 0, 15);

describe('the seed', () => {
  const make = (seed: number, count = 250) => {
    const { users, ...data } = seedData({ seed, users: count, now });
    return { ...data, base: users, users: rowsOf(users) };
  };
  const data = make(1);

  it('makes the same for the same options, and other people for another seed', () => {
    const { base: _, ...again } = make(1);
    const { base: __, ...first } = data;
    assert.deepEqual(again, first);
    const other = make(2);
    assert.notEqual(other.users[9]?.id, data.users[9]?.id);
  });

  it('fits the contract, with unique ids and e-mails', () => {
    for (const user of data.users) User.parse(fullUser(user));
    for (const { memberIds: _, ...project } of data.projects)
      Project.parse({ ...project, members: [] });
    for (const { actorId: _, ...notification } of data.notifications)
      Notification.parse({ ...notification, actor: null });
    const all = [...data.users, ...data.projects, ...data.teams, ...data.notifications];
    assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
    assert.equal(new Set(data.users.map(({ email }) => email.toLowerCase())).size, 250);
    assert.deepEqual([data.users.length, data.teams.length, data.projects.length], [250, 12, 40]);
  });

  it('has names of many scripts and some that break careless pages', () => {
    const names = data.users.map(({ name }) => name).join('\n');
    for (const script of [
      /\p{Script=Han}/u,
      /\p{Script=Arabic}/u,
      /\p{Script=Hebrew}/u,
      /\p{Script=Cyrillic}/u,
      /\p{Script=Greek}/u,
      /<img src=x/,
      /DROP TABLE/,
    ]) {
      assert.match(names, script);
    }
    assert.doesNotMatch(
      data.users
        .slice(0, 20)
        .map(({ name }) => name)
        .join(),
      /[<{=]/,
      'not on the first page',
    );
  });

  it('has nothing from the future, and sixty notifications for each persona within two weeks', () => {
    const latest = new Date(now).toISOString();
    const earliest = new Date(now - 15 * 86_400_000).toISOString();
    const times = [...data.users, ...data.projects, ...data.notifications].map(
      ({ createdAt }) => createdAt,
    );
    assert.ok(times.every((time) => time <= latest));
    for (const [index] of personas.entries()) {
      const own = data.notifications.filter(({ userId }) => userId === data.users[index]?.id);
      assert.equal(own.length, 60);
      assert.ok(own.every(({ createdAt }) => createdAt > earliest));
      assert.ok(
        new Set(own.map(({ createdAt }) => createdAt.slice(0, 10))).size > 5,
        'over many days',
      );
    }
  });
});
