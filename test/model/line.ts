import type { VirtualTime } from './virtual-time.js';

/** What happens at the ends of a line. */
export interface Ends<Up, Down> {
  onUp(data: Up): void;
  onDown(data: Down): void;
  /** An end hears that the line is gone. */
  onLostUp(): void;
  onLostDown(): void;
  size(data: Down): number;
  truncate(data: Down): Down;
  /** Whether it tells events. */
  isNews(data: Down): boolean;
}

/** What befalls a message on its way. */
interface Damage {
  /** It comes once more, when others have come. */
  again?: boolean;
  truncated?: boolean;
}

/** Longest way of a message, in ms. */
const delay = 100;
/** When a copy comes, in ms. */
const tooLate = 500;
/** How long an end is kept that can't be reached. Who pings knows earlier. */
const patience = 120_000;

/** Two ordered ways between a page and the server: slow, and easily broken. */
export class Line<Up, Down> {
  /** Neither end hears of the other any more. */
  broken = false;
  /** The page has let go of it. */
  closed = false;
  mostBuffered = 0;
  #damage: Damage = {};
  /** Settled while the page reads. */
  flowing: Promise<void> = Promise.resolve();
  #flow: () => void = () => undefined;
  #stalled = false;
  #held: Down[] = [];
  readonly #lastDue = { up: 0, down: 0 };

  constructor(
    private readonly time: VirtualTime,
    private readonly ends: Ends<Up, Down>,
  ) {}

  /** Whether the page believes in it. */
  get open(): boolean {
    return !this.closed && !this.broken;
  }

  /** Bytes that wait for the page to read on. */
  get buffered(): number {
    return this.#held.reduce((sum, data) => sum + this.ends.size(data), 0);
  }

  up(data: Up): void {
    this.later('up', () => this.ends.onUp(data));
  }

  down(data: Down): void {
    if (this.#stalled) this.#held.push(data);
    else this.#deliver(data);
    this.mostBuffered = Math.max(this.mostBuffered, this.buffered);
  }

  /** Spoils the next message that tells events. */
  damage(damage: Damage): void {
    this.#damage = damage;
  }

  /** The page stops reading, or goes on. */
  stall(stalled: boolean): void {
    if (stalled === this.#stalled) return;
    this.#stalled = stalled;
    if (stalled) this.flowing = new Promise((resolve) => (this.#flow = resolve));
    else this.#flow();
    if (!stalled) for (const data of this.#held.splice(0)) this.#deliver(data);
  }

  /** What is under way is lost. Ends that are not told have to find out by themselves. */
  cut(told: { client: boolean; server: boolean }): void {
    if (this.broken) return;
    this.broken = true;
    if (told.server) this.ends.onLostUp();
    // In the end the network finds out by itself.
    else this.time.set(() => this.ends.onLostUp(), patience);
    if (told.client) this.ends.onLostDown();
  }

  /** Nothing that waits is to be had any more: the server has ended it. */
  drop(): void {
    this.#held = [];
  }

  later(way: 'up' | 'down', action: () => void): void {
    const { time } = this;
    const due = Math.max(this.#lastDue[way], time.passed + time.random() * delay);
    this.#lastDue[way] = due;
    time.set(() => {
      if (!this.broken) action();
    }, due - time.passed);
  }

  #deliver(data: Down): void {
    const hit = this.ends.isNews(data);
    const { again = false, truncated = false } = hit ? this.#damage : {};
    if (hit) this.#damage = {};
    const arriving = truncated ? this.ends.truncate(data) : data;
    this.later('down', () => this.ends.onDown(arriving));
    if (again) this.time.set(() => this.broken || this.ends.onDown(arriving), tooLate);
  }
}
