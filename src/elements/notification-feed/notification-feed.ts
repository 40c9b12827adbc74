import { html, nothing, type TemplateResult } from 'lit';
import type { endpoints, Input, Notification } from '../../contract/index.js';
import {
  archiveReadOptions,
  fitsFilter,
  readAllNotificationsOptions,
  updateNotificationOptions,
} from '../../data/index.js';
import { perform } from '../../kit/action.js';
import { Chunks } from '../../kit/chunks.js';
import { chunkStyles } from '../../kit/chunks.styles.js';
import {
  InlayBeforeActionEvent,
  InlayChangeEvent,
  InlaySelectEvent,
  type ListenFor,
} from '../../kit/events.js';
import { handOnFocus } from '../../kit/focus.js';
import { formatDay } from '../../kit/format.js';
import { Panel } from '../../kit/panel.js';
import { blank } from '../../kit/parts.js';
import { popupStyles } from '../../kit/popup.js';
import { shared } from '../../kit/styles.js';
import { Arrivals } from './arrivals.js';
import { feedBar, morePanel, type FeedBar } from './feed-bar.js';
import { FeedElement } from './feed-element.js';
import { feedItem } from './feed-item.js';
import { goByKey } from './feed-keys.js';
import { styles } from './notification-feed.styles.js';
import { Preferences } from './preferences.js';
import { snoozePanel } from './snooze.js';
import { ToastGuard } from './toast-guard.js';

const minute = 60_000;

const none = {
  all: 'feed.none',
  unread: 'feed.none',
  snoozed: 'feed.noneSnoozed',
  archived: 'feed.noneArchived',
} as const;

/** By the reader's calendar. */
const dayOf = ({ createdAt }: Notification) => new Date(createdAt).setHours(0, 0, 0, 0);

type Change = Omit<Input<(typeof endpoints.notifications)['update']>, 'id'>;

/**
 * The signed-in person's notifications, newest first and grouped by day, live:
 * read, unread, snooze, archive, with counts and undo. A feed by the ARIA pattern: PageDown
 * and PageUp go from one notification to the next, Ctrl+Home and Ctrl+End to what stands before
 * and after the feed. What comes into sight in it is not told by a toast, too.
 *
 * @summary A live feed of the signed-in person's notifications.
 * @slot header - Beside the filters.
 * @slot empty - Instead of the text shown when there is nothing.
 * @slot error - Instead of the text shown when the feed could not be loaded.
 * @slot footer - Below the feed.
 * @csspart item - A notification.
 * @csspart avatar - The picture or initials of who caused it.
 * @csspart new - The button that leads to what came in above.
 * @csspart panel - What opens beside a button: snooze, more, preferences.
 * @csspart notice - The line that tells of a failure.
 * @csspart empty - The area shown when there is nothing.
 * @csspart error - The area shown when the feed could not be loaded.
 * @cssprop [--inlay-notification-feed-height=480px] - Height of the scrolled area.
 * @event {InlayLoadEvent} inlay-load - Notifications arrived for the filter in force.
 * @event {InlaySelectEvent} inlay-select - A notification's link was followed; cancel it to stay on the page.
 * @event {InlayChangeEvent} inlay-change - The reader changed the filter or the type.
 * @event {InlayBeforeActionEvent} inlay-before-action - A write is about to go out; may be cancelled.
 * @event {InlayErrorEvent} inlay-error - Loading or a write failed.
 */
export class NotificationFeed extends FeedElement {
  /** @internal */
  declare addEventListener: ListenFor<Notification>;
  static override styles = [shared, popupStyles, chunkStyles, styles];

  private readonly panel = new Panel(this);
  private readonly preferences = new Preferences(this);
  private readonly arrivals = new Arrivals(this, (count) => this.t('feed.new', { count }));
  /** What the rows are drawn from, as of the last time. */
  private drawn: readonly unknown[] = [];
  private drawnIn: Element | undefined;
  private chunks: Chunks<Notification> | undefined;
  /** Whether it was, before it was drawn anew; and scrolled there, whoever has the keyboard. */
  private wasAtTop = true;
  private wasUp = true;

  constructor() {
    super();
    new ToastGuard(
      this,
      (item) => !this.items && fitsFilter(item, this.filter, this.type) && this.isAtTop,
    );
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    // Asked later, it would make the browser lay out what is but half drawn.
    this.wasAtTop = this.isAtTop;
    this.wasUp = this.isUp && !this.panel.isOpen;
    void handOnFocus(this, 'article');
  }

  private show({ filter = this.filter, type = this.type }: Parameters<FeedBar['show']>[0]): void {
    Object.assign(this, { filter, type });
    this.panel.close();
    this.dispatchEvent(new InlayChangeEvent({ filter, ...(type && { type }) }));
  }

  private mark(item: Notification, change: Change): void {
    const input = { id: item.id, ...change };
    const action = 'notifications.update';
    if (this.items) this.dispatchEvent(new InlayBeforeActionEvent(action, input));
    else void perform(this, action, (api) => updateNotificationOptions(api, item), input);
  }

  private onAll(name: 'readAll' | 'archiveRead'): void {
    const action = `notifications.${name}`;
    if (this.items) return void this.dispatchEvent(new InlayBeforeActionEvent(action, {}));
    const optionsOf = name === 'readAll' ? readAllNotificationsOptions : archiveReadOptions;
    void perform(this, action, optionsOf, {});
  }

