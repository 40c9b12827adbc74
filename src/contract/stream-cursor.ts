/** Where a reader, or an answer, stands in a channel of the live stream. */
export interface Position {
  epoch: string;
  /** Offset of the newest event it has seen, 0 before the first. */
  offset: number;
}

/** The stretch `(from, to]` of a channel. */
export interface Range {
  epoch: string;
  from: number;
  to: number;
}

/** A position on the wire, prefixed by its channel: `users@k3f9:42`. */
export function formatCursor(channel: string, { epoch, offset }: Position): string {
  return `${channel}@${epoch}:${offset}`;
}

/** The parts of `users@k3f9:42`, or undefined when the text is not a cursor. */
export function parseCursor(text: string): (Position & { channel: string }) | undefined {
  const match = /^([\w:-]+)@(\w+):(\d{1,15})$/.exec(text);
  return match ? { channel: match[1]!, epoch: match[2]!, offset: Number(match[3]) } : undefined;
}
