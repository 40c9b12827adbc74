import type { ClientFrame, Position, ServerFrame, Viewer } from '../../src/contract/index.js';
import type { Bus } from './bus.js';
import type { Delivery, Message } from './message.js';
import { grantFor, type Grant } from './rights.js';
import type { Member, Topic } from './topic.js';

type Frame<T extends ClientFrame['type']> = Extract<ClientFrame, { type: T }>;

/** What the subscriptions of all connections share. */
export interface SubscriptionsHost {
  bus: Bus;
  /** The topic of a channel, made when it is the first use. */
  topic(channel: string, grant: Grant): Topic;
  /** Gives the topic up when nobody is attached any more. */
  release(topic: Topic): void;
  limits: { maxBuffered: number; maxSubscriptions: number };
}

/** Whose subscriptions they are. */
export interface Subscriber {
  readonly wire: { send(message: Message): void; readonly buffered: number };
  /** Tells what is not an event. */
  send(frame: ServerFrame): void;
  onGap(channel: string, reason: 'slow' | 'bus'): void;
  onRefusal(channel: string, code: 'forbidden' | 'unknown_channel' | 'limit'): void;
}

/** The channels one connection is attached to. */
export class Subscriptions {
  readonly #attached = new Map<string, Attachment>();

  constructor(
    readonly subscriber: Subscriber,
    readonly host: SubscriptionsHost,
  ) {}

  get size(): number {
    return this.#attached.size;
  }

  /** Attaches and reads history in one step: nothing can happen in between. */
  subscribe({ id, channel, epoch = '', since }: Frame<'SUBSCRIBE'>, viewer: Viewer): void {
    const { bus, limits } = this.host;
    const grant = grantFor(channel, viewer);
    if (typeof grant === 'string') return this.#refuse(channel, { id, code: grant });
    this.detach(channel);
    if (this.size >= limits.maxSubscriptions) {
      return this.#refuse(channel, { id, code: 'limit', retryMs: 30_000 });
    }
    const topic = this.host.topic(channel, grant);
    const head = bus.head(grant.log);
    const missed = since === undefined ? [] : topic.replay({ epoch, offset: since });
    const recovered = missed !== undefined;
    const attachment = new Attachment(this, topic, head.epoch, since ?? head.offset);
    if (recovered) {
      this.#attached.set(channel, attachment);
      topic.members.add(attachment);
    }
    const { epoch: now, offset } = head;
    this.#send({ type: 'SUBSCRIBED', id, channel, epoch: now, head: offset, recovered });
    if (!recovered) return this.host.release(topic);
    for (const delivery of missed) {
      attachment.deliver(delivery);
      // History that fills the wire ends in GAP; the rest is for who comes back for it.
      if (this.#attached.get(channel) !== attachment) return;
    }
  }

  gap(channel: string, reason: 'slow' | 'bus'): void {
    this.detach(channel);
    this.subscriber.onGap(channel, reason);
    this.#send({ type: 'GAP', channel, reason });
  }

  detach(channel: string): void {
    const attachment = this.#attached.get(channel);
    if (!attachment) return;
    this.#attached.delete(channel);
    attachment.topic.members.delete(attachment);
    this.host.release(attachment.topic);
  }

  /** Ends what `viewer` may not see any more (nobody: everything), and says so. */
  recheck(viewer: Viewer | null): void {
    for (const [channel, { topic }] of this.#attached) {
      const grant = viewer ? grantFor(channel, viewer) : 'expired';
      if (typeof grant === 'string') {
        this.detach(channel);
        this.#send({ type: 'UNSUBSCRIBED', channel, code: grant });
      } else if (grant.form !== topic.grant.form) {
        this.gap(channel, 'bus');
      }
    }
  }

  detachAll(): void {
    for (const channel of this.#attached.keys()) this.detach(channel);
  }

  /** What a reader that missed nothing has received, by channel. */
  heads(): Record<string, [string, number]> {
    const heads: Record<string, [string, number]> = {};
    for (const [channel, attachment] of this.#attached) {
      const { epoch, offset } = attachment.topic.head;
      attachment.pinged = offset;
      heads[channel] = [epoch, offset];
    }
    return heads;
  }

  /** Takes a reader's answer to a ping. True when a channel stood still for two pings while it moved. */
  lags(at: Frame<'PONG'>['at']): boolean {
    let lags = false;
    for (const [channel, attachment] of this.#attached) {
      const offset = Object.hasOwn(at, channel) ? at[channel]! : attachment.pinged;
      const stands = offset < attachment.pinged && offset === attachment.acknowledged;
      attachment.stalls = stands ? attachment.stalls + 1 : 0;
      attachment.acknowledged = offset;
      lags ||= attachment.stalls >= 2;
    }
    return lags;
  }

  /** Whether anything was sent since the reader's last answer. */
  get awaited(): boolean {
    return [...this.#attached.values()].some(({ sent, acknowledged }) => sent > acknowledged);
  }

  /** Up to where a channel has been sent, if it is attached. */
  position(channel: string): Position | undefined {
    const attachment = this.#attached.get(channel);
    return attachment && { epoch: attachment.epoch, offset: attachment.sent };
  }

  #refuse(
    channel: string,
    refusal: { id: number; code: 'forbidden' | 'unknown_channel' | 'limit'; retryMs?: number },
  ): void {
    this.subscriber.onRefusal(channel, refusal.code);
    this.#send({ type: 'ERROR', ...refusal });
  }

  #send(frame: ServerFrame): void {
    this.subscriber.send(frame);
  }
}

/** One connection's place in one channel. */
class Attachment implements Member {
  /** Head told in the last ping, and what the reader answered: see `lags`. */
  pinged = 0;
  acknowledged = -1;
  stalls = 0;

  constructor(
    private readonly owner: Subscriptions,
    readonly topic: Topic,
    readonly epoch: string,
    /** Offset of the last event sent. */
    public sent: number,
  ) {}

  deliver({ to, message }: Delivery): void {
    if (to <= this.sent) return;
    const { host, subscriber } = this.owner;
    if (subscriber.wire.buffered > host.limits.maxBuffered) return this.gap('slow');
    this.sent = to;
    subscriber.wire.send(message);
  }

  gap(reason: 'slow' | 'bus'): void {
    this.owner.gap(this.topic.channel, reason);
  }
}
