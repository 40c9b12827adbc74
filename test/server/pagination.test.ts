import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { useWorld } from './world.js';

describe('pages under writes', () => {
  const world = useWorld({ users: 40 });

  const write = fc.oneof(
    fc.record({
      kind: fc.constant('create' as const),
      name: fc.stringMatching(/^[A-Za-zÀ-ž]{1,6}$/),
    }),
    fc.record({ kind: fc.constant('delete' as const), index: fc.nat(60) }),
    fc.record({ kind: fc.constant('none' as const) }),
  );

  it('shows everybody who stays exactly once, whatever comes and goes meanwhile', async () => {
    const { api } = world.admin;
    let created = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(
          'name',
          '-name',
          'createdAt',
          '-createdAt',
          'email',
          'role',
          '-lastActiveAt',
        ) as fc.Arbitrary<'name'>,
        fc.integer({ min: 1, max: 9 }),
        fc.array(write, { maxLength: 12 }),
        async (sort, limit, writes) => {
          const before = (await api.users.list({ limit: 100 })).data.map(({ id }) => id);
          const gone = new Set<string>();
          const seen: string[] = [];
          const pending = [...writes];
          for (let cursor: string | undefined; ;) {
            const { data, meta } = await api.users.list({ sort, limit, ...(cursor && { cursor }) });
            seen.push(...data.map(({ id }) => id));
            assert.ok(seen.length < 500, 'pages come to an end');
            if (!meta.nextCursor) break;
            cursor = meta.nextCursor;
            const next = pending.shift();
            if (next?.kind === 'create') {
              world.time += 1;
              await api.users.create({ name: next.name, email: `p${(created += 1)}@pages.test` });
            } else if (next?.kind === 'delete') {
              const id = before[next.index % before.length]!;
              if (
                gone.has(id) ||
                [world.admin, world.user, world.moderator].some(({ user }) => user.id === id)
              )
                continue;
              gone.add(id);
              await api.users.delete({ id });
            }
          }
          assert.equal(new Set(seen).size, seen.length, 'nobody twice');
          const lost = before.filter((id) => !gone.has(id) && !seen.includes(id));
          assert.deepEqual(lost, [], 'nobody lost');
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('a cursor', () => {
  const world = useWorld({ users: 10 });

  it('goes on after the longest name, in whatever script', async () => {
    const { api } = world.admin;
    for (const [index, char] of ['\u{4dbf}', '\u{1}', '\u{1f469}'].entries()) {
      const name = (last: string) => char.repeat(98 / char.length) + last;
      for (const last of ['a', 'b', 'c']) {
        await api.users.create({ name: name(last), email: `${last}${index}@new.test` });
      }
      const search = char.repeat(20);
      const first = await api.users.list({ sort: 'name', limit: 1, search });
      const cursor = first.meta.nextCursor!;
      const second = await api.users.list({ sort: 'name', limit: 1, search, cursor });
      assert.equal(second.data[0]!.name, name('b'));
    }
  });
});
