import assert from 'node:assert/strict';
import type { LiveSource } from '../../src/live/index.js';

/** What a client was told by its stream. */
export interface Testimony {
  events: number;
  resets: number;
  /** Links that came to life. */
  links: number;
}

/**
 * The source as it is, under oath: events of a follower come without gap or overlap, each
 * offset once an epoch. What is against that is thrown where the client takes it in, and kept.
 */
export function watch(live: LiveSource, note: (problem: unknown) => void) {
  const testimony: Testimony = { events: 0, resets: 0, links: 0 };
  live.onState(({ status }) => {
    if (status === 'live') testimony.links++;
  });
  const source: LiveSource = {
    ...live,
    get state() {
      return live.state;
    },
    follow(channel, listener, since) {
      let at = since;
      let reading = 0;
      return live.follow(
        channel,
        {
          ...listener,
          onEvents(items, range) {
            try {
              const { epoch, from, to } = range;
              if (at) assert.deepEqual({ epoch, offset: from }, pick(at), `${channel}: contiguous`);
              let last = from;
              for (const { offset } of items) {
                assert.ok(offset > last && offset <= to, `${channel}: ${offset} after ${last}`);
                last = offset;
              }
              at = { epoch, offset: to };
            } catch (error) {
              note(error);
            }
            testimony.events += items.length;
            listener.onEvents(items, range);
          },
          async onReset() {
            testimony.resets++;
            at = undefined;
            const mine = ++reading;
            const next = await listener.onReset();
            if (mine === reading) at = next;
            return next;
          },
        },
        since,
      );
    },
  };
  return { source, testimony };
}

const pick = ({ epoch, offset }: { epoch: string; offset: number }) => ({ epoch, offset });
