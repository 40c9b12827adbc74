import type { ClientFrame, Position, ServerFrame, Viewer } from '../../src/contract/index.js';
import type { Bus } from './bus.js';
import { Message, type Delivery } from './message.js';
import { grantFor, type Grant } from './rights.js';
import type { Member, Topic } from './topic.js';

type Frame<T extends ClientFrame['type']> = Extract<ClientFrame, { type: T }>;

/** What a connection's subscriptions need of the hub and of the wire. */
export interface SubscriptionsHost {
  bus: Bus;
  /** The topic of a channel, made when it is the first use. */
  topic(channel: string, grant: Grant): Topic;
  /** Gives the topic up when nobody is attached any more. */
  release(topic: Topic): void;
  send(message: Message): void;
  /** Bytes waiting for the reader. */
  buffered(): number;
  maxBuffered: number;
  maxSubscriptions: number;
  onGap(channel: string, reason: 'slow' | 'bus'): void;
  onRefusal(channel: string, code: 'forbidden' | 'unknown_channel' | 'limit'): void;
}

interface Attachment {
  topic: Topic;
  epoch: string;
  /** Offset of the last event sent. */
  sent: number;
  /** Head told in the last ping, and what the reader answered: see `lags`. */
  pinged: number;
  acknowledged: number;
  stalls: number;
}

/** The channels one connection is attached to. */
export class Subscriptions implements Member {
  readonly #attached = new Map<string, Attachment>();

  constructor(private readonly host: SubscriptionsHost) {}

  get size(): number {
    return this.#attached.size;
  }

  /** Attaches and reads history in one step: nothing can happen in between. */
  subscribe({ id, channel, epoch = '', since }: Frame<'SUBSCRIBE'>, viewer: Viewer): void {
    const grant = grantFor(channel, viewer);
    if (typeof grant === 'string') {
      this.host.onRefusal(channel, grant);
      return this.#send({ type: 'ERROR', id, code: grant });
    }
    this.detach(channel);
    if (this.size >= this.host.maxSubscriptions) {
      this.host.onRefusal(channel, 'limit');
      return this.#send({ type: 'ERROR', id, code: 'limit', retryMs: 30_000 });
    }
    const topic = this.host.topic(channel, grant);
    const head = this.host.bus.head(grant.log);
    const missed = since === undefined ? [] : topic.replay({ epoch, offset: since });
    if (missed) {
      const sent = since ?? head.offset;
      const acknowledged = -1;
      this.#attached.set(channel, {
        topic,
        epoch: head.epoch,
        sent,
        pinged: 0,
        acknowledged,
        stalls: 0,
      });
      topic.members.add(this);
    }
    this.#send({
      type: 'SUBSCRIBED',
      id,
      channel,
      epoch: head.epoch,
      head: head.offset,
      recovered: missed !== undefined,
    });
    if (!missed) return this.host.release(topic);
    for (const delivery of missed) {
      this.deliver(channel, delivery);
      // History that fills the wire ends in GAP; the rest is for who comes back for it.
      if (!this.#attached.has(channel)) return;
    }
  }

  deliver(channel: string, { to, message }: Delivery): void {
    const attachment = this.#attached.get(channel);
    if (!attachment || to <= attachment.sent) return;
    if (this.host.buffered() > this.host.maxBuffered) return this.gap(channel, 'slow');
    attachment.sent = to;
    this.host.send(message);
  }

  gap(channel: string, reason: 'slow' | 'bus'): void {
    this.detach(channel);
    this.host.onGap(channel, reason);
    this.#send({ type: 'GAP', channel, reason });
  }

  detach(channel: string): void {
    const attachment = this.#attached.get(channel);
    if (!attachment) return;
    this.#attached.delete(channel);
    attachment.topic.members.delete(this);
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

  #send(frame: ServerFrame): void {
    this.host.send(new Message(frame));
  }
}
