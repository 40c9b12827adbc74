import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import {
  notificationFilters,
  type Notification,
  type NotificationFilter,
} from '../../contract/index.js';
import {
  infiniteNotificationsOptions,
  notificationCountsOptions,
  readAllNotificationsOptions,
  updateNotificationOptions,
} from '../../data/index.js';
import { perform } from '../../kit/action.js';
import { requireOneOf, requireWhole } from '../../kit/attributes.js';
import { InlayElement } from '../../kit/element.js';
import { EndWatch } from '../../kit/end-watch.js';
import { InlayChangeEvent, InlaySelectEvent } from '../../kit/events.js';
import { handOnFocus } from '../../kit/focus.js';
import { formatDay } from '../../kit/format.js';
import { blank, notice } from '../../kit/parts.js';
import { infiniteQuery, query } from '../../kit/query.js';
import { drawRows } from '../../kit/rows.js';
import { shared } from '../../kit/styles.js';
import { feedItem, type FeedItemActions } from './feed-item.js';
import { styles } from './notification-feed.styles.js';

const countOf = { all: 'total', unread: 'unread', archived: 'archived' } as const;

/**
 * The signed-in person's notifications, newest first and grouped by day, live:
 * read, unread, archive, with counts. A feed by the ARIA pattern: PageDown and
 * PageUp go from one notification to the next.
 *
 * @summary A live feed of the signed-in person's notifications.
 * @slot header - Beside the filters.
 * @slot empty - Instead of the text shown when there is nothing.
 * @slot error - Instead of the text shown when the feed could not be loaded.
 * @slot footer - Below the feed.
 * @csspart item - A notification.
 * @csspart avatar - The picture or initials of who caused it.
 * @csspart notice - The line that tells of a failure.
 * @csspart empty - The area shown when there is nothing.
 * @csspart error - The area shown when the feed could not be loaded.
 * @cssprop [--inlay-notification-feed-height=480px] - Height of the scrolled area.
 * @event {InlayLoadEvent} inlay-load - Notifications arrived for the filter in force.
 * @event {InlaySelectEvent} inlay-select - A notification's link was followed; cancel it to stay on the page.
 * @event {InlayChangeEvent} inlay-change - The reader changed the filter.
 * @event {InlayBeforeActionEvent} inlay-before-action - A write is about to go out; may be cancelled.
 * @event {InlayErrorEvent} inlay-error - Loading or a write failed.
 */
export class NotificationFeed extends InlayElement {
  static override styles = [shared, styles];
  static override properties = {
    pageSize: { type: Number, attribute: 'page-size' },
    filter: {},
  };

  /** Notifications asked for at a time, 1–100. */
  pageSize = 20;
  /** `all` (but what is archived), `unread` or `archived`. */
  filter: NotificationFilter = 'all';

  private readonly counts = query(this, ({ api }) => ({
    ...notificationCountsOptions(api),
    enabled: !this.problem,
  }));
  private readonly items = infiniteQuery(this, ({ api }) => ({
    ...infiniteNotificationsOptions(api, { limit: this.pageSize, filter: this.filter }),
    enabled: !this.problem,
  }));

  constructor() {
    super();
    new EndWatch(this, () => {
      // A page that failed waits for the reader's own retry.
      if (!this.items.result?.isFetchNextPageError) void this.loadMore();
    });
  }

  override async refresh(): Promise<void> {
    await Promise.all([this.items.result?.refetch(), this.counts.result?.refetch()]);
  }

  protected override checkAttributes(): void {
    requireWhole('page-size', this.pageSize, 1, 100);
    requireOneOf('filter', this.filter, notificationFilters);
  }

  private get total(): number {
    return this.items.data?.pages.at(-1)?.meta.total ?? 0;
  }

  private async loadMore(): Promise<void> {
    const { result } = this.items;
    if (result?.hasNextPage && !result.isFetching) await result.fetchNextPage();
  }

  private show(filter: NotificationFilter): void {
    this.filter = filter;
    this.dispatchEvent(new InlayChangeEvent({ filter }));
  }

