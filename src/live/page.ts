import type { Clock } from './clock.js';
import type { Connection } from './connection.js';
import type { Tuning } from './tuning.js';

/** As much of a window as is followed here. */
export type Page = Pick<Window, 'addEventListener' | 'removeEventListener'> & {
  document?: Pick<Document, 'visibilityState'>;
};

/** Ties a connection to the page's lifecycle. Call the result to let go. */
export function watchPage(
  page: Page | null | undefined = globalThis.window,
  connection: Connection,
  { clock, hiddenMs, lookMs }: Pick<Tuning, 'hiddenMs' | 'lookMs'> & { clock: Clock },
  isWanted: () => boolean,
): () => void {
  if (!page) return () => undefined;
  let hidden: unknown;
  let looking: unknown;
  let seenAt = clock.now();
  const isHidden = () => page.document?.visibilityState === 'hidden';

  const wake = () => {
    if (isWanted()) connection.probe();
  };
  const sleep = () => {
    if (isWanted()) connection.stop('offline');
  };
  /** Sleep is told by no event: timers stand still, and the clock has jumped when they go on. */
  const look = () => {
    const slept = clock.now() - seenAt > 2 * lookMs;
    seenAt = clock.now();
    looking = clock.set(look, lookMs);
    // Timers of hidden pages come late as a rule.
    if (slept && !isHidden()) wake();
  };
  look();
  const listeners: Record<string, (event: Event) => void> = {
    online: wake,
    offline: () => connection.pause(),
    visibilitychange() {
      clock.clear(hidden);
      if (isHidden()) hidden = clock.set(sleep, hiddenMs);
      else wake();
    },
    // An open link keeps a page out of the back/forward cache.
    pagehide: sleep,
    pageshow(event) {
      if ((event as PageTransitionEvent).persisted) wake();
    },
  };
  const entries = Object.entries(listeners);
  for (const [type, listener] of entries) page.addEventListener(type, listener);
  return () => {
    clock.clear(hidden);
    clock.clear(looking);
    for (const [type, listener] of entries) page.removeEventListener(type, listener);
  };
}
