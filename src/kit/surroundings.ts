import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { onLocale } from './i18n.js';

const hosts = new Set<ReactiveControllerHost>();
let watching: { observe: (root: Node) => void; stop: () => void } | undefined;

function update(): void {
  for (const host of hosts) host.requestUpdate();
}

/** One observer and one clock for all elements of the page, while there are any. */
function watch(): NonNullable<typeof watching> {
  const observer = new MutationObserver(update);
  // Nobody reads a hidden page; shown again, it is of that moment.
  const tick = () => document.hidden || update();
  const clock = setInterval(tick, 60_000);
  document.addEventListener('visibilitychange', tick);
  const forget = onLocale(update);
  return {
    observe: (root) => observer.observe(root, { attributeFilter: ['lang', 'dir'], subtree: true }),
    stop() {
      observer.disconnect();
      clearInterval(clock);
      document.removeEventListener('visibilitychange', tick);
      forget();
    },
  };
}

/** Draws its host anew when the page's language changes, one is registered, or a minute has passed that somebody could see. */
export class Surroundings implements ReactiveController {
  constructor(private readonly host: ReactiveControllerHost & Element) {
    host.addController(this);
  }

  hostConnected(): void {
    hosts.add(this.host);
    watching ??= watch();
    const { observe } = watching;
    // The document's tree, and each shadow tree the element stands in.
    closest(this.host, (element) => observe(element.getRootNode()));
  }

  hostDisconnected(): void {
    hosts.delete(this.host);
    if (hosts.size > 0) return;
    watching?.stop();
    watching = undefined;
  }
}

/** The nearest ancestor-or-self for which `find` answers, across shadow roots. */
export function closest<T>(
  start: Node,
  find: (element: Element) => T | null | undefined | void,
): T | undefined {
  for (let node: Node | null = start; node;) {
    if (node instanceof Element) {
      const found = find(node);
      if (found !== null && found !== undefined) return found;
    }
    node = (node as Element).assignedSlot ?? node.parentNode ?? (node as ShadowRoot).host ?? null;
  }
  return undefined;
}
