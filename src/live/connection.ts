import { closeCodes, protocol, type ClientFrame, type ServerFrame } from '../contract/index.js';
import type { Clock } from './clock.js';
import type { LiveState } from './live-source.js';
import type { Link, Transport } from './transport.js';

export interface ConnectionOptions {
  /** In order of preference: the next is tried when one can't be opened twice in a row. */
  transports: readonly Transport[];
  /** Asked before every attempt and when a token is about to expire. */
  getToken: () => string | null | Promise<string | null>;
  /** Names this client in events it causes. */
  client: string;
  clock: Clock;
  random: () => number;
  /** Said HELLO: now is the time to subscribe. */
  onOpen(): void;
  onFrame(frame: ServerFrame): void;
  onState(state: LiveState): void;
}

const slowest = 30_000;
/** A link that lived this long makes the next retry a quick one again. */
const healthy = 10_000;

/** Keeps one link open: tokens, silence, close codes, and when to try again. */
export class Connection {
  state: LiveState = { status: 'idle' };
  /** Messages that were not of the protocol. */
  ignored = 0;
  #link: Link | undefined;
  /** Whatever belongs to an earlier one is not listened to any more. */
  #generation = 0;
  #attempt = 0;
  #transport = 0;
  /** From then on it is known which transport works. */
  #everLive = false;
  #isOpen = false;
  #token: string | null | undefined;
  /** Refused by the server; a second time there is nothing to be hoped from it. */
  #refused: string | null | undefined;
  #welcomedAt: number | undefined;
  #since = 0;
  #pingMs = slowest;
  /** The next attempt, or the end of patience. */
  #timer: unknown;
  #renewal: unknown;

  constructor(private readonly options: ConnectionOptions) {}

  /** Connects now, whatever was planned. */
  connect(): void {
    const mine = this.#drop();
    if (this.state.status === 'idle') this.#since = this.options.clock.now();
    this.#setState({ status: 'connecting', since: this.#since });
    this.#arm(() => this.#lost(1006), slowest / 2);
    void this.#open(mine).catch(() => {
      if (mine === this.#generation) this.#lost(1006);
    });
  }

  /** Ends the link. Nothing is tried again before `connect`. */
  stop(status: 'idle' | 'offline'): void {
    this.#drop();
    this.#setState(status === 'idle' ? { status } : { status, since: this.#since });
  }

  /** Off the network: attempts become rare, but do not end, as a server may be on this machine. */
  pause(): void {
    if (this.state.status !== 'reconnecting') return;
    this.#setState({ status: 'offline', since: this.#since });
    this.#arm(() => this.connect(), slowest);
  }

  /** Does not believe that a link still works: whatever comes within `ms` proves it. */
  probe(ms: number): void {
    if (this.state.status === 'live') {
      this.options.onOpen();
      this.#arm(() => this.#lost(closeCodes.noPong), ms);
    } else if (this.state.status !== 'refused') this.connect();
  }

  /** Starts over with whatever token there is then. */
  restart(): void {
    this.#refused = undefined;
    this.#attempt = 0;
    this.connect();
  }

  /** Dropped while there is no link: whoever reads subscribes anew on the next one. */
  send(frame: ClientFrame): void {
    if (this.#isOpen) this.#link!.send(frame);
  }

  async #open(mine: number): Promise<void> {
    const token = await this.#getToken();
    if (mine !== this.#generation) return;
    this.#token = token;
    const current = (act: () => void) => {
      if (mine === this.#generation) act();
    };
    this.#link = this.options.transports[this.#transport]!({
      onOpen: () =>
        current(() => {
          this.#isOpen = true;
          this.send({ type: 'HELLO', v: protocol, token, client: this.options.client });
          this.options.onOpen();
        }),
      onFrame: (frame) => current(() => this.#receive(frame)),
      onClose: (code) => current(() => this.#lost(code)),
    });
  }

  #receive(frame: ServerFrame | undefined): void {
    if (frame?.type === 'WELCOME') {
      this.#everLive = true;
      this.#welcomedAt = this.options.clock.now();
      this.#pingMs = frame.pingMs;
      this.#refused = undefined;
      this.#setState({ status: 'live' });
    }
    // The server pings; timers of hidden pages are too slow to do it from here.
    if (this.#welcomedAt !== undefined)
      this.#arm(() => this.#lost(closeCodes.noPong), 2.5 * this.#pingMs);
    if (!frame) this.ignored++;
    else if (frame.type === 'EXPIRING') void this.#renew(this.#generation, frame.inMs);
    else this.options.onFrame(frame);
  }

  /** Brings a new token to the open link; while the provider has none, asks again at half the time left. */
  async #renew(mine: number, inMs: number): Promise<void> {
    // Without a token the link ends with the old one, and the next attempt asks again.
    const token = await this.#getToken().catch(() => null);
    if (mine !== this.#generation) return;
    if (token && token !== this.#token) {
      this.#token = token;
      this.send({ type: 'AUTH', token });
    } else if (inMs > 1000) {
      this.#renewal = this.options.clock.set(() => void this.#renew(mine, inMs / 2), inMs / 2);
    }
  }

  async #getToken(): Promise<string | null> {
    return this.options.getToken();
  }

  #lost(code: number): void {
    const { clock, random } = this.options;
    const lived = this.#welcomedAt === undefined ? -1 : clock.now() - this.#welcomedAt;
    if (lived >= healthy) this.#attempt = 0;
    this.#drop();
    const again = code === closeCodes.token && this.#refused === this.#token;
    if (code === closeCodes.token) this.#refused = this.#token;
    if (again || (code >= 4000 && code < 4100)) {
      return this.#setState({ status: 'refused', code, since: this.#since });
    }
    if (!this.#everLive && this.#attempt % 2 === 1) {
      this.#transport = (this.#transport + 1) % this.options.transports.length;
    }
    const atOnce = lived >= 0 && code >= 4200 && code < 4300;
    const wait = random() * Math.min(slowest, 250 * 2 ** (atOnce ? 0 : this.#attempt));
    const retryAt = clock.now() + wait;
    this.#attempt++;
    this.#setState({ status: 'reconnecting', since: this.#since, retryAt, attempt: this.#attempt });
    this.#arm(() => this.connect(), wait);
  }

  #drop(): number {
    this.options.clock.clear(this.#timer);
    this.options.clock.clear(this.#renewal);
    if (this.#welcomedAt !== undefined) this.#since = this.options.clock.now();
    this.#link?.close();
    this.#link = this.#welcomedAt = undefined;
    this.#isOpen = false;
    return ++this.#generation;
  }

  #arm(action: () => void, ms: number): void {
    this.options.clock.clear(this.#timer);
    this.#timer = this.options.clock.set(action, ms);
  }

  #setState(state: LiveState): void {
    this.state = state;
    this.options.onState(state);
  }
}
