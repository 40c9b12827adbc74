import { render } from 'lit';

/** The rows of one container, by what each shows. */
const drawn = new WeakMap<Element, Map<string | object, HTMLElement>>();

/**
 * Draws one row an item into `container`; items with an `id` are the same by that, others
 * by identity. A row stays with its item: focus, selection and an open menu move with
 * whom they belong to, and only rows that change place are moved in the DOM, as a moved
 * one would lose its focus.
 */
export function drawRows<T extends object>(
  container: Element,
  items: readonly T[],
  draw: (item: T, index: number) => unknown,
): void {
  const before = drawn.get(container);
  const rows = new Map(items.map((item) => [keyOf(item), before?.get(keyOf(item)) ?? makeRow()]));
  for (const [key, row] of before ?? []) if (!rows.has(key)) row.remove();
  let place = container.firstElementChild;
  items.forEach((item, index) => {
    const row = rows.get(keyOf(item))!;
    // Who stood here goes further down, and is moved when it is its turn: the others stay.
    if (place && place.nextElementSibling === row) place = row;
    if (row === place) place = place.nextElementSibling;
    else container.insertBefore(row, place);
    render(draw(item, index), row);
  });
  drawn.set(container, rows);
}

const keyOf = (item: object) => (item as { id?: string }).id ?? item;

/** A box of no size and no meaning of its own: layout and roles are those of what is drawn in it. */
function makeRow(): HTMLElement {
  const row = document.createElement('div');
  row.style.display = 'contents';
  return row;
}
