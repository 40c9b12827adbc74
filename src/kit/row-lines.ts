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
 * The elements of a row window, in the order of its rows. An element stays with its row;
 * elements whose rows leave are given to rows that come.
 */
export class RowLines<T> {
  private lines = new Map<unknown, Line<T>>();
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

  /** Whether every line shows the row that is at its index. */
  match(rowAt: (index: number) => T | undefined): boolean {
    return [...this.lines.values()].every(({ index, row }) => rowAt(index) === row);
  }

  /** An element with no row yet, to be measured. */
  get sample(): HTMLElement {
    const [line = this.add(undefined)] = this.lines.values();
    return line.element;
  }

  /**
   * Shows these rows, whose keys differ. Only rows that are new or changed are drawn, or
   * all when `anew`. The `still` line is never moved in the DOM, as it would lose the focus.
   */
  show(wanted: readonly Wanted<T>[], still: Line<T> | undefined, anew: boolean): void {
    const before = this.lines;
    const spare = new Set(before.values());
    for (const { key } of wanted) {
      const kept = before.get(key);
      if (kept) spare.delete(kept);
    }
    this.lines = new Map();
    let place = this.container.firstElementChild;
    const here = () => place && this.byElement.get(place)!;
    for (const next of wanted) {
      let line = before.get(next.key);
      if (line) while (place && spare.has(here()!)) place = place.nextElementSibling;
      else {
        // One that stands in its place already, if there is one, or whichever is free.
        line = spare.has(here()!) ? here()! : ([...spare][0] ?? this.add(next.key));
        spare.delete(line);
      }
      const { element } = line;
      if (element === place || line === still) place = element.nextElementSibling;
      else this.container.insertBefore(element, place);
      this.bind(line, next, anew);
    }
    for (const line of spare) line.element.remove();
  }

  private bind(line: Line<T>, next: Wanted<T>, anew: boolean): void {
    const { element } = line;
    const fresh = line.key !== next.key || line.row !== next.row || line.index < 0;
    // The header is the first row.
    if (line.index !== next.index) element.ariaRowIndex = String(next.index + 2);
    if (line.y !== next.y) element.style.transform = `translateY(${next.y}px)`;
    Object.assign(line, next);
    this.lines.set(line.key, line);
    if (fresh || anew) this.draw(element, next.row);
  }

  private add(key: unknown): Line<T> {
    const element = document.createElement('div');
    element.className = 'row line';
    element.role = 'row';
    element.tabIndex = -1;
    element.setAttribute('part', 'row');
    const line: Line<T> = { element, key, row: undefined, index: -1, y: NaN };
    this.byElement.set(element, line);
    this.lines.set(key, line);
    this.container.append(element);
    return line;
  }
}
