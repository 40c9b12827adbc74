import { syncOf } from '../data/index.js';
import type { Runtime } from '../runtime/index.js';
import { restoreSnapshot, takeSnapshot, type Snapshot } from './snapshot.js';
import { registerWrites } from './writes.js';

/** `localStorage`, or anything asynchronous of the same form over IndexedDB, say. */
export interface PersistStorage {
  getItem(key: string): Promise<string | null | undefined> | string | null | undefined;
  setItem(key: string, value: string): unknown;
  removeItem(key: string): unknown;
}

export interface PersistOptions {
  storage: PersistStorage;
  /** Whose data these are: what is kept of anybody else is removed. */
  userId: string;
  /** Key in the storage. Default: `inlay.cache`. */
  key?: string;
  /** What is kept by another version of the page is removed. Default: empty. */
  version?: string;
  /** Older data are not restored; in ms. Default: a day. */
  maxAge?: number;
  /** Most characters kept; the newest answers first, all waiting writes in any case. Default: 2,000,000. */
  maxSize?: number;
  /** Pause between a change and its keeping, in ms. Default: 1000. */
  pause?: number;
  /** Hears what the storage refuses: full, forbidden, unreadable. Nothing is thrown. Default: a warning in the console. */
  onError?: (error: unknown) => void;
}

interface Kept extends Snapshot {
  userId: string;
  version: string;
  at: number;
}

/**
 * Restores what was cached and what waited offline for the person, and keeps both from now
 * on; on a change of person all is removed. What is restored is shown, and read anew once
 * it is used; writes that waited go out in their order. Call the result to stop keeping.
 */
export async function persist(
  runtime: Pick<Runtime, 'queries' | 'api' | 'onIdentity'>,
  options: PersistOptions,
): Promise<() => void> {
  const { storage, userId, key = 'inlay.cache', version = '' } = options;
  const { maxAge = 86_400_000, maxSize = 2_000_000, pause = 1000 } = options;
  const { onError = (error: unknown) => console.warn('Inlay could not keep its cache.', error) } =
    options;
  const { queries, api, onIdentity } = runtime;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  let last: Promise<void> = Promise.resolve();
  /** One after the other, so that no slow writing comes after a removal. */
  const access = (work: () => unknown): Promise<void> =>
    (last = last.then(work).then(() => undefined, onError));
  const remove = () => storage.removeItem(key);

  const keep = () => {
    clearTimeout(timer);
    timer = undefined;
    void access(() => {
      if (stopped) return;
      const kept: Kept = { userId, version, at: Date.now(), ...takeSnapshot(queries, maxSize) };
      return storage.setItem(key, JSON.stringify(kept));
    });
  };
  const plan = () => void (timer ??= setTimeout(keep, pause));
  const stops: (() => void)[] = [];
  const stop = () => {
    stopped = true;
    clearTimeout(timer);
    for (const each of stops.splice(0)) each();
  };
  const stopOnIdentity = onIdentity(() => {
    stop();
    void access(remove);
  });
  // Somebody may sign in while the storage is read; and of a runtime that ended nothing is kept.
  syncOf(queries).person.addEventListener('abort', stop, { once: true });
  stops.push(stopOnIdentity);

  registerWrites(queries, api);
  await access(async () => {
    const text = await storage.getItem(key);
    if (!text || stopped) return;
    try {
      const kept = JSON.parse(text) as Kept;
      const fits = kept.userId === userId && kept.version === version;
      if (!fits || Date.now() - kept.at > maxAge) return await remove();
      restoreSnapshot(queries, kept);
    } catch (error) {
      // Unreadable now is unreadable at the next visit.
      await remove();
      throw error;
    }
  });
  if (stopped) return stop;
  stops.push(
    queries.getQueryCache().subscribe(({ type }) => type !== 'observerResultsUpdated' && plan()),
    queries.getMutationCache().subscribe(plan),
  );
  // A page that is left has no second to wait.
  const leave = () => timer && keep();
  globalThis.addEventListener?.('pagehide', leave);
  stops.push(() => globalThis.removeEventListener?.('pagehide', leave));
  return stop;
}
