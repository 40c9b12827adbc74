import type { NotificationRow, Where } from '../store/store.js';
import { Refusal, type Context, type Handlers } from './handler.js';
import { listPage } from './list-page.js';
import { changeNotifications, countNotifications, filters } from './notification-changes.js';
import { preferenceHandlers } from './preferences.js';
import { reflect } from './reflect.js';
import type { Snoozes } from './snoozes.js';
import { embedNotifications } from './views.js';
import { checkVersion, write, type Changes } from './write.js';

type NotificationHandlers = NonNullable<Handlers['notifications']>;

export function notificationHandlers(snoozes: Snoozes): NotificationHandlers {
  /** Changes all of the viewer's that are so. */
  async function changeAll(
    ctx: Context,
    where: Where<NotificationRow>,
    changes: (row: NotificationRow) => Changes<NotificationRow>,
    at = timeOf(ctx),
  ) {
    const userId = ctx.viewer!.id;
    await snoozes.settle();
    reflect(ctx, `notifications:${userId}`);
    return write(ctx, async (tx) => {
      const sort = { key: 'createdAt', descending: false } as const;
      const { rows } = await tx.list('notifications', {
        where: { userId, ...where },
        sort,
        limit: Infinity,
      });
      const changed = await changeNotifications(tx, whoseOf(ctx, at), rows, changes);
      return { changed: changed.length, at };
    });
  }

  return {
    ...preferenceHandlers,

    async list({ filter, type, cursor, limit }, ctx) {
      const userId = ctx.viewer!.id;
      await snoozes.settle();
      const { rows, meta } = await listPage(ctx, `notifications:${userId}`, 'notifications', {
        where: { userId, ...filters[filter], ...(type && { type }) },
        sort: '-createdAt',
        cursor,
        limit,
      });
      return { data: await embedNotifications(ctx.store, rows), meta };
    },

    async counts(_input, ctx) {
      const userId = ctx.viewer!.id;
      await snoozes.settle();
      reflect(ctx, `notifications:${userId}`);
      return countNotifications(ctx.store, userId);
    },

    async update({ id, read, archived, snoozedUntil: until }, ctx) {
      const userId = ctx.viewer!.id;
      await snoozes.settle();
      reflect(ctx, `notifications:${userId}`);
      const snoozedUntil = until && futureOf(until, ctx.now());
      const answer = await write(ctx, async (tx) => {
        const row = await tx.get('notifications', id);
        // That somebody else's exists is not theirs to know.
        if (row?.userId !== userId)
          throw new Refusal('NOT_FOUND', `You have no notification with the id ${id}.`);
        checkVersion(ctx, (await embedNotifications(tx, [row]))[0]!);
        const now = timeOf(ctx);
        const [after = row] = await changeNotifications(tx, whoseOf(ctx, now), [row], () => ({
          readAt: stamp(read, row.readAt, now),
          archivedAt: stamp(archived, row.archivedAt, now),
          snoozedUntil,
        }));
        return (await embedNotifications(tx, [after]))[0]!;
      });
      if (answer.snoozedUntil) snoozes.plan(answer.snoozedUntil);
      return answer;
    },

    readAll: (_input, ctx) => {
      const readAt = timeOf(ctx);
      return changeAll(ctx, filters.unread, () => ({ readAt }), readAt);
    },

    archiveRead: (_input, ctx) => {
      const archivedAt = timeOf(ctx);
      const read: Where<NotificationRow> = { ...filters.all, readAt: { is: 'not-null' } };
      return changeAll(ctx, read, () => ({ archivedAt }), archivedAt);
    },

    restore: ({ at }, ctx) => {
      const updatedAt = new Date(at).toISOString();
      // What was written later is as somebody wanted it since.
      return changeAll(ctx, { updatedAt }, ({ archivedAt, readAt }) =>
        archivedAt === updatedAt
          ? { archivedAt: null }
          : { readAt: readAt === updatedAt ? null : readAt },
      );
    },
  };
}

const timeOf = (ctx: Context) => new Date(ctx.now()).toISOString();

const whoseOf = (ctx: Context, at: string) => ({
  userId: ctx.viewer!.id,
  now: Date.parse(at),
  origin: ctx.origin,
});

/** The time as it is stored, null when it has passed: there is nothing to wait for. */
function futureOf(until: string, now: number): string | null {
  const time = Date.parse(until);
  return time > now ? new Date(time).toISOString() : null;
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
