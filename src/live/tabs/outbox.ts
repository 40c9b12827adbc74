import type { ServerFrame } from '../../contract/index.js';

/**
 * Collects what is said at once: the same events for many tabs are written once, in one
 * message that names them all.
 */
export function createOutbox(
  post: (to: string[], frame: ServerFrame) => void,
): (to: string, frame: ServerFrame) => void {
  const waiting: [to: string[], frame: ServerFrame][] = [];
  return (to, frame) => {
    const last = waiting.at(-1);
    if (last && isSameRange(last[1], frame)) last[0].push(to);
    else if (waiting.push([[to], frame]) === 1) {
      queueMicrotask(() => waiting.splice(0).forEach((each) => post(...each)));
    }
  };
}

/** All who follow a channel are handed the same items. */
const isSameRange = (a: ServerFrame, b: ServerFrame) =>
  a.type === 'EVENTS' && b.type === 'EVENTS' && a.from === b.from && a.items[0] === b.items[0];
