import type { Change } from '../data/index.js';
import type { Notice } from './notices.js';

/** So many are remembered; older ones do not come in again. */
const most = 500;

/**
 * Tells of notifications that come in, of each once, whatever the stream repeats. What it told
 * is over (`signal`) as soon as somebody has read it, archived it or put it off, here or elsewhere.
 */
export class Newcomers {
  readonly #told = new Map<string, AbortController>();

  constructor(private readonly notify: (notice: Notice) => void) {}

  hear(change: Change): void {
    const { type } = change;
    if (type !== 'NOTIFICATION_CREATED' && type !== 'NOTIFICATION_UPDATED') return;
    const { payload } = change;
    const { id, readAt, archivedAt, snoozedUntil } = payload;
    const known = this.#told.get(id);
    if (readAt ?? archivedAt ?? snoozedUntil) return known?.abort();
    if (known || type === 'NOTIFICATION_UPDATED') return;
    const over = new AbortController();
    this.#told.set(id, over);
    const [longestAgo] = this.#told.keys();
    if (this.#told.size > most) this.#told.delete(longestAgo!);
    this.notify({ tone: payload.type, notification: payload, signal: over.signal });
  }

  /** Somebody else is signed in. */
  forget(): void {
    for (const over of this.#told.values()) over.abort();
    this.#told.clear();
  }
}
