import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { seedData } from '../../mock-server/domain/seed.js';
import { createMemoryBus } from '../../mock-server/live/memory-bus.js';
import { createMemoryStore } from '../../mock-server/store/memory.js';
import type { ListQuery, Reader, Transaction, UserRow } from '../../mock-server/store/store.js';
import { rowsOf } from './world.js';

type Selection = Pick<ListQuery<UserRow>, 'where' | 'search' | 'sort'>;

const now = Date.UTC(2026, 0, 1);
// More than one chunk, so that rows cross from one into another.
const people = seedData({ seed: 3, users: 1100, now }).users;
const rows = rowsOf(people);

/** What a list should be, the plain way. */
function listNaively(all: Iterable<UserRow>, { where, search, sort }: Selection): UserRow[] {
  const collator = new Intl.Collator('en');
  const words = search?.text.toLowerCase().split(' ') ?? [];
  const fits = (row: UserRow) =>
    (where?.role === undefined || row.role === where.role) &&
    (where?.status === undefined || row.status === where.status) &&
    words.every((word) =>
      search!.fields.some((field) => String(row[field]).toLowerCase().includes(word)),
    );
  const byId = (a: UserRow, b: UserRow) => (a.id < b.id ? -1 : 1);
  return [...all].filter(fits).sort((a, b) => {
    const [one, other] = [a[sort.key] as string | null, b[sort.key] as string | null];
    if (one === other) return byId(a, b);
    if (one === null || other === null) return one === null ? 1 : -1;
    const order = sort.key === 'name' ? collator.compare(one, other) : one < other ? -1 : 1;
    return order === 0 ? byId(a, b) : sort.descending ? -order : order;
  });
}

function searchNaively(all: Iterable<UserRow>, q: string, withEmail: boolean): UserRow[] {
  const text = q.toLowerCase();
  const level = ({ name, email }: UserRow) => {
    const lower = name.toLowerCase();
    const starts = [...lower].flatMap((_, at) => (lower.startsWith(text, at) ? [at] : []));
    if (starts[0] === 0) return 0;
    if (starts.some((at) => " ’'-".includes(lower[at - 1]!))) return 1;
    if (withEmail && email.toLowerCase().startsWith(text)) return 2;
    const all = text
      .split(' ')
      .every((word) => lower.includes(word) || (withEmail && email.toLowerCase().includes(word)));
    return all ? 3 : 4;
  };
  const byName = listNaively(all, { sort: { key: 'name', descending: false } });
  return byName.filter((row) => level(row) < 4).sort((a, b) => level(a) - level(b));
}

const texts = [
  'emma',
  'SON',
  'a',
  'an.',
  '.2@example',
  '1',
  '@',
  'ad',
  '<b',
  '王',
  'zzz',
  'made',
  'son em',
];
const selection: fc.Arbitrary<Selection> = fc.record(
  {
    sort: fc.record({
      key: fc.constantFrom('name', 'email', 'role', 'createdAt', 'lastActiveAt', 'id'),
      descending: fc.boolean(),
    }),
    where: fc.record(
      {
        role: fc.constantFrom<UserRow['role']>('admin', 'user'),
        status: fc.constantFrom<UserRow['status']>('active', 'invited'),
      },
      { requiredKeys: [] },
    ),
    search: fc.record({
      text: fc.constantFrom(...texts),
      fields: fc.constantFrom<('name' | 'email')[]>(['name', 'email'], ['name']),
    }),
  },
  { requiredKeys: ['sort'] },
);

