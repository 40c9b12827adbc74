import type { PropertyValues } from 'lit';
import {
  notificationFilters,
  notificationTypes,
  type Notification,
  type NotificationFilter,
  type NotificationType,
} from '../../contract/index.js';
import { infiniteNotificationsOptions, notificationCountsOptions } from '../../data/index.js';
import { requireOneOf } from '../../kit/attributes.js';
import { ListElement } from '../../kit/list-element.js';
import { infiniteQuery, query, type ListQuery } from '../../kit/query.js';
import { LocalFeed } from './local-feed.js';

const nothingYet = { data: undefined, hash: '', result: undefined, counts: undefined };

/** Which notifications are shown: those of the back end, or those the page holds itself. */
export abstract class FeedElement extends ListElement<Notification> {
  static override properties = {
    ...ListElement.properties,
    filter: {},
    type: {},
    items: { attribute: false },
  };

  /** `all` (but what is snoozed or archived), `unread`, `snoozed` or `archived`. */
  filter: NotificationFilter = 'all';
  /** Shows one type only: `info`, `success`, `warning` or `error`. Empty: all. */
  type: NotificationType | '' = '';
  /**
   * Notifications in place of the back end's, in their own order. What is done with them is
   * told by `inlay-before-action`, for the page to carry out. To change one, give another array
   * with another object in its place.
   */
  items: readonly Notification[] | undefined;

  private readonly counted = query(this, ({ api }) => notificationCountsOptions(api));
  private readonly loaded = infiniteQuery(this, ({ api }) =>
    infiniteNotificationsOptions(api, {
      limit: this.pageSize,
      filter: this.filter,
      ...(this.type && { type: this.type }),
    }),
  );
  private readonly local = new LocalFeed();
  /** The items as a list; undefined without any, or if they are none. */
  private held: ReturnType<LocalFeed['find']> | undefined;

  protected override get shown(): ListQuery<Notification> {
    return this.items ? (this.held ?? nothingYet) : this.loaded;
  }

  protected get counts() {
    return this.items ? this.held?.counts : this.counted.data;
  }

  /** The page's own notifications need no back end. */
  protected override get isLocal(): boolean {
    return this.items !== undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('items') && this.isLocal === (this.runtime !== undefined)) this.rebind();
    super.willUpdate(changed);
  }

  override async refresh(): Promise<void> {
    await Promise.all([super.refresh(), this.counted.result?.refetch()]);
  }

  protected override checkAttributes(): void {
    this.held = undefined;
    super.checkAttributes();
    requireOneOf('filter', this.filter, notificationFilters);
    requireOneOf('type', this.type, ['', ...notificationTypes]);
    if (this.items) this.held = this.local.find(this.items, this.filter, this.type);
  }
}
