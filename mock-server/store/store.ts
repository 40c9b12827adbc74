import type {
  Notification,
  NotificationPreferences,
  Position,
  Project,
  Team,
  User,
} from '../../src/contract/index.js';
import type { BusEvent } from '../live/bus.js';

/** Rows as kept: members and actors by id, embedded only when read. */
export type UserRow = User & { passwordHash: string | null };
export type ProjectRow = Omit<Project, 'members'> & { memberIds: string[] };
export type TeamRow = Omit<Team, 'members'>;
export type NotificationRow = Omit<Notification, 'actor'> & { actorId: string | null };
/** One sign-in; `refreshHash` is of the newest refresh token of the family. */
export interface SessionRow {
  id: string;
  version: number;
  userId: string;
  refreshHash: string;
  expiresAt: string;
}
/** A deleted person, kept for a while so that the deletion can be undone. */
export interface DeletedUserRow {
  id: string;
  version: number;
  user: UserRow;
  /** Projects the person was a member of, and those the person owned. */
  projectIds: string[];
  ownedIds: string[];
  expiresAt: string;
}
/** A picture by the id in its address; a person has one at most. */
export interface FileRow {
  id: string;
  version: number;
  userId: string;
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
}
/** What a person wants to hear of, under the person's id. */
export interface PreferencesRow {
  id: string;
  version: number;
  notifications: NotificationPreferences;
}

export interface Tables {
  users: UserRow;
  projects: ProjectRow;
  teams: TeamRow;
  notifications: NotificationRow;
  sessions: SessionRow;
  deletedUsers: DeletedUserRow;
  files: FileRow;
  preferences: PreferencesRow;
}
export type Table = keyof Tables;

/** Every condition must hold. `has` looks into an array. */
export type Where<R> = {
  [K in keyof R]?: R[K] | { is: 'null' | 'not-null' } | { has: string };
};

export interface ListQuery<R> {
  where?: Where<R>;
  /** Found anywhere in one of `fields`, without regard to case. */
  search?: { text: string; fields: (keyof R & string)[] };
  /** Null comes last in either direction; the id decides between equals. */
  sort: { key: keyof R & string; descending: boolean };
  limit: number;
  /** Keyset of the last row seen: survives inserts and deletes. */
  after?: { value: string | number | null; id: string };
  /** Rows to skip, for pages. Not together with `after`. */
  offset?: number;
}

export interface UserSearch {
  text: string;
  fields: ('name' | 'email')[];
  limit: number;
}

/** All reads see one state; a row handed out is never changed afterwards. */
export interface Reader {
  get<T extends Table>(table: T, id: string): Promise<Tables[T] | undefined>;
  /** In the order asked, undefined for what is missing. */
  getMany<T extends Table>(table: T, ids: readonly string[]): Promise<(Tables[T] | undefined)[]>;
  /** Without regard to case. */
  userByEmail(email: string): Promise<UserRow | undefined>;
  list<T extends Table>(
    table: T,
    query: ListQuery<Tables[T]>,
  ): Promise<{ rows: Tables[T][]; total: number; hasMore: boolean }>;
  count<T extends Table>(table: T, where?: Where<Tables[T]>): Promise<number>;
  /**
   * The best matches without regard to case: where the name starts with the text, then a word in
   * it, then the e-mail, then anywhere in the fields; between equals the name decides, then the id.
   */
  search(query: UserSearch): Promise<UserRow[]>;
}

export interface Transaction extends Reader {
  /** Fails with `DuplicateError` on a taken id or e-mail. */
  insert<T extends Table>(table: T, row: Tables[T]): Promise<void>;
  /** Writes the whole row, whose version must be one more than the stored one. */
  update<T extends Table>(table: T, row: Tables[T]): Promise<void>;
  delete(table: Table, id: string): Promise<void>;
  /** Told to the bus when, and only when, the transaction commits. */
  emit(event: BusEvent): void;
}

export interface Store extends Reader {
  /** Runs alone. A throw undoes every write and event of it. */
  transaction<T>(
    work: (tx: Transaction) => Promise<T>,
  ): Promise<{ result: T; heads: Map<string, Position> }>;
}

/** A taken id or e-mail (which counts without regard to case). */
export class DuplicateError extends Error {
  readonly table: Table;
  readonly field: 'id' | 'email';

  constructor(table: Table, field: 'id' | 'email', value: string) {
    super(`${field} "${value}" is taken in ${table}. Choose another one.`);
    this.name = 'DuplicateError';
    this.table = table;
    this.field = field;
  }
}
