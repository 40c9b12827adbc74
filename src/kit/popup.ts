import { css, type ReactiveController } from 'lit';
import type { InlayElement } from './element.js';

/** Pixels between popup and anchor, and to the edges of the window. */
const gap = 4;

/**
 * Shows `#popup` of its host in the top layer beside `#anchor` while `isOpen` says so: below,
 * or above where there is more room, from the anchor's start, within the window. The host
 * draws it with a `popover`; how high it may be there is its `--room`.
 */
export class Popup implements ReactiveController {
  private following: AbortController | undefined;

  constructor(
    private readonly host: InlayElement,
    private readonly isOpen: () => boolean,
    /** Where it stands, if not beside `#anchor`. */
    private readonly anchor = (): Element | null => this.find('anchor'),
    /** Pixels that it is high at most; what is more is scrolled. */
    private readonly highest = 320,
  ) {
    host.addController(this);
  }

  hostUpdated(): void {
    const popup = this.find('popup');
    const open = popup !== null && this.isOpen();
    if (popup && popup.matches(':popover-open') !== open) popup.togglePopover(open);
    if (!open) return this.hostDisconnected();
    // Rows are drawn by then, and may have moved the anchor.
    if (this.following) return void this.host.updateComplete.then(this.place);
    this.place();
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
    const [popup, anchor] = [this.find('popup'), this.anchor()];
    if (!popup || !anchor) return;
    const { top, bottom, left, right, width } = anchor.getBoundingClientRect();
    popup.style.minInlineSize = `${width}px`;
    const inline = popup.offsetWidth;
    const { highest } = this;
    const block = Math.min(popup.scrollHeight + popup.offsetHeight - popup.clientHeight, highest);
    const [above, below] = [top - 2 * gap, innerHeight - bottom - 2 * gap];
    const up = block > below && above > below;
    popup.style.setProperty('--room', `${Math.min(highest, up ? above : below)}px`);
    const start = getComputedStyle(anchor).direction === 'rtl' ? right - inline : left;
    Object.assign(popup.style, {
      left: `${Math.max(gap, Math.min(start, innerWidth - inline - gap))}px`,
      top: up ? 'auto' : `${bottom + gap}px`,
      bottom: up ? `${innerHeight - top + gap}px` : 'auto',
    });
  };
}

/** For elements with a popup: how `class="popup"` looks. */
export const popupStyles = css`
  .popup {
    position: fixed;
    inset: auto;
    margin: 0;
    padding: var(--space);
    /* Not of what room there is from where it stood before. */
    inline-size: max-content;
    max-inline-size: calc(100vw - 8px);
    max-block-size: var(--room);
    overflow: auto;
    border: 1px solid var(--border);
    border-radius: var(--radius);
    background: var(--surface);
    color: inherit;
    box-shadow: 0 6px 24px rgb(0 0 0 / 0.18);
  }
`;
