import type { Clock, LinkEvents, Transport } from '../../src/live/index.js';
import type { Tabs } from '../../src/live/tabs/tabs.js';
import type { SimulatedLink } from './simulated-network.js';

type Port = ReturnType<Tabs['open']>;

interface Wish {
  tab: SimulatedTab;
  callback: LockGrantedCallback<unknown>;
  settle: { resolve(value: unknown): void; reject(error: unknown): void };
}

/** The tabs of one origin: their locks, and the channels between them. */
export class SimulatedBrowser {
  readonly tabs: SimulatedTab[] = [];
  readonly #holders = new Map<string, Wish>();
  readonly #queues = new Map<string, Wish[]>();
  readonly ports = new Map<string, Set<{ tab: SimulatedTab; port: Port }>>();

  constructor(
    readonly clock: Clock,
    readonly random: () => number,
  ) {}

  open(): SimulatedTab {
    const tab = new SimulatedTab(this);
    this.tabs.push(tab);
    return tab;
  }

  /** Who has the lock. */
  holder(name: string): SimulatedTab | undefined {
    return this.#holders.get(name)?.tab;
  }

  request(name: string, { steal, signal }: LockOptions, wish: Wish): void {
    const queue = this.#queues.get(name) ?? [];
    this.#queues.set(name, queue);
    if (steal) {
      const before = this.#holders.get(name);
      this.#holders.delete(name);
      if (before) refuse(before);
      queue.unshift(wish);
    } else queue.push(wish);
    signal?.addEventListener('abort', () => {
      if (!queue.includes(wish)) return;
      queue.splice(queue.indexOf(wish), 1);
      refuse(wish);
    });
    this.#grant(name);
  }

  /** A tab that has gone holds nothing and hears nothing. */
  forget(tab: SimulatedTab): void {
    for (const ports of this.ports.values()) {
      for (const each of ports) if (each.tab === tab) ports.delete(each);
    }
    for (const queue of this.#queues.values()) {
      for (const wish of queue.filter((each) => each.tab === tab)) {
        queue.splice(queue.indexOf(wish), 1);
      }
    }
    for (const [name, holder] of this.#holders) if (holder.tab === tab) this.#free(name, holder);
  }

  #grant(name: string): void {
    const wish = this.#holders.has(name) ? undefined : this.#queues.get(name)!.shift();
    if (!wish) return;
    this.#holders.set(name, wish);
    wish.tab.later(() => {
      const held = Promise.resolve(wish.callback({ name, mode: 'exclusive' }));
      void held.then((value) => {
        this.#free(name, wish);
        wish.settle.resolve(value);
      });
    });
  }

  #free(name: string, holder: Wish): void {
    if (this.#holders.get(name) !== holder) return;
    this.#holders.delete(name);
    this.#grant(name);
  }
}

function refuse({ tab, settle }: Wish): void {
  tab.later(() => settle.reject(new DOMException('The lock is gone.', 'AbortError')));
}

const minute = 60_000;

/** What a page gets of its browser; it may hide, freeze and crash. */
export class SimulatedTab {
  readonly page = Object.assign(new EventTarget(), {
    document: { visibilityState: 'visible' as DocumentVisibilityState },
  });
  isThrottled = false;
  #isFrozen = false;
  #isGone = false;
  #waiting: (() => void)[] = [];
  #links: SimulatedLink[] = [];

  constructor(private readonly browser: SimulatedBrowser) {}

  get isGone(): boolean {
    return this.#isGone;
  }

  /** What a frozen page has yet to take. */
  get waiting(): number {
    return this.#waiting.length;
  }

  get isFrozen(): boolean {
    return this.#isFrozen;
  }

  /** Timers of a frozen page wait, and those of one long hidden come once a minute. */
  readonly clock: Clock = {
    now: () => this.browser.clock.now(),
    set: (callback, ms) => {
      const timer = { isCleared: false, handle: undefined as unknown };
      const late = this.isThrottled ? minute - ((this.clock.now() + ms) % minute) : 0;
      timer.handle = this.browser.clock.set(
        () => this.#run(() => timer.isCleared || callback()),
        ms + late,
      );
      return timer;
    },
    clear: (timer) => {
      if (!timer) return;
      (timer as { isCleared: boolean }).isCleared = true;
      this.browser.clock.clear((timer as { handle: unknown }).handle);
    },
  };

  readonly tabs: { locks: Tabs['locks']; open: Tabs['open'] } = {
    locks: {
      request: (name: string, options: unknown, callback?: unknown) =>
        new Promise((resolve, reject) => {
          const wish = { tab: this, callback: callback as never, settle: { resolve, reject } };
          this.browser.request(name, options as LockOptions, wish);
        }) as never,
    },
    open: (name) => {
      const ports = this.browser.ports.get(name) ?? new Set();
      this.browser.ports.set(name, ports);
      const port: Port = {
        onmessage: null,
        postMessage: (data: unknown) => {
          if (!ports.has(each))
            throw new DOMException('The channel is closed.', 'InvalidStateError');
          const copy: unknown = structuredClone(data);
          for (const other of ports) {
            if (other === each) continue;
            other.tab.later(() => {
              if (ports.has(other))
                other.port.onmessage?.call(null as never, { data: copy } as never);
            });
          }
        },
        close: () => void ports.delete(each),
      };
      const each = { tab: this, port };
      ports.add(each);
      return port;
    },
  };

  /** Carries links to the server over the network, as long as the tab lives. */
  connect(transport: Transport, links: readonly SimulatedLink[]): Transport {
    return {
      name: transport.name,
      open: (events) => {
        const tell =
          <A extends unknown[]>(said: (...args: A) => void) =>
          (...args: A) =>
            this.#run(() => said(...args));
        const told: LinkEvents = {
          onOpen: tell(events.onOpen),
          onFrame: tell(events.onFrame),
          onClose: tell(events.onClose),
        };
        const link = transport.open(told);
        this.#links.push(links.at(-1)!);
        return link;
      },
    };
  }

  /** What comes from outside of the page: soon, and in its order. */
  later(task: () => void): void {
    this.browser.clock.set(() => this.#run(task), 1);
  }

  freeze(): void {
    this.#isFrozen = true;
  }

  thaw(): void {
    this.#isFrozen = false;
    for (const task of this.#waiting.splice(0)) this.later(task);
  }

  crash(): void {
    this.#isGone = true;
    this.#waiting = [];
    for (const link of this.#links) link.cut({ client: false, server: true });
    this.browser.forget(this);
  }

  fire(type: string, properties: object = {}): void {
    this.#run(() => void this.page.dispatchEvent(Object.assign(new Event(type), properties)));
  }

  setHidden(hidden: boolean): void {
    this.page.document.visibilityState = hidden ? 'hidden' : 'visible';
    this.fire('visibilitychange');
  }

  #run(task: () => void): void {
    if (this.#isGone) return;
    if (this.#isFrozen) this.#waiting.push(task);
    else task();
  }
}
