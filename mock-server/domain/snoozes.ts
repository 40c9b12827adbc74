import type { NotificationRow, Store, Transaction } from '../store/store.js';
import { changeNotifications } from './notification-changes.js';

/** Rows in one transaction: others have their turn between two. */
const batch = 500;
/** In ms. Timers stand still while the machine sleeps, and take no heed of a clock that is set. */
const longest = 60_000;

/** Time in ms since the epoch, and what runs later by it. */
interface Clock {
  now(): number;
  set(callback: () => void, ms: number): unknown;
  clear(handle: unknown): void;
}

/** Wakes snoozed notifications when they are due. */
export interface Snoozes {
  /** Wakes at `until`, ISO 8601, at the latest. Call it when that is stored. */
  plan(until: string): void;
  /** Wakes what is due, for whoever reads just then. */
  settle(): Promise<void>;
  /** Sees anew what is due, after all rows became others. */
  review(): Promise<void>;
}

/** One timer for all of them, by the server's clock. */
export function createSnoozes(store: Store, clock: Clock): Snoozes {
  let dueAt = Infinity;
  let timer: unknown;
  let waking: Promise<void> | undefined;

  function arm(): void {
    clock.clear(timer);
    if (dueAt === Infinity) return;
    const left = Math.min(Math.max(0, dueAt - clock.now()), longest);
    timer = clock.set(() => (clock.now() < dueAt ? arm() : void review()), left);
    // A process with nothing else to do may end.
    (timer as { unref?(): void }).unref?.();
  }

  function plan(until: string): void {
    dueAt = Math.min(dueAt, Date.parse(until));
    arm();
  }

  async function wakeAll(): Promise<void> {
    dueAt = Infinity;
    clock.clear(timer);
    for (let next: string | null | undefined = null; next === null;) {
      next = (await store.transaction(wakeSome)).result;
      if (next) plan(next);
    }
  }

  /** Answers when the next one is due; null when there may be more that are. */
  async function wakeSome(tx: Transaction): Promise<string | null | undefined> {
    const now = clock.now();
    const { rows } = await tx.list('notifications', {
      where: { snoozedUntil: { is: 'not-null' } },
      sort: { key: 'snoozedUntil', descending: false },
      limit: batch,
    });
    const due = rows.filter(({ snoozedUntil }) => Date.parse(snoozedUntil!) <= now);
    for (const userId of new Set(due.map((row) => row.userId))) {
      const mine = due.filter((row) => row.userId === userId);
      await changeNotifications(tx, { userId, now, origin: undefined }, mine, wake);
    }
    return due.length === batch ? null : rows[due.length]?.snoozedUntil;
  }

  function review(): Promise<void> {
    waking ??= wakeAll().finally(() => (waking = undefined));
    return waking;
  }

  return {
    plan,
    review,
    settle: async () => (clock.now() < dueAt ? undefined : review()),
  };
}

/** Unread, as it was put off to be seen later. */
const wake = ({ archivedAt }: NotificationRow) => ({
  snoozedUntil: null,
  ...(!archivedAt && { readAt: null }),
});
