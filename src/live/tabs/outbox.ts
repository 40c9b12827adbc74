import type { ServerFrame } from '../../contract/index.js';

/**
 * Collects what is said at once: the same events for many tabs are written once, in one
 * message that names them all.
 */
export function createOutbox(
  post: (to: string[], text: string) => void,
): (to: string, frame: ServerFrame) => void {
  let waiting: { to: string[]; frame: ServerFrame }[] = [];

  function flush(): void {
    const all = waiting;
    waiting = [];
    for (const { to, frame } of all) post(to, JSON.stringify(frame));
  }

  return (to, frame) => {
    const last = waiting.at(-1);
    if (last && isSameRange(last.frame, frame)) last.to.push(to);
    else if (waiting.push({ to: [to], frame }) === 1) queueMicrotask(flush);
  };
}

const isSameRange = (a: ServerFrame, b: ServerFrame) =>
  a.type === 'EVENTS' &&
  b.type === 'EVENTS' &&
  a.channel === b.channel &&
  a.epoch === b.epoch &&
  a.from === b.from &&
  a.to === b.to;
