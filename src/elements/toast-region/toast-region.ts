import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { notificationCountsOptions } from '../../data/index.js';
import { requireWhole } from '../../kit/attributes.js';
import { InlayElement } from '../../kit/element.js';
import { InlayNoticeEvent } from '../../kit/events.js';
import { handOnFocus } from '../../kit/focus.js';
import { IdentityWatch } from '../../kit/identity-watch.js';
import { notice as line } from '../../kit/parts.js';
import { query } from '../../kit/query.js';
import { drawRows } from '../../kit/rows.js';
import { shared } from '../../kit/styles.js';
import { onNotice, type Notice } from '../../runtime/index.js';
import { startBars } from './bars.js';
import { swipe } from './swipe.js';
import {
  actOf,
  isOver,
  joined,
  stop,
  textOf,
  toastTemplate,
  wordsOf,
  type Toast,
} from './toast.js';
import { styles } from './toast-region.styles.js';
import { deepest, TopLayer } from './top-layer.js';

/** So many are seen at once, all of them with the pointer or the focus on them; and kept. */
const [seen, most] = [3, 20];
/** Milliseconds that the contract's server takes an undo. */
const undoTime = 30_000;

/**
 * Tells in a corner of the page what was saved, what was refused, and what has
 * just come in. Appears by itself when a page has none. Errors interrupt a screen
 * reader, the rest waits its turn. Nothing leaves while pointer or focus is on it or
 * the reader is elsewhere; what can be undone says so for as long as that is, with a bar
 * of the time that is left. The hotkey leads into it and back.
 *
 * @summary Short messages about saved and refused changes and new notifications.
 * @csspart toast - A message.
 * @event {InlayNoticeEvent} inlay-notice - A message is about to be shown; cancel it to show it yourself.
 */
export class ToastRegion extends InlayElement {
  static override styles = [shared, styles];
  static override properties = {
    duration: { type: Number },
    hotkey: {},
    toasts: { state: true },
    latest: { state: true },
  };

  /** Milliseconds a message stays, at least 2,000; one that offers undo stays 30,000. */
  duration = 6000;
  /** Key that moves the focus to the latest message and back, as `KeyboardEvent.key` names it. */
  hotkey = 'F8';

  /** @internal It came by itself: it asks for nothing, as the page may have no back end. */
  summoned = false;

  private toasts: readonly Toast[] = [];
  /** Stands in a live region of its own, there before its text: readers announce only changes. */
  private latest: { text: string; urgent: boolean } | undefined;
  private listening: AbortController | undefined;
  /** Had the focus before it came in here. */
  private cameFrom: Element | null = null;
  /** The reader looks at another window. */
  private away = false;
  private readonly layer = new TopLayer(this);

