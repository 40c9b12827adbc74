import * as z from 'zod/mini';
import { Id, Notification, Project, PublicUser, Team, User, Version } from './entities.js';
import { NotificationCounts } from './notifications.js';
import { StatsOverview } from './workspace.js';

/** WebSocket subprotocol, and the version in `HELLO`. */
export const protocol = 'inlay.v1';

/** `users`, `user:ID`, `notifications`, `projects`, `team:ID` or `stats`. */
const Channel = z.string().check(z.regex(/^[a-z]+(:[\w-]{1,64})?$/));
const Epoch = z.string().check(z.regex(/^\w{1,32}$/));
const Offset = z.int().check(z.gte(0));
const Subscription = z.int().check(z.gte(0));
const Millis = z.number().check(z.gte(0));
const gone = z.object({ id: Id, version: Version });

const item = z.object({
  offset: Offset,
  type: z.string(),
  id: z.string(),
  payload: z.unknown(),
  timestamp: z.string(),
  origin: z.optional(z.string()),
});
const frame = <T extends string, S extends z.core.$ZodLooseShape>(type: T, shape: S) =>
  z.object({ type: z.literal(type), ...shape });

/**
 * Everything that goes over the live stream. `items` are what happened, each with
 * its payload (whole entities; deletions carry id and version); `client` and
 * `server` are the frames of the protocol `inlay.v1`.
 */
export const events = {
  items: {
    USER_CREATED: z.union([User, PublicUser]),
    USER_UPDATED: z.union([User, PublicUser]),
    USER_DELETED: gone,
    PROJECT_CREATED: Project,
    PROJECT_UPDATED: Project,
    PROJECT_DELETED: gone,
    TEAM_UPDATED: Team,
    NOTIFICATION_CREATED: Notification,
    NOTIFICATION_UPDATED: Notification,
    NOTIFICATION_COUNTED: NotificationCounts,
    STATS_UPDATED: StatsOverview,
  },
  client: {
    HELLO: frame('HELLO', { v: z.string(), token: z.nullable(z.string()), client: z.string() }),
    SUBSCRIBE: frame('SUBSCRIBE', {
      id: Subscription,
      channel: Channel,
      epoch: z.optional(Epoch),
      since: z.optional(Offset),
    }),
    UNSUBSCRIBE: frame('UNSUBSCRIBE', { id: Subscription, channel: Channel }),
    PONG: frame('PONG', { at: z.record(z.string(), Offset) }),
    AUTH: frame('AUTH', { token: z.string() }),
  },
  server: {
    WELCOME: frame('WELCOME', {
      connection: z.string(),
      expiresAt: z.nullable(z.string()),
      pingMs: Millis,
      maxMessage: z.int(),
    }),
    SUBSCRIBED: frame('SUBSCRIBED', {
      id: Subscription,
      channel: Channel,
      epoch: Epoch,
      head: Offset,
      recovered: z.boolean(),
    }),
    UNSUBSCRIBED: frame('UNSUBSCRIBED', { channel: Channel, code: z.string() }),
    /** Covers the offsets `(from, to]` of its channel. */
    EVENTS: frame('EVENTS', {
      channel: Channel,
      epoch: Epoch,
      from: Offset,
      to: Offset,
      items: z.array(item),
    }),
    GAP: frame('GAP', { channel: Channel, reason: z.string() }),
    PING: frame('PING', { heads: z.record(z.string(), z.tuple([Epoch, Offset])) }),
    AUTHENTICATED: frame('AUTHENTICATED', { expiresAt: z.nullable(z.string()) }),
    EXPIRING: frame('EXPIRING', { inMs: Millis }),
    DRAIN: frame('DRAIN', { inMs: Millis }),
    /** `code` is open: clients take the words of newer servers, too. */
    ERROR: frame('ERROR', {
      id: z.optional(Subscription),
      code: z.string(),
      retryMs: z.optional(Millis),
    }),
  },
};

export type EventType = keyof typeof events.items;
export type LiveItem = z.infer<typeof item>;
/** One thing that happened, as data modules and subscribers see it. */
export type LiveEvent = {
  [T in EventType]: { type: T; payload: z.output<(typeof events.items)[T]> };
}[EventType];
type FrameOf<T extends Record<string, z.ZodMiniType>> = { [K in keyof T]: z.output<T[K]> }[keyof T];
export type ClientFrame = FrameOf<typeof events.client>;
export type ServerFrame = FrameOf<typeof events.server>;

/** Close codes by range, so that unknown ones stay safe: 40xx never retry, 41xx back off, 42xx at once. */
export const closeCodes = {
  forbidden: 4001,
  protocol: 4002,
  token: 4101,
  rate: 4110,
  slow: 4120,
  drain: 4200,
  noPong: 4201,
} as const;

/** The frame in a message, or undefined when it is not one of `table`. Never throws. */
export function parseFrame<T extends Record<string, z.ZodMiniType>>(
  table: T,
  text: string,
): FrameOf<T> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const type = (value as { type?: unknown } | null)?.type;
  const schema = typeof type === 'string' && Object.hasOwn(table, type) ? table[type] : undefined;
  const result = schema?.safeParse(value);
  return result?.success ? (result.data as FrameOf<T>) : undefined;
}
