/** The index nearest to `from` at which a row fits, among rows loaded without a gap around it; or -1. */
export function nearest<T>(
  rowAt: (index: number) => T | undefined,
  from: number,
  fits: (row: T) => boolean,
): number {
  let below = from;
  let above = from - 1;
  for (;;) {
    const down = rowAt(below);
    if (down !== undefined && fits(down)) return below;
    const up = rowAt(above);
    if (up !== undefined && fits(up)) return above;
    if (down === undefined && up === undefined) return -1;
    if (down !== undefined) below += 1;
    if (up !== undefined) above -= 1;
  }
}
