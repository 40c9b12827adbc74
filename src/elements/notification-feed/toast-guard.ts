import type { ReactiveController } from 'lit';
import type { Notification } from '../../contract/index.js';
import { findHeld } from '../../data/index.js';
import type { InlayElement } from '../../kit/element.js';
import type { InlayNoticeEvent } from '../../kit/events.js';

/** Pixels from the top of the feed at which what comes in stands: below its day. */
const newest = 45;

/** Keeps toasts from repeating what comes in before the reader's eyes. */
export class ToastGuard implements ReactiveController {
  constructor(
    private readonly host: InlayElement,
    /** Whether the host shows it at its top. */
    private readonly shows: (item: Notification) => boolean,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    // Before the page's own listeners, which may tell it themselves.
    document.addEventListener('inlay-notice', this.hear, true);
  }

  hostDisconnected(): void {
    document.removeEventListener('inlay-notice', this.hear, true);
  }

  private readonly hear = (event: InlayNoticeEvent) => {
    const { runtime } = this.host;
    const item = event.notice.notification;
    if (!item || !runtime || !this.shows(item)) return;
    // Else it is another backend's.
    if (findHeld(runtime.queries, item.id) && this.isInSight) event.preventDefault();
  };

  /** What is scrolled away, closed, covered or inert cannot be hit. */
  private get isInSight(): boolean {
    const root = this.host.renderRoot as ShadowRoot;
    const scroller = root.querySelector('.scroller');
    if (!scroller) return false;
    const { left, width, top } = scroller.getBoundingClientRect();
    return root.contains(root.elementFromPoint(left + width / 2, top + newest));
  }
}
