import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import { repeat } from 'lit/directives/repeat.js';
import { requireWhole } from '../../kit/attributes.js';
import { InlayElement } from '../../kit/element.js';
import type { MessageKey } from '../../kit/i18n.js';
import { icons } from '../../kit/icons.js';
import { explain } from '../../kit/parts.js';
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

  /** Milliseconds a message stays, at least 2,000; one that offers undo stays twice as long. */
  @property({ type: Number }) duration = 6000;

  @state() private toasts: readonly Notice[] = [];
  /** Stands in a live region of its own, there before its text: readers announce only changes. */
  @state() private latest: Notice | undefined;
  private readonly timers = new Map<Notice, ReturnType<typeof setTimeout>>();
  private stop: (() => void) | undefined;

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
  override async refresh(): Promise<void> {
    for (const notice of this.toasts) this.dismiss(notice);
    await this.updateComplete;
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
    if (this.renderRoot.querySelector('.toast:is(:hover, :focus-within)')) return;
    for (const notice of this.toasts) {
      if (this.timers.has(notice)) continue;
      const duration = notice.undo ? 2 * this.duration : this.duration;
      this.timers.set(
        notice,
        setTimeout(() => this.dismiss(notice), duration),
      );
    }
  }

  protected override updated(): void {
    // The top layer: above the page's own dialogs, and anew so that it is above the latest.
    const region = this.renderRoot.querySelector<HTMLElement>('.root')!;
    if (!region.showPopover) return;
    if (region.matches(':popover-open')) region.hidePopover();
    if (this.toasts.length > 0) region.showPopover();
  }

  protected override render(): TemplateResult {
    const { latest } = this;
    const failed = latest?.tone === 'error';
    return html`<div class="hidden" role="status">
        ${failed || !latest ? nothing : this.text(latest)}
      </div>
      <div class="hidden" role="alert">${failed ? this.text(latest) : nothing}</div>
      <div
        class=${this.rootClass}
        dir=${ifDefined(this.rootDir)}
        .popover=${'manual'}
        role="region"
        aria-label=${this.t('toast.label')}
        @pointerenter=${this.hold}
        @pointerleave=${this.release}
        @focusin=${this.hold}
        @focusout=${this.release}
        @keydown=${this.leave}
      >
        ${repeat(
          this.toasts,
          (notice) => notice,
          (notice) => this.toast(notice),
        )}
      </div>`;
  }

  private toast(notice: Notice): TemplateResult {
    return html`<div part="toast" class="toast ${notice.tone}">
      <span class="text" dir="auto">${this.text(notice)}</span>
      ${
        notice.undo
          ? html`<button class="button quiet" type="button" @click=${() => this.undo(notice)}>
              ${this.t('action.undo')}
            </button>`
          : nothing
      }
      <button
        class="icon"
        type="button"
        aria-label=${this.t('action.dismiss')}
        @click=${() => this.dismiss(notice)}
      >
        ${icons.close}
      </button>
    </div>`;
  }

  private leave(event: KeyboardEvent): void {
    if (event.key === 'Escape') void this.refresh();
  }

  private text({ message, values, error, notification }: Notice): string {
    if (!message) return notification?.title ?? '';
    const reason = error ? explain(this.language, error) : '';
    return this.t(message as MessageKey, { ...values, reason });
  }

  private undo(notice: Notice): void {
    this.dismiss(notice);
    notice.undo?.();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'toast-region': ToastRegion;
  }
}
