import { auth } from './auth.js';
import type { Endpoint, Input, Output } from './endpoint.js';
import { files } from './files.js';
import { notifications } from './notifications.js';
import { control, docs, health, live } from './system.js';
import { users } from './users.js';
import { projects, stats, teams } from './workspace.js';

/**
 * Every endpoint there is, grouped by resource. The client's types, the server's
 * routes, the browser mock and the OpenAPI document all come from this table;
 * within a group fixed paths stand before `:id`, as routers match in this order.
 */
export const endpoints = {
  auth,
  users,
  projects,
  teams,
  files,
  notifications,
  stats,
  live,
  health,
  docs,
  control,
};

export type Endpoints = typeof endpoints;

export interface CallOptions {
  signal?: AbortSignal;
  /** Sends `If-Match`: refused with 412 when the entity has another version by now. */
  ifMatch?: number;
  /** Sends `Idempotency-Key`: makes a write safe to repeat, so the client retries it. */
  idempotencyKey?: string;
  /** Told how much of an upload has been sent, in bytes; from the start again after a refreshed token. */
  onProgress?: (progress: { loaded: number; total: number }) => void;
  /** Told the position in the live stream that the answer reflects (`X-Inlay-Cursor`), where the server says. */
  onCursor?: (cursor: string) => void;
}

type Call<E extends Endpoint> =
  Record<never, never> extends Input<E>
    ? (input?: Input<E>, options?: CallOptions) => Promise<Output<E>>
    : (input: Input<E>, options?: CallOptions) => Promise<Output<E>>;

/** The whole contract as async functions: `api.users.update({ id, name }, { signal })`. */
export type Api = {
  [G in keyof Endpoints]: { [N in keyof Endpoints[G]]: Call<Extract<Endpoints[G][N], Endpoint>> };
};

/** Every endpoint with its dotted name (`users.update`), in the table's order. */
export function listEndpoints(): {
  name: string;
  group: string;
  key: string;
  endpoint: Endpoint;
}[] {
  return Object.entries(endpoints).flatMap(([group, members]) =>
    Object.entries(members).map(([key, endpoint]) => ({
      name: `${group}.${key}`,
      group,
      key,
      endpoint: endpoint as Endpoint,
    })),
  );
}
