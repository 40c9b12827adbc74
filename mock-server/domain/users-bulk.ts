import type { BulkAction, BulkOutcome, Role, UserStatus } from '../../src/contract/index.js';
import { DuplicateError, type Transaction } from '../store/store.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { Refusal, type Context, type Handlers } from './handler.js';
import { PeopleChanges } from './people-changes.js';
import {
  changeUser,
  checkNotOneself,
  deleteUser,
  findUser,
  purgeDeleted,
  restoreUser,
  type Revoke,
} from './user-changes.js';
import { selectPeople } from './users.js';
import { conflictOf, write } from './write.js';

const chunk = 500;
const newestFirst = '-createdAt';

type Filter = Parameters<typeof selectPeople>[0];

/**
 * One transaction for all, so that teams and projects are told once; what is refused for one
 * person was not begun, and stops nobody else.
 */
export function bulkHandlers(revoke: Revoke) {
  return {
    async bulk({ action, value, ids, filter, cursor }, ctx) {
      const changed: string[] = [];
      const answer = await write(ctx, async (tx) => {
        await purgeDeleted(tx, ctx.now());
        const named = ids && { ids: [...new Set(ids)], nextCursor: null };
        const { ids: chosen, nextCursor } = named ?? (await nextMatching(tx, filter!, cursor));
        const people = new PeopleChanges(tx, ctx);
        const results: BulkOutcome[] = [];
        // Undone in the opposite order, so that projects go back the way they came.
        for (const id of action === 'restore' ? chosen.toReversed() : chosen) {
          const step = async () => {
            if (await act(people, ctx, { id, action, value })) changed.push(id);
          };
          results.push(await outcomeOf(id, step));
        }
        await people.finish();
        return { results, nextCursor };
      });
      for (const userId of changed) revoke({ userId });
      return answer;
    },
  } satisfies Handlers['users'];
}

/** The people after the cursor in an order that no action changes. */
async function nextMatching(tx: Transaction, filter: Filter, cursor: string | undefined) {
  const { rows, hasMore } = await tx.list('users', {
    ...selectPeople(filter),
    sort: { key: 'createdAt', descending: true },
    ...(cursor && { after: decodeCursor(newestFirst, cursor) }),
    limit: chunk,
  });
  const last = rows.at(-1);
  const nextCursor = hasMore && last ? encodeCursor(newestFirst, last.createdAt, last.id) : null;
  return { ids: rows.map(({ id }) => id), nextCursor };
}

interface Step {
  id: string;
  action: BulkAction;
  value: Role | UserStatus | undefined;
}

/** Whether it changed the person's rights. */
async function act(people: PeopleChanges, ctx: Context, step: Step): Promise<boolean> {
  const { id, action, value } = step;
  if (action === 'restore') {
    await restoreUser(people, ctx, id);
    return false;
  }
  if (action === 'delete') checkNotOneself(ctx, id);
  const user = await findUser(people.tx, id);
  if (action !== 'delete')
    return (await changeUser(people, ctx, user, { [action]: value })) !== user;
  await deleteUser(people, ctx, user);
  return true;
}

async function outcomeOf(id: string, work: () => Promise<unknown>): Promise<BulkOutcome> {
  try {
    await work();
    return { id, ok: true };
  } catch (error) {
    const refusal = error instanceof DuplicateError ? conflictOf(error) : error;
    if (!(refusal instanceof Refusal)) throw error;
    return { id, ok: false, code: refusal.code, detail: refusal.message };
  }
}
