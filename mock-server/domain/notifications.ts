import type { NotificationCounts } from '../../src/contract/index.js';
import type { NotificationRow, Reader, Transaction, Where } from '../store/store.js';
import { Refusal, type Context, type Handlers } from './handler.js';
import { listPage } from './list-page.js';
import { reflect } from './reflect.js';
import { embedNotifications } from './views.js';
import { checkVersion, revise, write, type Changes } from './write.js';

const filters = {
  all: { archivedAt: null },
  unread: { archivedAt: null, readAt: null },
  archived: { archivedAt: { is: 'not-null' } },
} satisfies Record<string, Where<NotificationRow>>;

export const notificationHandlers: NonNullable<Handlers['notifications']> = {
  async list({ filter, type, cursor, limit }, ctx) {
    const userId = ctx.viewer!.id;
    const { rows, meta } = await listPage(ctx, `notifications:${userId}`, 'notifications', {
      where: { userId, ...filters[filter], ...(type && { type }) },
      sort: '-createdAt',
      cursor,
      limit,
    });
    return { data: await embedNotifications(ctx.store, rows), meta };
  },

  counts(_input, ctx) {
    const userId = ctx.viewer!.id;
    reflect(ctx, `notifications:${userId}`);
    return countNotifications(ctx.store, userId);
  },

  async update({ id, read, archived, snoozedUntil }, ctx) {
    const userId = ctx.viewer!.id;
    reflect(ctx, `notifications:${userId}`);
    return write(ctx, async (tx) => {
      const row = await tx.get('notifications', id);
      // That somebody else's exists is not theirs to know.
      if (row?.userId !== userId)
        throw new Refusal('NOT_FOUND', `You have no notification with the id ${id}.`);
      checkVersion(ctx, (await embedNotifications(tx, [row]))[0]!);
      const now = new Date(ctx.now()).toISOString();
      const [after] = await change(tx, ctx, [row], {
        readAt: stamp(read, row.readAt, now),
        archivedAt: stamp(archived, row.archivedAt, now),
        snoozedUntil,
      });
      return (await embedNotifications(tx, [after ?? row]))[0]!;
    });
  },

  readAll: (_input, ctx) =>
    changeAll(ctx, filters.unread, { readAt: new Date(ctx.now()).toISOString() }),

  archiveRead: (_input, ctx) =>
    changeAll(
      ctx,
      { archivedAt: null, readAt: { is: 'not-null' } },
      { archivedAt: new Date(ctx.now()).toISOString() },
    ),
};

export async function countNotifications(
  reader: Reader,
  userId: string,
): Promise<NotificationCounts> {
  const [total, unread, archived] = await Promise.all([
    reader.count('notifications', { userId, ...filters.all }),
    reader.count('notifications', { userId, ...filters.unread }),
    reader.count('notifications', { userId, ...filters.archived }),
  ]);
  return { total, unread, archived };
}

/** Stores new notifications of one person, and tells the person. */
export async function addNotifications(
  tx: Transaction,
  origin: string | undefined,
  userId: string,
  rows: readonly NotificationRow[],
): Promise<void> {
  for (const row of rows) await tx.insert('notifications', row);
  await tell(tx, origin, userId, 'NOTIFICATION_CREATED', rows);
}

function changeAll(ctx: Context, where: Where<NotificationRow>, changes: Changes<NotificationRow>) {
  const userId = ctx.viewer!.id;
  reflect(ctx, `notifications:${userId}`);
  return write(ctx, async (tx) => {
    const sort = { key: 'createdAt', descending: false } as const;
    const { rows } = await tx.list('notifications', {
      where: { userId, ...where },
      sort,
      limit: Infinity,
    });
    return { changed: (await change(tx, ctx, rows, changes)).length };
  });
}

/** Writes what differs and answers with it. All of the rows belong to the viewer. */
async function change(
  tx: Transaction,
  ctx: Context,
  rows: readonly NotificationRow[],
  changes: Changes<NotificationRow>,
): Promise<NotificationRow[]> {
  const changed = rows
    .map((row) => revise(row, changes, ctx.now()))
    .filter((row, index) => row !== rows[index]);
  for (const row of changed) await tx.update('notifications', row);
  if (changed.length > 0)
    await tell(tx, ctx.origin, ctx.viewer!.id, 'NOTIFICATION_UPDATED', changed);
  return changed;
}

async function tell(
  tx: Transaction,
  origin: string | undefined,
  userId: string,
  type: 'NOTIFICATION_CREATED' | 'NOTIFICATION_UPDATED',
  rows: readonly NotificationRow[],
): Promise<void> {
  const to = { channel: `notifications:${userId}`, ...(origin !== undefined && { origin }) };
  for (const payload of await embedNotifications(tx, rows))
    tx.emit({ ...to, type, id: payload.id, payload });
  tx.emit({
    ...to,
    type: 'NOTIFICATION_COUNTED',
    id: userId,
    payload: await countNotifications(tx, userId),
  });
}

/** When it happened: kept if it had, now if it had not, null to take it back. */
function stamp(
  wanted: boolean | undefined,
  current: string | null,
  now: string,
): string | null | undefined {
  if (wanted === undefined) return undefined;
  return wanted ? (current ?? now) : null;
}
