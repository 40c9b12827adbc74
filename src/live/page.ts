import type { Clock } from './clock.js';
import type { Connection } from './connection.js';

/** As much of a window as is followed here. */
export type Page = Pick<Window, 'addEventListener' | 'removeEventListener'> & {
  document?: Pick<Document, 'visibilityState'>;
};

/** A page hidden for this long does without its link until it is shown again. */
const hiddenMs = 5 * 60_000;
/** How long a link may take to prove that it outlived sleep or a change of network. */
const probeMs = 2500;

/** Ties a connection to the page's lifecycle. Call the result to let go. */
export function watchPage(
  page: Page | null | undefined = globalThis.window,
  connection: Connection,
  clock: Clock,
  isWanted: () => boolean,
): () => void {
  if (!page) return () => undefined;
  let hidden: unknown;

  const wake = () => {
    if (isWanted()) connection.probe(probeMs);
  };
  const sleep = () => {
    if (isWanted()) connection.stop('offline');
  };
  const listeners: Record<string, (event: Event) => void> = {
    online: wake,
    offline: () => connection.pause(),
    visibilitychange() {
      clock.clear(hidden);
      if (page.document?.visibilityState === 'hidden') hidden = clock.set(sleep, hiddenMs);
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
    for (const [type, listener] of entries) page.removeEventListener(type, listener);
  };
}
