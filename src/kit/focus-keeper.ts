import type { InlayElement } from './element.js';

/** Parts that are drawn anew, with other controls, by what is done in them; popups give the focus back themselves. */
const parts = ['#popup', '.bar', '.notice', '.blank', '.bulk', '.pages', 'dialog', '.root'];
const controls = 'a[href], button:enabled, input:enabled, select:enabled';

/**
 * Keeps the keyboard in the element when the control that has the focus leaves with a
 * rendering or is disabled by it: whatever stands in its place takes over, or where Tab would
 * lead in the list, or else the element as a whole.
 */
export function keepFocus(host: InlayElement): void {
  let held: { focused: HTMLElement; part: string; place: number } | undefined;

  const find = (selector: string) => host.renderRoot.querySelector<HTMLElement>(selector);
  const controlsOf = (part: string) => [
    ...(find(part)?.querySelectorAll<HTMLElement>(controls) ?? []),
  ];

  const isLost = () => {
    const inside = host.shadowRoot?.activeElement;
    if (inside) return inside.matches(':disabled');
    const { activeElement, body } = document;
    return host.isConnected && (!activeElement || activeElement === body);
  };

  const whole = () => {
    const root = find('.root');
    if (root) root.tabIndex = -1;
    return root;
  };

  host.addController({
    hostUpdate() {
      const focused = host.shadowRoot?.activeElement as HTMLElement | null | undefined;
      const part = parts.find((each) => focused?.closest(each));
      held =
        focused && part && part !== '#popup'
          ? { focused, part, place: controlsOf(part).indexOf(focused) }
          : undefined;
    },
    hostUpdated() {
      if (!held || (held.focused.isConnected && !held.focused.matches(':disabled'))) return;
      const { part, place } = held;
      // Who knows better has the first say, and rows are drawn by then.
      void host.updateComplete.then(() => {
        if (!isLost()) return;
        // What became of all the rest has nothing in its place.
        const now = part === '.root' ? [] : controlsOf(part);
        const heir =
          now[Math.min(place, now.length - 1)] ?? find('.scroller [tabindex="0"]') ?? whole();
        heir?.focus({ preventScroll: true });
      });
    },
  });
}
