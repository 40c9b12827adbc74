import type { ClientFrame, ServerFrame } from '../contract/index.js';

export interface Link {
  send(frame: ClientFrame): void;
  /** Ends it; whatever it still says is not listened to. `code` tells the server why, where it can be told. */
  close(code?: number): void;
}

/** Code of a link that ended without one. */
export const broken = 1006;

/** Told by a link, never before the function that made it has returned. */
export interface LinkEvents {
  onOpen(): void;
  /** Undefined stands for a message that was not of the protocol. */
  onFrame(frame: ServerFrame | undefined): void;
  /** Close code of WebSocket, or its like; else `broken`. */
  onClose(code: number): void;
}

/** What carries the stream, best first. */
export type TransportName = 'websocket' | 'sse' | 'polling';

/** The seam between the protocol and what carries it. */
export interface Transport {
  readonly name: TransportName;
  /** Opens one link to the server. */
  open(events: LinkEvents): Link;
}
