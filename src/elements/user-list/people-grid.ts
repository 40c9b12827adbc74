import { html, nothing, render, type TemplateResult } from 'lit';
import type { User, UserSort } from '../../contract/index.js';
import type { InlayElement } from '../../kit/element.js';
import { translate } from '../../kit/i18n.js';
import { cssText } from '../../kit/parts.js';
import { RowWindow } from '../../kit/row-window.js';
import { checkColumn, type Column, type RowView } from './columns.js';
import { GridKeys } from './grid-keys.js';
import { head } from './head.js';
import { joined } from './joined.js';
import type { People } from './local-people.js';
import type { Selection } from './selection.js';

/** What is to be shown. */
export interface Shown extends RowView {
  people: People | undefined;
  /** Index of the first row shown. */
  offset: number;
  /** Rows shown, loaded or not. */
  count: number;
  columns: readonly Column[];
  sort: UserSort | '';
  selectedId: string;
  isBusy: boolean;
  /** Classes of the scrolled area. */
  look: string;
}

/** What the reader does with it. */
export interface GridActions {
  select(user: User): void;
  sortBy(sort: UserSort): void;
  resize(column: Column, width: number): void;
  move(column: Column, to: Column): void;
  openRoles(anchor: HTMLElement, user: User): void;
  openAll(anchor: HTMLElement, user: User): void;
  /** Closes the menu of a control; answers whether it was open. */
  leave(anchor: HTMLElement): boolean;
  /** Makes for a person, by pointer or focus; undefined for nobody any more. */
  approach(user: User | undefined): void;
  /** Other rows are in sight, both inclusive. */
  see(first: number, last: number): void;
}

/** People as a grid: a head, and those of its rows that are in sight. */
export class PeopleGrid {
  readonly rows: RowWindow<User>;
  private readonly keys: GridKeys<User>;
  private given: readonly unknown[] = [];
  /** The cell with the pointer or the focus, which says more of itself. */
  private hinted: HTMLElement | null = null;
  /** Whose menu was opened last, from which control. */
  private opened: { user: User; control: HTMLElement; index: number } | undefined;

  constructor(
    private readonly host: InlayElement,
    private readonly selection: Selection,
    private readonly shown: () => Shown,
    private readonly actions: GridActions,
  ) {
    this.rows = new RowWindow<User>(host, {
      rowAt: this.at,
      keyOf: ({ id }) => id,
      draw: (line, user) => this.draw(line, user),
      onRange: (first, last) => actions.see(first, last),
    });
    this.keys = new GridKeys(host, () => ({
      total: this.shown().count,
      rows: this.rows,
      find: (text, from) => this.find(text, from),
      toggle: (index) => this.pick(index),
      extend: (from, to) => {
        if (selection.size === 0) this.pick(from);
        this.pick(to, true);
      },
      selectAll: () => this.shown().editable && selection.toggleLoaded(),
      open: (index) => this.select(index),
    }));
  }

  /** Draws the rows into what `content` has drawn; `given` is what they are drawn by, besides people, if it has changed. */
  update(given = this.given): void {
    this.given = given;
    const scroller = this.host.renderRoot.querySelector<HTMLElement>('#scroller');
    if (!scroller) return this.rows.update();
    const { offset, count } = this.shown();
    const rows = scroller.lastElementChild as HTMLElement;
    this.rows.update({ scroller, rows, count, given });
    this.keys.update();
    this.follow();
    if (offset === 0) return;
    for (const line of rows.children) {
      line.ariaRowIndex = String(offset + this.rows.indexOf(line) + 2);
    }
  }

  head(): TemplateResult {
    const { lang, columns, sort } = this.shown();
    const { selection, actions } = this;
    return head({ lang, columns, sort, selection, ...actions });
  }

  content(): TemplateResult {
    const { lang, columns, editable, isBusy, look } = this.shown();
    return html`<div
      id="scroller"
      class="scroller ${look}"
      .style=${this.tracks}
      role="grid"
      aria-label=${translate(lang, 'users.label')}
      aria-colcount=${columns.length}
      aria-multiselectable=${editable}
      aria-busy=${isBusy}
      @keydown=${this.keys.pressed}
      @focusin=${this.focused}
      @click=${this.clicked}
      @pointerover=${this.approached}
    >
      <div role="rowgroup" class="heads">${this.head()}</div>
      <div class="body rows" role="rowgroup"></div>
    </div>`;
  }

  /** The widths of the columns, and of all of them at least. */
  private get tracks(): CSSStyleDeclaration {
    const tracks = this.shown().columns.map(({ track }) => track);
    const widths = tracks.map((track) => Number(/(\d+)px/.exec(track)?.[1] ?? 0));
    const least = widths.reduce((sum, width) => sum + width + 12, 20);
    return cssText(`--tracks:${tracks.join(' ')};--least:${least}px`);
  }

