import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { InlayElement } from '../../kit/element.js';
import { IdentityWatch } from '../../kit/identity-watch.js';
import { showPopup } from '../../kit/popup.js';

export interface MenuItem {
  label: string;
  /** Heading of the group it stands in, together with its neighbours of the same heading. */
  group?: string | undefined;
  /** One of several choices, in force or not. */
  checked?: boolean | undefined;
  /** Takes something away. */
  danger?: boolean;
  act: () => void;
}

/**
 * The one menu of a list, opened beside whatever asks for it, by the ARIA pattern: arrow
 * keys, Home, End and first letters move, Escape goes back, Tab and a press elsewhere leave.
 */
export class Menu implements ReactiveController {
  private anchor: HTMLElement | undefined;
  private label = '';
  private items: readonly MenuItem[] = [];
  private fresh = false;

  constructor(private readonly host: InlayElement) {
    showPopup(
      host,
      () => this.isOpen,
      () => this.anchor,
    );
    new IdentityWatch(host, () => this.leave());
    // After the popup, as only what is shown can be focused.
    host.addController(this);
  }

  get isOpen(): boolean {
    return this.anchor !== undefined;
  }

  open(anchor: HTMLElement, label: string, items: readonly MenuItem[]): void {
    Object.assign(this, { anchor, label, items, fresh: true });
    anchor.ariaExpanded = 'true';
    addEventListener('pointerdown', this.pressedElsewhere, true);
    this.host.requestUpdate();
  }

  close(): void {
    const { anchor } = this;
    if (!anchor) return;
    this.hostDisconnected();
    anchor.focus({ preventScroll: true });
  }

  hostUpdated(): void {
    if (!this.fresh) return;
    this.fresh = false;
    const { buttons } = this;
    const chosen = buttons.find((each) => each.ariaChecked === 'true');
    // A menu of choices begins at the one in force.
    (buttons[0]?.ariaChecked ? (chosen ?? buttons[0]) : buttons[0])?.focus();
  }

  /** Closes the menu of an anchor, which gets no focus back; answers whether it was open. */
  leave(anchor = this.anchor): boolean {
    const isOpen = anchor !== undefined && anchor === this.anchor;
    if (isOpen) this.hostDisconnected();
    return isOpen;
  }

  hostDisconnected(): void {
    removeEventListener('pointerdown', this.pressedElsewhere, true);
    if (this.anchor) this.anchor.ariaExpanded = null;
    this.anchor = undefined;
    this.host.requestUpdate();
  }

  private get buttons(): HTMLElement[] {
    return [...this.host.renderRoot.querySelectorAll<HTMLElement>('#popup button')];
  }

  private readonly pressedElsewhere = (event: Event) => {
    const path = event.composedPath();
    const popup = this.host.renderRoot.querySelector('#popup');
    if (popup && !path.includes(popup)) this.hostDisconnected();
  };

  private choose(item: MenuItem): void {
    this.close();
    item.act();
  }

  private readonly pressed = (event: KeyboardEvent) => {
    const { key } = event;
    const { buttons } = this;
    const at = buttons.indexOf(event.target as HTMLElement);
    const places: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1 + buttons.length,
      Home: 0,
      End: buttons.length - 1,
    };
    event.stopPropagation();
    if (key === 'Tab' || key === 'Escape') this.close();
    else if (key in places) buttons[places[key]! % buttons.length]?.focus();
    else if (/^\S$/.test(key)) {
      const after = [...buttons.slice(at + 1), ...buttons.slice(0, at + 1)];
      const begins = (each: HTMLElement) =>
        each.textContent?.trim().toLowerCase().startsWith(key.toLowerCase());
      after.find(begins)?.focus();
    } else return;
    event.preventDefault();
  };

  render(): TemplateResult | typeof nothing {
    if (!this.isOpen) return nothing;
    return html`<div
      id="popup"
      part="menu"
      class="popup menu"
      .popover=${'manual'}
      role="menu"
      aria-label=${this.label}
      @keydown=${this.pressed}
    >
      ${this.items.map((item, index) => {
        const heads = item.group && item.group !== this.items[index - 1]?.group;
        return html`${heads ? html`<div class="group" role="presentation">${item.group}</div>` : nothing}
          <button
            class="text ${item.danger ? 'loss' : ''}"
            type="button"
            tabindex="-1"
            role=${item.checked === undefined ? 'menuitem' : 'menuitemradio'}
            aria-checked=${ifDefined(item.checked === undefined ? undefined : (`${item.checked}` as const))}
            @click=${() => this.choose(item)}
          >
            ${item.label}
          </button>`;
      })}
    </div>`;
  }
}
