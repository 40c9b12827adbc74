import type { Change, Place } from './change.js';
import { aheadKey, type Stand } from './stand.js';

/** Changes kept of one channel; beyond, an answer that is older still is asked for again. */
const kept = 1_000;

export type Told = Change & { at: Place };

/** A stretch `(from, to]` of a channel. */
export interface Range {
  epoch: string;
  from: number;
  to: number;
}

interface Log {
  epoch: string;
  /** The items cover `(from, to]`. */
  from: number;
  to: number;
  items: Told[];
  /** Own writes whose answer was faster than the stream. */
  ahead: Told[];
}

/**
 * What has been told of late, by channel. With it an answer that was under way
 * meanwhile, and so is older, is brought up to date when it comes in.
 */
export class Ledger {
  readonly #logs = new Map<string, Log>();

  /** Takes the range `(from, to]` of a channel. `news` is what was not known of it. */
  append(
    channel: string,
    { epoch, from, to }: Range,
    items: readonly Told[],
  ): { continues: boolean; news: Told[] } {
    const log = this.#logs.get(channel);
    const continues = log?.epoch === epoch && from <= log.to;
    const now = continues ? log : this.restart({ channel, epoch, offset: from });
    const news = items.filter(({ at }) => at.offset > now.to);
    now.items.push(...news);
    now.to = Math.max(now.to, to);
    now.ahead = now.ahead.filter(({ at }) => at.offset > now.to);
    if (now.items.length > kept) {
      const dropped = now.items.splice(0, now.items.length - kept);
      now.from = dropped.at(-1)!.at.offset;
    }
    return { continues, news };
  }

  /** Begins anew after a place, forgetting what went before. */
  restart({ channel, epoch, offset }: Place): Log {
    const old = this.#logs.get(channel);
    const ahead = old?.epoch === epoch ? old.ahead.filter(({ at }) => at.offset > offset) : [];
    const log = { epoch, from: offset, to: offset, items: [], ahead };
    this.#logs.set(channel, log);
    return log;
  }

  /** Takes a write's answer, which says at what place the stream will tell it or has told it. */
  tellAhead(change: Told): void {
    const { channel, epoch, offset } = change.at;
    const known = this.#logs.get(channel);
    // Where the stream is not followed nothing is claimed to be known of it.
    const log = known?.epoch === epoch ? known : this.restart({ channel, epoch, offset: 0 });
    if (offset > log.to) log.ahead = [...log.ahead, change].slice(-kept);
  }

  all(): Change[] {
    return [...this.#logs.values()].flatMap(({ items, ahead }) => [...items, ...ahead]);
  }

  forget(): void {
    this.#logs.clear();
  }

  /** End of what is known of a channel. */
  head(channel: string): Stand | undefined {
    const log = this.#logs.get(channel);
    return log && { channel, epoch: log.epoch, offset: log.to };
  }

  /** Whether something happened between the stand and what is known. */
  misses(stand: Stand): boolean {
    const log = this.#logs.get(stand.channel);
    return log?.epoch === stand.epoch && stand.offset < log.from;
  }

  /** Where data stand after all that is known has been folded into them. */
  advance(stand: Stand): Stand {
    const log = this.#logs.get(stand.channel);
    if (log?.epoch !== stand.epoch) return stand;
    const offset = Math.max(stand.offset, log.to);
    return { ...stand, offset, ahead: new Set(log.ahead.map(aheadKey)) };
  }
}
