import type { Position } from '../../src/contract/index.js';
import type { Bus } from './bus.js';
import type { Clock } from './clock.js';
import { encodeEvents, type Delivery } from './message.js';
import { project, type Grant } from './rights.js';

export interface Member {
  deliver(delivery: Delivery): void;
  /** The log can't be continued: the member is to leave. */
  gap(reason: 'slow' | 'bus'): void;
}

export interface TopicOptions {
  bus: Bus;
  clock: Clock;
  /** Least time between two batches under load, in ms. */
  batchMs: number;
  /** Most items in a frame. */
  batchItems: number;
}

/** One channel in one form for all connections attached to it: each batch is serialised once. */
export class Topic {
  readonly members = new Set<Member>();
  #flushed: Position;
  #nextFlush = 0;
  #timer: unknown;

  /** `channel` is its name on the wire. */
  constructor(
    readonly channel: string,
    readonly grant: Grant,
    private readonly options: TopicOptions,
  ) {
    this.#flushed = options.bus.head(grant.log);
  }

  /** Where a member stands that missed nothing; behind the log only while a batch gathers. */
  get head(): Position {
    return this.#timer === undefined ? this.options.bus.head(this.grant.log) : this.#flushed;
  }

  /** What a reader at `since` has missed, or undefined when the log does not tell any more. */
  replay(since: Position): Iterable<Delivery> | undefined {
    const { bus, batchItems } = this.options;
    const { epoch, offset: to } = bus.head(this.grant.log);
    const items = since.epoch === epoch ? bus.read(this.grant.log, since.offset) : undefined;
    if (!items) return undefined;
    const shown = items.map((item) => project(item, this.grant.form));
    return encodeEvents(this.channel, { epoch, from: since.offset, to }, shown, batchItems);
  }

  /** There is more to read: sends it at once when idle, else with the next batch. */
  wake(): void {
    if (this.#timer !== undefined) return;
    const { clock, batchMs } = this.options;
    // Not longer where the clock was set back.
    const wait = Math.min(this.#nextFlush - clock.now(), batchMs);
    if (wait <= 0) this.#flush();
    else this.#timer = clock.set(() => this.#flush(), wait);
  }

  /** The log broke off. */
  reset(): void {
    this.stop();
    this.#flushed = this.options.bus.head(this.grant.log);
    for (const member of this.members) member.gap('bus');
  }

  stop(): void {
    this.options.clock.clear(this.#timer);
    this.#timer = undefined;
  }

  #flush(): void {
    this.stop();
    const deliveries = this.replay(this.#flushed);
    if (!deliveries) return this.reset();
    this.#flushed = this.options.bus.head(this.grant.log);
    this.#nextFlush = this.options.clock.now() + this.options.batchMs;
    for (const delivery of deliveries) for (const member of this.members) member.deliver(delivery);
  }
}
