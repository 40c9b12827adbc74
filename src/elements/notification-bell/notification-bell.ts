import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { NotificationFilter } from '../../contract/index.js';
import { notificationCountsOptions } from '../../data/index.js';
import { InlayElement } from '../../kit/element.js';
import { InlayErrorEvent, InlayToggleEvent } from '../../kit/events.js';
import * as icons from '../../kit/icons.js';
import { showPopup, popupStyles } from '../../kit/popup.js';
import { query } from '../../kit/query.js';
import { shared } from '../../kit/styles.js';
import type { NotificationFeed } from '../notification-feed/notification-feed.js';
import { styles } from './notification-bell.styles.js';

/** More unread ones than that are told as “99+”. */
const most = 99;
/** Milliseconds in which what comes in is announced together. */
const batch = 1500;
/** Pixels that the popover is high at most. */
const highest = 640;

/**
 * A button with the number of unread notifications, live, that opens them in a
 * `<notification-feed>`, which is made when the reader turns to the bell. The arrow down
 * leads in; Escape and a press elsewhere close it.
 *
 * @summary A bell with the number of unread notifications, and a popover with the feed.
 * @slot icon - Instead of the bell.
 * @slot header - Beside the feed's filters.
 * @slot footer - Below the feed: a link to all notifications, say.
 * @csspart button - The button.
 * @csspart badge - The number.
 * @csspart popup - What opens.
 * @event {InlayToggleEvent} inlay-toggle - The popover was opened or closed.
 * @event {InlayErrorEvent} inlay-error - The number could not be loaded, or something in the feed failed.
 */
export class NotificationBell extends InlayElement {
  static override styles = [shared, popupStyles, styles];
  static override properties = {
    pageSize: { type: Number, attribute: 'page-size' },
    filter: {},
    said: { state: true },
  };

  /** Notifications that the feed asks for at a time, 1–100. */
  pageSize = 20;
  /** What the feed shows first, as its own `filter`. */
  filter: NotificationFilter = 'all';

  private open = false;
  private feed: NotificationFeed | undefined;
  private readonly counts = query(this, ({ api }) => notificationCountsOptions(api));
  /** The number that was told last; undefined before there is one. */
  private known: number | undefined;
  /** Stands in a live region. */
  private said = '';
  private telling: ReturnType<typeof setTimeout> | undefined;
  private error: Error | undefined;

  constructor() {
    super();
    showPopup(
      this,
      () => this.open,
      () => this.renderRoot.querySelector('#anchor'),
      highest,
    );
  }

  override disconnectedCallback(): void {
    this.open = false;
    removeEventListener('pointerup', this.spare, true);
    this.tell(undefined);
    super.disconnectedCallback();
  }

  /** Loads number and feed anew. */
  async refresh(): Promise<void> {
    await Promise.all([this.counts.result?.refetch(), this.feed?.refresh()]);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const { feed, pageSize, filter } = this;
    if (feed && changed.has('pageSize')) feed.pageSize = pageSize;
    if (feed && changed.has('filter')) feed.filter = filter;
  }

  /** So that the browser does not take a press on the bell for one beside the popover. */
  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    const find = <T extends HTMLElement>(selector: string) =>
      this.renderRoot.querySelector<T>(selector)!;
    find<HTMLButtonElement>('#anchor').popoverTargetElement = find('#popup');
  }

  protected override updated(): void {
    const { data, error } = this.counts.result ?? {};
    this.setStates({
      loading: !data && !error,
      error: Boolean(error),
      unread: Boolean(data?.unread),
      open: this.open,
    });
    // What the server says, not what a click is about to make of it.
    this.tell(data?.unread);
    if (error && error !== this.error) this.dispatchEvent(new InlayErrorEvent(error));
    this.error = error ?? undefined;
  }

  /** Announces that there is more; nothing of what was there before, or while it can be seen. */
  private tell(unread: number | undefined): void {
    const { known } = this;
    this.known = unread;
    if (known === undefined || unread === undefined) {
      clearTimeout(this.telling);
      this.telling = undefined;
    } else if (unread > known) {
      this.telling ??= setTimeout(() => {
        this.telling = undefined;
        if (!this.open && this.known! > known) this.said = this.label;
      }, batch);
    }
  }

  private get label(): string {
    const count = this.counts.data?.unread;
    return count ? this.t('bell.label', { count }) : this.t('feed.label');
  }

  /** Its own tag's prefix is the feed's as well. */
  private make(): void {
    if (this.feed) return;
    const [, prefix = ''] = /^(.*)notification-bell$/.exec(this.localName) ?? [];
    const feed = document.createElement(`${prefix}notification-feed`) as NotificationFeed;
    this.feed = Object.assign(feed, { pageSize: this.pageSize, filter: this.filter });
    for (const name of ['header', 'footer']) {
      feed.append(Object.assign(document.createElement('slot'), { name, slot: name }));
    }
    this.requestUpdate();
  }

  private show(open: boolean): void {
    this.make();
    this.open = open;
    this.said = '';
    this.requestUpdate();
  }

  /** The browser would open it before it is placed. */
  private press(event: Event): void {
    event.preventDefault();
    this.show(!this.open);
  }

  private async enter(event: KeyboardEvent): Promise<void> {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    this.show(true);
    await this.updateComplete;
    await this.feed?.updateComplete;
    const find = (selector: string) => this.feed?.shadowRoot?.querySelector<HTMLElement>(selector);
    (find('article') ?? find('input, button'))?.focus();
  }

  /** A press on a toast, which may undo what was done here, has closed it: it is none beside it. */
  private readonly spare = (event: Event) => {
    const path = event.composedPath() as Partial<Element>[];
    if (path.some(({ localName }) => localName?.endsWith('toast-region'))) this.show(true);
  };

  /** The browser closes it, too: after Escape, or a press elsewhere, which takes the focus if it can. */
  private toggled({ type, oldState, newState }: ToggleEvent): void {
    // Told after it was taken out of the page.
    if (!this.isConnected) return;
    this.open = newState === 'open';
    // It must not be drawn before it is over.
    if (type === 'beforetoggle') return;
    this.requestUpdate();
    if (this.open) addEventListener('pointerup', this.spare, true);
    else removeEventListener('pointerup', this.spare, true);
    // Closed and opened again at once.
    if (oldState === newState) return;
    this.dispatchEvent(new InlayToggleEvent(this.open));
    const isLost = this.shadowRoot?.activeElement ?? document.activeElement === document.body;
    if (!this.open && isLost)
      this.renderRoot.querySelector('button')?.focus({ preventScroll: true });
  }

  protected override render(): TemplateResult {
    const unread = this.counts.data?.unread ?? 0;
    const badge = unread > most ? `${this.n(most)}+` : this.n(unread);
    return html`<div class=${this.rootClass} dir=${ifDefined(this.rootDir)}>
      <button
        id="anchor"
        part="button"
        class="icon"
        type="button"
        aria-haspopup="dialog"
        aria-expanded=${this.open}
        aria-label=${this.label}
        @pointerenter=${this.make}
        @focus=${this.make}
        @click=${this.press}
        @keydown=${this.enter}
      >
        <slot name="icon">${icons.bell}</slot>
        ${unread ? html`<span part="badge" class="badge">${badge}</span>` : nothing}
      </button>
      <div class="hidden" role="status">${this.said}</div>
      <div
        id="popup"
        part="popup"
        class="popup"
        role="dialog"
        aria-label=${this.t('feed.label')}
        .popover=${'auto'}
        @beforetoggle=${this.toggled}
        @toggle=${this.toggled}
      >
        ${this.feed}
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'notification-bell': NotificationBell;
  }
}
