import {
  html,
  noChange,
  nothing,
  render,
  type PropertyDeclaration,
  type TemplateResult,
} from 'lit';
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
import { prefetchRelated, sessionOptions, userListOptions } from '../../data/index.js';
import { requireOneOf, requireWhole } from '../../kit/attributes.js';
import { InlayChangeEvent, InlaySelectEvent } from '../../kit/events.js';
import { joined } from '../../kit/joined.js';
import { Pages } from '../../kit/pages.js';
import { formStyles } from '../../kit/form.styles.js';
import { blank, cssText, explain, notice } from '../../kit/parts.js';
import { popupStyles } from '../../kit/popup.js';
import { query } from '../../kit/query.js';
import { QueryElement } from '../../kit/query-element.js';
import { RowWindow, rowWindowStyles } from '../../kit/row-window.js';
import { shared } from '../../kit/styles.js';
import {
  actsColumn,
  checkColumn,
  columnsOf,
  type Column,
  type RowView,
  type UserColumn,
} from './columns.js';
import { Bulk } from './bulk.js';
import { ColumnChooser } from './column-chooser.js';
import { arrangeColumns, KeptLayout, resizeColumn } from './column-layout.js';
import { CsvExport } from './csv-export.js';
import { FilterBar, type Filters } from './filters.js';
import { head } from './head.js';
import { GridKeys } from './grid-keys.js';
import { LocalPeople, type People } from './local-people.js';
import { Menu } from './menu.js';
import { pageNav } from './page-nav.js';
import { PersonActions } from './person-actions.js';
import { PersonDialogs } from './person-dialogs.js';
import { Selection } from './selection.js';
import { styles } from './user-list.styles.js';

/** Milliseconds that pointer or focus is on a name before what belongs to the person is loaded. */
const hoverTime = 150;

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
 * @csspart bulk - The bar of what may be done with all who are selected.
 * @csspart dialog - A dialog.
 * @csspart notice - The line that tells of a failure.
 * @csspart empty - The area shown when there is no one.
 * @csspart error - The area shown when the list could not be loaded.
 * @cssprop [--inlay-user-list-height=480px] - Height of the scrolled area.
 * @cssprop [--inlay-user-list-row-height=56px] - Height of a row.
 * @event {InlayLoadEvent} inlay-load - People arrived for the filters in force.
 * @event {InlaySelectEvent} inlay-select - A person was chosen; may be cancelled.
 * @event {InlayChangeEvent} inlay-change - The reader changed search, filters, sort or page; its `state` may be set as `state` again.
 * @event {InlaySelectionEvent} inlay-selection - Others are selected than before.
 * @event {InlayBeforeActionEvent} inlay-before-action - A write is about to go out; may be cancelled.
 * @event {InlayErrorEvent} inlay-error - Loading or a write failed.
 */
export class UserList extends QueryElement {
  static override styles = [shared, rowWindowStyles, popupStyles, formStyles, styles];
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

  /** Who is shown, and how, as of the last rendering. */
  private people: People | undefined;
  /** Other items are not all that has changed. */
  private anew = true;
  private allColumns: readonly Column[] = [];
  private shownColumns: readonly Column[] = [];
  private approaching: ReturnType<typeof setTimeout> | undefined;
  private readonly session = query(this, ({ api }) => ({
    ...sessionOptions(api),
    enabled: !this.items,
  }));
  private readonly pages = new Pages<User>(this, ({ api }) => ({
    limit: this.pageSize,
    first: this.page,
    ...(this.paging === 'pages' && { reach: 0 }),
    enabled: !this.problem && !this.items,
    page: (page) => userListOptions(api, this.query(page)),
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
    toggle: (index) => this.pick(index),
    extend: (from, to) => {
      if (this.selection.size === 0) this.pick(from);
      this.pick(to, true);
    },
    selectAll: () => this.editable && this.selection.toggleLoaded(),
    open: (index) => this.select(index),
  }));
  private readonly menu = new Menu(this);
  private readonly actions = new PersonActions(this, this.menu, () => ({
    lang: this.language,
    local: this.items !== undefined,
    viewerId: this.session.data?.user?.id,
    edit: (user) => this.dialogs.edit(user),
    gone: (id) => this.selection.drop([id]),
  }));
  private readonly selection = new Selection(this, () => this.people);
  private readonly bulk = new Bulk(this, this.selection, this.menu, () => ({
    lang: this.language,
    local: this.items !== undefined,
    people: this.people,
    filters: this,
  }));
  private readonly dialogs = new PersonDialogs(this, () => ({
    lang: this.language,
    local: this.items !== undefined,
  }));
  private readonly layout = new KeptLayout(() => this.requestUpdate());
  private readonly chooser = new ColumnChooser(this, this.layout);
  private readonly csv = new CsvExport(this);
  private readonly filterBar = new FilterBar((change) => this.show(change));

