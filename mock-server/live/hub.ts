import { closeCodes } from '../../src/contract/index.js';
import type { Bus } from './bus.js';
import { systemClock, type Clock } from './clock.js';
import { incidentKinds, limitLog, type Incident, type Log } from './incidents.js';
import { concerns, Revocations, type Whose } from './revocations.js';
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
  /** How late readers hear of events, in ms; asked for each. Default: at once. */
  latency?: () => number;
  /** Most items in a frame. Default 100. */
  batchItems?: number;
  /** Connections at the same time, of all kinds; see `Hub.full`. Default 10,000. */
  maxConnections?: number;
  /** Connections of one person at the same time. Default 200. */
  maxPerPerson?: number;
  /** Told of what goes wrong and of every end; of a flood of one kind a line a second. */
  log?: Log;
}

export interface Counters {
  /** Connections now, people who hold them, and channels that somebody follows. */
  connections: number;
  people: number;
  topics: number;
  opened: number;
  closed: number;
  gaps: number;
  /** How often readers did something wrong, by kind. */
  incidents: Readonly<Record<Incident, number>>;
}

/** All live connections of a process, whatever carries them. */
export interface Hub {
  readonly limits: Readonly<Limits>;
  /** A connection that has yet to say HELLO, or be opened for somebody identified already. */
  connect(transport: Transport): Session;
  /** There is room for no further connection; who connects nevertheless is served. */
  readonly full: boolean;
  /** Whether a person may hold one more connection. */
  hasRoomFor(userId: string): boolean;
  /** Counts and logs what went wrong before there was a connection. */
  report(kind: Incident, details: Record<string, unknown>): void;
  /** Cuts every connection without a word, as a broken network does; answers how many. */
  dropAll(): number;
  /** Asks everyone to come back, each at another moment within `ms`; then closes with 4200. */
  drain(ms: number): Promise<void>;
  /**
   * Ends the connections of a person or session, or of all, with 4101; no event reaches them
   * afterwards. For sign-outs; a changed role, a suspension or a deletion the hub sees in `user:ID` itself.
   */
  revoke(whose: Whose): number;
  /** How often that was done. */
  readonly revocations: number;
  /** Whether an identity still holds that was found out when there were so many revocations. */
  holds(identity: Identity, revocations: number): boolean;
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
  const { bus, clock = systemClock, random = Math.random } = options;
  const { newId = () => random().toString(36).slice(2), batchMs = 50, batchItems = 100 } = options;
  const { latency = () => 0, log = () => undefined } = options;
  const { maxConnections = 10_000, maxPerPerson = 200 } = options;
  const limits: Limits = { ...defaults, ...options };
  const sessions = new Set<Session>();
  /** Open sessions by person. */
  const people = new Map<string, Set<Session>>();
  const topics = new Map<string, Topic>();
  const incidents = Object.fromEntries(incidentKinds.map((kind) => [kind, 0])) as Record<
    Incident,
    number
  >;
  const counters = {
    opened: 0,
    closed: 0,
    gaps: 0,
    incidents,
    get connections() {
      return sessions.size;
    },
    get people() {
      return people.size;
    },
    get topics() {
      return topics.size;
    },
  };
  const write = limitLog(log, () => clock.now());
  const revocations = new Revocations();

  const key = ({ log, form }: Grant) => `${form} ${log}`;

  function report(kind: Incident, details: Record<string, unknown>): void {
    incidents[kind]++;
    write(kind, 'live incident', { kind, ...details });
  }

  const hasRoomFor = (userId: string) => (people.get(userId)?.size ?? 0) < maxPerPerson;

  const host: SessionHost = {
    bus,
    clock,
    now: () => clock.now(),
    limits,
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
    authenticate: (token) => options.authenticate(token),
    revocations,
    hasRoomFor,
    onOpen(session) {
      counters.opened++;
      const { id } = session.identity!.viewer;
      people.set(id, (people.get(id) ?? new Set()).add(session));
    },
    onGap: () => counters.gaps++,
    onIncident: (session, kind, details) =>
      report(kind, { connection: session.id, userId: session.identity?.viewer.id, ...details }),
    onClose(session, code, why, error) {
      sessions.delete(session);
      counters.closed++;
      const userId = session.identity?.viewer.id;
      if (userId !== undefined) {
        people.get(userId)?.delete(session);
        if (people.get(userId)?.size === 0) people.delete(userId);
      }
      const details = { connection: session.id, userId, code };
      if (why) report(why, error === undefined ? details : { ...details, err: error });
      else write('closed', 'live connection closed', details);
    },
  };

  function connect(transport: Transport): Session {
    const session = new Session(newId(), transport, host);
    sessions.add(session);
    return session;
  }

  function closeAll(some: Iterable<Session>, code: number): number {
    const closing = [...some];
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
      const wake = () => forms.forEach((form) => topics.get(key({ log: channel, form }))?.wake());
      const ms = latency();
      if (ms > 0) clock.set(wake, ms);
      else wake();
    },
    onReset() {
      for (const topic of topics.values()) topic.reset();
    },
  });

  return {
    limits,
    connect,
    get full() {
      return sessions.size >= maxConnections;
    },
    hasRoomFor,
    report,
    dropAll: () => closeAll(sessions, 1006),
    async drain(ms) {
      const leaving = [...sessions];
      leaving.forEach((session, index) =>
        session.drain(((index + random()) * ms) / leaving.length),
      );
      if (ms > 0) await new Promise<void>((resolve) => void clock.set(resolve, ms));
    },
    revoke(whose) {
      revocations.add(whose);
      const some = whose.userId === undefined ? sessions : (people.get(whose.userId) ?? []);
      const theirs = [...some].filter(({ identity }) => concerns(whose, identity));
      return closeAll(theirs, closeCodes.token);
    },
    get revocations() {
      return revocations.count;
    },
    holds: (identity, count) =>
      !revocations.mayConcern(identity, count) && !isOutdated(identity.viewer, bus),
    close() {
      unsubscribe();
      closeAll(sessions, 1001);
    },
    counters,
  };
}