  private mark(item: Notification, change: { read?: boolean; archived?: boolean }): void {
    const options = updateNotificationOptions(this.runtime!.api);
    void perform(this, 'notifications.update', options, { id: item.id, ...change });
    void handOnFocus(this, 'article');
  }

  private readAll(): void {
    void perform(this, 'notifications.readAll', readAllNotificationsOptions(this.runtime!.api), {});
  }

  private open(item: Notification, event: Event): void {
    if (!item.readAt) this.mark(item, { read: true });
    if (!this.dispatchEvent(new InlaySelectEvent(item))) event.preventDefault();
  }

  /** The keys of the ARIA feed pattern. */
  private move(event: KeyboardEvent): void {
    const articles = [...this.renderRoot.querySelectorAll<HTMLElement>('article')];
    const at = articles.indexOf((event.target as Element).closest('article')!);
    const to =
      { PageDown: at + 1, PageUp: at - 1 }[event.key] ??
      (event.ctrlKey ? { Home: 0, End: articles.length - 1 }[event.key] : undefined);
    if (to === undefined || !articles[to]) return;
    event.preventDefault();
    articles[to].focus();
  }

  protected override updated(): void {
    this.drawItems();
    this.tell({ query: this.items, total: () => this.total });
  }

  protected override render(): TemplateResult {
    const counts = this.counts.data;
    return html`<div class=${this.rootClass} dir=${ifDefined(this.rootDir)}>
      <div class="bar">
        <slot name="header"></slot>
        <fieldset>
          <legend class="hidden">${this.t('feed.filter')}</legend>
          ${notificationFilters.map(
            (filter) =>
              html`<label class="tab"
                ><input
                  type="radio"
                  name="filter"
                  .checked=${filter === this.filter}
                  @change=${() => this.show(filter)}
                />${this.t(`feed.${filter}`)}
                ${counts ? html`<span>${this.n(counts[countOf[filter]])}</span>` : nothing}</label
              >`,
          )}
        </fieldset>
        <button
          class="button quiet all"
          type="button"
          ?disabled=${!counts?.unread}
          @click=${this.readAll}
        >
          ${this.t('feed.readAll')}
        </button>
      </div>
      ${this.body({
        query: this.items,
        total: () => this.total,
        skeleton: () => Array.from({ length: 6 }, () => skeletonItem),
        empty: () => blank('empty', this.t('feed.none')),
        content: () => this.feed(),
      })}
      <slot name="footer"></slot>
    </div>`;
  }

  private feed(): TemplateResult {
    const { result } = this.items;
    return html`<div
      id="scroller"
      class="scroller"
      role="feed"
      aria-label=${this.t('feed.label')}
      aria-busy=${result?.isFetching ?? false}
      @keydown=${this.move}
    >
      <div class="items"></div>
      <div id="end">
        ${
          result?.isFetchNextPageError
            ? notice(this.t('state.moreFailed'), this.t('action.retry'), () => void this.loadMore())
            : result?.hasNextPage
              ? skeletonItem
              : nothing
        }
      </div>
    </div>`;
  }

  private drawItems(): void {
    const container = this.renderRoot.querySelector('.items');
    if (!container) return;
    const now = Date.now();
    const size = this.total;
    const actions: FeedItemActions = {
      setRead: (item, read) => this.mark(item, { read }),
      setArchived: (item, archived) => this.mark(item, { archived }),
      open: (item, event) => this.open(item, event),
    };
    let day: string | undefined;
    drawRows(
      container,
      this.items.data!.pages.flatMap(({ data }) => data),
      (item, index) => {
        const before = day;
        day = formatDay(this.language, item.createdAt, now);
        // For the eye only: a feed holds nothing but articles, and each tells its own time.
        const heading = html`<div class="day" aria-hidden="true">${day}</div>`;
        return html`${day === before ? nothing : heading}
        ${feedItem(this.language, item, { index: index + 1, size }, now, actions)}`;
      },
    );
  }
}

const skeletonItem = html`<div class="item" aria-hidden="true">
  <div class="mark"><span class="avatar bone"></span></div>
  <span class="bone"></span>
  <span class="message bone"></span>
</div>`;

declare global {
  interface HTMLElementTagNameMap {
    'notification-feed': NotificationFeed;
  }
}
