import type { Range } from '../contract/index.js';
import type { Change, Place } from './change.js';
import { aheadKey, type Stand } from './stand.js';

/** Changes kept of one channel; beyond, an answer that is older still is asked for again. */
const kept = 1_000;
/** Channels of which changes are kept: those told of last, as every profile that is opened has one. */
const most = 100;

export type Told = Change & { at: Place };

interface Log {
  epoch: string;
  /** The items cover `(from, to]`, in their order. */
  from: number;
  to: number;
  items: Told[];
  /** Own writes whose answer was faster than the stream. */
  ahead: Told[];
  /** Where data stand that have had all of it. */
  stand?: Stand;
}

/**
 * What has been told of late, by channel. With it an answer that was under way
 * meanwhile, and so is older, is brought up to date when it comes in.
 */
export class Ledger {
  readonly #logs = new Map<string, Log>();
  /** The epoch that each channel was last seen in. */
  readonly #epochs = new Map<string, string>();
  /** Those that have ended: what was told in one, on whatever channel, is of another world. */
  readonly #past = new Set<string>();
  /** Those that only answers have told of. */
  readonly #unconfirmed = new Set<string>();
  /** Channels whose stream broke off and has not begun anew: another epoch is no surprise there. */
  readonly #broken = new Set<string>();

  /**
   * Hears of a place where an answer stands: the first of another epoch tells that the server
   * began anew. It may as well have come late, as long as the stream does not say the same.
   */
  meet({ channel, epoch }: Place): void {
    const before = this.#epochs.get(channel) ?? epoch;
    if (this.#past.has(epoch) && !this.#unconfirmed.has(before)) return;
    this.#epochs.set(channel, epoch);
    if (before === epoch) return;
    this.#past.delete(epoch);
    this.#past.add(before);
    if (!this.#broken.has(channel)) this.#unconfirmed.add(epoch);
    for (const [name, log] of this.#logs) if (log.epoch === before) this.#logs.delete(name);
  }

  /** Takes what was told of a range; gives what was not known of it. Begins anew where it does not go on. */
  append(channel: string, { epoch, from, to }: Range, told: readonly Told[]): Told[] {
    // It was taken for over because an answer of the one before came late.
    if (this.#past.has(epoch)) this.restart({ channel, epoch, offset: from });
    const known = this.#logs.get(channel);
    const goesOn = known?.epoch === epoch && from <= known.to;
    const log = goesOn ? known : this.restart({ channel, epoch, offset: from });
    // Behind all others, of which the first goes.
    this.#logs.delete(channel);
    this.#logs.set(channel, log);
    const news = told.filter(({ at }) => at.offset > log.to);
    delete log.stand;
    log.items.push(...news);
    log.to = Math.max(log.to, to);
    log.ahead = log.ahead.filter(({ at }) => at.offset > log.to);
    return news;
  }

  /** Lets go of the oldest, once all data have had them. */
  trim(): void {
    for (const log of this.#logs.values()) {
      const dropped = log.items.splice(0, Math.max(0, log.items.length - kept));
      log.from = dropped.at(-1)?.at.offset ?? log.from;
    }
  }

  /** Begins anew after a place, forgetting what went before. */
  restart({ channel, epoch, offset }: Place): Log {
    // What the stream goes on with is what counts.
    this.#past.delete(epoch);
    this.meet({ channel, epoch, offset });
    this.#unconfirmed.delete(epoch);
    this.#broken.delete(channel);
    const old = this.#logs.get(channel);
    const ahead = old?.epoch === epoch ? old.ahead.filter(({ at }) => at.offset > offset) : [];
    const log = { epoch, from: offset, to: offset, items: [], ahead };
    this.#logs.set(channel, log);
    const [longestAgo] = this.#logs.keys();
    if (this.#logs.size > most) this.#logs.delete(longestAgo!);
    return log;
  }

  /** Takes a write's answer, which says at what place the stream will tell it or has told it. */
  tellAhead(change: Told): void {
    const { channel, epoch, offset } = change.at;
    if (this.#past.has(epoch)) return;
    const known = this.#logs.get(channel);
    // Where the stream is not followed nothing is claimed to be known of it.
    const log = known?.epoch === epoch ? known : this.restart({ channel, epoch, offset: 0 });
    delete log.stand;
    if (offset > log.to) log.ahead = [...log.ahead, change].slice(-kept);
  }

  /**
   * What data at these stands may not have had yet. Of other channels that is all,
   * as they tell of entities that the data embed.
   */
  since(stands: readonly (Stand | undefined)[]): Change[] {
    return [...this.#logs].flatMap(([channel, { items, ahead }]) => {
      const offsets = stands.map((stand) => (stand?.channel === channel ? stand.offset : -1));
      const least = Math.min(...offsets);
      const known = items.findLastIndex(({ at }) => at.offset <= least);
      return [...items.slice(known + 1), ...ahead];
    });
  }

  /** Forgets a channel whose stream broke off, or everything. */
  forget(channel?: string): void {
    if (channel === undefined) this.#logs.clear();
    else {
      this.#logs.delete(channel);
      this.#broken.add(channel);
    }
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

  /** The epoch that a channel was last seen in. */
  epochOf(channel: string): string | undefined {
    return this.#epochs.get(channel);
  }

  /** Whether the stand may be of an epoch that is over: another than the stream's, as far as that is known. */
  differs({ channel, epoch }: Stand): boolean {
    const log = this.#logs.get(channel);
    return log ? log.epoch !== epoch : this.#unconfirmed.has(epoch) || this.#past.has(epoch);
  }

  /** Where data stand after all that is known has been folded into them; mostly one object for all. */
  advance(stand: Stand): Stand {
    const log = this.#logs.get(stand.channel);
    if (log?.epoch !== stand.epoch) return stand;
    const ahead = () => new Set(log.ahead.map(aheadKey));
    if (stand.offset > log.to) return { ...stand, ahead: ahead() };
    return (log.stand ??= { ...stand, offset: log.to, ahead: ahead() });
  }
}
