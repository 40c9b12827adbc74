import type { ReactiveController } from 'lit';
import type { InlayElement } from '../../kit/element.js';
import type { RowWindow } from '../../kit/row-window.js';

const cells = '[role="gridcell"], [role="columnheader"]';
const controls = 'a[href], button, input, select, textarea';
/** Milliseconds after which typing begins a new word. */
const typingPause = 700;

interface Grid<T> {
  total: number;
  rows: RowWindow<T & object>;
  /** Index of the next row after `from`, round the end, that begins with the text; else -1. */
  find(text: string, from: number): number;
  /** Space on a row, or a range up to it by Shift and an arrow key. */
  toggle(index: number): void;
  extend(from: number, to: number): void;
  selectAll(): void;
  /** Enter on a cell that holds nothing to press. */
  open(index: number): void;
}

/**
 * The keyboard in a grid, by the ARIA pattern: one tab stop, arrow keys from cell to cell.
 * In a cell with one control that has the focus itself; Enter or F2 goes into others,
 * Escape comes back.
 */
export class GridKeys<T> implements ReactiveController {
  private stop: HTMLElement | undefined;
  private column = 1;
  private typed = '';
  /** The row that an element showed last: elements go from row to row. */
  private readonly drawnAs = new WeakMap<Element, string | null>();
  private typing: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly host: InlayElement,
    private readonly grid: () => Grid<T>,
  ) {
    host.addController(this);
  }

  /** Keeps one tab stop; call it when rows have been drawn. */
  update(): void {
    if (this.stop?.isConnected && this.stop.tabIndex === 0) return;
    const { scroller } = this;
    const first =
      scroller?.querySelector<HTMLElement>('.rows .name') ??
      scroller?.querySelector<HTMLElement>('.rows [role="gridcell"]');
    if (first) this.setStop(first);
  }

  hostDisconnected(): void {
    clearTimeout(this.typing);
  }

  private get scroller(): HTMLElement | null {
    return this.host.renderRoot.querySelector('#scroller');
  }

  private setStop(target: HTMLElement): void {
    if (this.stop) this.stop.tabIndex = -1;
    this.stop = target;
    target.tabIndex = 0;
  }

  /** Before a row is drawn: afterwards, the result gives the row the focus back if it lost it by loading. */
  hold(line: HTMLElement): () => void {
    const root = this.host.renderRoot as ShadowRoot;
    const { ariaRowIndex } = line;
    const same = this.drawnAs.get(line) === ariaRowIndex;
    const held = same && root.activeElement !== line && line.contains(root.activeElement);
    this.drawnAs.set(line, ariaRowIndex);
    return () => {
      if (held && !line.contains(root.activeElement)) {
        this.cellIn(line)?.focus({ preventScroll: true });
      }
      this.update();
    };
  }

  /** For `focusin` of the scroller. */
  readonly focused = ({ target }: Event): void => {
    const cell = (target as Element).closest<HTMLElement>(cells);
    if (!cell) return;
    this.column = columnOf(cell);
    this.setStop(targetOf(cell));
  };

  /** For `keydown` of the scroller. */
  readonly pressed = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    const cell = target.closest<HTMLElement>(cells);
    if (!cell || event.defaultPrevented) return;
    const inside = target !== targetOf(cell);
    if (inside) {
      if (event.key !== 'Escape') return;
      targetOf(cell).focus();
    } else if (!this.act(event, cell)) return;
    // The key is used up: a dialog around stays open.
    event.preventDefault();
    event.stopPropagation();
  };

  /** Answers whether the key meant something. */
  private act(event: KeyboardEvent, cell: HTMLElement): boolean {
    const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
    const command = ctrlKey || metaKey;
    const grid = this.grid();
    const index = grid.rows.indexOf(cell);
    const last = grid.total - 1;
    const inward = this.isRightToLeft ? 'ArrowLeft' : 'ArrowRight';
    if (altKey) return false;
    switch (key) {
      case 'ArrowLeft':
      case 'ArrowRight':
        return this.step(cell, key === inward ? 1 : -1);
      case 'ArrowUp':
      case 'ArrowDown': {
        const next = Math.min(last, index + (key === 'ArrowDown' ? 1 : -1));
        if (shiftKey && index >= 0 && next >= 0) grid.extend(index, next);
        return this.go(next);
      }
      case 'PageDown':
        return this.go(Math.min(last, Math.max(0, index) + this.pageful(cell)));
      case 'PageUp':
        return index < 0 || this.go(Math.max(0, index - this.pageful(cell)));
      case 'Home':
      case 'End': {
        const row = visibleCells(cell.parentElement!);
        const edge = key === 'Home' ? row[0]! : row.at(-1)!;
        this.column = columnOf(edge);
        if (command) return this.go(key === 'Home' ? 0 : last);
        targetOf(edge).focus();
        return true;
      }
      case 'a':
        if (command) grid.selectAll();
        return command || this.search(key, index);
      case ' ':
        if (this.typed) return this.search(key, index);
        if (index < 0 || cell.querySelector('[aria-haspopup], input')) return false;
        grid.toggle(index);
        return true;
      case 'F2':
      case 'Enter': {
        if (targetOf(cell) !== cell) return false;
        const [control] = cell.querySelectorAll<HTMLElement>(controls);
        if (control) control.focus();
        else if (index >= 0 && key === 'Enter') grid.open(index);
        return true;
      }
      default:
        return !command && key.length === 1 && this.search(key, index);
    }
  }

  private get isRightToLeft(): boolean {
    return this.scroller!.matches(':dir(rtl)');
  }

  private step(cell: HTMLElement, by: number): boolean {
    const row = visibleCells(cell.parentElement!);
    const next = row[row.indexOf(cell) + by];
    if (next) targetOf(next).focus();
    return true;
  }

  /** To a row, -1 being the head, in the column last used. */
  go(index: number): boolean {
    const { column } = this;
    if (index >= 0) this.grid().rows.focusIndex(index, (row) => this.cellIn(row));
    else this.cellIn(this.scroller!.querySelector('.head')!)?.focus();
    // A row that is not loaded yet has fewer cells.
    this.column = column;
    return true;
  }

  /** What has the focus in the column last used. */
  private cellIn(row: Element): HTMLElement | undefined {
    const cells = visibleCells(row);
    const cell = cells.find((each) => columnOf(each) === this.column) ?? cells[0];
    return cell && targetOf(cell);
  }

  private pageful(cell: HTMLElement): number {
    const height = cell.parentElement!.offsetHeight;
    return Math.max(1, Math.floor(this.scroller!.clientHeight / height) - 1);
  }

  private search(key: string, index: number): boolean {
    clearTimeout(this.typing);
    this.typing = setTimeout(() => (this.typed = ''), typingPause);
    this.typed += key.toLowerCase();
    // The same letter again goes on to the next one.
    const again = [...this.typed].every((letter) => letter === key.toLowerCase());
    const found = this.grid().find(again ? key : this.typed, again ? index : index - 1);
    if (found >= 0) this.go(found);
    return true;
  }
}

const columnOf = (cell: Element) => Number(cell.ariaColIndex);

/** What has the focus in a cell: its control if there is one that needs no keys of its own, else itself. */
function targetOf(cell: HTMLElement): HTMLElement {
  const [first, ...others] = cell.querySelectorAll<HTMLElement>(controls);
  const alone = first && others.length === 0;
  return alone && first.matches('a, button, [type="checkbox"]') ? first : cell;
}

/** Narrow lists leave some out. */
const visibleCells = (row: Element) =>
  [...row.children].filter((cell) => cell.getClientRects().length > 0) as HTMLElement[];
