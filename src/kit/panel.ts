import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import type { InlayElement } from './element.js';
import { IdentityWatch } from './identity-watch.js';
import { showPopup } from './popup.js';

/**
 * A small dialog of an element, in the top layer beside what asked for it, one at a time. The
 * focus goes in, and back when it closes: by Escape, by a press elsewhere, or by Tab beyond it.
 */
export class Panel implements ReactiveController {
  private anchor: HTMLElement | undefined;
  private label = '';
  private draw: () => unknown = () => nothing;
  private fresh = false;

  constructor(private readonly host: InlayElement) {
    showPopup(
      host,
      () => this.isOpen,
      () => this.anchor,
    );
    new IdentityWatch(host, () => this.hostDisconnected());
    // After the popup, as only what is shown can be focused.
    host.addController(this);
  }

  get isOpen(): boolean {
    return this.anchor !== undefined;
  }

  /** Shows what `draw` gives, beside `anchor`; closes it if it was open there. */
  toggle(anchor: HTMLElement, label: string, draw: () => unknown): void {
    if (this.anchor === anchor) return this.close();
    this.hostDisconnected();
    this.anchor = anchor;
    anchor.ariaExpanded = 'true';
    addEventListener('pointerdown', this.pressed, true);
    this.show(label, draw);
  }

  /** Shows something else in the same place. */
  show(label: string, draw: () => unknown): void {
    Object.assign(this, { label, draw, fresh: true });
    this.host.requestUpdate();
  }

  /** Gives the focus back to the anchor; if that has left meanwhile, to the list it stood in. */
  close(): void {
    const { anchor } = this;
    if (!anchor) return;
    const list = this.host.renderRoot.querySelector<HTMLElement>('.scroller [tabindex="0"]');
    this.hostDisconnected();
    (anchor.isConnected ? anchor : list)?.focus({ preventScroll: true });
  }

  hostUpdated(): void {
    // Rows are drawn by then.
    void this.host.updateComplete.then(() => this.anchor?.isConnected === false && this.close());
    if (!this.fresh) return;
    this.fresh = false;
    const { element } = this;
    const first = element?.querySelector<HTMLElement>(':is(button, input, select):enabled');
    (first ?? element)?.focus();
  }

  hostDisconnected(): void {
    removeEventListener('pointerdown', this.pressed, true);
    if (!this.anchor) return;
    this.anchor.ariaExpanded = 'false';
    this.anchor = undefined;
    this.host.requestUpdate();
  }

  private get element(): HTMLElement | null {
    return this.host.renderRoot.querySelector('#popup');
  }

  private readonly pressed = (event: Event) => {
    const path = event.composedPath();
    if (!path.includes(this.element!) && !path.includes(this.anchor!)) this.hostDisconnected();
  };

  private readonly left = ({ relatedTarget }: FocusEvent) => {
    if (relatedTarget && !this.element?.contains(relatedTarget as Node)) this.hostDisconnected();
  };

  private readonly typed = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    // The page's own layers, and a popover around, stay open.
    event.preventDefault();
    event.stopPropagation();
    this.close();
  };

  render(): TemplateResult | typeof nothing {
    if (!this.isOpen) return nothing;
    return html`<div
      id="popup"
      part="panel"
      class="popup panel"
      .popover=${'manual'}
      role="dialog"
      tabindex="-1"
      aria-label=${this.label}
      @focusout=${this.left}
      @keydown=${this.typed}
    >
      ${this.draw()}
    </div>`;
  }
}