  override disconnectedCallback(): void {
    this.filterBar.stop();
    this.csv.cancel();
    clearTimeout(this.approaching);
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

  /** Ids of those selected, in the order they were. Set it to select others. */
  get selectedIds(): readonly string[] {
    return [...this.selection.ids];
  }
  set selectedIds(ids: readonly string[]) {
    this.selection.set(ids);
  }

  protected override checkAttributes(): void {
    requireWhole('page-size', this.pageSize, 1, 100);
    requireWhole('page', this.page, 1, Number.MAX_SAFE_INTEGER);
    requireOneOf('role-filter', this.roleFilter, ['', ...roles]);
    requireOneOf('status-filter', this.statusFilter, ['', ...userStatuses]);
    requireOneOf('paging', this.paging, ['scroll', 'pages']);
    if (this.sort) requireOneOf('sort', this.sort.replace('-', ''), userSorts);
  }

  /** What the server is asked for a page. */
  private query(page: number) {
    return {
      limit: this.pageSize,
      sort: this.order || ('-createdAt' as const),
      search: this.search.trim() || undefined,
      role: this.roleFilter || undefined,
      status: this.statusFilter || undefined,
      page,
    };
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
    if (this.selection.everyone) this.selection.set([]);
    this.rows.reset();
    this.dispatchEvent(new InlayChangeEvent(this.state));
  }

  private select(index: number): void {
    const user = this.people?.rowAt(this.offset + index);
    if (user && this.dispatchEvent(new InlaySelectEvent(user))) this.selectedId = user.id;
  }

  private pick(index: number, range = false): void {
    const user = this.people?.rowAt(this.offset + index);
    if (!user || !this.editable) return;
    if (range) this.selection.extend(user.id);
    else this.selection.toggle(user.id);
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

  private readonly clicked = ({ target, shiftKey }: MouseEvent) => {
    const control = (target as Element).closest<HTMLElement>('[data-act]');
    const index = control ? this.rows.indexOf(control) : -1;
    const user = this.people?.rowAt(this.offset + index);
    if (!control || !user) return;
    const act = control.dataset['act'];
    if (act === 'select') this.select(index);
    if (act === 'check') this.pick(index, shiftKey);
    if (act === 'role') this.actions.openRoles(control, user);
    if (act === 'menu') this.actions.openAll(control, user);
  };

  private readonly focused = (event: Event) => {
    this.keys.focused(event);
    this.approached(event);
  };

  /** What a person's page will show is loaded while the reader makes for it. */
  private readonly approached = ({ target }: Event) => {
    clearTimeout(this.approaching);
    if (!(target as Element).matches('.name')) return;
    const user = this.people?.rowAt(this.offset + this.rows.indexOf(target as Element));
    if (!user || !this.runtime || this.items) return;
    const { queries, api } = this.runtime;
    this.approaching = setTimeout(() => void prefetchRelated(queries, api, user), hoverTime);
  };

  private drawRow(line: HTMLElement, user: User | undefined): void {
    line.toggleAttribute('data-selected', user !== undefined && user.id === this.selectedId);
    line.ariaSelected = user && this.editable ? String(this.selection.has(user.id)) : null;
    line.ariaCurrent = user?.id === this.selectedId ? 'true' : null;
    const view: RowView = {
      lang: this.language,
      isSelected: ({ id }) => this.selection.has(id),
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
      given: [
        this.language,
        this.editable,
        this.selectedId,
        this.columns,
        this.layout.current,
        this.selection.ids,
        this.selection.everyone,
      ],
    });
    this.keys.update();
    if (!this.offset) return;
    for (const line of this.renderRoot.querySelectorAll('.rows > *')) {
      line.ariaRowIndex = String(this.offset + this.rows.indexOf(line) + 2);
    }
  }

  override requestUpdate(
    name?: PropertyKey,
    before?: unknown,
    options?: PropertyDeclaration,
  ): void {
    if (name !== 'items' || !before || !this.items) this.anew = true;
    super.requestUpdate(name, before, options);
  }

  protected override render(): unknown {
    const { total } = this;
    this.people = this.shown.data;
    // New items, as many as before: the rows are drawn apart, and all else stands.
    if (!this.anew && total > 0 && total === this.total) return noChange;
    this.anew = false;
    this.layout.follow(this.session.data?.user?.id);
    this.allColumns = columnsOf(this.columns);
    const columns = arrangeColumns(this.layout.current, this.allColumns);
    this.shownColumns = this.editable ? [checkColumn, ...columns, actsColumn] : columns;
    return html`<div class=${this.rootClass} dir=${ifDefined(this.rootDir)}>
      <div class="bar">
        <slot name="header"></slot>
        ${this.filterBar.render(this.language, this)} ${this.mayInvite ? this.inviter() : nothing}
        ${this.more()}
        <span class="count" role="status"
          >${this.people ? this.t('users.count', { count: this.total }) : nothing}</span
        >
      </div>
      <div class="stage">${this.body()}${this.bulk.render()}</div>
      <slot name="footer"></slot>
      ${this.menu.render()} ${this.dialogs.render()}
      ${this.chooser.render(this.language, this.allColumns)}
    </div>`;
  }

  /** While nobody knows, there is room for the button. */
  private get mayInvite(): boolean {
    return this.editable || (!this.items && this.session.result?.isPending === true);
  }

  private inviter(): TemplateResult {
    return html`<button
      class="button invite"
      type="button"
      ?disabled=${!this.editable}
      @click=${() => this.dialogs.invite()}
    >
      ${this.t('users.invite')}
    </button>`;
  }

  private more(): TemplateResult {
    const { progress } = this.csv;
    if (progress !== undefined) {
      return html`<button class="button" type="button" @click=${() => this.csv.cancel()}>
        ${this.t('export.cancel', { percent: Math.floor(progress * 100) })}
      </button>`;
    }
    const columns = { label: this.t('columns.open'), act: () => this.chooser.open() };
    const csv = { label: this.t('export.start'), act: () => this.export() };
    return html`<button
      class="icon"
      type="button"
      aria-haspopup="menu"
      aria-label=${this.t('list.more')}
      @click=${({ currentTarget }: Event) =>
        this.menu.open(currentTarget as HTMLElement, this.t('list.more'), [
          columns,
          ...(this.editable && !this.items ? [csv] : []),
        ])}
    >
      ⋯
    </button>`;
  }

  /** Saves those who match as a CSV file. */
  private export(): void {
    const { limit: _limit, page: _page, ...query } = this.query(1);
    void this.csv.run(this.runtime!.api, query);
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
    return head({
      lang: this.language,
      columns: this.shownColumns,
      sort: this.order,
      selection: this.selection,
      sortBy: (sort) => this.show({ sort }),
      resize: ({ id }, width) => this.layout.set(resizeColumn(this.layout.current, id, width)),
    });
  }

  protected override content(): TemplateResult {
    const { result } = this.shown;
    const { error } = this.csv;
    const tracks = this.shownColumns.map(({ track }) => track);
    const widths = tracks.map((track) => Number(/(\d+)px/.exec(track)?.[1]));
    const least = widths.reduce((sum, width) => sum + width + 12, 20);
    const last = Math.ceil(this.total / this.pageSize);
    return html`${
        result?.isPageError
          ? notice(this.t('state.moreFailed'), this.t('action.retry'), () => void this.refresh())
          : nothing
      }
      ${error ? notice(this.t('export.failed', { reason: explain(this.language, error) }), this.t('action.retry'), () => this.export()) : nothing}
      <div
        id="scroller"
        class="scroller ${result?.isPlaceholderData ? 'stale' : ''} ${this.bulk.isOpen ? 'under' : ''}"
        .style=${cssText(`--tracks:${tracks.join(' ')};--least:${least}px`)}
        role="grid"
        aria-label=${this.t('users.label')}
        aria-rowcount=${this.total + 1}
        aria-colcount=${this.shownColumns.length}
        aria-multiselectable=${this.editable}
        aria-busy=${result?.isFetching ?? false}
        @keydown=${this.keys.pressed}
        @focusin=${this.focused}
        @click=${this.clicked}
        @pointerover=${this.approached}
      >
        <div role="rowgroup" class="heads">${this.head()}</div>
        <div class="body rows" role="rowgroup"></div>
      </div>
      ${this.paging === 'pages' ? pageNav(this.language, this.page, last, (page) => this.show({ page })) : nothing}`;
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
