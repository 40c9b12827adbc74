import { html, nothing, render, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import {
  allows,
  endpoints,
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
import { InlayChangeEvent, InlaySelectEvent } from '../../kit/events.js';
import { joined } from '../../kit/joined.js';
import { Pages } from '../../kit/pages.js';
import { blank, cssText, notice } from '../../kit/parts.js';
import { popupStyles } from '../../kit/popup.js';
import { query } from '../../kit/query.js';
import { QueryElement } from '../../kit/query-element.js';
import { RowWindow, rowWindowStyles } from '../../kit/row-window.js';
import { shared } from '../../kit/styles.js';
import {
  actsColumn,
  columnsOf,
  headingOf,
  type Column,
  type RowView,
  type UserColumn,
} from './columns.js';
import { FilterBar, type Filters } from './filters.js';
import { GridKeys } from './grid-keys.js';
import { LocalPeople, type People } from './local-people.js';
import { Menu } from './menu.js';
import { PersonActions } from './person-actions.js';
import { styles } from './user-list.styles.js';

/** What `inlay-change` tells and `state` takes: keep it in an address to come back to it. */
export interface UserListState extends Filters {
  /** Page shown, from 1; with `paging="scroll"` the one to begin with. */
  page: number;
}

/**
 * A live list of people, from one to a million: search as you type, filters, sort, and
 * for those who may, role, status and deletion. Only the pages in sight are asked for.
 * In a narrow place each person takes two or three lines.
 *
 * @summary A live, searchable, sortable list of people of any number.
 * @slot header - Beside the filters.
 * @slot empty - Instead of the text shown when there is no one.
 * @slot error - Instead of the text shown when the list could not be loaded.
 * @slot footer - Below the list.
 * @csspart row - A person.
 * @csspart avatar - A person's picture or initials.
 * @csspart menu - The menu of a person.
 * @csspart notice - The line that tells of a failure.
 * @csspart empty - The area shown when there is no one.
 * @csspart error - The area shown when the list could not be loaded.
 * @cssprop [--inlay-user-list-height=480px] - Height of the scrolled area.
 * @cssprop [--inlay-user-list-row-height=56px] - Height of a row.
 * @event {InlayLoadEvent} inlay-load - People arrived for the filters in force.
 * @event {InlaySelectEvent} inlay-select - A person was chosen; may be cancelled.
 * @event {InlayChangeEvent} inlay-change - The reader changed search, filters, sort or page; its `state` may be set as `state` again.
 * @event {InlayBeforeActionEvent} inlay-before-action - A write is about to go out; may be cancelled.
 * @event {InlayErrorEvent} inlay-error - Loading or a write failed.
 */
export class UserList extends QueryElement {
  static override styles = [shared, rowWindowStyles, popupStyles, styles];
  static override properties = {
    pageSize: { type: Number, attribute: 'page-size' },
    search: {},
    roleFilter: { attribute: 'role-filter' },
    statusFilter: { attribute: 'status-filter' },
    sort: {},
    paging: {},
    page: { type: Number },
    selectedId: { attribute: 'selected-id' },
    items: { attribute: false },
    itemActions: { type: Boolean, attribute: 'item-actions' },
    columns: { attribute: false },
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
  /** Id of the chosen person, or empty. */
  selectedId = '';
  /**
   * People in place of the back end's, which is then asked for nothing. Their ids differ.
   * Replace the array to change it: rows of the same objects stay as they are drawn.
   */
  items: readonly User[] | undefined;
  /** Offers actions on `items`: each is told by `inlay-before-action`, for the page to carry out. */
  itemActions = false;
  /** Columns of the page's own, behind the built-in ones. */
  columns: readonly UserColumn[] = [];

  private readonly session = query(this, ({ api }) => ({
    ...sessionOptions(api),
    enabled: !this.items,
  }));
  private readonly pages = new Pages<User>(this, ({ api }) => ({
    limit: this.pageSize,
    first: this.page,
    ...(this.paging === 'pages' && { reach: 0 }),
    enabled: !this.problem && !this.items,
    page: (page) =>
      userListOptions(api, {
        limit: this.pageSize,
        sort: this.order || '-createdAt',
        search: this.search.trim() || undefined,
        role: this.roleFilter || undefined,
        status: this.statusFilter || undefined,
        page,
      }),
  }));
  private readonly local = new LocalPeople();
  private readonly rows = new RowWindow<User>(this, {
    rowAt: (index) => this.people?.rowAt(this.offset + index),
    keyOf: ({ id }) => id,
    draw: (line, user) => this.drawRow(line, user),
    onRange: (first, last) => this.pages.show(this.offset + first, this.offset + last + 1),
  });
  private readonly keys = new GridKeys(this, () => ({
    total: this.count,
    rows: this.rows,
    find: (text, from) => this.find(text, from),
    toggle: () => undefined,
    extend: () => undefined,
    selectAll: () => undefined,
    open: (index) => this.select(index),
  }));
  private readonly menu = new Menu(this);
  private readonly actions = new PersonActions(this, this.menu, () => ({
    lang: this.language,
    local: this.items !== undefined,
    viewerId: this.session.data?.user?.id,
    edit: () => undefined,
  }));
  private readonly filterBar = new FilterBar((change) => this.show(change));

  override disconnectedCallback(): void {
    this.filterBar.stop();
    super.disconnectedCallback();
  }

  /** What is shown; set it, or some of it, to come back to what `inlay-change` told. */
  get state(): UserListState {
    const { search, roleFilter, statusFilter, order, page } = this;
    return { search, roleFilter, statusFilter, sort: order, page };
  }
  set state(state: Partial<UserListState>) {
    const { search, roleFilter, statusFilter, sort, page } = { ...this.state, ...state };
    Object.assign(this, { search, roleFilter, statusFilter, sort, page });
  }

  protected override checkAttributes(): void {
    requireWhole('page-size', this.pageSize, 1, 100);
    requireWhole('page', this.page, 1, Number.MAX_SAFE_INTEGER);
    requireOneOf('role-filter', this.roleFilter, ['', ...roles]);
    requireOneOf('status-filter', this.statusFilter, ['', ...userStatuses]);
    requireOneOf('paging', this.paging, ['scroll', 'pages']);
    if (this.sort) requireOneOf('sort', this.sort.replace('-', ''), userSorts);
  }

  private get order(): UserSort | '' {
    return this.sort || (this.items ? '' : '-createdAt');
  }

  protected override get shown() {
    const { items, search, roleFilter, statusFilter, order: sort } = this;
    if (!items) {
      const { hash, data, result } = this.pages;
      // What may be done is known before people are shown, so that nothing moves.
      return { hash, data: this.session.result?.isPending ? undefined : data, result };
    }
    return {
      data: this.local.find(items, { search, roleFilter, statusFilter, sort }, this.language),
      hash: `items ${search} ${roleFilter} ${statusFilter} ${sort}`,
      result: undefined,
    };
  }

  private get people(): People | undefined {
    return this.shown.data;
  }

  protected override get total(): number {
    return this.people?.total ?? 0;
  }

  /** Index of the first row shown. */
  private get offset(): number {
    return this.paging === 'pages' ? (this.page - 1) * this.pageSize : 0;
  }

  /** Rows shown, loaded or not. */
  private get count(): number {
    const rest = Math.max(0, this.total - this.offset);
    return this.paging === 'pages' ? Math.min(this.pageSize, rest) : rest;
  }

  /** Whether roles, status and deletion are offered. */
  private get editable(): boolean {
    if (this.items) return this.itemActions;
    return allows(endpoints.users.delete.access, this.session.data?.user ?? null);
  }

  private show(change: Partial<UserListState>): void {
    this.state = { page: 1, ...change };
    this.rows.reset();
    this.dispatchEvent(new InlayChangeEvent(this.state));
  }

  private select(index: number): void {
    const user = this.people?.rowAt(this.offset + index);
    if (user && this.dispatchEvent(new InlaySelectEvent(user))) this.selectedId = user.id;
  }

  private find(text: string, from: number): number {
    const { people, offset, count } = this;
    for (let step = 1; step <= count; step += 1) {
      const index = (from + step + count) % count;
      const name = people?.rowAt(offset + index)?.name;
      if (name?.toLowerCase().startsWith(text)) return index;
    }
    return -1;
  }

  private readonly clicked = ({ target }: Event) => {
    const control = (target as Element).closest<HTMLElement>('[data-act]');
    const index = control ? this.rows.indexOf(control) : -1;
    const user = this.people?.rowAt(this.offset + index);
    if (!control || !user) return;
    const act = control.dataset['act'];
    if (act === 'select') this.select(index);
    if (act === 'role') this.actions.openRoles(control, user);
    if (act === 'menu') this.actions.openAll(control, user);
  };

  private get shownColumns(): readonly Column[] {
    const columns = columnsOf(this.columns).filter(({ id }) => id !== 'lastActiveAt');
    return [...columns, ...(this.editable ? [actsColumn] : [])];
  }

  private drawRow(line: HTMLElement, user: User | undefined): void {
    line.toggleAttribute('data-selected', user !== undefined && user.id === this.selectedId);
    line.ariaCurrent = user?.id === this.selectedId ? 'true' : null;
    const view: RowView = {
      lang: this.language,
      selectable: false,
      isSelected: () => false,
      editable: this.editable,
    };
    const cells = user
      ? joined(this.shownColumns.map(({ cell }, at) => cell(user, view, at + 1)))
      : this.bones();
    const keepFocus = this.keys.hold(line);
    render(cells, line, { host: this });
    keepFocus();
  }

  protected override updated(): void {
    super.updated();
    const scroller = this.renderRoot.querySelector<HTMLElement>('#scroller');
    if (!scroller) return this.rows.update();
    this.rows.update({
      scroller,
      rows: scroller.querySelector<HTMLElement>('.rows')!,
      count: this.count,
      given: [this.language, this.editable, this.selectedId, this.columns],
    });
    this.keys.update();
    if (!this.offset) return;
    for (const line of this.renderRoot.querySelectorAll('.rows > *')) {
      line.ariaRowIndex = String(this.offset + this.rows.indexOf(line) + 2);
    }
  }

  protected override render(): TemplateResult {
    const { data } = this.shown;
    return html`<div class=${this.rootClass} dir=${ifDefined(this.rootDir)}>
      <div class="bar">
        <slot name="header"></slot>
        ${this.filterBar.render(this.language, this)}
        <span class="count" role="status"
          >${data ? this.t('users.count', { count: this.total }) : nothing}</span
        >
      </div>
      ${this.body()}
      <slot name="footer"></slot>
      ${this.menu.render()}
    </div>`;
  }

  protected override skeleton(): unknown {
    const row = html`<div class="row" aria-hidden="true">${this.bones()}</div>`;
    return html`<div class="heads" role="grid" aria-label=${this.t('users.label')}>
        ${this.head()}
      </div>
      ${Array.from({ length: 9 }, () => row)}`;
  }

  protected override empty(): TemplateResult {
    const { search, roleFilter, statusFilter } = this;
    if (!search && !roleFilter && !statusFilter) return blank('empty', this.t('users.empty'));
    return blank('empty', this.t('users.none'), {
      label: this.t('action.clear'),
      act: () => this.show({ search: '', roleFilter: '', statusFilter: '' }),
    });
  }

  private head(): TemplateResult {
    return html`<div class="row head" role="row" aria-rowindex="1">
      ${this.shownColumns.map((column, at) => this.heading(column, at + 1))}
    </div>`;
  }

  private heading(column: Column, at: number): TemplateResult {
    const { id, sortKey: key } = column;
    const descending = this.order === `-${key}`;
    const sorted = descending || (key && this.order === key);
    const label =
      column === actsColumn ? this.t('users.actions') : headingOf(this.language, column);
    return html`<div
      class="c-${id}"
      role="columnheader"
      tabindex="-1"
      aria-colindex=${at}
      aria-sort=${ifDefined(sorted ? (descending ? 'descending' : 'ascending') : undefined)}
    >
      ${
        key
          ? html`<button
              class="text cut"
              type="button"
              tabindex="-1"
              @click=${() => this.show({ sort: this.order === key ? (`-${key}` as UserSort) : key })}
            >
              ${label}
              ${sorted ? html`<span aria-hidden="true">${descending ? '↓' : '↑'}</span>` : nothing}
            </button>`
          : html`<span class=${column === actsColumn ? 'hidden' : 'cut'}>${label}</span>`
      }
    </div>`;
  }

  protected override content(): TemplateResult {
    const { result } = this.shown;
    const tracks = this.shownColumns.map(({ track }) => track).join(' ');
    return html`${
        result?.isPageError
          ? notice(this.t('state.moreFailed'), this.t('action.retry'), () => void this.refresh())
          : nothing
      }
      <div
        id="scroller"
        class="scroller ${result?.isPlaceholderData ? 'stale' : ''}"
        .style=${cssText(`--tracks:${tracks}`)}
        role="grid"
        aria-label=${this.t('users.label')}
        aria-rowcount=${this.total + 1}
        aria-colcount=${this.shownColumns.length}
        aria-busy=${result?.isFetching ?? false}
        @keydown=${this.keys.pressed}
        @focusin=${this.keys.focused}
        @click=${this.clicked}
      >
        <div role="rowgroup" class="heads">${this.head()}</div>
        <div class="body rows" role="rowgroup"></div>
      </div>`;
  }

  private bones(): TemplateResult {
    return html`<div class="who" role="gridcell" tabindex="-1" aria-colindex="1">
        <span class="avatar bone"></span><span class="bone"></span>
      </div>
      <span class="bone email" aria-hidden="true"></span>
      <span class="bone" aria-hidden="true"></span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'user-list': UserList;
  }
}
