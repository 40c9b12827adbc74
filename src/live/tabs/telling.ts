import type { ClientFrame } from '../../contract/index.js';
import type { LiveState } from '../live-source.js';

/** What a tab says to the one that leads: a frame, and its name. */
export type Asking = { from: string } & Extract<
  ClientFrame,
  { type: 'HELLO' | 'SUBSCRIBE' | 'UNSUBSCRIBE' | 'PONG' }
>;

/** What the tab that leads says. */
export interface Telling {
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

type Unknown<T> = { [K in keyof T]?: unknown } | null | undefined;

/** Whether it is one, and not what others say on a channel of the same name. */
export function isAsking(data: unknown): data is Asking {
  const { from, type, channel, epoch, since } = { ...(data as Unknown<Record<string, unknown>>) };
  return (
    isText(from) &&
    isText(type) &&
    isText(channel ?? '') &&
    isText(epoch ?? '') &&
    Number.isSafeInteger(since ?? 0)
  );
}

export function isTelling(data: unknown): data is Telling {
  const { by, to, text, state } = { ...(data as Unknown<Telling>) };
  return (
    isText(by) &&
    (to === undefined || Array.isArray(to)) &&
    isText(text ?? '') &&
    (state === undefined || isText((state as Unknown<LiveState>)?.status))
  );
}

const isText = (value: unknown): value is string => typeof value === 'string';
