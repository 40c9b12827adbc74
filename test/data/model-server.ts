import { ApiError, NotFoundError } from '../../src/client/index.js';
import type { Api, BulkOutcome, CallOptions, LiveItem, User } from '../../src/contract/index.js';

type Step = (label: string) => Promise<void>;
export type Input = Record<string, unknown> & { id?: string };
/** What becomes of a write: done and answered, refused, lost on its way, or done with its answer lost. */
export type Fate = 'done' | 'refused' | 'lost' | 'unanswered';
/** People in one answer to a bulk action by filter. */
const bulkSize = 2;

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
  readonly #deleted = new Map<string, User>();
  /** What happened, by channel. */
  readonly logs = new Map<string, LiveItem[]>([['users', []]]);
  /** Every value of a field that anybody ever set, by id. */
  readonly everSet = new Map<string, Set<string>>();
  reads = 0;
  #next = 0;
  #clock = 0;

  constructor(
    count: number,
    private readonly step: Step = async () => {},
    private readonly fate: () => Fate = () => 'done',
  ) {
    for (let n = 0; n < count; n++) this.#keep(makeUser(this.#next++));
  }

  list({ role, status, cursor, limit = 3, sort = '-createdAt', page, search }: Input = {}) {
    const fits = (user: User) =>
      (!role || user.role === role) &&
      (!status || user.status === status) &&
      (!search || user.name.includes(String(search)));
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
        cursor: this.cursor,
      },
    };
  }

  get log(): LiveItem[] {
    return this.logs.get('users')!;
  }

  get cursor(): string {
    return this.cursorOf('users');
  }

  protected cursorOf(channel: string): string {
    return `${channel}@${this.epoch}:${this.logs.get(channel)!.length}`;
  }

  create(fields: Partial<User> = {}): User {
    const user = this.#keep(makeUser(this.#next++, fields));
    this.tell('users', 'USER_CREATED', user.id, user);
    return user;
  }

  update(id: string, fields: Partial<User>): User {
    const before = this.rows.get(id);
    if (!before) throw this.#missing(id);
    const user = this.#keep({ ...before, ...fields, ...this.revised(before) });
    this.tell('users', 'USER_UPDATED', id, user);
    return user;
  }

  delete(id: string): void {
    const before = this.rows.get(id);
    if (!before) throw this.#missing(id);
    this.rows.delete(id);
    this.#deleted.set(id, before);
    this.tell('users', 'USER_DELETED', id, { id, version: before.version + 1 });
  }

  restore(id: string): User {
    const before = this.#deleted.get(id);
    if (!before) throw this.#missing(id);
    this.#deleted.delete(id);
    const user = this.#keep({ ...before, version: before.version + 2 });
    this.tell('users', 'USER_CREATED', id, user);
    return user;
  }

  search(q: string): User[] {
    return [...this.rows.values()]
      .filter(({ name }) => name.includes(q))
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .slice(0, 10);
  }

  batch(ids: readonly string[]): (User | null)[] {
    return ids.map((id) => this.rows.get(id) ?? null);
  }

  bulk({ action, value, ids, filter, cursor }: Input): {
    results: BulkOutcome[];
    nextCursor: string | null;
  } {
    const matching = filter ? this.list({ ...(filter as Input), limit: 1000 }).data : [];
    const rest = matching.filter(({ createdAt }) => !cursor || createdAt < String(cursor));
    const chosen = rest.slice(0, bulkSize);
    const whom = (ids as string[] | undefined) ?? chosen.map(({ id }) => id);
    const results = whom.map((id) => {
      try {
        if (action === 'delete') this.delete(id);
        else if (action === 'restore') this.restore(id);
        else this.update(id, { [String(action)]: value });
        return { id, ok: true };
      } catch {
        return { id, ok: false, code: 'NOT_FOUND' };
      }
    });
    const more = rest.length > bulkSize;
    return { results, nextCursor: more ? chosen.at(-1)!.createdAt : null };
  }

  protected read<T>(answer: (input: Input) => T, channel = 'users') {
    return async (input: Input = {}, { onCursor }: CallOptions = {}) => {
      await this.step('request');
      this.reads += 1;
      // As over a wire: no two pages hold the same object.
      const result = structuredClone(answer(input));
      const cursor = this.cursorOf(channel);
      await this.step('answer');
      onCursor?.(cursor);
      return result;
    };
  }

  protected write<T>(work: (input: Input) => T) {
    return async (input: Input, { onCursor }: CallOptions = {}) => {
      await this.step('request');
      const fate = this.fate();
      if (fate === 'refused' || fate === 'lost') {
        await this.step(fate);
        throw failure(fate);
      }
      const before = new Map([...this.logs].map(([channel, { length }]) => [channel, length]));
      const result = structuredClone(work(input));
      const told = [...this.logs.keys()]
        .filter((channel) => this.logs.get(channel)!.length > before.get(channel)!)
        .map((channel) => this.cursorOf(channel));
      await this.step('answer');
      if (fate === 'unanswered') throw failure(fate);
      onCursor?.([...told, `user:${input.id}@${this.epoch}:1`].join());
      return result;
    };
  }

  /** The contract's users over the model; what is not needed is not there. */
  get api(): Api {
    const read = this.read.bind(this) as typeof this.read;
    const write = this.write.bind(this) as typeof this.write;
    const update = ({ id, ...fields }: Input) => this.update(id!, fields);
    const users = {
      list: read((input) => this.list(input)),
      search: read(({ q }) => ({ data: this.search(String(q)) })),
      batch: read(({ ids }) => ({ data: this.batch(ids as string[]) })),
      get: read(({ id }) => {
        const user = this.rows.get(id!);
        if (!user) throw this.#missing(id!);
        return user;
      }),
      update: write(update),
      replace: write(update),
      create: write((input) => this.create(input as Partial<User>)),
      delete: write(({ id }) => this.delete(id!)),
      restore: write(({ id }) => this.restore(id!)),
      avatar: write(({ id, file }) => this.update(id!, { image: `/${(file as File).name}` })),
      deleteAvatar: write(({ id }) => this.update(id!, { image: null })),
      // Its answer says nothing of places.
      bulk: async (input: Input) => write((each) => this.bulk(each))(input, {}),
    };
    return { users } as unknown as Api;
  }

  /** What may be shown of an entity: each of the values that somebody gave. */
  mayShow({ id, ...fields }: { id: string; [field: string]: unknown }): boolean {
    const values = this.everSet.get(id);
    const isSet = (field: string) => !(field in fields) || values?.has(String(fields[field]));
    return values !== undefined && shownFields.every(isSet);
  }

  allow(id: string, ...values: unknown[]): void {
    const known = this.everSet.get(id) ?? new Set();
    for (const value of values) known.add(String(value));
    this.everSet.set(id, known);
  }

  #keep(user: User): User {
    this.rows.set(user.id, user);
    this.allow(user.id, ...shownFields.map((field) => user[field]));
    return user;
  }

  protected tell(channel: string, type: string, id: string, payload: unknown): void {
    const log = this.logs.get(channel)!;
    log.push({ offset: log.length + 1, type, id, payload, timestamp: '' });
  }

  protected revised({ version }: { version: number }) {
    const updatedAt = new Date(Date.UTC(2026, 1, 1) + this.#clock++).toISOString();
    return { version: version + 1, updatedAt };
  }

  #missing(id: string) {
    return new NotFoundError(`no ${id}`, {
      status: 404,
      code: 'NOT_FOUND',
      request: { method: 'X', url: '' },
    });
  }
}

const shownFields = ['name', 'email', 'role', 'status', 'image'] as const;

const failure = (fate: Fate) =>
  new ApiError(fate, {
    status: fate === 'refused' ? 500 : 0,
    code: fate === 'refused' ? 'INTERNAL' : fate === 'lost' ? 'NETWORK' : 'TIMEOUT',
    request: { method: 'X', url: '' },
  });
