import { html, nothing, type TemplateResult } from 'lit';
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
import { requireOneOf } from '../../kit/attributes.js';
import { InlayChangeEvent, InlaySelectEvent, type ListenFor } from '../../kit/events.js';
import { handOnFocus } from '../../kit/focus.js';
import { formatDay } from '../../kit/format.js';
import { blank } from '../../kit/parts.js';
import { ListElement } from '../../kit/list-element.js';
import { infiniteQuery, query } from '../../kit/query.js';
import { shared } from '../../kit/styles.js';
import { feedItem } from './feed-item.js';
import { styles } from './notification-feed.styles.js';

const countOf = (filter: NotificationFilter) => (filter === 'all' ? 'total' : filter);

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
export class NotificationFeed extends ListElement<Notification> {
  /** @internal */
  declare addEventListener: ListenFor<Notification>;
  static override styles = [shared, styles];
  static override properties = {
    ...ListElement.properties,
    filter: {},
  };

  /** `all` (but what is archived), `unread` or `archived`. */
  filter: NotificationFilter = 'all';

  private readonly counts = query(this, ({ api }) => notificationCountsOptions(api));
  protected override readonly shown = infiniteQuery(this, ({ api }) =>
    infiniteNotificationsOptions(api, { limit: this.pageSize, filter: this.filter }),
  );

  override async refresh(): Promise<void> {
    await Promise.all([super.refresh(), this.counts.result?.refetch()]);
  }

  protected override checkAttributes(): void {
    super.checkAttributes();
    requireOneOf('filter', this.filter, notificationFilters);
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
    // Not `disabled`, which would throw the focus out of the element.
    if (!this.counts.data?.unread) return;
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

  protected override bar(): TemplateResult {
    const counts = this.counts.data;
    return html`<div class="bar">
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
              ${counts ? html`<span>${this.n(counts[countOf(filter)])}</span>` : nothing}</label
            >`,
        )}
      </fieldset>
      <button
        class="button quiet all"
        type="button"
        aria-disabled=${!counts?.unread}
        @click=${this.readAll}
      >
        ${this.t('feed.readAll')}
      </button>
    </div>`;
  }

  protected override empty(): TemplateResult {
    return blank('empty', this.t('feed.none'));
  }

  protected override content(): TemplateResult {
    return html`<div
      id="scroller"
      class="scroller"
      role="feed"
      aria-label=${this.t('feed.label')}
      aria-busy=${this.shown.result?.isFetching ?? false}
      @keydown=${this.move}
    >
      <div class="rows"></div>
      ${this.end()}
    </div>`;
  }

  protected override row(
    item: Notification,
    index: number,
    before: Notification | undefined,
  ): TemplateResult {
    const now = Date.now();
    const dayOf = ({ createdAt }: Notification) => formatDay(this.language, createdAt, now);
    const day = dayOf(item);
    // For the eye only: a feed holds nothing but articles, and each tells its own time.
    const heading = html`<div class="day fine" aria-hidden="true">${day}</div>`;
    return html`${before && dayOf(before) === day ? nothing : heading}
    ${feedItem(this.language, item, { index: index + 1, size: this.total }, now, {
      setRead: (read) => this.mark(item, { read }),
      setArchived: (archived) => this.mark(item, { archived }),
      open: (event) => this.open(item, event),
    })}`;
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