  constructor() {
    super();
    // Asked for so that they are followed: notifications that come in are told.
    query(this, ({ api }) => ({ ...notificationCountsOptions(api), enabled: !this.summoned }));
    new IdentityWatch(this, () => {
      // A dialog may have another runtime around it.
      if (this.layer.moving) return;
      this.clear();
      this.latest = undefined;
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { signal } = (this.listening = new AbortController());
    signal.addEventListener(
      'abort',
      onNotice((notice) => this.add(notice)),
    );
    addEventListener('keydown', (event) => this.reach(event), { signal });
    // By itself: the event of a focus tells of another shadow tree its host alone.
    const note = () => {
      const focused = deepest((root) => root.activeElement);
      if (!this.renderRoot.contains(focused)) this.cameFrom = focused;
    };
    note();
    for (const type of ['keydown', 'pointerdown', 'focusin'])
      addEventListener(type, note, { signal, capture: true });
    const look = () => {
      this.away = document.hidden || !document.hasFocus();
      this.pace();
    };
    // An opening dialog takes the focus.
    addEventListener('focusin', () => this.toasts.length > 0 && this.layer.show(), { signal });
    for (const type of ['blur', 'focus', 'visibilitychange'])
      addEventListener(type, look, { signal, capture: true });
  }

  override disconnectedCallback(): void {
    this.listening?.abort();
    if (!this.layer.returns) this.toasts.forEach(stop);
    super.disconnectedCallback();
  }

  /** Takes all messages away. */
  clear(): void {
    this.toasts.forEach(stop);
    this.toasts = [];
  }

  /** Messages in the reader's hands stay as and where they are. */
  private get inUse(): boolean {
    return this.away || this.isHeld;
  }
  private get isHeld(): boolean {
    return this.renderRoot.querySelector('.root:is(:hover, :focus-within)') !== null;
  }

  protected override checkAttributes(): void {
    requireWhole('duration', this.duration, 2000, 3_600_000);
  }

  /** Shows a message, folded into one that says the same; unless the page tells it. */
  add(notice: Notice): void {
    // Its language is known from the first drawing on.
    if (!this.hasUpdated) this.performUpdate();
    const { language: lang } = this;
    const text = textOf(lang, notice);
    if (isOver(this.toasts, notice)) return;
    if (!this.dispatchEvent(new InlayNoticeEvent(notice, text))) return;
    const into = joined(lang, this.toasts, notice);
    const [held] = into;
    const toast: Toast = held ?? { notice, texts: new Set(), news: [] };
    // What is under way is said when it begins and when it is over; a flood, when it begins.
    const goesOn = notice.progress !== undefined && held?.notice.message === notice.message;
    const isNews = !goesOn && !(toast.news.length > 1);
    if (notice.notification) toast.news = [...into.flatMap(({ news }) => news), notice];
    notice.signal?.addEventListener('abort', () => this.withdraw(notice), { once: true });
    if (notice.id !== undefined) toast.texts.clear();
    toast.texts.add(text);
    toast.notice = notice;
    into.forEach(stop);
    const others = this.toasts.filter((each) => !into.includes(each));
    others.splice(0, others.length + 1 - most).forEach(stop);
    const stays = into.length === 1 && this.inUse;
    this.toasts = stays ? [...this.toasts] : [...others, toast];
    if (notice.undo) this.expire(toast, undoTime);
    this.pace();
    if (!isNews) return;
    const act = actOf(lang, notice);
    const reach = act && this.t('toast.reach', { key: this.hotkey, action: act.label });
    const words = wordsOf(lang, toast);
    const urgent = notice.tone === 'error';
    this.latest = { text: reach ? `${words}. ${reach}` : words, urgent };
  }

  /** What was read elsewhere need not be told any more. */
  private withdraw(notice: Notice): void {
    const toast = this.toasts.find(({ news }) => news.includes(notice));
    if (!toast) return;
    const news = toast.news.filter((each) => each !== notice);
    if (news.length === 0) return this.isHeld ? undefined : this.dismiss(toast);
    Object.assign(toast, { news, notice: news.at(-1) });
    this.toasts = [...this.toasts];
  }

  private dismiss(toast: Toast): void {
    stop(toast);
    this.toasts = this.toasts.filter((other) => other !== toast);
  }

  /** Takes a message away in a while; in the reader's hands it only loses its undo. */
  private expire(toast: Toast, ms: number): void {
    const end = async () => {
      if (!this.inUse) return this.dismiss(toast);
      const focused = this.shadowRoot?.activeElement?.closest('.toast');
      stop(toast);
      toast.notice = { ...toast.notice, undo: undefined };
      this.toasts = [...this.toasts];
      await this.updateComplete;
      if (!this.shadowRoot?.activeElement) focused?.querySelector('button')?.focus();
    };
    toast.timer = setTimeout(() => void end(), ms);
  }

  /** Stops the clocks while nobody may lose what they read or reach for; that of an undo is the server's, and goes on. */
  private pace(): void {
    const { inUse } = this;
    for (const toast of this.toasts) {
      const { undo, progress } = toast.notice;
      if (inUse && !undo) stop(toast);
      else if (!inUse && !toast.timer && progress === undefined) this.expire(toast, this.duration);
    }
  }

  protected override updated(changed: PropertyValues): void {
    this.drawToasts();
    const wanted = this.toasts.length > 0 || this.problem !== undefined;
    if (wanted) this.layer.show(changed.has('toasts') && !this.inUse);
    else this.layer.hide();
  }

  protected override render(): TemplateResult {
    const hidden = this.toasts.length - seen;
    return html`<div class="hidden" role="status"></div>
      <div class="hidden" role="alert"></div>
      <div
        class=${this.rootClass}
        dir=${ifDefined(this.rootDir)}
        .popover=${'manual'}
        role="region"
        aria-label=${this.t('toast.label')}
        @pointerenter=${this.pace}
        @pointerleave=${this.pace}
        @focusin=${this.pace}
        @focusout=${this.pace}
        @keydown=${this.leave}
      >
        ${this.problem ? line(this.problem.message) : nothing}
        ${
          hidden > 0
            ? html`<div class="more fine">${this.t('toast.more', { count: hidden })}</div>`
            : nothing
        }
        <div class="toasts"></div>
      </div>`;
  }

  private drawToasts(): void {
    const { language: lang, latest } = this;
    const find = (place: string) => this.renderRoot.querySelector(place)!;
    const draw = (toast: Toast) =>
      toastTemplate(
        lang,
        toast,
        (event) => void this.close(toast, event),
        (event) => swipe(event) && this.dismiss(toast),
      );
    drawRows(find('.toasts'), this.toasts, draw);
    // A row of its own for each, so that the same words are announced again.
    const say = (place: string, urgent: boolean) =>
      drawRows(find(place), latest?.urgent === urgent ? [latest] : [], ({ text }) => text);
    say('[role=status]', false);
    say('[role=alert]', true);
    startBars(this.renderRoot, undoTime);
  }

  /** The hotkey: to the latest that one can do something about, else the latest; and back. */
  private reach(event: KeyboardEvent): void {
    if (event.key !== this.hotkey || event.defaultPrevented) return;
    if (this.shadowRoot?.activeElement) {
      event.preventDefault();
      return this.goBack();
    }
    const last = (selector: string) =>
      [...this.renderRoot.querySelectorAll<HTMLElement>(selector)].at(-1);
    const target = last('.act') ?? last('.icon');
    if (!target) return;
    event.preventDefault();
    target.focus();
  }

  private leave(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    this.clear();
    void this.updateComplete.then(() => this.goBack());
  }

  /** Focus goes on to the next message with the keyboard; a pointer needs none here. */
  private async close(toast: Toast, { detail }: MouseEvent): Promise<void> {
    this.dismiss(toast);
    await (detail === 0 ? handOnFocus(this, '.toast') : this.updateComplete);
    if (detail > 0 || this.toasts.length === 0) this.goBack();
    this.pace();
  }

  private goBack(): void {
    if (this.cameFrom instanceof HTMLElement) this.cameFrom.focus({ preventScroll: true });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'toast-region': ToastRegion;
  }
}
