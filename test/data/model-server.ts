import { ApiError, NotFoundError } from '../../src/client/index.js';
import type { Api, CallOptions, LiveItem, Role, User } from '../../src/contract/index.js';

type Step = (label: string) => Promise<void>;
type Input = Record<string, unknown> & { id?: string };

export const makeUser = (n: number, fields: Partial<User> = {}): User => ({
  id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  version: 1,
  name: `Name ${n}`,
  email: `p${n}@example.com`,
  role: 'user',
  status: 'active',
  image: null,
  teamId: null,
  lastActiveAt: null,
  createdAt: new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString(),
  updatedAt: new Date(Date.UTC(2026, 0, 1)).toISOString(),
  ...fields,
});

/**
 * A server small enough to be obviously right: rows, and a log with offsets. Each call
 * takes `step` before it reaches the rows and again before its answer arrives.
 */
export class ModelServer {
  readonly epoch = 'e1';
  readonly rows = new Map<string, User>();
  readonly log: LiveItem[] = [];
  /** Every value of a field that anybody ever set, by id. */
  readonly everSet = new Map<string, Set<string>>();
  reads = 0;
  #next = 0;
  #clock = 0;

  constructor(
    count: number,
    private readonly step: Step = async () => {},
    private readonly failing: () => boolean = () => false,
    private readonly tellsCursors = true,
  ) {
    for (let n = 0; n < count; n++) this.#keep(makeUser(this.#next++));
  }

  list({ role, cursor, limit = 3, sort = '-createdAt', page, search }: Input = {}) {
    const fits = (user: User) =>
      (!role || user.role === role) && (!search || user.name.includes(String(search)));
    const all = [...this.rows.values()]
      .filter(fits)
      .sort(
        sort === 'name'
          ? (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1)
          : (a, b) =>
              a.createdAt > b.createdAt ? -1 : a.createdAt < b.createdAt ? 1 : a.id < b.id ? -1 : 1,
      );
    const size = Number(limit);
    const after = cursor
      ? all.findIndex((user) =>
          sort === 'name'
            ? `${user.name} ${user.id}` > String(cursor)
            : user.createdAt < String(cursor),
        )
      : 0;
    const start = page ? (Number(page) - 1) * size : after < 0 ? all.length : after;
    const data = all.slice(start, start + size);
    const last = data.at(-1);
    const hasMore = start + size < all.length;
    return {
      data,
      meta: {
        page: page ? Number(page) : null,
        limit: size,
        total: all.length,
        totalPages: Math.ceil(all.length / size),
        nextCursor:
          hasMore && last ? (sort === 'name' ? `${last.name} ${last.id}` : last.createdAt) : null,
        hasMore,
        ...(this.tellsCursors && { cursor: this.cursor }),
      },
    };
  }

  get cursor(): string {
    return `users@${this.epoch}:${this.log.length}`;
  }

  create(fields: Partial<User> = {}): User {
    const user = this.#keep(makeUser(this.#next++, fields));
    this.#tell('USER_CREATED', user.id, user);
    return user;
  }

  update(id: string, fields: Partial<User>): User {
    const before = this.rows.get(id);
    if (!before) throw this.#missing(id);
    const updatedAt = new Date(Date.UTC(2026, 1, 1) + this.#clock++).toISOString();
    const user = this.#keep({ ...before, ...fields, version: before.version + 1, updatedAt });
    this.#tell('USER_UPDATED', id, user);
    return user;
  }

  delete(id: string): void {
    const before = this.rows.get(id);
    if (!before) throw this.#missing(id);
    this.rows.delete(id);
    this.#tell('USER_DELETED', id, { id, version: before.version + 1 });
  }

  /** The contract's users over the model; what is not needed is not there. */
  get api(): Api {
    const read =
      <T>(answer: (input: Input) => T) =>
      async (input: Input = {}, { onCursor }: CallOptions = {}) => {
        await this.step('request');
        this.reads += 1;
        const result = answer(input);
        const { cursor } = this;
        await this.step('answer');
        if (this.tellsCursors) onCursor?.(cursor);
        return result;
      };
    const write =
      <T>(work: (input: Input) => T) =>
      async (input: Input, { onCursor }: CallOptions = {}) => {
        await this.step('request');
        if (this.failing()) {
          await this.step('refusal');
          throw new ApiError('refused', {
            status: 500,
            code: 'INTERNAL',
            request: { method: 'X', url: '' },
          });
        }
        const result = work(input);
        const { cursor } = this;
        await this.step('answer');
        if (this.tellsCursors) onCursor?.(`${cursor},user:${input.id}@${this.epoch}:1`);
        return result;
      };
    const users = {
      list: read((input) => this.list(input)),
      get: read(({ id }) => {
        const user = this.rows.get(id!);
        if (!user) throw this.#missing(id!);
        return user;
      }),
      update: write(({ id, ...fields }) => this.update(id!, fields)),
      create: write((input) => this.create(input as Partial<User>)),
      delete: write(({ id }) => this.delete(id!)),
    };
    return { users } as unknown as Api;
  }

  /** What may be shown of a person: each of the values that somebody gave. */
  mayShow({ id, name, role }: { id: string; name: string; role: Role }): boolean {
    const values = this.everSet.get(id);
    return values !== undefined && values.has(name) && values.has(role);
  }

  allow(id: string, ...values: string[]): void {
    const known = this.everSet.get(id) ?? new Set();
    for (const value of values) known.add(value);
    this.everSet.set(id, known);
  }

  #keep(user: User): User {
    this.rows.set(user.id, user);
    this.allow(user.id, user.name, user.role);
    return user;
  }

  #tell(type: string, id: string, payload: unknown): void {
    this.log.push({ offset: this.log.length + 1, type, id, payload, timestamp: '' });
  }

  #missing(id: string) {
    return new NotFoundError(`no ${id}`, {
      status: 404,
      code: 'NOT_FOUND',
      request: { method: 'X', url: '' },
    });
  }
}
