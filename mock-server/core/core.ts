import type { Tokens as IssuedTokens } from '../../src/contract/auth.js';
import { createDispatch, type Dispatch, type Logger } from '../dispatch/dispatch.js';
import { createRoutes, type Route } from '../dispatch/routes.js';
import { asyncapiDocument } from '../docs/asyncapi.js';
import { openapiDocument } from '../docs/openapi.js';
import { openSession } from '../domain/auth.js';
import type { Handlers } from '../domain/handler.js';
import {
  act,
  notify,
  type Activity,
  type NotificationOrder,
  type World,
} from '../domain/activity.js';
import { createHandlers } from '../domain/handlers.js';
import { newUuid } from '../domain/random.js';
import type { Persona } from '../domain/personas.js';
import { publicHash, seedData } from '../domain/seed.js';
import { createSnoozes } from '../domain/snoozes.js';
import { createTickets, ticketHandler } from '../domain/tickets.js';
import { createTokens, type Tokens } from '../domain/tokens.js';
import { fullUser } from '../domain/views.js';
import { createFaults, type Faults } from '../faults/faults.js';
import type { Bus } from '../live/bus.js';
import { systemClock, type Clock } from '../live/clock.js';
import { createHub, type Hub, type HubOptions } from '../live/hub.js';
import { createMemoryBus } from '../live/memory-bus.js';
import { streamHandlers } from '../live/sse.js';
import { createMemoryStore, type MemoryStore } from '../store/memory.js';

export interface CoreOptions {
  /** Seed of people, teams, projects and notifications. Default 1. */
  seed?: number;
  /** How many people. Default 250. */
  users?: number;
  /** The clock, in ms since the epoch. */
  now?: () => number;
  /** Runs what is due later by that clock. Default: `setTimeout`. */
  timers?: Pick<Clock, 'set' | 'clear'>;
  /** The log of what happens. Default: in memory, the last 10,000 events of each channel. */
  bus?: Bus;
  /** The rows, which tell that log. Default: in memory, from the seed. */
  store?: MemoryStore;
  /** Limits of live connections. */
  live?: Omit<HubOptions, 'bus' | 'authenticate' | 'clock' | 'log'>;
  /** Makes ids of entities, sessions and requests. Default: random UUIDs. */
  ids?: () => string;
  /** Decides on purposeful failures and made-up activity. */
  random?: () => number;
  /** Waits, for the latency. */
  delay?: (ms: number) => Promise<void>;
  /** Milliseconds before every answer. Default 0. */
  latency?: number;
  /** Share of answers that are 503. Default 0. */
  errorRate?: number;
  /** Signs the tokens, at least 32 characters. Default: random, so that tokens end with the process. */
  secret?: string;
  /** Names the server in its tokens: tabs whose tokens have another issuer share no connection. Default: none. */
  issuer?: string;
  /** Of the personas' password, from `hashPassword`; null for none. Default: of `inlay`, in production null. */
  personaHash?: string | null;
  /** Answers aren't checked against the contract, the control endpoints are closed and the personas have no password. */
  production?: boolean;
  /** Opens the control endpoints to those alone who send it as `X-Inlay-Control`; an empty one to nobody. Default: open to all, in production to nobody. */
  controlSecret?: string;
  /**
   * Scheme, host and port by which callers reach the server, e.g. `https://api.example.com`:
   * addresses of pictures begin with it. Default: as the caller asked; in production, where
   * callers are not believed, nothing, so that only pages of the same origin see pictures.
   */
  publicUrl?: string;
  /** Bytes that all pictures may take together. Default: 256 MB. */
  fileSpace?: number;
  logger?: Logger;
}

/** Everything but the door: Express and MSW both stand before this. */
export interface Core {
  store: MemoryStore;
  bus: Bus;
  hub: Hub;
  tokens: Tokens;
  faults: Faults;
  routes: Route[];
  dispatch: Dispatch;
  logger: Logger;
  now: () => number;
  newId: () => string;
  /** Tokens of a person without asking for the password. Rejects for an unknown e-mail. */
  signIn(email: Persona | (string & {})): Promise<IssuedTokens>;
  /** Creates, changes and deletes people; rejects like the control endpoint. */
  act(wanted: Partial<Activity>): ReturnType<typeof act>;
  /** Sends notifications to a person or a role; answers how many. */
  notify(order: Omit<NotificationOrder, 'count'> & { count?: number }): Promise<number>;
  /** Back to the seed; the live stream starts a new epoch. Who is signed in stays so, if still there. */
  reset(changes?: { seed?: number | undefined; users?: number | undefined }): Promise<void>;
}

