import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { requireWhole } from '../../kit/attributes.js';
import { InlayElement } from '../../kit/element.js';
import { handOnFocus } from '../../kit/focus.js';
import type { MessageKey } from '../../kit/i18n.js';
import { icons } from '../../kit/icons.js';
import { explain, notice } from '../../kit/parts.js';
import { drawRows } from '../../kit/rows.js';
import { shared } from '../../kit/styles.js';
import { onNotice, type Notice } from '../../runtime/index.js';
import { styles } from './toast-region.styles.js';

const most = 4;

/**
 * Tells in a corner of the page what was saved, what was refused, and what has
 * just come in. Appears by itself when a page has none. Errors interrupt a screen
 * reader, the rest waits its turn; nothing leaves while pointer or focus is on it.
 *
 * @summary Short messages about saved and refused changes and new notifications.
 * @csspart toast - A message.
 */
export class ToastRegion extends InlayElement {
  static override styles = [shared, styles];
  static override properties = {
    duration: { type: Number },
    toasts: { state: true },
    latest: { state: true },
  };

  /** Milliseconds a message stays, at least 2,000; one that offers undo stays twice as long. */
  duration = 6000;

  private toasts: readonly Notice[] = [];
  /** Stands in a live region of its own, there before its text: readers announce only changes. */
  private latest: Notice | undefined;
  private readonly timers = new Map<Notice, ReturnType<typeof setTimeout>>();
  private stop: (() => void) | undefined;
  /** Had the focus before it came in here. */
  private cameFrom: Node | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.stop = onNotice((notice) => this.add(notice));
  }

  override disconnectedCallback(): void {
    this.stop?.();
    this.hold();
    super.disconnectedCallback();
  }

  /** Takes all messages away. */
  clear(): void {
    for (const notice of this.toasts) this.dismiss(notice);
  }

  /** Messages in the reader's hands stay as and where they are. */
  private get inUse(): boolean {
    return this.renderRoot.querySelector('.toast:is(:hover, :focus-within)') !== null;
  }

  protected override checkAttributes(): void {
    requireWhole('duration', this.duration, 2000, 3_600_000);
  }

  /** Shows a message. */
  add(notice: Notice): void {
    for (const old of this.toasts.slice(0, -most + 1)) this.dismiss(old);
    this.latest = notice;
    this.toasts = [...this.toasts, notice];
    this.release();
  }

  private dismiss(notice: Notice): void {
    clearTimeout(this.timers.get(notice));
    this.timers.delete(notice);
    this.toasts = this.toasts.filter((other) => other !== notice);
  }

  /** Stops the clocks, so that nobody loses what they are reading or reaching for. */
  private hold(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  private release(): void {
    if (this.inUse) return;
    for (const notice of this.toasts) {
      if (this.timers.has(notice)) continue;
      const duration = notice.undo ? 2 * this.duration : this.duration;
      this.timers.set(
        notice,
        setTimeout(() => this.dismiss(notice), duration),
      );
    }
  }

  protected override updated(changed: PropertyValues): void {
    this.drawToasts();
    const region = this.renderRoot.querySelector<HTMLElement>('.root')!;
    if (!region.showPopover) return;
    const open = region.matches(':popover-open');
    const wanted = this.toasts.length > 0 || this.problem !== undefined;
    // The top layer: above the page's own dialogs, and anew so that it is above the latest.
    const anew = wanted && changed.has('toasts') && !this.inUse;
    if (open && (anew || !wanted)) region.hidePopover();
    if (wanted && (anew || !open)) region.showPopover();
  }

  protected override render(): TemplateResult {
    return html`<div class="hidden" role="status"></div>
      <div class="hidden" role="alert"></div>
      <div
        class=${this.rootClass}
        dir=${ifDefined(this.rootDir)}
        .popover=${'manual'}
        role="region"
        aria-label=${this.t('toast.label')}
        @pointerenter=${this.hold}
        @pointerleave=${this.release}
        @focusin=${this.enter}
        @focusout=${this.release}
        @keydown=${this.leave}
      >
        ${this.problem ? notice(this.problem.message) : nothing}
        <div class="toasts"></div>
      </div>`;
  }

  private drawToasts(): void {
    const draw = (place: string, toasts: readonly Notice[], drawn: (toast: Notice) => unknown) =>
      drawRows(this.renderRoot.querySelector(place)!, toasts, drawn);
    draw('.toasts', this.toasts, (each) => this.toast(each));
    const latest = this.latest ? [this.latest] : [];
    const urgent = (toast: Notice) => toast.tone === 'error';
    // A row of its own for each, so that the same words are announced again.
    draw(
      '[role=status]',
      latest.filter((each) => !urgent(each)),
      (each) => this.text(each),
    );
    draw('[role=alert]', latest.filter(urgent), (each) => this.text(each));
  }

  private toast(notice: Notice): TemplateResult {
    return html`<div part="toast" class="toast ${notice.tone}">
      <span class="words" dir="auto">${this.text(notice)}</span>
      ${
        notice.undo
          ? html`<button
              class="button quiet"
              type="button"
              @click=${(event: MouseEvent) => this.undo(notice, event)}
            >
              ${this.t('action.undo')}
            </button>`
          : nothing
      }
      <button
        class="icon"
        type="button"
        aria-label=${this.t('action.dismiss')}
        @click=${(event: MouseEvent) => this.close(notice, event)}
      >
        ${icons.close}
      </button>
    </div>`;
  }

  private enter({ relatedTarget }: FocusEvent): void {
    const from = relatedTarget as Node | null;
    if (from && !this.renderRoot.contains(from)) this.cameFrom = from;
    this.hold();
  }

  private leave(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    this.clear();
    void this.updateComplete.then(() => this.goBack());
  }

  /** Focus goes on to the next message with the keyboard; a pointer needs none here. */
  private async close(notice: Notice, { detail }: MouseEvent): Promise<void> {
    this.dismiss(notice);
    await (detail === 0 ? handOnFocus(this, '.toast') : this.updateComplete);
    if (detail > 0 || this.toasts.length === 0) this.goBack();
    this.release();
  }

  private goBack(): void {
    if (this.cameFrom instanceof HTMLElement) this.cameFrom.focus({ preventScroll: true });
  }

  private text({ message, values, error, notification }: Notice): string {
    if (!message) return notification?.title ?? '';
    const reason = error ? explain(this.language, error) : '';
    return this.t(message as MessageKey, { ...values, reason });
  }

  private undo(notice: Notice, event: MouseEvent): void {
    void this.close(notice, event);
    notice.undo?.();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'toast-region': ToastRegion;
  }
}
