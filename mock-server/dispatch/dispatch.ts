import { allows, errors } from '../../src/contract/index.js';
import { Refusal, type Context, type Handlers } from '../domain/handler.js';
import { sameSecret, sha256 } from '../domain/password.js';
import type { Tickets } from '../domain/tickets.js';
import type { Tokens } from '../domain/tokens.js';
import type { Faults } from '../faults/faults.js';
import type { Bus } from '../live/bus.js';
import type { Store } from '../store/store.js';
import { createIdempotency } from './idempotency.js';
import { problemOf, validate } from './problem.js';
import { basePath, type Route } from './routes.js';

/** A request, whatever server received it. */
export interface WireRequest {
  id: string;
  /** Scheme, host and port that the caller asked, e.g. `https://example.com`. */
  askedAt: string;
  params: Record<string, string>;
  query: URLSearchParams;
  /** By lower-case name. */
  header(name: string): string | undefined;
  /**
   * The parsed JSON body, undefined without one; of a form its fields, files among them.
   * Throws a `Refusal` (400, 413, 415).
   */
  readBody(): Promise<unknown>;
}

export interface WireResponse {
  status: number;
  headers: Record<string, string>;
  /** To be sent as JSON; a stream as it is; undefined for none. */
  body: unknown;
}

export interface Logger {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface DispatchOptions {
  store: Store;
  bus: Pick<Bus, 'head'>;
  tokens: Tokens;
  tickets: Tickets;
  handlers: Handlers;
  /** How many revocations there have been. */
  revocations: () => number;
  faults: Faults;
  now: () => number;
  newId: () => string;
  random: () => number;
  logger: Logger;
  /** Refuses to send what doesn't fit the contract. Off in production. */
  checkResponses: boolean;
  /** What `X-Inlay-Control` must say; null leaves the control endpoints open, an empty one closes them. */
  controlSecret: string | null;
  /** Scheme, host and port by which callers reach the server; undefined for the ones they asked. */
  publicUrl: string | undefined;
}

/** Answers a request to a route; undefined means: hang up without an answer. */
export type Dispatch = (route: Route, request: WireRequest) => Promise<WireResponse | undefined>;

type AnyHandler = (input: unknown, ctx: Context) => unknown;

/** The one place with the order of things: faults, sign-in, access, body, validation, handler, answer. */
export function createDispatch(options: DispatchOptions): Dispatch {
  const { store, bus, tokens, tickets, handlers, faults, now, newId, random, logger } = options;
  const idempotent = createIdempotency<WireResponse>();

  async function createContext(
    route: Route,
    request: WireRequest,
    headers: Record<string, string>,
  ): Promise<Context> {
    const revocations = options.revocations();
    const identity = await identify(route, request);
    return {
      store,
      viewer: identity?.viewer ?? null,
      sessionId: identity?.sessionId ?? null,
      expiresAt: identity?.expiresAt ?? null,
      revocations,
      now,
      newId,
      random,
      ifMatch: parseIfMatch(request.header('if-match')),
      idempotencyKey: parseKey('Idempotency-Key', request.header('idempotency-key')),
      apiUrl: (options.publicUrl ?? request.askedAt) + basePath,
      origin: parseKey('X-Inlay-Client', request.header('x-inlay-client')),
      head: (channel) => bus.head(channel),
      header: request.header,
      setHeader(name, value) {
        headers[name] = value;
      },
    };
  }

  async function identify({ endpoint }: Route, request: WireRequest) {
    if (endpoint.access === 'public') return undefined;
    if (endpoint.access === 'control') return checkControl(options.controlSecret, request);
    const ticket = endpoint.produces === 'text/event-stream' && request.query.get('ticket');
    if (ticket) {
      const holder = await tickets.redeem(ticket);
      if (holder) return holder;
      throw new InvalidToken(
        'UNAUTHORIZED',
        'The ticket is unknown, used or older than 30 s. Ask for another one: POST /live/ticket.',
      );
    }
    const token = /^Bearer +(\S+)$/i.exec(request.header('authorization') ?? '')?.[1];
    if (!token) throw new Refusal('UNAUTHORIZED', 'Sign in first: no bearer token was sent.');
    const identity = await tokens.identify(token);
    if (!identity)
      throw new InvalidToken(
        'UNAUTHORIZED',
        'The access token is invalid or has expired. Refresh it or sign in again.',
      );
    return identity;
  }

  async function answer(route: Route, request: WireRequest): Promise<WireResponse> {
    const { endpoint, group, key } = route;
    const headers: Record<string, string> = { 'Cache-Control': 'no-store' };
    const ctx = await createContext(route, request, headers);
    if (!allows(endpoint.access, ctx.viewer, request.params)) {
      throw new Refusal(
        'FORBIDDEN',
        `${route.name} is not allowed for the role "${ctx.viewer!.role}".`,
      );
    }
    const handler = (handlers as Record<string, Record<string, AnyHandler>>)[group]?.[key];
    if (!handler)
      throw new Refusal('NOT_IMPLEMENTED', `${route.name} is not implemented by this server.`);
    const sent = route.hasBody
      ? asObject(await request.readBody())
      : route.decodeQuery(request.query);
    const input = validate(endpoint.input, { ...sent, ...request.params });

    const run = async () => respond(route, await handler(input, ctx), headers);
    if (!route.hasBody && route.method !== 'DELETE') return run();
    if (ctx.idempotencyKey === undefined || !ctx.viewer) return run();
    // With the epoch: after a reset nothing is there that an earlier answer tells of.
    return idempotent(
      `${bus.head('users').epoch} ${ctx.viewer.id} ${ctx.idempotencyKey}`,
      `${route.name} ${await fingerprint(input)}`,
      run,
    );
  }

  function respond(
    { name, endpoint }: Route,
    output: unknown,
    headers: Record<string, string>,
  ): WireResponse {
    if (options.checkResponses && endpoint.output) {
      const { error } = endpoint.output.safeParse(output);
      if (error)
        throw new Error(
          `the answer of ${name} does not fit the contract: ${JSON.stringify(error.issues)}`,
        );
    }
    const version = (output as { version?: unknown } | undefined)?.version;
    if (version !== undefined) headers['ETag'] = `"${String(version)}"`;
    if (endpoint.status !== 204) headers['Content-Type'] ??= endpoint.produces;
    return { status: endpoint.status, headers, body: output };
  }

  return async (route, request) => {
    try {
      const verdict = faults.exempts(route.group) ? 'pass' : await faults.next();
      if (verdict === 'offline') return undefined;
      if (verdict === 'fail')
        throw new Refusal('UNAVAILABLE', 'Failed on purpose (error rate).', { retryAfter: 1 });
      return await answer(route, request);
    } catch (error) {
      return refuse(error, request.id, logger, route.name);
    }
  };
}

/** The problem document for whatever was thrown. What nobody foresaw is logged, and answered without detail. */
export function refuse(
  error: unknown,
  requestId: string,
  logger: Logger,
  name: string,
): WireResponse {
  let refusal = error;
  if (!(refusal instanceof Refusal)) {
    logger.error({ requestId, endpoint: name, err: error }, 'unexpected error');
    refusal = new Refusal(
      'INTERNAL',
      `Something went wrong. The server's log has more under request ${requestId}.`,
    );
  }
  const { code, retryAfter } = refusal as Refusal;
  const headers: Record<string, string> = {
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
  };
  if (retryAfter !== undefined) headers['Retry-After'] = String(retryAfter);
  if (code === 'UNAUTHORIZED') {
    headers['WWW-Authenticate'] =
      error instanceof InvalidToken
        ? 'Bearer realm="inlay", error="invalid_token"'
        : 'Bearer realm="inlay"';
  }
  return { status: errors[code].status, headers, body: problemOf(refusal as Refusal, requestId) };
}

class InvalidToken extends Refusal {}

async function checkControl(secret: string | null, request: WireRequest): Promise<undefined> {
  if (secret === null) return;
  if (secret === '')
    throw new Refusal(
      'NOT_FOUND',
      'The control endpoints are off. Give the server a control secret to use them.',
    );
  if (!(await sameSecret(request.header('x-inlay-control') ?? '', secret)))
    throw new Refusal('FORBIDDEN', 'X-Inlay-Control must carry the control secret.');
}

function parseIfMatch(text: string | undefined): number | undefined {
  if (text === undefined || text === '*') return undefined;
  const version = /^"?(\d{1,15})"?$/.exec(text)?.[1];
  if (!version)
    throw new Refusal(
      'BAD_REQUEST',
      `If-Match must be a version such as "3", got ${text.slice(0, 50)}.`,
    );
  return Number(version);
}

function parseKey(name: string, text: string | undefined): string | undefined {
  if (text === undefined || /^[\x21-\x7e]{1,200}$/.test(text)) return text;
  throw new Refusal(
    'BAD_REQUEST',
    `${name} must be 1 to 200 printable ASCII characters without spaces.`,
  );
}

/** The same for the same input; files count by their content. */
async function fingerprint(input: unknown): Promise<string> {
  const fields = Object.entries(input as object).map(async ([name, value]: [string, unknown]) => [
    name,
    value instanceof File ? await sha256(await value.arrayBuffer()) : value,
  ]);
  return JSON.stringify(await Promise.all(fields));
}

function asObject(body: unknown): object {
  if (body === undefined) return {};
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
  throw new Refusal('BAD_REQUEST', 'The body must be a JSON object.', {
    formErrors: ['must be a JSON object'],
  });
}
