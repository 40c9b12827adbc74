/** What a connection carries, by the request that it has sent last. */
export const kinds = ['websocket', 'sse', 'polling', 'http'] as const;
export type Kind = (typeof kinds)[number];

/** How a line is. Both directions suffer it, except where something else is said. */
export interface Conditions {
  /** On the way, in ms. */
  delayMs: number;
  bytesPerSecond: number;
  /** Bytes of answers that one connection lets through; then it ends, amid whatever it was. */
  cutAfter: number;
  /** Half-open: what goes this way is held back until the line is healed; nobody is told. */
  stalled: 'up' | 'down' | 'both' | 'none';
  /** An answer is passed on when it is whole, as by proxies that keep streams to themselves. */
  buffered: boolean;
  /** Ended as soon as it is known what is asked for. */
  refused: boolean;
}

export const perfect: Conditions = {
  delayMs: 0,
  bytesPerSecond: Infinity,
  cutAfter: Infinity,
  stalled: 'none',
  buffered: false,
  refused: false,
};
