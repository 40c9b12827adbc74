import type { Column } from './columns.js';

interface Movable {
  columns: readonly Column[];
  move(column: Column, to: Column): void;
}

/** Moves a heading with the pointer past the middle of others; keys do so in the dialog of columns. */
export function drag(event: PointerEvent, column: Column, { columns, move }: Movable): void {
  const head = event.currentTarget as HTMLElement;
  const { gridTemplateAreas, direction } = getComputedStyle(head);
  // Narrow places have an order of their own, and a finger scrolls.
  if (gridTemplateAreas !== 'none' || event.pointerType === 'touch' || event.button) return;
  const order = [...columns];
  let moved = false;
  const step = ({ clientX }: PointerEvent) => {
    const boxes = [...head.children].map((each) => each.getBoundingClientRect());
    const over = boxes.findIndex(({ left, right }) => left <= clientX && clientX < right);
    const to = order[over];
    if (!to || to.isFixed || to === column) return;
    const { left, right } = boxes[over]!;
    const isPast = clientX > (left + right) / 2 === (direction === 'ltr');
    const at = order.indexOf(column);
    if (isPast !== over > at) return;
    moved = true;
    order.splice(over, 0, ...order.splice(at, 1));
    move(column, to);
  };
  follow(event, step, () => {
    // What the browser takes for a click, at once, was none.
    const options = { capture: true, once: true, signal: AbortSignal.timeout(0) };
    if (moved) addEventListener('click', (click) => click.stopPropagation(), options);
  });
}

/** Follows the pointer with the width of a heading; keys set it in the dialog of columns. */
export function dragEdge(
  event: PointerEvent,
  edge: HTMLElement,
  resize: (width: number) => void,
): void {
  const width = edge.parentElement!.offsetWidth;
  const way = edge.matches(':dir(rtl)') ? -1 : 1;
  event.preventDefault();
  edge.setPointerCapture(event.pointerId);
  follow(event, ({ clientX }) => resize(width + way * (clientX - event.clientX)));
}

/** Tells where the pointer goes until it is let go. */
function follow(
  { pointerId }: PointerEvent,
  moved: (event: PointerEvent) => void,
  ended = () => {},
): void {
  const stop = new AbortController();
  const { signal } = stop;
  const hear = (event: PointerEvent) => {
    if (event.pointerId !== pointerId) return;
    if (event.type === 'pointermove') return moved(event);
    stop.abort();
    ended();
  };
  for (const type of ['pointermove', 'pointerup', 'pointercancel'] as const) {
    addEventListener(type, hear, { signal });
  }
}
