import assert from 'node:assert/strict';
import type { Bus, BusListener } from '../../mock-server/live/bus.js';
import { createHub, type Hub } from '../../mock-server/live/hub.js';
import { createMemoryBus } from '../../mock-server/live/memory-bus.js';
import type { LiveItem } from '../../src/contract/index.js';
import { createLive, type LiveSource, type Position } from '../../src/live/index.js';
import { createNetwork, type SimulatedLink } from './simulated-network.js';
import { VirtualClock } from './virtual-clock.js';

export const maxBuffered = 2000;
export const batchItems = 3;
const viewer = { id: '00000000-0000-4000-8000-000000000001', role: 'admin' } as const;

type Rows = ReadonlyMap<string, number>;

/** A store with its log, a hub, a network and a client, under one seed and one virtual clock. */
export class World {
  readonly clock = new VirtualClock();
  readonly bus: Bus;
  readonly hub: Hub;
  readonly live: LiveSource;
  readonly links: SimulatedLink[];
  readonly page = new EventTarget();
  readonly views = new Set<View>();
  /** The rows after each event: what any reader at that position must hold. */
  readonly #history = new Map<string, Rows>();
  readonly #rows = new Map<string, Rows>();
  readonly epochs = new Set<string>();
  /** Wake-ups of the bus do not arrive, as those of an at-most-once broker. */
  deaf = false;
  failure: unknown;
  #tokens = 0;
  #token = { text: '', expiresAt: 0 };
  #writes = 0;

  constructor(
    readonly random: () => number,
    readonly tokenMs = 3_600_000,
  ) {
    const bus = createMemoryBus({
      now: this.clock.now,
      newEpoch: () => `e${this.epochs.size}`,
      window: { events: 25 },
    });
    this.bus = { ...bus, subscribe: (listener) => bus.subscribe(this.#unreliable(listener)) };
    this.#begin();
    this.hub = createHub({
      bus: this.bus,
      clock: this.clock,
      random,
      maxBuffered,
      batchItems,
      authenticate: (token) =>
        Promise.resolve(
          token === this.#token.text && this.#token.expiresAt > this.clock.now()
            ? {
                viewer,
                sessionId: token,
                expiresAt: new Date(this.#token.expiresAt).toISOString(),
              }
            : null,
        ),
    });
    const network = createNetwork({ clock: this.clock, hub: this.hub, random });
    this.links = network.links;
    this.live = createLive({
      transports: [network.transport],
      getToken: ({ refused }) => this.#getToken(refused),
      clock: this.clock,
      random,
      page: this.page as unknown as Window,
    });
  }

  rows(channel: string): Rows {
    return this.#rows.get(channel) ?? new Map();
  }

  rowsAt(channel: string, { epoch, offset }: Position): Rows {
    return offset === 0 ? new Map() : this.#history.get(`${channel} ${epoch} ${offset}`)!;
  }

  write(channel: string, ids: readonly number[]): void {
    for (const each of ids) {
      const id = `row${each % 8}`;
      const rows = new Map(this.rows(channel));
      const remove = each >= 8 && rows.has(id);
      const type = remove ? 'USER_DELETED' : rows.has(id) ? 'USER_UPDATED' : 'USER_CREATED';
      const value = ++this.#writes;
      if (remove) rows.delete(id);
      else rows.set(id, value);
      this.#rows.set(channel, rows);
      const { epoch, offset } = this.bus.head(channel);
      this.#history.set(`${channel} ${epoch} ${offset + 1}`, rows);
      this.bus.publish([{ channel, type, id, payload: value }]);
    }
  }

  /** The server starts over: nothing that was is known to it. */
  loseEpoch(): void {
    this.bus.reset();
    this.#rows.clear();
    this.#begin();
  }

  /** No event may reach a link after this has returned. */
  revoke(): () => void {
    const revoked = this.links.filter((link) => link.session.identity && !link.serverClosed);
    this.hub.revoke({ userId: viewer.id });
    this.#token.text = 'revoked';
    const sent = revoked.map((link) => link.eventsSent);
    return () =>
      assert.deepEqual(
        revoked.map((link) => link.eventsSent),
        sent,
        'P7',
      );
  }

  /** Keeps a failure that would only become a rejected promise of a listener. */
  check(assertion: () => void): void {
    try {
      assertion();
    } catch (error) {
      this.failure ??= error;
    }
  }

  get link(): SimulatedLink | undefined {
    return this.links.at(-1);
  }

  #begin(): void {
    const { epoch } = this.bus.head('users');
    assert.ok(!this.epochs.has(epoch), 'P9');
    this.epochs.add(epoch);
  }

  #unreliable(listener: BusListener): BusListener {
    return {
      onEvents: (channel) => this.deaf || listener.onEvents(channel),
      onReset: () => this.deaf || listener.onReset?.(),
    };
  }

  /** Keeps its token until it is told that it is no good any more. */
  #getToken(refused: string | undefined): string {
    if (this.#tokens === 0 || refused === this.#token.text) {
      this.#token = { text: `t${++this.#tokens}`, expiresAt: this.clock.now() + this.tokenMs };
    }
    return this.#token.text;
  }
}

