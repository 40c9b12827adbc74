import {
  notifyManager,
  replaceEqualDeep,
  type Query,
  type QueryCache,
  type QueryClient,
  type QueryKey,
} from '@tanstack/query-core';
import type { LiveItem, Position, Range } from '../contract/index.js';
import { catchUp } from './catch-up.js';
import { effectOf, type Change, type Place } from './change.js';
import { takeIn, type Arrival } from './intake.js';
import { Ledger } from './ledger.js';
import { bringsBack, movesMembers } from './members.js';
import { channelOf, type LiveQueryMeta } from './meta.js';
import { agree, groupPages } from './pages.js';
import { Refetches, timeout, type Timer } from './refetch.js';
import { ruleOf } from './rules.js';
import { passStands, standsOf } from './stand.js';

/** With more than this waiting, reading anew is quicker than applying. */
const maxWaiting = 5_000;
/** Taken at a time, so that no frame is lost over it. What waits is so at most three frames behind. */
const maxAtOnce = 2_000;

/** Runs work soon; the result calls it off. */
export type Scheduler = (work: () => void) => () => void;

export interface SyncOptions {
  /** When what came is applied. Default: when the task at hand is done. */
  schedule?: Scheduler;
  random?: () => number;
  /** Runs the delayed refetches. Default: `setTimeout`. */
  later?: Timer;
  /** Hears every event once it has been applied; an update that misfits without its fields. */
  onEvent?: (event: Change) => void;
}

type Options = { queryKey: readonly unknown[]; meta?: LiveQueryMeta };

/** Where the client has its sync: every copy of Inlay on the page finds it there. */
const key = Symbol.for('inlay.sync.1');
type Synced = QueryClient & { [key]?: Sync };

/** The sync of a query client; made for it if it has none. */
export const syncOf = (client: QueryClient): Sync => (client as Synced)[key] ?? new Sync(client);

/**
 * Keeps a query cache as the live stream tells: events wait for the next frame and
 * are applied to each query once. It also becomes the client's `structuralSharing`,
 * so that no answer that was under way can undo a newer event.
 */
export class Sync {
  readonly #client: QueryClient;
  readonly #cache: QueryCache;
  readonly #options: SyncOptions;
  readonly #schedule: Scheduler;
  readonly #ledger = new Ledger();
  readonly #refetches: Refetches;
  #waiting: Arrival[] = [];
  /** Channels that go on from now, wherever that is, and have not been joined yet. */
  readonly #fromNow = new Set<string>();
  /** More has come than is kept of it. */
  #behind = false;
  #applying = false;
  /** Which answers came last. */
  readonly #read = new WeakMap<Query, number>();
  #reads = 0;
  /** For which epoch, beside which of the stream's, a query was asked again. */
  readonly #suspected = new WeakMap<Query, string>();
  #unschedule: (() => void) | undefined;
  #person = new AbortController();

