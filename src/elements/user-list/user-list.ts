import { html, nothing, render, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { allows, endpoints } from '../../contract/index.js';
import { AtRest } from '../../kit/at-rest.js';
import { InlayChangeEvent, InlaySelectEvent } from '../../kit/events.js';
import { blank, explain, notice } from '../../kit/parts.js';
import { rowWindowStyles } from '../../kit/row-window.js';
import { shared } from '../../kit/styles.js';
import { Approach } from './approach.js';
import { actsColumn, checkColumn, columnsOf, type Column, type UserColumn } from './columns.js';
import { arrangeColumns, KeptLayout, moveColumn, resizeColumn } from './column-layout.js';
import { pageNav } from './page-nav.js';
import { PeopleElement, type UserListState } from './people-element.js';
import { PeopleGrid, type Shown } from './people-grid.js';
import { rowColumn, type RowTemplate } from './row-template.js';
import { Selection } from './selection.js';
import { ToolbarView } from './toolbar.js';
import { Tools } from './tools.js';
import { gridStyles } from './people-grid.styles.js';
import { styles } from './user-list.styles.js';

export type { UserListState };

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
 * @slot row - A `<template>` of what stands in each row in place of the columns: whatever in it has `data-field="name"` gets the person's name as its text; so with the other fields of a user.
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
export class UserList extends PeopleElement {
  static override styles = [shared, rowWindowStyles, gridStyles, styles];
  static override properties = {
    ...PeopleElement.properties,
    selectedId: { attribute: 'selected-id' },
    itemActions: { type: Boolean, attribute: 'item-actions' },
    columns: { attribute: false },
    rowTemplate: { attribute: false },
  };

  /** Id of the chosen person, or empty. */
  selectedId = '';
  /** Offers actions on `items`: each is told by `inlay-before-action`, for the page to carry out. */
  itemActions = false;
  /** Columns of the page's own, behind the built-in ones. */
  columns: readonly UserColumn[] = [];
  /** Draws what stands in a row in place of the columns, and answers a text, a node or a Lit template. */
  rowTemplate: RowTemplate | undefined;

  /** How it is shown, as of the last rendering. */
  private view!: Shown;
  private allColumns: readonly Column[] = [];
  private shownColumns: readonly Column[] = [];
  /** The page last scrolled to. */
  private begunWith = 1;
  private readonly approach = new Approach(this);
  private readonly selection = new Selection(this, () => this.people);
  private opened: Tools | undefined;
  private readonly grid = new PeopleGrid(this, this.selection, () => this.view, {
    select: (user) => {
      if (this.dispatchEvent(new InlaySelectEvent(user))) this.selectedId = user.id;
    },
    sortBy: (sort) => this.show({ sort }),
    resize: ({ id }, width) => this.layout.set(resizeColumn(this.layout.current, id, width)),
    move: ({ id }, to) =>
      this.layout.set(moveColumn(this.layout.current, this.allColumns, id, to.id)),
    openRoles: (anchor, user) => this.tools.actions.openRoles(anchor, user),
    openAll: (anchor, user) => this.tools.actions.openAll(anchor, user),
    leave: (anchor) => this.opened?.menu.leave(anchor) ?? false,
    approach: (user) => this.approach.follow(user),
    see: (first, last) => this.paging === 'scroll' && this.pages.show(first, last + 1),
  });
  private readonly layout = new KeptLayout(() => this.requestUpdate());
  /** It is told to readers, who can't follow sixty a second. */
  private readonly counting = new AtRest(() => this.drawCount());
  private readonly toolbar = new ToolbarView((change) => this.show(change));

  override disconnectedCallback(): void {
    this.toolbar.stop();
    this.opened?.csv.cancel();
    this.approach.follow();
    this.counting.handleEvent();
    super.disconnectedCallback();
  }

  /** Ids of those selected, in the order they were. Set it to select others. */
  get selectedIds(): readonly string[] {
    return [...this.selection.ids];
  }
  set selectedIds(ids: readonly string[]) {
    this.selection.set(ids);
  }

  private get tools(): Tools {
    return (this.opened ??= new Tools(this, this.selection, this.layout, () => ({
      lang: this.language,
      local: this.items !== undefined,
      people: this.people,
      pageSize: this.pageSize,
      filter: this.filter,
      viewerId: this.session.data?.user?.id,
    })));
  }

  /** Whether roles, status and deletion are offered. */
  private get editable(): boolean {
    if (this.items) return this.itemActions;
    return allows(endpoints.users.delete.access, this.session.data?.user ?? null);
  }

  private show(change: Partial<UserListState>): void {
    this.state = { page: 1, ...change };
    if (this.selection.everyone) this.selection.set([]);
    this.grid.rows.reset();
    this.dispatchEvent(new InlayChangeEvent(this.state));
  }

  /** What draws the rows in place of the columns. */
  private get ownRow(): RowTemplate | HTMLTemplateElement | null {
    return this.rowTemplate ?? this.querySelector(':scope > template[slot="row"]');
  }

  private look(): Shown {
    const { language: lang, people, offset, count, shownColumns: columns, selectedId } = this;
    const { result } = this.shown;
    const rows = { people, offset, count, columns, selectedId };
    return {
      lang,
      ...rows,
      sort: this.order,
      editable: this.editable,
      isSelected: ({ id }) => this.selection.has(id),
      isBusy: result?.isFetching ?? false,
      look: `${result?.isPlaceholderData ? 'stale' : ''} ${this.opened?.bulk.isOpen ? 'under' : ''} ${this.ownRow ? 'free' : ''}`,
    };
  }

  /** Where nothing else goes by the items, others are drawn at once and the rest stands. */
  protected override shouldUpdate(): boolean {
    const { opened, paging, problem, selection, total } = this;
    const isOpen = opened?.isOpen || selection.size > 0;
    if (this.anew || total === 0 || problem || isOpen || paging === 'pages') return true;
    this.findItems();
    this.people = this.shown.data;
    if (this.total === 0) return true;
    const { people, count } = this;
    Object.assign(this.view, { people, count });
    this.grid.update();
    if (this.total !== total) this.counting.soon();
    // Somebody who came into sight may be nobody.
    return this.anew;
  }

  private drawCount(): void {
    const { people, renderRoot, total: count } = this;
    const text = people ? this.t('users.count', { count }) : '';
    render(text, renderRoot.querySelector<HTMLElement>('#count')!);
    const scroller = renderRoot.querySelector('#scroller');
    if (scroller) scroller.ariaRowCount = String(count + 1);
  }

  protected override updated(): void {
    super.updated();
    const { language, editable, selectedId, columns, ownRow, layout, selection, page } = this;
    const { ids, everyone } = selection;
    const order = layout.current;
    this.grid.update([language, editable, selectedId, columns, ownRow, order, ids, everyone]);
    this.counting.now();

    if (!this.people || this.paging === 'pages' || page === this.begunWith) return;
    this.begunWith = page;
    this.grid.rows.scrollToIndex((page - 1) * this.pageSize, 'start');
  }

  protected override render(): unknown {
    const { data, result } = this.shown;
    this.anew = false;
    this.people = data;
    if (data && this.paging === 'pages' && !result?.isPlaceholderData) {
      // There may be fewer pages by now.
      this.page = Math.max(1, Math.min(this.page, Math.ceil(data.total / this.pageSize)));
      this.pages.show(this.offset, this.offset + this.pageSize);
    }
    this.layout.follow(this.session.data?.user?.id);
    this.allColumns = columnsOf(this.columns);
    const { ownRow } = this;
    const columns = ownRow
      ? [rowColumn(ownRow)]
      : arrangeColumns(this.layout.current, this.allColumns);
    // While nobody knows who is signed in there is room for both, so that nothing moves.
    const framed = this.editable || this.isUnsure;
    this.shownColumns = framed ? [checkColumn, ...columns, actsColumn] : columns;
    const tools = this.selection.size > 0 ? this.tools : this.opened;
    this.view = this.look();
    return html`<div class=${this.rootClass} dir=${ifDefined(this.rootDir)}>
      ${this.toolbar.render({
        lang: this.language,
        filters: this,
        isRefused: this.isRefused,
        mayInvite: this.isUnsure ? undefined : this.editable,
        progress: tools?.csv.progress,
        invite: () => this.tools.dialogs.open(),
        more: (anchor) => this.more(anchor),
      })}
      <div class="stage">${this.body()}${tools?.bulk.render()}</div>
      <slot name="footer"></slot>
      <slot name="row" @slotchange=${() => this.requestUpdate()}></slot>
      ${tools?.render(this.language, this.allColumns)}
    </div>`;
  }

  private more(anchor: HTMLElement): void {
    const { tools, view, allColumns } = this;
    if (tools.csv.progress !== undefined) return tools.csv.cancel();
    const exportAll = this.editable && !this.items ? () => this.export() : undefined;
    tools.openMore(anchor, view, allColumns, (sort) => this.show({ sort }), exportAll);
  }

  /** Saves those who match as a CSV file. */
  private export(): void {
    this.tools.csv.run(this.runtime!.api, { ...this.sorted, ...this.filter });
  }

  protected override skeleton(): unknown {
    return this.grid.skeleton();
  }

  protected override empty(): TemplateResult {
    const { search, roleFilter, statusFilter } = this;
    if (!search && !roleFilter && !statusFilter) return blank('empty', this.t('users.empty'));
    return blank('empty', this.t('users.none'), {
      label: this.t('action.clear'),
      act: () => this.show({ search: '', roleFilter: '', statusFilter: '' }),
    });
  }

  protected override content(): TemplateResult {
    const retry = this.t('action.retry');
    const error = this.opened?.csv.error;
    const reason = error ? explain(this.language, error) : '';
    const last = Math.ceil(this.total / this.pageSize);
    return html`${
      this.shown.result?.isPageError
        ? notice(this.t('state.moreFailed'), retry, () => void this.refresh())
        : nothing
    }
    ${reason ? notice(this.t('export.failed', { reason }), retry, () => this.export()) : nothing}
    ${this.grid.content()}
    ${
      this.paging === 'pages'
        ? pageNav(this.language, this.page, last, (page) => this.show({ page }))
        : nothing
    }`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'user-list': UserList;
  }
}
