import {
  closeCodes,
  events,
  parseFrame,
  protocol,
  type ClientFrame,
  type ServerFrame,
  type Viewer,
} from '../../src/contract/index.js';
import type { Clock } from './clock.js';
import type { Incident } from './incidents.js';
import { Expiry } from './expiry.js';
import { Message } from './message.js';
import { RateLimit } from './rate.js';
import type { Revocations } from './revocations.js';
import { isOutdated } from './rights.js';
import { Subscriptions, type Subscriber, type SubscriptionsHost } from './subscriptions.js';

/** Whom a token stands for. `expiresAt` is ISO 8601, null for a token without end. */
export interface Identity {
  viewer: Viewer;
  sessionId: string | null;
  expiresAt: string | null;
}

/** What carries one connection's messages. */
export interface Transport {
  send(message: Message): void;
  /** Ends the connection; 1006 cuts it without a word. */
  close(code: number): void;
  /** Bytes accepted but not yet taken by the network. */
  readonly buffered: number;
  /** True where the reader cannot answer, as with server-sent events. */
  readonly oneWay?: boolean;
}

export interface Limits {
  /** Between two pings, in ms. */
  pingMs: number;
  /** Until HELLO must have come, in ms. */
  helloMs: number;
  /** How long before a token's end EXPIRING is said, in ms. */
  expiringMs: number;
  /** Longest message taken, in characters. */
  maxMessage: number;
  /** Bytes a reader may leave unread before it gets GAP instead of events. */
  maxBuffered: number;
  maxSubscriptions: number;
  /** Messages not understood before the connection is closed. */
  maxBadMessages: number;
  rate: { burst: number; perSecond: number };
}

export interface SessionHost extends SubscriptionsHost {
  clock: Clock;
  now: () => number;
  limits: Limits;
  authenticate(token: string): Promise<Identity | null>;
  readonly revocations: Revocations;
  /** Whether a person may hold one more connection. */
  hasRoomFor(userId: string): boolean;
  onOpen(session: Session): void;
  onGap(): void;
  /** `why` is what the reader did wrong, if anything. */
  onClose(session: Session, code: number, why?: Incident, error?: unknown): void;
  /** Something was wrong, and the connection goes on. */
  onIncident(session: Session, kind: Incident, details?: Record<string, unknown>): void;
}

/** The protocol of one connection, whatever carries it. */
export class Session implements Subscriber {
  readonly subscriptions: Subscriptions;
  identity: Identity | null = null;
  #state: 'new' | 'authenticating' | 'open' | 'closed' = 'new';
  /** What came while the token was being checked. */
  readonly #waiting: string[] = [];
  readonly #rate: RateLimit;
  readonly #expiry: Expiry;
  #badMessages = 0;
  #unanswered = 0;
  /** Characters kept for as long as tokens are being checked. */
  #held = 0;
  /** Characters said while the reader left too much unread. */
  #unread = 0;
  #pingTimer: unknown;
  #helloTimer: unknown;
  #drainTimer: unknown;

