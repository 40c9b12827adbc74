import { protocol, type ClientFrame } from '../../contract/index.js';
import type { LiveState } from '../live-source.js';

interface Marked {
  /** Tells it from what others may say on a channel of the same name. */
  v: typeof protocol;
}

/** What a tab says to the one that leads: a frame, and its name. */
export interface Asking extends Marked {
  from: string;
  frame: ClientFrame;
}

/** What the tab that leads says. */
export interface Telling extends Marked {
  by: string;
  /** Tabs that are meant. Default: all. */
  to?: string[];
  /** A frame of the protocol as JSON. */
  text?: string;
  /** How its link to the server is; absent when it leads no longer. */
  state?: LiveState;
  /** Whether its page is: timers are slow there. */
  hidden?: boolean;
}

export const isMarked = (data: unknown): data is Asking | Telling =>
  (data as Partial<Marked> | null)?.v === protocol;