/** A listener that keeps rows, and checks at each step that they are those of its position. */
export class View {
  at: Position | undefined;
  #rows: Rows | undefined;
  #leave: () => void;
  /** The newest reading: an older answer that comes later is not to be shown. */
  #reading: object | undefined;
  resets = 0;

  constructor(
    private readonly world: World,
    private readonly channel: string,
    /** False: listens from now on, without rows. */
    private readonly keepsRows: boolean,
  ) {
    world.views.add(this);
    this.#leave = () => undefined;
    if (keepsRows) {
      void this.#read().then((at) => {
        if (world.views.has(this)) this.#subscribe(at);
      });
    } else this.#subscribe();
  }

  leave(): void {
    this.world.views.delete(this);
    this.#leave();
  }

  /** Nothing is wrong any more and a ping has passed: the view is the store. */
  assertCurrent(): void {
    if (!this.keepsRows) return;
    assert.deepEqual(this.at, this.world.bus.head(this.channel), 'P3: position');
    assert.deepEqual(this.#rows, this.world.rows(this.channel), 'P3: rows');
  }

  #subscribe(since?: Position): void {
    this.#leave = this.world.live.follow(
      this.channel,
      {
        onEvents: (items, range) => this.#apply(items, range),
        onReset: async () => {
          this.resets++;
          if (this.keepsRows) return this.#read();
          this.at = undefined;
          return undefined;
        },
      },
      since,
    );
  }

  /** The rows and the head of one moment, arriving at a later one. */
  async #read(): Promise<Position> {
    const { clock, random, bus } = this.world;
    const wait = (ms: number) => new Promise<void>((resolve) => void clock.set(resolve, ms));
    const reading = (this.#reading = {});
    await wait(random() * 200);
    const at = bus.head(this.channel);
    const rows = this.world.rows(this.channel);
    await wait(random() * 2000);
    if (reading !== this.#reading) return at;
    this.#move(at);
    this.#rows = rows;
    return at;
  }

  #apply(
    items: readonly LiveItem[],
    { epoch, from, to }: { epoch: string; from: number; to: number },
  ): void {
    assert.ok(this.world.views.has(this), 'nothing comes after leaving');
    if (this.at) assert.deepEqual({ epoch, offset: from }, this.at, 'P2: contiguous');
    let last = from;
    for (const { offset } of items) {
      assert.ok(offset > last && offset <= to, `P2: ${offset} once, after ${last}, up to ${to}`);
      last = offset;
    }
    this.#move({ epoch, offset: to });
    if (!this.#rows) return;
    const rows = new Map(this.#rows);
    for (const { id, type, payload } of items) {
      if (type === 'USER_DELETED') rows.delete(id);
      else rows.set(id, payload as number);
    }
    this.#rows = rows;
    assert.deepEqual(rows, this.world.rowsAt(this.channel, this.at!), 'P1');
  }

  #move(at: Position): void {
    if (this.at?.epoch === at.epoch)
      this.world.check(() => assert.ok(at.offset >= this.at!.offset, 'P4'));
    this.at = at;
  }
}
