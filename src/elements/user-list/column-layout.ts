import type { Column } from './columns.js';

/** Which columns are shown, in which order, and how wide. */
export interface Layout {
  /** Ids; columns that are not among them stand behind. */
  order: readonly string[];
  hidden: readonly string[];
  /** Pixels by column. */
  widths: Readonly<Record<string, number>>;
}

export const initialLayout: Layout = { order: [], hidden: ['lastActiveAt'], widths: {} };
const narrowest = 60;
const widest = 800;

export function toggleColumn(layout: Layout, id: string): Layout {
  const others = layout.hidden.filter((each) => each !== id);
  return { ...layout, hidden: layout.hidden.includes(id) ? others : [...others, id] };
}

/** Undefined gives the column its own width back. */
export function resizeColumn(layout: Layout, id: string, width: number | undefined): Layout {
  const { [id]: _before, ...widths } = layout.widths;
  if (width === undefined) return { ...layout, widths };
  const pixels = Math.round(Math.min(widest, Math.max(narrowest, width)));
  return { ...layout, widths: { ...widths, [id]: pixels } };
}

/** Moves a column to where another stands. */
export function moveColumn(
  layout: Layout,
  columns: readonly Column[],
  id: string,
  to: string,
): Layout {
  const order = sortColumns(layout, columns).map((column) => column.id);
  const place = order.indexOf(to);
  order.splice(place, 0, ...order.splice(order.indexOf(id), 1));
  return { ...layout, order };
}

/** All columns in the order of the layout. */
export function sortColumns({ order }: Layout, columns: readonly Column[]): Column[] {
  const place = ({ id }: Column) => (order.includes(id) ? order.indexOf(id) : order.length);
  return columns.toSorted((a, b) => place(a) - place(b));
}

/** Those shown, in order, at their widths. */
export function arrangeColumns(layout: Layout, columns: readonly Column[]): Column[] {
  return sortColumns(layout, columns)
    .filter(({ id }) => !layout.hidden.includes(id))
    .map((column) => {
      const width = layout.widths[column.id];
      return width ? { ...column, track: `${width}px` } : column;
    });
}

/** The reader's own layout, kept in this browser for each person. */
export class KeptLayout {
  current = initialLayout;
  private person: string | undefined;

  constructor(private readonly changed: () => void) {}

  /** Takes up what this person has arranged before. */
  follow(person = ''): void {
    if (person === this.person) return;
    this.person = person;
    this.current = { ...initialLayout, ...this.read() };
  }

  set(layout: Layout): void {
    this.current = layout;
    this.changed();
    try {
      localStorage.setItem(this.key, JSON.stringify(layout));
    } catch (error) {
      console.warn('inlay: the layout of columns lasts as long as the page.', error);
    }
  }

  private get key(): string {
    return `inlay.user-list.${this.person}`;
  }

  private read(): Partial<Layout> {
    try {
      return JSON.parse(localStorage.getItem(this.key) ?? '{}') as Partial<Layout>;
    } catch {
      // No storage in this page, or something of another kind in it: as if nothing were kept.
      return {};
    }
  }
}