  /** Of the content's size, while nobody is there. */
  skeleton(): TemplateResult {
    const { lang, look } = this.shown();
    const row = html`<div class="row" aria-hidden="true">${this.bones()}</div>`;
    return html`<div class=${look} .style=${this.tracks}>
      <div class="heads" role="grid" aria-label=${translate(lang, 'users.label')}>
        ${this.head()}
      </div>
      ${Array.from({ length: 9 }, () => row)}
    </div>`;
  }

  /** What a row not loaded yet looks like. */
  private bones(): TemplateResult {
    const [first] = this.shown().columns;
    const hasCheck = first === checkColumn;
    return html`${hasCheck ? html`<div class="check" role="gridcell" tabindex="-1" aria-colindex="1"></div>` : nothing}
      <div class="who" role="gridcell" tabindex="-1" aria-colindex=${hasCheck ? 2 : 1}>
        <span class="avatar bone"></span><span class="bone"></span>
      </div>
      <span class="bone email" aria-hidden="true"></span>
      <span class="bone" aria-hidden="true"></span>`;
  }

  private readonly at = (index: number): User | undefined => {
    const { people, offset } = this.shown();
    return people?.rowAt(offset + index);
  };

  private draw(line: HTMLElement, user: User | undefined): void {
    const view = this.shown();
    const isChosen = user !== undefined && user.id === view.selectedId;
    line.ariaCurrent = isChosen ? 'true' : null;
    line.ariaSelected = user && view.editable ? String(view.isSelected(user)) : null;
    const cells = user ? joined(view.columns.map(({ cell }) => cell(user, view))) : this.bones();
    const keepFocus = this.keys.hold(line);
    render(cells, line, { host: this.host });
    keepFocus();
    if (this.hinted && line.contains(this.hinted)) this.hint(this.hinted);
  }

  /** A title in every cell would cost each row that is drawn. */
  private hint(cell: HTMLElement | null): void {
    this.hinted?.removeAttribute('title');
    this.hinted = cell;
    const user = cell && this.at(this.rows.indexOf(cell));
    if (!user) return;
    const view = this.shown();
    const text = view.columns[Number(cell.ariaColIndex) - 1]?.hint?.(user, view);
    if (text) cell.title = text;
  }

  /** A menu does not outlive the row it belongs to: the keyboard goes on with the next. */
  private follow(): void {
    const { opened } = this;
    if (!opened || this.at(this.rows.indexOf(opened.control))?.id === opened.user.id) return;
    this.opened = undefined;
    if (!this.actions.leave(opened.control)) return;
    const { act } = opened.control.dataset;
    const index = Math.min(opened.index, this.shown().count - 1);
    this.rows.focusIndex(index, (row) => row.querySelector<HTMLElement>(`[data-act="${act}"]`));
  }

  private select(index: number): void {
    const user = this.at(index);
    if (user) this.actions.select(user);
  }

  private pick(index: number, range = false): void {
    const user = this.at(index);
    if (!user || !this.shown().editable) return;
    if (range) this.selection.extend(user.id);
    else this.selection.toggle(user.id);
  }

  private find(text: string, from: number): number {
    const { count } = this.shown();
    for (let step = 1; step <= count; step += 1) {
      const index = (from + step + count) % count;
      if (this.at(index)?.name.toLowerCase().startsWith(text)) return index;
    }
    return -1;
  }

  private readonly clicked = ({ target, shiftKey }: MouseEvent) => {
    // What stands in a row of the page's own to be pressed is the page's.
    const control = (target as Element).closest<HTMLElement>(
      '[data-act], .whole :is(a, button, input, select, textarea, label)',
    );
    const index = control ? this.rows.indexOf(control) : -1;
    const user = this.at(index);
    if (!control || !user) return;
    const act = control.dataset['act'];
    if (act === 'select') this.actions.select(user);
    if (act === 'check') this.pick(index, shiftKey);
    this.opened = { user, control, index };
    if (act === 'role') this.actions.openRoles(control, user);
    if (act === 'menu') this.actions.openAll(control, user);
  };

  private readonly focused = (event: Event) => {
    this.keys.focused(event);
    this.approached(event);
  };

  private readonly approached = ({ target }: Event) => {
    this.hint((target as Element).closest<HTMLElement>('[role="gridcell"]'));
    const name = (target as Element).closest('.name, .whole');
    this.actions.approach(name ? this.at(this.rows.indexOf(name)) : undefined);
  };
}
