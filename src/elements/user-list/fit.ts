/** The width at which nothing of a column is cut off, in its heading and the rows in sight. */
export function fittingWidth(heading: HTMLElement): number {
  const grid = heading.closest('[role="grid"]')!;
  const place = `.rows [aria-colindex="${heading.ariaColIndex}"]`;
  const cells = [heading, ...grid.querySelectorAll<HTMLElement>(place)];
  for (const { style } of cells) style.inlineSize = 'max-content';
  const widths = cells.map((cell) => cell.getBoundingClientRect().width);
  for (const { style } of cells) style.inlineSize = '';
  return Math.ceil(Math.max(...widths));
}
