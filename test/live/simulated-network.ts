import { events, parseFrame } from '../../src/contract/index.js';
import type { Hub } from '../../mock-server/live/hub.js';
import type { Message } from '../../mock-server/live/message.js';
import type { Session } from '../../mock-server/live/session.js';
import type { Clock, LinkEvents, Transport } from '../../src/live/index.js';

export interface NetworkOptions {
  clock: Clock;
  hub: Hub;
  random: () => number;
  /** Longest way of a frame, in ms. */
  delay?: number;
  onDelivered?: (message: Message) => void;
}

/** One link between a real client and a real hub: ordered, slow, and easily broken. */
export class SimulatedLink {
  /** Neither end hears of the other any more. */
  broken = false;
  /** The client has let go of it. */
  closed = false;
  serverClosed: number | undefined;
  /** EVENTS the server has handed over for this link. */
  eventsSent = 0;
  mostBuffered = 0;
  readonly session: Session;
  #stalled = false;
  #held: Message[] = [];
  #lastDue = { up: 0, down: 0 };

  constructor(
    private readonly options: NetworkOptions,
    private readonly client: LinkEvents,
  ) {
    const buffered = () => this.buffered;
    this.session = options.hub.connect({
      send: (message) => this.#down(message),
      close: (code) => this.#closeFromServer(code),
      get buffered() {
        return buffered();
      },
    });
    this.#later('down', () => client.onOpen());
  }

  get buffered(): number {
    return this.#held.reduce((sum, { text }) => sum + text.length, 0);
  }

  send(text: string): void {
    this.#later('up', () => this.session.receive(text));
  }

  close(): void {
    this.closed = true;
    this.#later('up', () => this.session.close(1005));
  }

  /** The client stops reading, or goes on. */
  stall(stalled: boolean): void {
    this.#stalled = stalled;
    if (!stalled) for (const message of this.#held.splice(0)) this.#deliver(message);
  }

  /** What is under way is lost. Ends that are not told have to find out by themselves. */
  cut(told: { client: boolean; server: boolean }): void {
    if (this.broken) return;
    this.broken = true;
    if (told.server) this.session.close(1006);
    if (told.client && !this.closed) this.client.onClose(1006);
  }

  #down(message: Message): void {
    if (message.type === 'EVENTS') this.eventsSent++;
    if (this.#stalled) this.#held.push(message);
    else this.#deliver(message);
    this.mostBuffered = Math.max(this.mostBuffered, this.buffered);
  }

  #deliver(message: Message): void {
    this.#later('down', () => {
      this.options.onDelivered?.(message);
      this.client.onFrame(parseFrame(events.server, message.text));
    });
  }

  #closeFromServer(code: number): void {
    this.serverClosed = code;
    this.#held = [];
    this.#later('down', () => this.client.onClose(code));
  }

  #later(way: 'up' | 'down', action: () => void): void {
    const { clock, random, delay = 100 } = this.options;
    const due = Math.max(this.#lastDue[way], clock.now() + random() * delay);
    this.#lastDue[way] = due;
    clock.set(() => {
      if (!this.broken) action();
    }, due - clock.now());
  }
}

export function createNetwork(options: NetworkOptions): {
  transport: Transport;
  links: SimulatedLink[];
} {
  const links: SimulatedLink[] = [];
  const open: Transport['open'] = (client) => {
    const link = new SimulatedLink(options, client);
    links.push(link);
    return { send: (frame) => link.send(JSON.stringify(frame)), close: () => link.close() };
  };
  return { transport: { name: 'websocket', open }, links };
}
