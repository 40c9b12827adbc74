import type { PropertyDeclaration, PropertyValues } from 'lit';
import {
  roles,
  userSorts,
  userStatuses,
  type Role,
  type User,
  type UserSort,
  type UserStatus,
} from '../../contract/index.js';
import { sessionOptions, userListOptions } from '../../data/index.js';
import { requireOneOf, requireWhole } from '../../kit/attributes.js';
import { Pages } from '../../kit/pages.js';
import { query } from '../../kit/query.js';
import { QueryElement } from '../../kit/query-element.js';
import type { Filters } from './filters.js';
import type { UserItem } from './items.js';
import { LocalPeople, type People } from './local-people.js';

/** What `inlay-change` tells and `state` takes: keep it in an address to come back to it. */
export interface UserListState extends Filters {
  /** Page shown, from 1; with `paging="scroll"` the one to begin with. */
  page: number;
}

/** Which people are shown: those of the back end, a page at a time, or those the page holds itself. */
export abstract class PeopleElement extends QueryElement {
  static override properties: Record<string, object> = {
    pageSize: { type: Number, attribute: 'page-size' },
    search: {},
    roleFilter: { attribute: 'role-filter' },
    statusFilter: { attribute: 'status-filter' },
    sort: {},
    paging: {},
    page: { type: Number },
    // The same array may hold others by now.
    items: {
      attribute: false,
      hasChanged: (now: unknown, before: unknown) => now !== before || !!now,
    },
  };

  /** People asked for at a time, 1–100. */
  pageSize = 20;
  /** Text to find in name and e-mail. */
  search = '';
  /** Shows one role only: `user`, `admin` or `moderator`. Empty: all. */
  roleFilter: Role | '' = '';
  /** Shows one status only: `active`, `invited` or `suspended`. Empty: all. */
  statusFilter: UserStatus | '' = '';
  /**
   * `name`, `email`, `role`, `createdAt` or `lastActiveAt`, with `-` before it for
   * descending. Empty: the newest first, or `items` in their own order.
   */
  sort: UserSort | '' = '';
  /** `scroll` shows all people in one list, `pages` a page at a time. */
  paging: 'scroll' | 'pages' = 'scroll';
  /** Number of the page shown, from 1; with `paging="scroll"` the one to begin with. */
  page = 1;
  /**
   * People in place of the back end's, which is then asked for nothing. Their ids differ;
   * all else may be left out: `name`, `email`, `role`, `status`, `image`, `createdAt` and
   * `lastActiveAt` are shown.
   * To change them, set it again, be it the same array: rows of the same objects stay as
   * they are drawn.
   */
  items: readonly UserItem[] | undefined;

  /** Who is shown, as of the last rendering. */
  protected people: People | undefined;
  protected readonly session = query(this, ({ api }) => ({
    ...sessionOptions(api),
    enabled: !this.items,
  }));
  protected readonly pages = new Pages<User>(this, ({ api }) => ({
    limit: this.pageSize,
    first: this.page,
    ...(this.paging === 'pages' && { reach: 0 }),
    enabled: !this.problem && !this.items,
    page: (page) =>
      userListOptions(api, { limit: this.pageSize, ...this.sorted, ...this.filter, page }),
  }));
  private readonly local = new LocalPeople(() => this.requestUpdate());
  /** Other items are not all that has changed since the last rendering. */
  protected anew = true;
  /** Who of the items is shown; undefined without any, or if they are none. */
  private held: People | undefined;

  /** What is shown; set it, or some of it, to come back to what `inlay-change` told. */
  get state(): UserListState {
    const { search, roleFilter, statusFilter, order, page } = this;
    return { search, roleFilter, statusFilter, sort: order, page };
  }
  set state(state: Partial<UserListState>) {
    const { search, roleFilter, statusFilter, sort, page } = { ...this.state, ...state };
    Object.assign(this, { search, roleFilter, statusFilter, sort, page });
  }

  override requestUpdate(
    name?: PropertyKey,
    before?: unknown,
    options?: PropertyDeclaration,
  ): void {
    if (name === 'items' && this.items) this.local.take(this.items);
    if (name !== 'items' || !before || !this.items) this.anew = true;
    super.requestUpdate(name, before, options);
  }

  /** The page's own people need no back end. */
  protected override get isLocal(): boolean {
    return this.items !== undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('items') && this.isLocal === (this.runtime !== undefined)) this.rebind();
    super.willUpdate(changed);
  }

  /** Finds who of the items is shown. */
  protected findItems(): void {
    this.held = this.local.find(this, this.language);
  }

  protected override checkAttributes(): void {
    this.held = undefined;
    if (this.items) {
      this.local.check(this, this.language);
      this.findItems();
    }
    requireWhole('page-size', this.pageSize, 1, 100);
    requireWhole('page', this.page, 1, Number.MAX_SAFE_INTEGER);
    requireOneOf('role-filter', this.roleFilter, ['', ...roles]);
    requireOneOf('status-filter', this.statusFilter, ['', ...userStatuses]);
    requireOneOf('paging', this.paging, ['scroll', 'pages']);
    if (this.sort) requireOneOf('sort', this.sort.replace('-', ''), userSorts);
  }

  /** Who matches, as the server is asked for them. */
  protected get filter() {
    return {
      search: this.search.trim() || undefined,
      role: this.roleFilter || undefined,
      status: this.statusFilter || undefined,
    };
  }

  protected get sorted() {
    return { sort: this.order || ('-createdAt' as const) };
  }

  protected get order(): UserSort | '' {
    return this.sort || (this.items ? '' : '-createdAt');
  }

  protected override get shown() {
    const { held, search, roleFilter, statusFilter, sort } = this;
    if (held) {
      const hash = `items ${search} ${roleFilter} ${statusFilter} ${sort}`;
      return { hash, data: held, result: undefined };
    }
    const { hash, data, result } = this.pages;
    // What may be done is known before people are shown, so that nothing moves.
    return { hash, data: this.isUnsure ? undefined : data, result };
  }

  protected override get total(): number {
    return this.people?.total ?? 0;
  }

  /** Index of the first row shown. */
  protected get offset(): number {
    return this.paging === 'pages' ? (this.page - 1) * this.pageSize : 0;
  }

  /** Rows shown, loaded or not. */
  protected get count(): number {
    const rest = Math.max(0, this.total - this.offset);
    return this.paging === 'pages' ? Math.min(this.pageSize, rest) : rest;
  }

  /** Nobody knows yet who is signed in. */
  protected get isUnsure(): boolean {
    return !this.items && this.session.result?.isPending === true;
  }
}
