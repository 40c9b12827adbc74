// A reference server on a port of its own, and people who talk to it through the real client.
import { after, before } from 'node:test';
import { createApi, createClient } from '../../src/client/index.js';
import type { Api, User } from '../../src/contract/index.js';
import {
  createReferenceServer,
  type ReferenceServer,
  type ReferenceServerOptions,
} from '../../mock-server/index.js';
import type { BusEvent } from '../../mock-server/live/bus.js';
import type { Base } from '../../mock-server/store/base.js';

export interface Person {
  user: User;
  token: string;
  api: Api;
}

export class World {
  server!: ReferenceServer;
  url!: string;
  admin!: Person;
  moderator!: Person;
  user!: Person;
  /** What the server's clock says; move it at will. */
  time = Date.UTC(2026, 0, 15, 12);
  /** What was logged as an error. */
  readonly logged: object[] = [];

  async open(options: ReferenceServerOptions = {}): Promise<void> {
    this.server = createReferenceServer({
      now: () => this.time,
      logger: { info() {}, error: (fields) => this.logged.push(fields) },
      ...options,
    });
    ({ url: this.url } = await this.server.start(0));
    this.admin = await this.person('admin@inlay.test');
    this.moderator = await this.person('moderator@inlay.test');
    this.user = await this.person('user@inlay.test');
  }

  async person(email: string): Promise<Person> {
    const { accessToken, user } = await this.server.signIn(email);
    return { user, token: accessToken, api: this.apiFor(accessToken) };
  }

  apiFor(token: string | null): Api {
    return createApi(createClient({ baseUrl: `${this.url}/api`, getToken: () => token }));
  }

  /** A request as somebody might send it, right or wrong. */
  async send(
    method: string,
    path: string,
    { as, body, headers }: { as?: Person; body?: string; headers?: Record<string, string> } = {},
  ): Promise<{ status: number; headers: Headers; body: Record<string, unknown> }> {
    const response = await fetch(this.url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(as && { authorization: `Bearer ${as.token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: /\bjson\b/.test(response.headers.get('content-type') ?? '')
        ? (JSON.parse(text) as Record<string, unknown>)
        : {},
    };
  }

  /** The events of a channel since the start, oldest first. */
  events(channel: string): Omit<BusEvent, 'channel'>[] {
    return [...(this.server.bus.read(channel, 0) ?? [])] as Omit<BusEvent, 'channel'>[];
  }

  /** Somebody who is not a persona. */
  async someone(): Promise<User> {
    const { data } = await this.admin.api.users.list({
      limit: 100,
      status: 'active',
      role: 'user',
    });
    return data.find(({ email }) => !email.endsWith('@inlay.test'))!;
  }
}

/** All rows of a base, as they were before any change. */
export function rowsOf<R>(base: Base<R>): R[] {
  return Array.from({ length: base.size }, (_, index) => base.row(index));
}

/** One server for all tests of a `describe`; each test looks for people of its own. */
export function useWorld(options?: ReferenceServerOptions): World {
  const world = new World();
  before(() => world.open(options));
  after(() => world.server.stop());
  return world;
}

/** For `assert.rejects`: the code of an `ApiError`, and what else is given. */
export function failsWith(code: string, more: { field?: string } = {}) {
  return (error: unknown) => {
    const {
      code: actual,
      fieldErrors,
      message,
    } = error as { code: string; fieldErrors: object; message: string };
    if (actual !== code) throw new Error(`expected ${code}, got ${actual}: ${message}`);
    if (more.field && !(more.field in fieldErrors))
      throw new Error(`no error for the field ${more.field}`);
    return true;
  };
}
