import { render } from 'lit';

interface Keyed {
  id: string;
}

/** The rows of one container, by the id of what they show. */
const drawn = new WeakMap<Element, Map<string, HTMLElement>>();

/**
 * Draws one row an item into `container`. A row stays with its item: focus, selection
 * and an open menu move with whom they belong to, and only rows that change place
 * are moved in the DOM, as a moved one would lose its focus.
 */
export function drawRows<T extends Keyed>(
  container: Element,
  items: readonly T[],
  draw: (item: T, index: number) => unknown,
): void {
  const before = drawn.get(container);
  const now = new Map(items.map(({ id }) => [id, before?.get(id) ?? makeRow()]));
  for (const [id, row] of before ?? []) if (!now.has(id)) row.remove();
  let place = container.firstElementChild;
  items.forEach((item, index) => {
    const row = now.get(item.id)!;
    if (row === place) place = place.nextElementSibling;
    else container.insertBefore(row, place);
    render(draw(item, index), row);
  });
  drawn.set(container, now);
}

/** A box of no size and no meaning of its own: layout and roles are those of what is drawn in it. */
function makeRow(): HTMLElement {
  const row = document.createElement('div');
  row.style.display = 'contents';
  return row;
}
