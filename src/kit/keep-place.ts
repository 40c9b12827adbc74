/**
 * Notes which of these rows a reader sees in a scroller, before they change; the result puts the
 * topmost back where it stood, or what comes after it if it has left.
 */
export function keepPlace(scroller: Element, rows: readonly Element[]): () => void {
  const { top, bottom } = scroller.getBoundingClientRect();
  const seen = rows
    .map((element) => ({ element, box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.bottom > top && box.top < bottom);
  return () => {
    const kept = seen.find(({ element }) => element.isConnected);
    if (kept) scroller.scrollTop += kept.element.getBoundingClientRect().top - kept.box.top;
  };
}
