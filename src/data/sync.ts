import {
  notifyManager,
  replaceEqualDeep,
  type Query,
  type QueryClient,
} from '@tanstack/query-core';
import { events, type EventType, type LiveItem } from '../contract/index.js';
import { catchUp } from './catch-up.js';
import { effectOf, type Change, type Place } from './change.js';
import { nextFrame, type Scheduler } from './frame.js';
import { Ledger, type Range, type Told } from './ledger.js';
import { channelOf, type LiveQueryMeta } from './meta.js';
import { ruleOf } from './rules.js';
import { setStand, standOf, unitsOf } from './stand.js';

/** More than this waiting, and reading anew is quicker than applying. */
const maxQueued = 5_000;

export interface SyncOptions {
  /** When queued events are applied. Default: the next animation frame, 250 ms while hidden. */
  schedule?: Scheduler;
  random?: () => number;
  /** Hears every event once it has been applied. */
  onEvent?: (event: Change) => void;
  /** Runs the delayed refetches; the result calls one off. Default: `setTimeout`. */
  later?: (work: () => void, ms: number) => () => void;
}

type Options = { queryKey: readonly unknown[]; meta?: LiveQueryMeta };

const syncs = new WeakMap<QueryClient, Sync>();

/** The sync of a query client; made for it if it has none. */
export const syncOf = (client: QueryClient): Sync => syncs.get(client) ?? new Sync(client);

/**
 * Keeps a query cache as the live stream tells: events wait for the next frame and
 * are applied to each query once. It also becomes the client's `structuralSharing`,
 * so that no answer that was under way can undo a newer event.
 */
export class Sync {
  readonly #client: QueryClient;
  readonly #schedule: Scheduler;
  readonly #later: NonNullable<SyncOptions['later']>;
  readonly #random: () => number;
  readonly #onEvent: SyncOptions['onEvent'];
  readonly #ledger = new Ledger();
  readonly #refetches = new Map<string, () => void>();
  /** By data: the flush after which they had everything. */
  readonly #caughtUp = new WeakMap<object, number>();
  #queue: { channel: string; range: Range; items: readonly LiveItem[] }[] = [];
  #flushes = 0;
  #unschedule: (() => void) | undefined;

