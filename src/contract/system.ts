import * as z from 'zod/mini';
import { endpoint } from './endpoint.js';
import { Id, NotificationType, Role, Timestamp } from './entities.js';
import { eventStreamQuery } from './event-stream.js';

const none = z.object({});
const Health = z.object({ status: z.literal('ok') });
const Document = z.looseObject({});
const count = z._default(z.int().check(z.gte(0), z.lte(10_000)), 0);

/** The ways by which the live stream reaches a reader, best first. */
const ways = ['websocket', 'sse', 'polling'] as const;

/**
 * `latency` in ms before every answer; `errorRate` 0–1 of answers that are 503; `offline` ends
 * every connection; `blocked` are ways of the live stream that do not get through, and
 * `liveLatency` is how late it tells of events, in ms.
 */
export const Faults = z.object({
  latency: z.int().check(z.gte(0), z.lte(60_000)),
  errorRate: z.number().check(z.gte(0), z.lte(1)),
  offline: z.boolean(),
  blocked: z.array(z.enum(ways)),
  liveLatency: z.int().check(z.gte(0), z.lte(60_000)),
});
export type Faults = z.infer<typeof Faults>;

export const health = {
  live: endpoint('GET /healthz', {
    access: 'public',
    summary: 'The process runs.',
    input: none,
    output: Health,
    base: 'root',
  }),
  ready: endpoint('GET /readyz', {
    access: 'public',
    summary: 'Requests can be served.',
    input: none,
    output: Health,
    base: 'root',
  }),
};

export const docs = {
  openapi: endpoint('GET /openapi.json', {
    access: 'public',
    summary: 'This contract as OpenAPI 3.1.',
    input: none,
    output: Document,
  }),
  asyncapi: endpoint('GET /asyncapi.json', {
    access: 'public',
    summary: 'The live stream as AsyncAPI 3.',
    input: none,
    output: Document,
  }),
};

/** Those of `SUBSCRIBE`. */
const channels = /^[a-z]+(:[\w-]{1,64})?(,[a-z]+(:[\w-]{1,64})?){0,99}$/;

export const live = {
  sse: endpoint('GET /live/sse', {
    access: 'signed-in',
    summary: 'The live stream as server-sent events.',
    input: z.object({
      /** Channels, parted by commas. */
      ch: z.string().check(z.regex(channels, 'must be channels, parted by commas: up to 100')),
      ...eventStreamQuery,
    }),
    produces: 'text/event-stream',
  }),
  ticket: endpoint('POST /live/ticket', {
    access: 'signed-in',
    summary: 'A ticket for one event stream within 30 s, as `?ticket=`, in place of the header.',
    input: none,
    output: z.object({ ticket: z.string(), expiresAt: Timestamp }),
  }),
};

/** Development only: makes the reference server slow, failing, offline or busy. */
export const control = {
  faults: endpoint('GET /__control/faults', {
    access: 'control',
    summary: 'The faults in force.',
    input: none,
    output: Faults,
  }),
  setFaults: endpoint('POST /__control/faults', {
    access: 'control',
    summary: 'Change faults; what is left out stays.',
    input: z.partial(Faults),
    output: Faults,
  }),
  dropSockets: endpoint('POST /__control/drop-sockets', {
    access: 'control',
    summary: 'Cut every live connection now.',
    input: none,
    output: z.object({ dropped: z.int() }),
  }),
  expireTokens: endpoint('POST /__control/expire-tokens', {
    access: 'control',
    summary: 'End all access tokens given out so far; refresh tokens go on.',
    input: none,
    output: z.object({ dropped: z.int() }),
  }),
  forgetHistory: endpoint('POST /__control/forget-history', {
    access: 'control',
    summary: 'Make every cursor stale: who resumes the live stream from before must read anew.',
    input: none,
  }),
  activity: endpoint('POST /__control/activity', {
    access: 'control',
    summary: 'Create, change and delete people; the answer comes when all is written.',
    input: z.object({ create: count, change: count, delete: count }),
    output: z.object({ created: z.int(), changed: z.int(), deleted: z.int() }),
  }),
  notify: endpoint('POST /__control/notify', {
    access: 'control',
    summary: 'Send notifications to a person, by id or to everyone of a role.',
    input: z.object({
      userId: z.optional(Id),
      role: z.optional(Role),
      count: z._default(z.int().check(z.gte(1), z.lte(1000)), 1),
      type: z.optional(NotificationType),
      title: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
    }),
    output: z.object({ sent: z.int() }),
  }),
  reset: endpoint('POST /__control/reset', {
    access: 'control',
    summary: 'Back to the seed; the live stream starts a new epoch.',
    input: z.object({
      seed: z.optional(z.int()),
      users: z.optional(z.int().check(z.gte(1), z.lte(1_000_000))),
    }),
  }),
};
