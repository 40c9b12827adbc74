import type { ReactiveController } from 'lit';
import type { InlayElement } from './element.js';

/** Parts that are drawn anew, with other controls, by what is done in them; popups give the focus back themselves. */
const parts = ['#popup', '.bar', '.notice', '.blank', '.bulk', '.pages', 'dialog', '.root'];
const controls = 'a[href], button:enabled, input:enabled, select:enabled';

/**
 * Keeps the keyboard in the element when the control that has the focus leaves with a
 * rendering or is disabled by it: whatever stands in its place takes over, or where Tab would
 * lead in the list, or else the element as a whole.
 */
export class FocusKeeper implements ReactiveController {
  private held: { focused: HTMLElement; part: string; place: number } | undefined;

  constructor(private readonly host: InlayElement) {
    host.addController(this);
  }

  hostUpdate(): void {
    this.held = undefined;
    const focused = this.host.shadowRoot?.activeElement as HTMLElement | null | undefined;
    const part = parts.find((each) => focused?.closest(each));
    if (!focused || !part || part === '#popup') return;
    const place = this.controlsOf(part).indexOf(focused);
    this.held = { focused, part, place };
  }

  hostUpdated(): void {
    const { held, host } = this;
    if (!held || (held.focused.isConnected && !held.focused.matches(':disabled'))) return;
    // Who knows better has the first say, and rows are drawn by then.
    void host.updateComplete.then(() => {
      if (!this.isLost) return;
      // What became of all the rest has nothing in its place.
      const now = held.part === '.root' ? [] : this.controlsOf(held.part);
      const heir =
        now[Math.min(held.place, now.length - 1)] ??
        host.renderRoot.querySelector<HTMLElement>('.scroller [tabindex="0"]') ??
        this.whole;
      heir?.focus({ preventScroll: true });
    });
  }

  private get isLost(): boolean {
    const { isConnected, shadowRoot, ownerDocument } = this.host;
    const inside = shadowRoot?.activeElement;
    if (inside) return inside.matches(':disabled');
    const { activeElement, body } = ownerDocument;
    return isConnected && (!activeElement || activeElement === body);
  }

  private get whole(): HTMLElement | null {
    const root = this.host.renderRoot.querySelector<HTMLElement>('.root');
    if (root) root.tabIndex = -1;
    return root;
  }

  private controlsOf(part: string): HTMLElement[] {
    const found = this.host.renderRoot.querySelector(part);
    return found ? [...found.querySelectorAll<HTMLElement>(controls)] : [];
  }
}
