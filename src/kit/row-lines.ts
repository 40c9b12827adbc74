/** An element, and the row that it shows for now. */
export interface Line<T> {
  readonly element: HTMLElement;
  key: unknown;
  /** Undefined while it is not loaded. */
  row: T | undefined;
  index: number;
  /** Pixels below the top of its container. */
  y: number;
}

/** A row that is to be shown. */
export type Wanted<T> = Pick<Line<T>, 'key' | 'row' | 'index' | 'y'>;

/**
 * The elements of a row window. An element stays with its row; elements whose rows leave are
 * given to rows that come.
 */
export class RowLines<T> {
  private lines = new Map<unknown, Line<T>>();
  /** Those that were given to another row since they were sorted. */
  private readonly astray = new Set<Line<T>>();
  private readonly byElement = new WeakMap<Element, Line<T>>();

  constructor(
    private readonly container: Element,
    private readonly draw: (line: HTMLElement, row: T | undefined) => void,
  ) {}

  get(key: unknown): Line<T> | undefined {
    return this.lines.get(key);
  }

  /** The line that `node` is in. */
  around(node: Element | null | undefined): Line<T> | undefined {
    while (node && node.parentElement !== this.container) node = node.parentElement;
    return node ? this.byElement.get(node) : undefined;
  }

  /** Keeps the element of a row that is known by another key from now on. */
  rename(from: unknown, to: unknown): void {
    const line = this.lines.get(from);
    if (!line || this.lines.has(to)) return;
    this.lines.delete(from);
    this.lines.set(to, Object.assign(line, { key: to }));
  }

  /**
   * Draws what became of the rows it shows; answers whether there are the same as before. If
   * not, it is not done.
   */
  patch(rowAt: (index: number) => T | undefined, keyOf: (row: T) => unknown): boolean {
    for (const line of this.lines.values()) {
      const row = rowAt(line.index);
      if (row === line.row) continue;
      if (row === undefined || keyOf(row) !== line.key) return false;
      line.row = row;
      this.draw(line.element, row);
    }
    return true;
  }

  /** An element with no row yet, to be measured. */
  get sample(): HTMLElement {
    const [first] = this.lines.values();
    const line = first ?? this.add();
    if (!first) this.lines.set(undefined, line);
    return line.element;
  }

  /**
   * Shows these rows, which then stand in the DOM in any order until `sort`. Only rows that
   * are new or changed are drawn, or all when `anew`.
   */
  show(wanted: readonly Wanted<T>[], anew: boolean): void {
    const spare = this.lines;
    const lines = new Map<unknown, Line<T> | undefined>();
    for (const next of wanted) {
      // Pages that overlap for a moment may have somebody twice.
      if (lines.has(next.key)) next.key = next.index;
      lines.set(next.key, spare.get(next.key));
      spare.delete(next.key);
    }
    const free = spare.values();
    for (const next of wanted) {
      const line = lines.get(next.key) ?? this.take(free.next().value);
      lines.set(next.key, line);
      this.bind(line, next, anew);
    }
    for (const line of free) {
      line.element.remove();
      this.astray.delete(line);
    }
    this.lines = lines as Map<unknown, Line<T>>;
  }

  /** Puts the elements in the order of their rows; but `still`, which would lose the focus, never moves. */
  sort(still: Line<T> | undefined): void {
    const { astray, container } = this;
    let place = container.firstElementChild;
    for (const line of this.lines.values()) {
      const { element } = line;
      if (element !== place && !astray.has(line)) {
        // Those go where they belong, so that most stay where they are.
        while (place && astray.has(this.byElement.get(place)!)) place = place.nextElementSibling;
      }
      if (element === place || line === still) place = element.nextElementSibling;
      else container.insertBefore(element, place);
      astray.delete(line);
    }
  }

  private take(free: Line<T> | undefined): Line<T> {
    if (!free) return this.add();
    this.astray.add(free);
    return free;
  }

  private bind(line: Line<T>, next: Wanted<T>, anew: boolean): void {
    const { element } = line;
    const { key, row, index, y } = next;
    const fresh = line.key !== key || line.row !== row || line.index < 0;
    // The header is the first row.
    if (line.index !== index) element.ariaRowIndex = String(index + 2);
    if (line.y !== y) element.style.transform = `translateY(${y}px)`;
    line.key = key;
    line.row = row;
    line.index = index;
    line.y = y;
    if (fresh || anew) this.draw(element, row);
  }

  private add(): Line<T> {
    const element = document.createElement('div');
    element.className = 'row line';
    element.role = 'row';
    element.tabIndex = -1;
    element.setAttribute('part', 'row');
    const line: Line<T> = { element, key: undefined, row: undefined, index: -1, y: NaN };
    this.byElement.set(element, line);
    this.container.append(element);
    return line;
  }
}
