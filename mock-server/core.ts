import type { Tokens as IssuedTokens } from '../src/contract/auth.js';
import { createDispatch, type Dispatch, type Logger } from './dispatch/dispatch.js';
import { createRoutes, type Route } from './dispatch/routes.js';
import { openSession } from './domain/auth.js';
import { createHandlers } from './domain/handlers.js';
import { newUuid } from './domain/random.js';
import { seedData, type Persona } from './domain/seed.js';
import { createTokens, type Tokens } from './domain/tokens.js';
import { fullUser } from './domain/views.js';
import { createFaults, type Faults } from './faults/faults.js';
import type { Bus } from './live/bus.js';
import { createMemoryBus } from './live/memory-bus.js';
import { createMemoryStore, type MemoryStore } from './store/memory.js';

export interface CoreOptions {
  /** Seed of people, teams, projects and notifications. Default 1. */
  seed?: number;
  /** How many people. Default 250. */
  users?: number;
  /** The clock, in ms since the epoch. */
  now?: () => number;
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
  /** Answers aren't checked against the contract, and the control endpoints are closed. */
  production?: boolean;
  /** Opens the control endpoints in production, to those who send it as `X-Inlay-Control`. */
  controlSecret?: string;
  logger?: Logger;
}

/** Everything but the door: Express and MSW both stand before this. */
export interface Core {
  store: MemoryStore;
  bus: Bus;
  tokens: Tokens;
  faults: Faults;
  routes: Route[];
  dispatch: Dispatch;
  logger: Logger;
  now: () => number;
  newId: () => string;
  /** Tokens of a person without asking for the password. Rejects for an unknown e-mail. */
  signIn(email: Persona | (string & {})): Promise<IssuedTokens>;
  /** Back to the seed; the live stream starts a new epoch. */
  reset(changes?: { seed?: number | undefined; users?: number | undefined }): void;
}

const silent: Logger = { info() {}, error() {} };

export function createCore(options: CoreOptions = {}): Core {
  const {
    now = Date.now,
    ids: newId = newUuid,
    random = Math.random,
    production = false,
  } = options;
  const { logger = silent, secret = newUuid() + newUuid() } = options;
  let { seed = 1, users = 250 } = options;

  const bus = createMemoryBus({ now });
  const store = createMemoryStore(bus);
  const tokens = createTokens({ store, now, newId, secret });
  const faults = createFaults({ ...options, random });

  function reset(changes: Parameters<Core['reset']>[0] = {}): void {
    seed = changes.seed ?? seed;
    users = changes.users ?? users;
    store.load(seedData({ seed, users, now: now() }));
    bus.reset();
  }
  store.load(seedData({ seed, users, now: now() }));

  const routes = createRoutes();
  const handlers = createHandlers({ tokens, faults, reset });
  const dispatch = createDispatch({
    store,
    bus,
    tokens,
    handlers,
    faults,
    now,
    newId,
    random,
    logger,
    checkResponses: !production,
    controlSecret: options.controlSecret ?? (production ? undefined : null),
  });

  async function signIn(email: string): Promise<IssuedTokens> {
    const row = await store.userByEmail(email);
    if (!row)
      throw new Error(
        `nobody has the e-mail "${email}". Personas: admin@, moderator@ and user@inlay.test.`,
      );
    return openSession({ store, now, newId }, tokens, fullUser(row));
  }

  return { store, bus, tokens, faults, routes, dispatch, logger, now, newId, signIn, reset };
}
