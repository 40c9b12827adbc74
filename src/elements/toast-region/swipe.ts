/** Pixels after which a toast that is let go leaves. */
const far = 80;
const begun = new WeakMap<EventTarget, number>();

/**
 * Lets a toast be swiped away, to either side, by finger or pen: a mouse selects text. Give it
 * all pointer events of the toast; answers true when it is to leave.
 */
export function swipe({ type, pointerType, currentTarget, clientX }: PointerEvent): boolean {
  const toast = currentTarget as HTMLElement;
  if (pointerType === 'mouse') return false;
  if (type === 'pointerdown') begun.set(toast, clientX);
  const from = begun.get(toast);
  if (from === undefined) return false;
  const way = clientX - from;
  const over = type === 'pointerup' || type === 'pointercancel';
  if (over) begun.delete(toast);
  const leaves = type === 'pointerup' && Math.abs(way) >= far;
  toast.style.translate = over && !leaves ? '' : `${way}px`;
  return leaves;
}
