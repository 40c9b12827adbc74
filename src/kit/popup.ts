import { css } from 'lit';
import type { InlayElement } from './element.js';

/** Pixels between popup and anchor, and to the edges of the window. */
const gap = 4;

/**
 * Shows `#popup` of its host in the top layer beside `anchor` while `isOpen` says so: below, or
 * above where there is more room, from the anchor's start, within the window. The host draws it
 * with a `popover`; how high it may be there, `highest` pixels at most, is its `--room`.
 */
export function showPopup(
  host: InlayElement,
  isOpen: () => boolean,
  anchorOf: () => Element | null | undefined,
  highest = 320,
): void {
  let following: AbortController | undefined;

  const find = () => host.renderRoot.querySelector<HTMLElement>('#popup');

  const place = () => {
    const [popup, anchor] = [find(), anchorOf()];
    if (!popup || !anchor) return;
    const { top, bottom, left, right, width } = anchor.getBoundingClientRect();
    popup.style.minInlineSize = `${width}px`;
    const inline = popup.offsetWidth;
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

  const hostDisconnected = () => {
    following?.abort();
    following = undefined;
  };

  host.addController({
    hostUpdated() {
      const popup = find();
      const open = popup !== null && isOpen();
      if (popup && popup.matches(':popover-open') !== open) popup.togglePopover(open);
      if (!open) return hostDisconnected();
      // Rows are drawn by then, and may have moved the anchor.
      if (following) return void host.updateComplete.then(place);
      place();
      following = new AbortController();
      const { signal } = following;
      // The anchor moves with whatever is scrolled around it.
      addEventListener('scroll', place, { signal, capture: true, passive: true });
      addEventListener('resize', place, { signal });
    },
    hostDisconnected,
  });
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
