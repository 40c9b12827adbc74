import type { NotificationCounts } from '../../src/contract/index.js';
import type { NotificationRow, Reader, Transaction, Where } from '../store/store.js';
import { preferencesOf } from './preferences.js';
import { embedNotifications } from './views.js';
import { revise, type Changes } from './write.js';

/** Which rows a filter shows. Snoozed is what has a time to wake at: when due, it is taken off. */
export const filters = {
  all: { archivedAt: null, snoozedUntil: null },
  unread: { archivedAt: null, snoozedUntil: null, readAt: null },
  snoozed: { archivedAt: null, snoozedUntil: { is: 'not-null' } },
  archived: { archivedAt: { is: 'not-null' } },
} satisfies Record<string, Where<NotificationRow>>;

/** Whose notifications are written, when, and by which client. */
interface Whose {
  userId: string;
  now: number;
  origin: string | undefined;
}

export async function countNotifications(
  reader: Reader,
  userId: string,
): Promise<NotificationCounts> {
  const [total, unread, snoozed, archived] = await Promise.all(
    (['all', 'unread', 'snoozed', 'archived'] as const).map((filter) =>
      reader.count('notifications', { userId, ...filters[filter] }),
    ),
  );
  return { total: total!, unread: unread!, snoozed: snoozed!, archived: archived! };
}

/** Stores new notifications of one person and tells the person, but of types that the person wants none of. Answers how many there are. */
export async function addNotifications(
  tx: Transaction,
  origin: string | undefined,
  userId: string,
  rows: readonly NotificationRow[],
): Promise<number> {
  const preferences = await preferencesOf(tx, userId);
  const wanted = rows.filter(({ type }) => preferences[type].inApp);
  for (const row of wanted) await tx.insert('notifications', row);
  await tell(tx, { userId, origin }, 'NOTIFICATION_CREATED', wanted);
  return wanted.length;
}

/** Writes what differs, tells the person of it, and answers with it. All rows are that person's. */
export async function changeNotifications(
  tx: Transaction,
  whose: Whose,
  rows: readonly NotificationRow[],
  changes: (row: NotificationRow) => Changes<NotificationRow>,
): Promise<NotificationRow[]> {
  const changed = rows
    .map((row) => revise(row, changes(row), whose.now))
    .filter((row, index) => row !== rows[index]);
  for (const row of changed) await tx.update('notifications', row);
  await tell(tx, whose, 'NOTIFICATION_UPDATED', changed);
  return changed;
}

async function tell(
  tx: Transaction,
  { userId, origin }: Pick<Whose, 'userId' | 'origin'>,
  type: 'NOTIFICATION_CREATED' | 'NOTIFICATION_UPDATED',
  rows: readonly NotificationRow[],
): Promise<void> {
  if (rows.length === 0) return;
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
