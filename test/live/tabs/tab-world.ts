import assert from 'node:assert/strict';
import { createHub, type Hub } from '../../../mock-server/live/hub.js';
import { createMemoryBus } from '../../../mock-server/live/memory-bus.js';
import { subjectOf } from '../../../src/contract/token.js';
import type { Live, Position, Transport, Tuning } from '../../../src/live/index.js';
import { createSharedLive } from '../../../src/live/tabs/shared-live.js';
import { createNetwork, type SimulatedLink } from '../simulated-network.js';
import { SimulatedBrowser, type SimulatedTab } from '../simulated-tabs.js';
import { VirtualClock } from '../virtual-clock.js';

export const ann = '00000000-0000-4000-8000-000000000001';
export const bob = '00000000-0000-4000-8000-000000000002';

/** A JWT as far as clients read it; `n` tells tokens of one person apart. */
export function tokenOf(person: string, n = 0): string {
  return `e30.${Buffer.from(JSON.stringify({ sub: person, n })).toString('base64url')}.x`;
}

export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Tabs of one browser with a hub, under one seed and one virtual clock. */
export class TabWorld {
  readonly clock = new VirtualClock();
  readonly browser: SimulatedBrowser;
  readonly tabs: Tab[] = [];
  readonly hub: Hub;
  readonly bus;
  readonly links: SimulatedLink[];
  /** Tokens the server takes no more. */
  readonly expired = new Set<string>();
  /** How long a token is good after it was shown, null for ever. */
  tokenMs: number | null = null;
  /** No link gets through. */
  isDown = false;
  /** What a listener found wrong: thrown there, it would be lost. */
  failure: unknown;
  #epochs = 0;
  readonly #network;

  constructor(readonly random = createRandom(1)) {
    this.browser = new SimulatedBrowser(this.clock, random);
    this.bus = createMemoryBus({
      now: this.clock.now,
      newEpoch: () => `e${this.#epochs++}`,
      window: { events: 200 },
    });
    this.hub = createHub({
      bus: this.bus,
      clock: this.clock,
      random,
      authenticate: (token) => {
        // Those that are no JWT are Ann's.
        const viewer = { id: subjectOf(token) ?? ann, role: 'admin' } as const;
        const endsAt = this.tokenMs === null ? null : this.clock.now() + this.tokenMs;
        const expiresAt = endsAt === null ? null : new Date(endsAt).toISOString();
        return Promise.resolve(
          this.expired.has(token) ? null : { viewer, sessionId: token, expiresAt },
        );
      },
    });
    this.#network = createNetwork({ clock: this.clock, hub: this.hub, random, delay: 20 });
    this.links = this.#network.links;
  }

  open(token: string | null = tokenOf(ann), tuning: Partial<Tuning> = {}): Tab {
    const page = this.browser.open();
    const tab = new Tab(this, page, token, tuning);
    this.tabs.push(tab);
    return tab;
  }

  /** The network carries what this tab says to the server. */
  transportOf(page: SimulatedTab): Transport {
    const { name, open } = page.connect(this.#network.transport, this.links);
    return {
      name,
      open: (events) => {
        const link = open(events);
        if (this.isDown) this.links.at(-1)!.cut({ client: false, server: true });
        if (this.isDown) page.later(() => events.onClose(1006));
        return link;
      },
    };
  }

  write(channel = 'users', count = 1): void {
    for (let n = 0; n < count; n++) {
      const { offset } = this.bus.head(channel);
      this.bus.publish([{ channel, type: 'USER_CREATED', id: `${offset + 1}`, payload: {} }]);
    }
  }

  get connections(): number {
    return this.hub.counters.connections;
  }

  get living(): Tab[] {
    return this.tabs.filter(({ page }) => !page.isGone);
  }
}

/** A tab with a view of each channel that it was told to show. */
export class Tab {
  readonly live: Live;
  readonly views: View[] = [];
  readonly states: string[] = [];
  readonly reasons: { refused?: string }[] = [];

  constructor(
    readonly world: TabWorld,
    readonly page: SimulatedTab,
    public token: string | null,
    tuning: Partial<Tuning>,
  ) {
    this.live = createSharedLive({
      ...tuning,
      transports: [world.transportOf(page)],
      tabs: page.tabs,
      endpoint: 'https://api.test',
      getToken: (reason) => {
        this.reasons.push(reason);
        return this.token;
      },
      clock: page.clock,
      random: world.random,
      page: page.page as unknown as Window,
    });
    this.live.onState(({ status }) => {
      if (this.states.at(-1) !== status) this.states.push(status);
    });
  }

  /** `log` is what the server calls the channel, if not the same. */
  show(channel = 'users', log = channel): View {
    const view = new View(this, channel, log);
    this.views.push(view);
    return view;
  }

  get isLive(): boolean {
    return this.live.state.status === 'live';
  }

  /** As a person does: the page goes, then its process. */
  close(): void {
    this.page.fire('pagehide', { persisted: false });
    this.page.crash();
  }
}

/** A reader that reads at once, and notes each offset that it then gets. */
export class View {
  at: Position;
  resets = 0;
  ended: string | undefined;
  readonly leave: () => void;

  constructor(
    private readonly tab: Tab,
    channel: string,
    readonly log: string,
  ) {
    this.at = this.head;
    this.leave = tab.live.follow(
      channel,
      {
        onEvents: (items, { epoch, from, to }) => {
          const expected = Array.from({ length: to - from }, (_, n) => from + 1 + n);
          try {
            assert.deepEqual({ epoch, offset: from }, this.at, 'goes on where it stands');
            assert.deepEqual(
              items.map(({ offset }) => offset),
              expected,
              'each offset once',
            );
          } catch (error) {
            tab.world.failure ??= error;
          }
          this.at = { epoch, offset: to };
        },
        onReset: () => {
          this.resets++;
          this.at = this.head;
          return Promise.resolve(this.at);
        },
        onEnd: (code) => (this.ended = code),
      },
      this.at,
    );
  }

  get head(): Position {
    return this.tab.world.bus.head(this.log);
  }

  get isCurrent(): boolean {
    return this.head.epoch === this.at.epoch && this.head.offset === this.at.offset;
  }
}