const silent: Logger = { info() {}, error() {} };

/** @throws RangeError when `publicUrl` is none. */
export function createCore(options: CoreOptions = {}): Core {
  const {
    now = Date.now,
    ids: newId = newUuid,
    random = Math.random,
    production = false,
    personaHash = production ? null : publicHash,
    fileSpace = 256 * 1024 * 1024,
  } = options;
  const { logger = silent, secret = newUuid() + newUuid() } = options;
  let { seed = 1, users = 250 } = options;

  const clock = { ...systemClock, ...options.timers, now };
  const { bus = createMemoryBus({ now }), store = createMemoryStore(bus) } = options;
  const tokens = createTokens({ store, now, newId, secret, issuer: options.issuer });
  const snoozes = createSnoozes(store, clock);
  const tickets = createTickets(tokens, now);
  const faults = createFaults({ ...options, random });

  const hub = createHub({
    bus,
    random,
    newId,
    clock,
    latency: () => faults.settings.liveLatency,
    ...options.live,
    async authenticate(token) {
      if (faults.settings.offline) throw new Error('offline on purpose');
      return tokens.identify(token);
    },
    log: (event, details) => logger[details['err'] ? 'error' : 'info'](details, event),
  });

  async function reset(changes: Parameters<Core['reset']>[0] = {}): Promise<void> {
    seed = changes.seed ?? seed;
    users = changes.users ?? users;
    const data = seedData({ seed, users, now: now(), personaHash });
    const open = await store.list('sessions', {
      sort: { key: 'id', descending: false },
      limit: Infinity,
    });
    const outdated = new Set<string>();
    const sessions: typeof open.rows = [];
    for (const session of open.rows) {
      const index = data.users.indexOf(session.userId);
      const after = index === undefined ? undefined : data.users.row(index);
      const before = await store.get('users', session.userId);
      if (after) sessions.push(session);
      if (before?.role !== after?.role || before?.status !== after?.status)
        outdated.add(session.userId);
    }
    store.load({ ...data, sessions });
    // The log that tells the hub about rights begins anew, too.
    for (const userId of outdated) hub.revoke({ userId });
    bus.reset();
    await snoozes.review();
  }
  if (!options.store) store.load(seedData({ seed, users, now: now(), personaHash }));

  const routes = createRoutes();
  const rules = createHandlers({
    tokens,
    personaHash,
    faults,
    reset,
    dropSockets: () => hub.dropAll(),
    expireTokens() {
      tokens.expireAll();
      tickets.expireAll();
      return hub.revoke({});
    },
    forgetHistory: () => bus.forget(),
    revoke: (whose) => hub.revoke(whose),
    fileSpace,
    snoozes,
  });
  const streams = streamHandlers(hub, (way) => faults.settings.blocked.includes(way));
  const handlers: Handlers = {
    ...rules,
    notifications: { ...rules.notifications, ...streams.notifications },
    live: { ...streams.live, ticket: ticketHandler(tickets) },
    docs: { openapi: openapiDocument, asyncapi: asyncapiDocument },
  };
  const dispatch = createDispatch({
    store,
    bus,
    tokens,
    tickets,
    handlers,
    revocations: () => hub.revocations,
    faults,
    now,
    newId,
    random,
    logger,
    checkResponses: !production,
    publicUrl: readPublicUrl(options.publicUrl) ?? (production ? '' : undefined),
    controlSecret: options.controlSecret ?? (production ? '' : null),
  });

  async function signIn(email: string): Promise<IssuedTokens> {
    const row = await store.userByEmail(email);
    if (!row)
      throw new Error(
        `nobody has the e-mail "${email}". Personas: admin@, moderator@ and user@inlay.test.`,
      );
    return openSession({ store, now, newId }, tokens, fullUser(row));
  }

  const world: World = { store, now, newId, random, origin: undefined };
  return {
    store,
    bus,
    hub,
    tokens,
    faults,
    routes,
    dispatch,
    logger,
    now,
    newId,
    signIn,
    reset,
    act: (wanted) => act({ create: 0, change: 0, delete: 0, ...wanted }, world),
    notify: (order) => notify({ count: 1, ...order }, world),
  };
}

function readPublicUrl(url: string | undefined): string | undefined {
  if (url === undefined || /^https?:\/\/[^?#]+$/i.test(url)) return url?.replace(/\/+$/, '');
  throw new RangeError(
    `the public URL must begin with http:// or https:// and have no query, got "${url}". For example: https://api.example.com.`,
  );
}
