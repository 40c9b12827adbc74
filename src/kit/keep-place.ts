/**
 * Notes what a reader sees at the top of a scroller, before its rows change; the result puts
 * that back where it stood, or what comes after it if it has left. Only chunks in sight are
 * measured, as asking a row would make the browser lay out its whole chunk.
 */
export function keepPlace(scroller: Element, row: string): () => void {
  const { top, bottom } = scroller.getBoundingClientRect();
  const isSeen = (element: Element) => {
    const box = element.getBoundingClientRect();
    return box.bottom > top && box.top < bottom;
  };
  const seen = [...scroller.querySelectorAll('.chunk')]
    .filter(isSeen)
    .flatMap((chunk) => [...chunk.querySelectorAll(row)])
    .filter(isSeen)
    .map((element) => ({ element, at: element.getBoundingClientRect().top }));
  return () => {
    const kept = seen.find(({ element }) => element.isConnected);
    if (kept) scroller.scrollTop += kept.element.getBoundingClientRect().top - kept.at;
  };
}