const write = fc.record({
  kind: fc.constantFrom('insert', 'update', 'update', 'delete', 'restore'),
  index: fc.nat(1099),
  changes: fc.record(
    {
      name: fc.oneof(
        fc.constantFrom('Ada', 'ada', 'Ádám', '王伟', '', 'O’Made Up'),
        fc.nat(1099).map((index) => rows[index]!.name),
      ),
      role: fc.constantFrom<UserRow['role']>('user', 'admin'),
      status: fc.constantFrom<UserRow['status']>('active', 'suspended'),
      // Of whole seconds as the seed has them, and of any; of people there are, and of others.
      lastActiveAt: fc.oneof(
        fc.constant(null),
        fc.integer({ min: -5_000_000, max: 10 }).map((ms) => new Date(now + ms).toISOString()),
        fc.nat(1099).map((index) => rows[index]!.lastActiveAt),
      ),
    },
    { requiredKeys: [] },
  ),
});
type Write = typeof write extends fc.Arbitrary<infer W> ? W : never;

/** A store, and beside it what it should hold. */
function setUp(users: typeof people | UserRow[]) {
  const store = createMemoryStore(createMemoryBus());
  store.load({ users });
  const model = new Map(rows.map((row) => [row.id, row]));
  const ids = [...model.keys()];
  const gone: UserRow[] = [];
  let made = 0;

  async function apply(tx: Transaction, { kind, index, changes }: Write): Promise<void> {
    const row = model.get(ids[index % ids.length]!);
    if (kind === 'delete' && row) {
      await tx.delete('users', row.id);
      model.delete(row.id);
      gone.push(row);
    } else if (kind === 'update' && row) {
      const after = { ...row, ...changes, version: row.version + 1 };
      if (index % 3 === 0) after.email = `made${(made += 1)}@example.com`;
      await tx.update('users', after);
      model.set(row.id, after);
    } else {
      const back = kind === 'restore' ? gone.pop() : undefined;
      const id = index % 2 === 0 ? crypto.randomUUID() : `made-${made}`;
      const inserted = back
        ? { ...back, version: back.version + 2 }
        : { ...rows[index]!, ...changes, id, email: `made${(made += 1)}@Made.test`, version: 1 };
      await tx.insert('users', inserted);
      model.set(inserted.id, inserted);
      if (!back) ids.push(inserted.id);
    }
  }

  async function check(reader: Reader, wanted: Selection): Promise<void> {
    const expected = listNaively(model.values(), wanted);
    const all = await reader.list('users', { ...wanted, limit: Infinity });
    assert.deepEqual([all.total, all.hasMore], [expected.length, false]);
    assert.deepEqual(all.rows, expected);
    assert.equal(await reader.count('users'), model.size);
    if (!wanted.search) assert.equal(await reader.count('users', wanted.where), expected.length);
    const limit = 1 + Math.ceil(expected.length / 7);
    for (let offset = 0; offset < expected.length; offset += limit) {
      const page = await reader.list('users', { ...wanted, limit, offset });
      assert.deepEqual(page.rows, expected.slice(offset, offset + limit));
      assert.equal(page.hasMore, offset + limit < expected.length);
      const last = expected[offset - 1];
      if (!last) continue;
      const after = { value: last[wanted.sort.key] as string | null, id: last.id };
      assert.deepEqual(await reader.list('users', { ...wanted, limit, after }), page);
    }
  }
  return { store, model, gone, apply, check };
}

const bases = { 'computed people': people, 'plain rows': rows };

