import type { ReactiveController } from 'lit';
import type { InlayElement } from './element.js';

/** Pixels between popup and anchor, and to the edges of the window. */
const gap = 4;

/**
 * Shows `#popup` of its host in the top layer beside `#anchor` while `isOpen` says so: below,
 * or above where there is more room, from the anchor's start, within the window. The host
 * draws it with `popover="manual"` and gives it a maximal height and `overflow: auto`.
 */
export class Popup implements ReactiveController {
  private following: AbortController | undefined;

  constructor(
    private readonly host: InlayElement,
    private readonly isOpen: () => boolean,
  ) {
    host.addController(this);
  }

  hostUpdated(): void {
    const popup = this.find('popup');
    const open = popup !== null && this.isOpen();
    if (popup && popup.matches(':popover-open') !== open) popup.togglePopover(open);
    if (!open) return this.hostDisconnected();
    this.place();
    if (this.following) return;
    this.following = new AbortController();
    const { signal } = this.following;
    // The anchor moves with whatever is scrolled around it.
    addEventListener('scroll', this.place, { signal, capture: true, passive: true });
    addEventListener('resize', this.place, { signal });
  }

  hostDisconnected(): void {
    this.following?.abort();
    this.following = undefined;
  }

  private find(id: string): HTMLElement | null {
    return this.host.renderRoot.querySelector(`#${id}`);
  }

  private readonly place = () => {
    const [popup, anchor] = [this.find('popup'), this.find('anchor')];
    if (!popup || !anchor) return;
    const { style } = popup;
    const { top, bottom, left, right, width } = anchor.getBoundingClientRect();
    Object.assign(style, { maxBlockSize: '', minInlineSize: `${width}px` });
    const size = popup.getBoundingClientRect();
    const [above, below] = [top - 2 * gap, innerHeight - bottom - 2 * gap];
    const up = size.height > below && above > below;
    const start = getComputedStyle(anchor).direction === 'rtl' ? right - size.width : left;
    Object.assign(style, {
      maxBlockSize: `${Math.min(size.height, up ? above : below)}px`,
      left: `${Math.max(gap, Math.min(start, innerWidth - size.width - gap))}px`,
      top: up ? 'auto' : `${bottom + gap}px`,
      bottom: up ? `${innerHeight - top + gap}px` : 'auto',
    });
  };
}