  private open(item: Notification, event: Event): void {
    if (!item.readAt) this.mark(item, { read: true });
    if (!this.dispatchEvent(new InlaySelectEvent(item))) event.preventDefault();
  }

  private snooze(item: Notification, anchor: HTMLElement, wrong = false): void {
    const { language: lang } = this;
    const label = this.t('snooze.label', { title: item.title });
    const draw = () =>
      snoozePanel({
        lang,
        item,
        now: Date.now(),
        wrong,
        snooze: (until) => {
          this.panel.close();
          this.mark(item, { snoozedUntil: until?.toISOString() ?? null });
        },
        refuse: () => {
          wrong = true;
          this.requestUpdate();
        },
      });
    this.panel.toggle(anchor, label, draw);
  }

  /** To what came in above. */
  private goUp(): void {
    this.scroller!.scrollTop = 0;
    this.arrivals.see();
    this.renderRoot.querySelector('article')?.focus({ preventScroll: true });
  }

  private scrolled(): void {
    this.chunks?.show();
    if (this.isAtTop) this.arrivals.see();
  }

  private get scroller(): HTMLElement | null {
    return this.renderRoot.querySelector('#scroller');
  }

  /** Whether what comes in may push down what is there: not while somebody reads further below, is at a notification, or has a panel open. */
  private get isAtTop(): boolean {
    const { activeElement } = this.renderRoot as ShadowRoot;
    return this.isUp && !this.panel.isOpen && !activeElement?.closest('article');
  }

  private get isUp(): boolean {
    return (this.scroller?.scrollTop ?? 0) < 1;
  }

  private get barOptions(): FeedBar {
    const { filter, type } = this;
    const isAll = !type && filter === 'all';
    return {
      lang: this.language,
      filter,
      type,
      counts: this.counts,
      show: (change) => this.show(change),
      // Not `disabled`, which would throw the focus out of the element.
      readAll:
        isAll || (!type && filter === 'unread')
          ? () => this.counts?.unread && this.onAll('readAll')
          : undefined,
      archiveRead: isAll
        ? () => {
            this.panel.close();
            this.onAll('archiveRead');
          }
        : undefined,
      openMore: ({ currentTarget }) =>
        this.panel.toggle(currentTarget as HTMLElement, this.t('feed.more'), () =>
          morePanel(this.barOptions),
        ),
      openPreferences: this.items
        ? undefined
        : () => {
            this.preferences.load();
            this.panel.show(this.t('prefer.title'), () => this.preferences.render(this.language));
          },
    };
  }

  protected override bar(): TemplateResult {
    const { count, said } = this.arrivals;
    return html`<div class="bar ${this.isRefused ? 'refused' : ''}">
        <slot name="header"></slot>${feedBar(this.barOptions)}
      </div>
      <div class="above">
        <span class="hidden" role="status">${said}</span>
        ${
          count > 0
            ? html`<button part="new" class="button primary" type="button" @click=${this.goUp}>
                <span aria-hidden="true">↑</span> ${this.t('feed.new', { count })}
              </button>`
            : nothing
        }
      </div>
      ${this.panel.render()}`;
  }

  protected override empty(): TemplateResult {
    return blank('empty', this.t(this.type ? 'feed.noneOfType' : none[this.filter]));
  }

  protected override content(): TemplateResult {
    return html`<div
      id="scroller"
      class="scroller"
      role="feed"
      aria-label=${this.t('feed.label')}
      aria-busy=${this.shown.result?.isFetching ?? false}
      @keydown=${goByKey}
      @scroll=${this.scrolled}
    >
      <div class="rows ${this.shown.result?.isPlaceholderData ? 'stale' : ''}"></div>
      ${this.end()}
    </div>`;
  }

  protected override draw(rows: Element, items: readonly Notification[]): void {
    const { data, hash, result } = this.shown;
    const look = `${this.language} ${Math.floor(Date.now() / minute)}`;
    const drawn = [rows, data, look];
    if (drawn.every((each, index) => each === this.drawn[index])) return;
    this.drawn = drawn;
    const { wasAtTop, scroller } = this;
    if (!result?.isPlaceholderData) this.arrivals.note(hash, items, wasAtTop);
    // What was taken back has been seen, and is to be seen again where nothing newer comes with it.
    const keep = !wasAtTop && !(this.wasUp && this.arrivals.count === 0);
    if (this.drawnIn !== rows) this.chunks = new Chunks(scroller!, rows as HTMLElement, 'article');
    this.drawnIn = rows;
    const size = this.total;
    this.chunks!.update(items, {
      look,
      size,
      keep,
      draw: (item, before) => this.row(item, before),
      tell: (row, index) => {
        const article = row.lastElementChild!;
        article.ariaPosInSet = String(index + 1);
        article.ariaSetSize = String(size);
      },
    });
  }

  protected override row(item: Notification, before: Notification | undefined): TemplateResult {
    const now = Date.now();
    const isSameDay = before && dayOf(before) === dayOf(item);
    const day = isSameDay ? undefined : formatDay(this.language, item.createdAt, now);
    return feedItem(this.language, item, now, day, {
      setRead: (read) => this.mark(item, { read }),
      setArchived: (archived) => this.mark(item, { archived }),
      snooze: (anchor) => this.snooze(item, anchor),
      open: (event) => this.open(item, event),
    });
  }

  protected override bones(): TemplateResult {
    return html`<div class="item" aria-hidden="true">
      <div class="mark"><span class="avatar bone"></span></div>
      <span class="bone"></span>
      <span class="message bone"></span>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'notification-feed': NotificationFeed;
  }
}
