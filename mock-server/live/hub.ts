import { closeCodes } from '../../src/contract/index.js';
import type { Bus } from './bus.js';
import { systemClock, type Clock } from './clock.js';
import { forms, isOutdated, type Grant } from './rights.js';
import {
  Session,
  type Identity,
  type Limits,
  type SessionHost,
  type Transport,
} from './session.js';
import { Topic } from './topic.js';

export interface HubOptions extends Partial<Limits> {
  bus: Bus;
  /** Null refuses the token; a rejection closes the connection with 1011, to be tried again. */
  authenticate(token: string): Promise<Identity | null>;
  clock?: Clock;
  random?: () => number;
  newId?: () => string;
  /** Least time between two batches of a channel under load, in ms. Default 50. */
  batchMs?: number;
  /** Most items in a frame. Default 100. */
  batchItems?: number;
  log?: SessionHost['log'];
}

export interface Counters {
  /** Connections now. */
  connections: number;
  opened: number;
  closed: number;
  gaps: number;
}

/** All live connections of a process, whatever carries them. */
export interface Hub {
  /** A connection that has yet to say HELLO, or be opened for somebody identified already. */
  connect(transport: Transport): Session;
  /** Cuts every connection without a word, as a broken network does; answers how many. */
  dropAll(): number;
  /** Asks everyone to come back, each at another moment within `ms`; then closes with 4200. */
  drain(ms: number): Promise<void>;
  /**
   * Ends the connections of a person or session with 4101; no event reaches them afterwards.
   * For sign-outs; a changed role, a suspension or a deletion the hub sees in `user:ID` itself.
   */
  revoke(whose: { userId: string } | { sessionId: string }): number;
  /** Closes all connections with 1001 and listens to the bus no more. */
  close(): void;
  readonly counters: Readonly<Counters>;
}

const defaults: Limits = {
  pingMs: 25_000,
  helloMs: 10_000,
  expiringMs: 60_000,
  maxMessage: 16_384,
  maxBuffered: 256 * 1024,
  maxSubscriptions: 100,
  maxBadMessages: 5,
  rate: { burst: 250, perSecond: 50 },
};

export function createHub(options: HubOptions): Hub {
  const { bus, clock = systemClock, random = Math.random, log = () => undefined } = options;
  const { newId = () => random().toString(36).slice(2), batchMs = 50, batchItems = 100 } = options;
  const limits: Limits = { ...defaults, ...options };
  const sessions = new Set<Session>();
  /** Open sessions by person. */
  const people = new Map<string, Set<Session>>();
  const topics = new Map<string, Topic>();
  const counters: Counters = { connections: 0, opened: 0, closed: 0, gaps: 0 };
  let revocations = 0;

  const key = ({ log, form }: Grant) => `${form} ${log}`;

  const host: SessionHost = {
    bus,
    clock,
    limits,
    log,
    topic(channel, grant) {
      let topic = topics.get(key(grant));
      if (!topic) {
        topic = new Topic(channel, grant, { bus, clock, batchMs, batchItems });
        topics.set(key(grant), topic);
      }
      return topic;
    },
    release(topic) {
      if (topic.members.size > 0) return;
      topic.stop();
      topics.delete(key(topic.grant));
    },
    async authenticate(token) {
      for (;;) {
        const before = revocations;
        const identity = await options.authenticate(token);
        // A revocation meanwhile may have been of this very token.
        if (before !== revocations) continue;
        return identity && isOutdated(identity.viewer, bus) ? null : identity;
      }
    },
    onOpen(session) {
      counters.opened++;
      const { id } = session.identity!.viewer;
      people.set(id, (people.get(id) ?? new Set()).add(session));
    },
    onGap: () => counters.gaps++,
    onClose(session, code) {
      sessions.delete(session);
      counters.connections = sessions.size;
      counters.closed++;
      const userId = session.identity?.viewer.id;
      if (userId !== undefined) {
        people.get(userId)?.delete(session);
        if (people.get(userId)?.size === 0) people.delete(userId);
      }
      log('live connection closed', { connection: session.id, userId, code });
    },
  };

  function connect(transport: Transport): Session {
    const session = new Session(newId(), transport, host);
    sessions.add(session);
    counters.connections = sessions.size;
    return session;
  }

  function closeWhere(matches: (session: Session) => boolean, code: number): number {
    const closing = [...sessions].filter(matches);
    for (const session of closing) session.close(code);
    return closing.length;
  }

  const unsubscribe = bus.subscribe({
    onEvents(channel) {
      const [family, id] = channel.split(':');
      if (family === 'user') {
        for (const session of people.get(id!) ?? []) {
          if (isOutdated(session.identity!.viewer, bus)) session.close(closeCodes.token);
        }
      }
      for (const form of forms) topics.get(key({ log: channel, form }))?.wake();
    },
    onReset() {
      for (const topic of topics.values()) topic.reset();
    },
  });

  return {
    connect,
    dropAll: () => closeWhere(() => true, 1006),
    drain(ms) {
      const leaving = [...sessions];
      leaving.forEach((session, index) =>
        session.drain(((index + random()) * ms) / leaving.length),
      );
      return new Promise((resolve) => void clock.set(resolve, ms));
    },
    revoke(whose) {
      revocations++;
      return closeWhere(
        ({ identity }) =>
          'userId' in whose
            ? identity?.viewer.id === whose.userId
            : identity?.sessionId === whose.sessionId,
        closeCodes.token,
      );
    },
    close() {
      unsubscribe();
      closeWhere(() => true, 1001);
    },
    counters,
  };
}