for (const [name, users] of Object.entries(bases)) {
  describe(`lists over ${name}`, () => {
    it('are what sorting and filtering everybody gives, after any writes, also within a transaction', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(write, { maxLength: 12 }), { maxLength: 4 }),
          fc.array(selection, { minLength: 1, maxLength: 4 }),
          async (transactions, selections) => {
            const { store, apply, check } = setUp(users);
            // Made before the writes, and kept up to date; the last one is made after them.
            for (const each of selections.slice(1)) await check(store, each);
            for (const writes of transactions) {
              await store.transaction(async (tx) => {
                for (const [place, each] of writes.entries()) {
                  await apply(tx, each);
                  if (place % 4 === 0) await check(tx, selections[place % selections.length]!);
                }
              });
              await check(store, selections[transactions.indexOf(writes) % selections.length]!);
            }
            for (const each of selections) await check(store, each);
          },
        ),
        { numRuns: 25 },
      );
    });

    it('by cursor show everybody who stays exactly once, whatever comes, goes and changes meanwhile', async () => {
      await fc.assert(
        fc.asyncProperty(
          selection,
          fc.integer({ min: 1, max: 200 }),
          fc.array(fc.array(write, { maxLength: 4 }), { maxLength: 12 }),
          async (wanted, size, transactions) => {
            const { store, model, apply } = setUp(users);
            const staying = new Map(listNaively(rows, wanted).map((row) => [row.id, row]));
            const limit = size + Math.floor(staying.size / 20);
            const seen: string[] = [];
            const pending = [...transactions];
            for (let after: ListQuery<UserRow>['after']; ;) {
              const page = await store.list('users', { ...wanted, limit, ...(after && { after }) });
              assert.equal(page.total, listNaively(model.values(), wanted).length);
              seen.push(...page.rows.map(({ id }) => id));
              const last = page.rows.at(-1);
              if (!page.hasMore || !last) break;
              after = { value: last[wanted.sort.key] as string | null, id: last.id };
              const writes = pending.shift() ?? [];
              await store.transaction(async (tx) => {
                for (const each of writes) await apply(tx, each);
              });
              // Who was changed may have moved, before or behind the cursor.
              for (const [id, row] of staying) if (model.get(id) !== row) staying.delete(id);
            }
            const times = new Map<string, number>();
            for (const id of seen) times.set(id, (times.get(id) ?? 0) + 1);
            const wrong = [...staying.keys()].filter((id) => times.get(id) !== 1);
            assert.deepEqual(wrong, [], 'lost or doubled');
          },
        ),
        { numRuns: 25 },
      );
    });

    it('find the best matches in order of how well they match, then by name', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(write, { maxLength: 30 }),
          fc.constantFrom(...texts),
          fc.boolean(),
          fc.integer({ min: 1, max: 40 }),
          async (writes, text, withEmail, limit) => {
            const { store, model, apply } = setUp(users);
            const fields: ('name' | 'email')[] = withEmail ? ['name', 'email'] : ['name'];
            await store.transaction(async (tx) => {
              for (const each of writes) await apply(tx, each);
              const expected = searchNaively(model.values(), text, withEmail).slice(0, limit);
              assert.deepEqual(await tx.search({ text, fields, limit }), expected);
            });
            const expected = searchNaively(model.values(), text, withEmail).slice(0, limit);
            assert.deepEqual(await store.search({ text, fields, limit }), expected);
          },
        ),
        { numRuns: 40 },
      );
    });

    it('take in thousands at one place, and let them go again', async () => {
      const { store, check } = setUp(users);
      const sort = { key: 'createdAt', descending: true } as const;
      await check(store, { sort });
      const createdAt = new Date(now + 1).toISOString();
      const added = Array.from({ length: 3000 }, (_, index) => ({
        ...rows[9]!,
        createdAt,
        id: crypto.randomUUID(),
        email: `${index}@new.test`,
      }));
      await store.transaction(async (tx) => {
        for (const row of added) await tx.insert('users', row);
      });
      const { rows: first, total } = await store.list('users', { sort, limit: 3001 });
      assert.equal(total, 4100);
      assert.deepEqual(
        first.slice(0, 3000).map(({ id }) => id),
        added.map(({ id }) => id).sort(),
      );
      await store.transaction(async (tx) => {
        for (const { id } of added) await tx.delete('users', id);
      });
      await check(store, { sort });
    });

    it('are right again when nobody looked for tens of thousands of writes', async () => {
      const { store, model, check } = setUp(users);
      const wanted = { sort: { key: 'name', descending: false }, where: { role: 'user' } } as const;
      await check(store, wanted);
      for (let index = 0; index < 20_100; index += 1) {
        const row = model.get(rows[index % 50]!.id)!;
        const after = { ...row, name: `${index} Again`, version: row.version + 1 };
        await store.transaction((tx) => tx.update('users', after));
        model.set(row.id, after);
      }
      await check(store, wanted);
    });
  });
}
