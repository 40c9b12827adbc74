import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { seedData } from '../../mock-server/domain/seed.js';
import type { Standing } from '../../mock-server/store/base.js';
import { compareValues } from '../../mock-server/store/compare.js';
import { stands } from '../../mock-server/store/match.js';
import { rowsOf } from './world.js';

const now = Date.UTC(2026, 0, 15);
const many = 1_000_000;
const keys = ['name', 'email', 'role', 'status', 'teamId', 'createdAt', 'lastActiveAt'] as const;

describe('a million people of the seed', () => {
  const people = seedData({ seed: 1, users: many, now }).users;
  const anybody = fc.nat(many - 1);

  it('are found by id and by e-mail, and nobody else is', () => {
    fc.assert(
      fc.property(anybody, (index) => {
        const { id, email } = people.row(index);
        assert.equal(people.indexOf(id), index);
        assert.equal(people.indexOfEmail(email), index);
        assert.equal(people.idPrefix(index), parseInt(id.slice(0, 8), 16));
      }),
    );
    const { id, email } = people.row(7);
    const smaller = seedData({ seed: 1, users: 5, now }).users;
    const other = seedData({ seed: 2, users: many, now }).users;
    assert.deepEqual([smaller.indexOf(id), smaller.indexOfEmail(email)], [undefined, undefined]);
    assert.equal(other.indexOf(id), undefined);
    for (const wrong of ['', 'new', `${id.slice(0, -1)}x`, id.toUpperCase()])
      assert.equal(people.indexOf(wrong), undefined, wrong);
    for (const wrong of [
      '',
      '@example.com',
      'x.y@example.com',
      email.replace('@', '.0@'),
      'odd.bold.01@example.com',
      'admin@example.com',
    ])
      assert.equal(people.indexOfEmail(wrong), undefined, wrong);
  });

  it('are the same one by one as in any other order of asking', () => {
    const again = seedData({ seed: 1, users: many, now }).users;
    for (const index of [many - 1, 3, 500_000, 0]) {
      assert.deepEqual(again.row(index), people.row(index));
      for (const key of keys)
        assert.equal(again.columns[key].at(index), people.row(index)[key], key);
    }
  });

  it('have ranks that sort like their values, also beside values that nobody has', () => {
    const value = fc.oneof(
      anybody.map((index) => ({ index })),
      fc.constantFrom('', 'Ádám', 'zz', 'a@b', 'emma.brown', 'odd.bold.7@example.con', '\u{1F469}'),
      fc
        .date({ min: new Date(0), max: new Date(now * 2), noInvalidDate: true })
        .map((date) => date.toISOString()),
    );
    fc.assert(
      fc.property(fc.constantFrom(...keys), anybody, value, (key, index, other) => {
        const column = people.columns[key];
        const mine = column.at(index);
        const theirs = typeof other === 'string' ? other : column.at(other.index);
        if (key.endsWith('At') && theirs !== null && Number.isNaN(Date.parse(theirs as string)))
          return;
        const ranks = [column.rankAt(index), column.rank(theirs)] as const;
        assert.equal(column.rank(mine), ranks[0]);
        if (mine === null || theirs === null)
          assert.deepEqual(
            [ranks[0] === Infinity, ranks[1] === Infinity],
            [mine === null, theirs === null],
          );
        else
          assert.equal(
            Math.sign(ranks[0] - ranks[1]),
            Math.sign(compareValues(key, mine, theirs)),
            `${String(mine)} and ${String(theirs)} by ${key}`,
          );
      }),
      { numRuns: 1000 },
    );
  });

  it('are found by any part of their names and e-mails, and of nothing else', () => {
    const part = (text: string, start: number, length: number) =>
      text.slice(start % text.length, (start % text.length) + 1 + length).toLowerCase();
    const standing = fc.constantFrom<Standing>('start', 'word', 'anywhere');
    fc.assert(
      fc.property(
        anybody,
        anybody,
        fc.constantFrom('name', 'email'),
        standing,
        fc.nat(40),
        fc.nat(30),
        (index, other, key, how, start, length) => {
          const column = people.columns[key];
          const text = part(column.at(other) as string, start, length);
          const finds =
            column.finder!(text, how) ?? ((place) => stands(column.at(place), text, how));
          for (const place of [index, other])
            assert.equal(
              finds(place),
              stands(column.at(place), text, how),
              `${text} ${how} in ${String(column.at(place))}`,
            );
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('teams of the seed', () => {
  it('have up to 24 people, however many there are', () => {
    for (const users of [250, 5000]) {
      const rows = rowsOf(seedData({ seed: 1, users, now }).users);
      const sizes = new Map<string, number>();
      for (const { teamId } of rows) if (teamId) sizes.set(teamId, (sizes.get(teamId) ?? 0) + 1);
      assert.equal(sizes.size, 12);
      assert.ok(
        [...sizes.values()].every((size) => size > 10 && size <= 24),
        String([...sizes.values()]),
      );
    }
  });
});
