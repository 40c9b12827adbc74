import type { Clock } from './clock.js';
import type { Connection } from './connection.js';
import type { Tuning } from './tuning.js';

/** As much of a window as is followed here. */
export type Page = Pick<Window, 'addEventListener' | 'removeEventListener'> & {
  document?: Pick<Document, 'visibilityState'>;
  navigator?: Pick<Navigator, 'onLine'>;
};

export const isHidden = (page: Page | null | undefined): boolean =>
  page?.document?.visibilityState === 'hidden';

/** Ties a connection to the page's lifecycle. Call the result to let go. */
export function watchPage(
  page: Page | null | undefined,
  connection: Connection,
  { clock, hiddenMs, lookMs }: Pick<Tuning, 'hiddenMs' | 'lookMs'> & { clock: Clock },
  isWanted: () => boolean,
): () => void {
  if (!page) return () => undefined;
  let hidden: unknown;
  let looking: unknown;
  let seenAt = clock.now();

  let asleep = false;
  const wake = () => {
    if (isWanted() && !asleep) connection.probe();
  };
  const sleep = () => {
    asleep = true;
    connection.stop(isWanted() ? 'offline' : 'idle');
  };
  const follow = () => {
    clock.clear(hidden);
    if (isHidden(page)) hidden = clock.set(sleep, hiddenMs);
    else rise();
  };
  const rise = () => {
    asleep = false;
    wake();
  };
  /** Sleep of the machine is told by no event: timers stand still, and the clock has jumped when they go on. */
  const look = () => {
    const slept = clock.now() - seenAt > 2 * lookMs;
    seenAt = clock.now();
    looking = clock.set(look, lookMs);
    // Timers of hidden pages come late as a rule.
    if (slept && !isHidden(page)) wake();
  };
  const listeners: Record<string, (event: Event) => void> = {
    online: wake,
    offline: () => connection.pause(),
    visibilitychange: follow,
    // An open link keeps a page out of the back/forward cache.
    pagehide: sleep,
    // Nothing runs in a frozen page: a link would be lost, and what comes would pile up.
    freeze: sleep,
    resume: follow,
    pageshow(event) {
      if ((event as PageTransitionEvent).persisted) rise();
    },
  };
  if (isHidden(page)) follow();
  look();
  const entries = Object.entries(listeners);
  // On the way down: what is told to the document does not always come up to the window.
  for (const [type, listener] of entries) page.addEventListener(type, listener, true);
  return () => {
    clock.clear(hidden);
    clock.clear(looking);
    for (const [type, listener] of entries) page.removeEventListener(type, listener, true);
  };
}