  constructor(
    client: QueryClient,
    { schedule = nextFrame, later = afterMs, random = Math.random, onEvent }: SyncOptions = {},
  ) {
    this.#client = client;
    this.#schedule = schedule;
    this.#later = later;
    this.#random = random;
    this.#onEvent = onEvent;
    syncs.set(client, this);
    client.getQueryCache().subscribe((event) => {
      // A cancelled fetch puts back the data that it began with.
      if (event.type !== 'updated' || event.action.type !== 'setState') return;
      const { data } = event.query.state as { data?: object };
      if (data && this.#caughtUp.get(data) !== this.#flushes) this.#apply(event.query);
    });
    const defaults = client.getDefaultOptions();
    const reconcile = (options: Options, before: unknown, after: unknown) =>
      this.#reconcile(options, before, after);
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

  /** Takes the items of the range `(from, to]`, to be applied with the next frame. */
  push(channel: string, items: readonly LiveItem[], range: Range): void {
    this.#queue.push({ channel, range, items });
    this.#unschedule ??= this.#schedule(() => this.flush());
  }

  /** Applies what is queued, now. */
  flush(): void {
    this.#unschedule?.();
    this.#unschedule = undefined;
    const queue = this.#queue;
    this.#queue = [];
    if (queue.reduce((sum, { items }) => sum + items.length, 0) > maxQueued) {
      for (const { channel, range } of queue) {
        this.#ledger.restart({ channel, epoch: range.epoch, offset: range.to });
      }
      for (const query of this.#client.getQueryCache().getAll()) this.#refetch(query);
      return;
    }
    const newest = newestOffsets(queue);
    const news: Told[] = [];
    let continues = true;
    for (const { channel, range, items } of queue) {
      const told: Told[] = [];
      for (const item of items) {
        const later = newest.get(channel + item.id)! > item.offset;
        if (later && /_(UPDATED|COUNTED)$/.test(item.type)) continue;
        const schema =
          Object.hasOwn(events.items, item.type) && events.items[item.type as EventType];
        // A type of a later version of the contract is none of ours.
        if (!schema) continue;
        const { success, data } = schema.safeParse(item.payload);
        const at = { channel, epoch: range.epoch, offset: item.offset };
        if (success) told.push({ type: item.type, payload: data, at } as Told);
        else this.#refetchChannel(channel);
      }
      const added = this.#ledger.append(channel, range, told);
      continues &&= added.continues;
      news.push(...added.news);
    }
    this.#applyAll(continues ? news : undefined);
    for (const event of news) this.#onEvent?.(event);
  }

  /**
   * Takes a write's answer as the change it is, at once. Where the stream will tell it
   * (`places`), it is not counted twice; without a place the lists are asked again.
   */
  settle(change: Change, places: readonly Place[]): void {
    const told = places.map((at) => ({ ...change, at }));
    for (const each of told) this.#ledger.tellAhead(each);
    if (told.length > 0) return this.#applyAll(told);
    this.#applyAll([], [change]);
    if (effectOf(change)?.[0] === 'updated') return;
    for (const query of this.#client.getQueryCache().getAll()) {
      if (ruleOf(query.queryKey)) this.#refetch(query);
    }
  }

  /** Reads a channel's queries anew after its stream broke off; gives the place to go on from. */
  async restart(channel: string): Promise<Place | undefined> {
    this.#queue = this.#queue.filter((each) => each.channel !== channel);
    const predicate = (query: Query) => channelOf(query) === channel;
    await this.#client.cancelQueries({ predicate, type: 'inactive' });
    await this.#client.invalidateQueries({ predicate });
    const watched = this.#client.getQueryCache().findAll({ predicate, type: 'active' });
    // What could not be read shows its error; from now on, then.
    if (watched.some(({ state }) => state.isInvalidated)) return undefined;
    const place = this.placeOf(channel);
    if (place) this.#ledger.restart(place);
    return place;
  }

  /** The earliest place that watched queries of a channel stand at, or undefined if none says. */
  placeOf(channel: string): Place | undefined {
    const head = this.#ledger.head(channel);
    const stands = this.#client
      .getQueryCache()
      .findAll({ type: 'active', predicate: (query) => channelOf(query) === channel })
      .flatMap((query) => unitsOf(query.state.data).flatMap((unit) => standOf(unit) ?? []))
      .filter((stand) => stand.channel === channel);
    const newest = stands.at(-1)?.epoch;
    const lowest = stands
      .filter(({ epoch }) => epoch === newest)
      .reduce<Place | undefined>(
        (low, stand) => (low && low.offset <= stand.offset ? low : stand),
        undefined,
      );
    if (!lowest) return undefined;
    const goesOn = head?.epoch === lowest.epoch && !this.#ledger.misses(lowest);
    return goesOn ? head : { channel, epoch: lowest.epoch, offset: lowest.offset };
  }

  /** Forgets everything: somebody else is signed in. */
  forget(): void {
    this.#unschedule?.();
    this.#unschedule = undefined;
    this.#queue = [];
    this.#ledger.forget();
    for (const stop of this.#refetches.values()) stop();
    this.#refetches.clear();
  }

  /** `news` is what was added to the ledger, or undefined to look at all of it; `unplaced` stands nowhere. */
  #applyAll(news: readonly Change[] | undefined, unplaced: readonly Change[] = []): void {
    const step = this.#flushes;
    this.#flushes += 1;
    notifyManager.batch(() => {
      for (const query of this.#client.getQueryCache().getAll()) {
        this.#apply(query, news, unplaced, step);
      }
    });
  }

  #apply(query: Query, news?: readonly Change[], unplaced: readonly Change[] = [], step = 0): void {
    const before = query.state.data;
    if (typeof before !== 'object' || !before) return;
    // Projects, teams and notifications embed people, maybe older ones than are known.
    const embedding = news?.some(({ type }) => /^(TEAM|PROJ|NOTIF)/.test(type));
    const inStep = news && !embedding && this.#caughtUp.get(before) === step;
    const changes = [...(inStep ? news : this.#ledger.all()), ...unplaced];
    const { data, unsure } = catchUp(
      before,
      query.queryKey,
      channelOf(query),
      this.#ledger,
      changes,
    );
    this.#caughtUp.set(data, this.#flushes);
    // Neither an answer nor a reason to believe it fresh: only the data change.
    if (data !== before) query.setState({ data });
    if (unsure) this.#refetch(query);
  }

  #reconcile({ queryKey, meta }: Options, before: unknown, after: unknown): unknown {
    const { data, unsure } = catchUp(after, queryKey, meta?.channel, this.#ledger);
    const shared = replaceEqualDeep(before, data) as unknown;
    unitsOf(data).forEach((unit, index) => setStand(unitsOf(shared)[index], standOf(unit)));
    if (typeof shared === 'object' && shared) this.#caughtUp.set(shared, this.#flushes);
    const query = this.#client.getQueryCache().find({ queryKey });
    if (unsure && query) this.#refetch(query);
    return shared;
  }

  /** Marks stale, and asks again after a moment that differs from page to page. */
  #refetch(query: Query): void {
    const { queryHash, queryKey } = query;
    query.invalidate();
    if (this.#refetches.has(queryHash)) return;
    const run = async () => {
      this.#refetches.delete(queryHash);
      // One more page says nothing of those before it.
      const { fetchStatus, fetchMeta } = query.state;
      if (fetchStatus === 'fetching' && fetchMeta?.fetchMore) return this.#refetch(query);
      const { dataUpdateCount } = query.state;
      // Joins a fetch under way: cancelling it under steady events would never end.
      await this.#client.invalidateQueries({ queryKey, exact: true }, { cancelRefetch: false });
      // A cancelled fetch takes the mark back.
      if (query.state.dataUpdateCount === dataUpdateCount) query.invalidate();
    };
    this.#refetches.set(
      queryHash,
      this.#later(() => void run(), 200 + this.#random() * 800),
    );
  }

  #refetchChannel(channel: string): void {
    const queries = this.#client
      .getQueryCache()
      .findAll({ predicate: (query) => channelOf(query) === channel });
    for (const query of queries) this.#refetch(query);
  }
}

const afterMs = (work: () => void, ms: number) => {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
};

/** Offset of the last item of each entity and channel: earlier updates need not be looked at. */
function newestOffsets(queue: readonly { channel: string; items: readonly LiveItem[] }[]) {
  const newest = new Map<string, number>();
  for (const { channel, items } of queue) {
    for (const { id, offset } of items) newest.set(channel + id, offset);
  }
  return newest;
}