  constructor(client: QueryClient, options: SyncOptions = {}) {
    this.#client = client;
    this.#cache = client.getQueryCache();
    this.#options = options;
    this.#schedule = options.schedule ?? ((work) => timeout(work, 0));
    this.#refetches = new Refetches(client, options.later, options.random);
    (client as Synced)[key] = this;
    this.#cache.subscribe((event) => {
      // Who comes back to what nobody watched may find it behind what is known.
      if (event.type === 'observerAdded' && event.query.state.data !== undefined)
        this.#apply(this.#groupOf(event.query));
      if (event.type !== 'updated' || this.#applying) return;
      const { query, action } = event;
      if (action.type === 'success') {
        this.#read.set(query, ++this.#reads);
        this.#suspect(query);
      } else if (action.type !== 'setState') return;
      // A cancelled fetch puts back the data that it began with; and from an answer the
      // other pages of its list learn the total.
      const group = this.#groupOf(query);
      if (action.type === 'setState' || group.length > 1) this.#apply(group);
    });
    const defaults = client.getDefaultOptions();
    const reconcile = (query: Options, before: unknown, after: unknown) =>
      this.#reconcile(query, before, after);
    client.setDefaultOptions({
      ...defaults,
      queries: {
        ...defaults.queries,
        // Called as a method of the query's options, which is how it learns the key.
        structuralSharing(this: Options, before: unknown, after: unknown) {
          return reconcile(this, before, after);
        },
      },
    });
  }

  /** Aborted as soon as somebody else is signed in, or the cache is done with. */
  get person(): AbortSignal {
    return this.#person.signal;
  }

  /** Takes the items of the range `(from, to]`, to be applied with the next frame. */
  push(channel: string, items: readonly LiveItem[], range: Range): void {
    this.#waiting.push({ channel, range, items });
    // A page may get no frame for minutes: of more than it will apply it keeps the ranges.
    if (this.#waiting.reduce((sum, { items }) => sum + items.length, 0) > maxWaiting) {
      this.#waiting = this.#waiting.map((each) => ({ ...each, items: [] }));
      this.#behind = true;
    }
    this.#plan();
  }

  #plan(): void {
    this.#unschedule ??= this.#schedule(() => this.flush());
  }

  #unplan(): void {
    this.#unschedule?.();
    this.#unschedule = undefined;
  }

  /** Applies what waits, or as much of it as a frame has time for, now. */
  flush(): void {
    this.#unplan();
    if (this.#behind) return this.#giveUp();
    const arrivals = this.#take();
    if (this.#waiting.length > 0) this.#plan();
    const news = takeIn(arrivals, (channel) => this.#refetch(isOf(channel))).flatMap(
      ({ channel, range, told }) => this.#ledger.append(channel, range, told),
    );
    this.#applyAll();
    this.#ledger.trim();
    const created = news.filter(({ type }) => type === 'USER_CREATED');
    this.#refetch((query) => created.some((event) => bringsBack(event, query)));
    for (const event of news) this.#options.onEvent?.(event);
  }

  #take(): readonly Arrival[] {
    let size = 0;
    const rest = this.#waiting.findIndex(({ items }) => (size += items.length) >= maxAtOnce) + 1;
    return this.#waiting.splice(0, rest || this.#waiting.length);
  }

  /** More came than can be applied: all is marked as stale, and read anew. */
  #giveUp(): void {
    this.#behind = false;
    for (const { channel, range } of this.#waiting.splice(0)) {
      this.#ledger.restart({ channel, epoch: range.epoch, offset: range.to });
    }
    this.#refetch(() => true);
  }

  /**
   * Takes a write's answer as the change it is, at once. Where the stream will tell it
   * (`places`), it is not counted twice; without one lists and counts are asked again.
   */
  settle(change: Change, places: readonly Place[]): void {
    for (const at of places) this.#ledger.tellAhead({ ...change, at });
    this.#refetch((query) => movesMembers(change, query) || bringsBack(change, query));
    if (places.length > 0) return this.#applyAll();
    this.#applyAll([change]);
    if (effectOf(change) !== 'updated') this.#refetch(({ queryKey }) => ruleOf(queryKey));
    if (change.was) this.#refetch(({ queryKey }) => queryKey[1] === 'counts');
  }

  /** Reads a channel's queries anew after its stream broke off; gives the place to go on from. */
  async restart(channel: string): Promise<Place | undefined> {
    this.#waiting = this.#waiting.filter((each) => each.channel !== channel);
    this.#ledger.forget(channel);
    const predicate = isOf(channel);
    await this.#client.cancelQueries({ predicate, type: 'inactive' });
    await this.#client.invalidateQueries({ predicate });
    const watched = this.#cache.findAll({ predicate, type: 'active' });
    // What could not be read shows its error; from now on, then.
    if (!watched.some(({ state }) => state.isInvalidated)) return this.startOf(channel);
    this.#fromNow.add(channel);
    return undefined;
  }

  /** The stream is joined. Where that is from now, what was read before it is asked for again: nobody told what came between. */
  join(channel: string, { epoch, offset }: Position): void {
    if (!this.#fromNow.delete(channel)) return;
    this.#ledger.restart({ channel, epoch, offset });
    const isBefore = (stand: Place) =>
      stand.channel === channel && (stand.epoch !== epoch || stand.offset < offset);
    this.#refetch(({ state }) => standsOf(state.data).some(isBefore));
  }

  /**
   * Begins to follow a channel. Gives from where: the end of what is known of it if that reaches back
   * to all that is watched, else the earliest place of those; undefined if none says.
   */
  startOf(channel: string): Place | undefined {
    // Others that stand in the channel are not read anew with it, and may be of an earlier epoch.
    const isKept = isOf(channel);
    const stands = this.#cache
      .findAll({ type: 'active' })
      .sort((a, b) => Number(isKept(a)) - Number(isKept(b)))
      .flatMap(({ state }) => standsOf(state.data))
      .filter((stand) => stand.channel === channel);
    const epoch = stands.at(-1)?.epoch;
    if (epoch === undefined) return undefined;
    const offsets = stands.filter((stand) => stand.epoch === epoch).map(({ offset }) => offset);
    const lowest = { channel, epoch, offset: Math.min(...offsets) };
    const head = this.#ledger.head(channel);
    const goesOn = head?.epoch === epoch && head.offset > lowest.offset;
    if (goesOn && !this.#ledger.misses(lowest)) return head;
    // An answer that stands before, and comes later, has missed what was told until here.
    this.#ledger.restart(lowest);
    for (const query of this.#cache.getAll()) this.#suspect(query);
    return lowest;
  }

  /**
   * Asks again for what is of another epoch than the stream, as it may be from before. Once:
   * whoever is told the same again is ahead of the stream, which will find out.
   */
  #suspect(query: Query): void {
    const strange = standsOf(query.state.data).find((stand) => this.#ledger.differs(stand));
    const reason = strange && `${strange.epoch} ${this.#ledger.epochOf(strange.channel)}`;
    if (!reason || this.#suspected.get(query) === reason) return;
    this.#suspected.set(query, reason);
    this.#refetches.plan(query);
  }

  /** Forgets everything: somebody else is signed in. */
  forget(): void {
    this.#person.abort();
    this.#person = new AbortController();
    this.#unplan();
    this.#waiting = [];
    this.#behind = false;
    this.#fromNow.clear();
    this.#ledger.forget();
    this.#refetches.forget();
  }

  #applyAll(unplaced?: readonly Change[]): void {
    notifyManager.batch(() => {
      for (const queries of this.#groups()) this.#apply(queries, unplaced);
    });
  }

  #groupOf(query: Query): readonly Query[] {
    return this.#groups().find((queries) => queries.includes(query)) ?? [];
  }

  #groups(): readonly Query[][] {
    const hash = (queryKey: QueryKey) => this.#client.defaultQueryOptions({ queryKey }).queryHash;
    return groupPages(this.#cache.getAll(), hash);
  }

  /** Brings queries up to what is known, and to changes that stand nowhere in the stream. */
  #apply(queries: readonly Query[], unplaced: readonly Change[] = []): void {
    const before = queries.map(({ state }) => state.data);
    const keys = queries.map(({ queryKey }) => queryKey);
    const read = queries.map((query) => this.#read.get(query) ?? 0);
    const { parts: caughtUp, unsure } = catchUp(before, queries, this.#ledger, unplaced);
    const parts = keys.length === 1 ? caughtUp : agree(caughtUp, keys, read);
    // Neither an answer nor a reason to believe it fresh: only the data change.
    this.#applying = true;
    queries.forEach((query, index) => {
      if (parts[index] !== before[index]) query.setState({ data: parts[index] });
    });
    this.#applying = false;
    queries.forEach((query, index) => unsure[index] && this.#refetches.plan(query));
  }

  #reconcile(options: Options, before: unknown, after: unknown): unknown {
    for (const stand of standsOf(after)) this.#ledger.meet(stand);
    const { parts, unsure } = catchUp([after], [options], this.#ledger);
    const shared = replaceEqualDeep(before, parts[0]);
    passStands(parts[0], shared);
    const query = this.#cache.find({ queryKey: options.queryKey });
    if (unsure[0] && query) this.#refetches.plan(query);
    return shared;
  }

  #refetch(concerns: (query: Query) => unknown): void {
    for (const query of this.#cache.getAll().filter(concerns)) this.#refetches.plan(query);
  }
}

/** Whether a query is kept fresh by that channel. */
const isOf = (channel: string) => (query: Query) => channelOf(query) === channel;