  constructor(
    readonly id: string,
    readonly wire: Transport,
    private readonly host: SessionHost,
  ) {
    const { limits, clock } = host;
    this.#rate = new RateLimit(limits.rate, host.now);
    this.subscriptions = new Subscriptions(this, host);
    this.#expiry = new Expiry(clock, limits.expiringMs, {
      onSoon: (inMs) => this.send({ type: 'EXPIRING', inMs }),
      onEnd: () => {
        this.subscriptions.recheck(null);
        this.close(closeCodes.token);
      },
    });
    this.#helloTimer = clock.set(() => this.close(closeCodes.noPong, 'silent'), limits.helloMs);
  }

  /** Takes one message of the client. Never throws, whatever it holds. */
  receive(text: string): void {
    if (!this.admit()) return;
    if (text.length > this.host.limits.maxMessage) return this.#reject('too_large');
    if (this.#state !== 'authenticating') return this.#handle(text);
    this.#waiting.push(text);
    this.#hold(text);
  }

  /** Counts whatever came, also what is not for `receive`; false when that was too much, or too late. */
  admit(): boolean {
    if (this.#state === 'closed') return false;
    if (this.#rate.take()) return true;
    this.close(closeCodes.rate, 'rate');
    return false;
  }

  /** Begins for somebody who has been identified already. */
  open(identity: Identity): void {
    this.#state = 'open';
    this.host.clock.clear(this.#helloTimer);
    const { pingMs, maxMessage } = this.host.limits;
    const { expiresAt } = identity;
    this.send({ type: 'WELCOME', connection: this.id, expiresAt, pingMs, maxMessage });
    this.identity = identity;
    this.#expiry.watch(expiresAt);
    this.host.onOpen(this);
    this.#pingTimer = this.host.clock.set(() => this.#ping(), pingMs);
    for (const text of this.#waiting.splice(0)) {
      this.#held -= text.length;
      if (this.#isOpen()) this.#handle(text);
    }
  }

  /** For a connection that has ended nothing happens: it would never leave the channel. */
  subscribe(frame: Extract<ClientFrame, { type: 'SUBSCRIBE' }>): void {
    if (this.#isOpen()) this.subscriptions.subscribe(frame, this.identity!.viewer);
  }

  /** Says when the connection will be closed with 4200, and does so. */
  drain(inMs: number): void {
    if (this.#state === 'closed') return;
    this.send({ type: 'DRAIN', inMs });
    this.closeIn(inMs);
  }

  /** Closes with 4200 after so many ms, whatever was said before about it; at once for 0. */
  closeIn(ms: number): void {
    if (this.#state === 'closed') return;
    this.host.clock.clear(this.#drainTimer);
    if (ms <= 0) this.close(closeCodes.drain);
    else this.#drainTimer = this.host.clock.set(() => this.close(closeCodes.drain), ms);
  }

  /** Ends everything at once; nothing is sent afterwards. Also for a connection that has gone. */
  close(code: number, why?: Incident, error?: unknown): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#waiting.length = 0;
    for (const timer of [this.#helloTimer, this.#pingTimer, this.#drainTimer]) {
      this.host.clock.clear(timer);
    }
    this.#expiry.stop();
    this.subscriptions.detachAll();
    this.wire.close(code);
    this.host.onClose(this, code, why, error);
  }

  #handle(text: string): void {
    const frame = parseFrame(events.client, text);
    if (!frame) return this.#reject('bad_request');
    if (this.#state === 'open') return this.#dispatch(frame);
    if (frame.type !== 'HELLO' || frame.v !== protocol) {
      return this.close(closeCodes.protocol, 'bad_request');
    }
    this.#state = 'authenticating';
    void this.#check(frame.token, (identity) => {
      if (!identity) return this.#refuse();
      if (this.host.hasRoomFor(identity.viewer.id)) return this.open(identity);
      this.send({ type: 'ERROR', code: 'limit', retryMs: 30_000 });
      this.close(closeCodes.rate, 'too_many_connections');
    });
  }

  #dispatch(frame: ClientFrame): void {
    if (frame.type === 'SUBSCRIBE') this.subscribe(frame);
    else if (frame.type === 'UNSUBSCRIBE') this.subscriptions.detach(frame.channel);
    else if (frame.type === 'PONG') this.#pong(frame.at);
    else if (frame.type === 'AUTH') void this.#check(frame.token, (who) => this.#renew(who));
    else this.#reject('bad_request');
  }

  #renew(identity: Identity | null): void {
    if (!identity) {
      this.host.onIncident(this, 'unauthorized');
      return this.send({ type: 'ERROR', code: 'unauthorized' });
    }
    // Somebody else needs a connection of their own: cursors of one are no use to the other.
    if (identity.viewer.id !== this.identity!.viewer.id) return this.#refuse();
    this.identity = identity;
    this.#expiry.watch(identity.expiresAt);
    this.send({ type: 'AUTHENTICATED', expiresAt: identity.expiresAt });
    this.subscriptions.recheck(identity.viewer);
  }

  /**
   * Finds out whose a token is, again when that may have been revoked meanwhile, and tells it in
   * the same turn: what is revoked later finds whom to close.
   */
  async #check(token: string | null, then: (identity: Identity | null) => void): Promise<void> {
    if (token === null) return then(null);
    this.#hold(token);
    while (!this.#isClosed()) {
      const { revocations, bus } = this.host;
      const { count } = revocations;
      let identity: Identity | null;
      try {
        identity = await this.host.authenticate(token);
      } catch (error) {
        return this.close(1011, 'internal', error);
      }
      if (this.#isClosed()) return;
      if (identity && revocations.mayConcern(identity, count)) continue;
      this.#held -= token.length;
      return then(identity && isOutdated(identity.viewer, bus) ? null : identity);
    }
  }

  #hold(text: string): void {
    this.#held += text.length;
    if (this.#held > 4 * this.host.limits.maxMessage) this.close(closeCodes.rate, 'rate');
  }

  #refuse(): void {
    this.send({ type: 'ERROR', code: 'unauthorized' });
    this.close(closeCodes.token, 'unauthorized');
  }

  #reject(code: 'bad_request' | 'too_large'): void {
    this.send({ type: 'ERROR', code });
    if (++this.#badMessages >= this.host.limits.maxBadMessages) {
      this.close(closeCodes.protocol, code);
    } else this.host.onIncident(this, code);
  }

  #ping(): void {
    const { limits, clock } = this.host;
    const full = this.wire.buffered > limits.maxBuffered;
    if (this.wire.oneWay && !full) this.#unanswered = 0;
    if (this.#unanswered >= 2) {
      return full || this.subscriptions.awaited
        ? this.close(closeCodes.slow, 'slow')
        : this.close(closeCodes.noPong, 'silent');
    }
    this.#unanswered++;
    const heads = this.subscriptions.heads();
    if (!full) this.send({ type: 'PING', heads });
    this.#pingTimer = clock.set(() => this.#ping(), limits.pingMs);
  }

  #pong(at: Record<string, number>): void {
    this.#unanswered = 0;
    if (this.subscriptions.lags(at)) this.close(closeCodes.slow, 'slow');
  }

  #isClosed(): boolean {
    return this.#state === 'closed';
  }

  #isOpen(): boolean {
    return this.#state === 'open';
  }

  /** Tells what is not an event: those go past this, and stop at GAP. */
  send(frame: ServerFrame): void {
    const message = new Message(frame);
    const { maxBuffered } = this.host.limits;
    // Who never reads and asks on would fill the queue with our answers.
    if (this.wire.buffered <= maxBuffered) this.#unread = 0;
    else this.#unread += message.text.length;
    if (this.#unread > maxBuffered / 4) return this.close(closeCodes.slow, 'slow');
    this.wire.send(message);
  }

  onGap(channel: string, reason: 'slow' | 'bus'): void {
    this.host.onGap();
    if (reason === 'slow') this.host.onIncident(this, 'slow', { channel });
  }

  onRefusal(channel: string, code: 'forbidden' | 'unknown_channel' | 'limit'): void {
    this.host.onIncident(this, code, { channel });
  }
}
