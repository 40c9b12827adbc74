import type { ReactiveController } from 'lit';
import type { InlayElement } from './element.js';

/** Calls back when the end of a scrolled list comes near; found by the ids `scroller` and `end`. */
export class EndWatch implements ReactiveController {
  private observer: IntersectionObserver | undefined;

  constructor(
    private readonly host: InlayElement,
    private readonly onNear: () => void,
  ) {
    host.addController(this);
  }

  /** Observes anew after each render: an end that stays in sight reports only once. */
  hostUpdated(): void {
    this.observer?.disconnect();
    const root = this.host.renderRoot.querySelector('#scroller');
    const end = this.host.renderRoot.querySelector('#end');
    // An update may come after the host has left.
    if (!end || !this.host.isConnected) return;
    this.observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) this.onNear();
      },
      { root, rootMargin: '600px' },
    );
    this.observer.observe(end);
  }

  hostDisconnected(): void {
    this.observer?.disconnect();
  }
}
