import type { Notification, Project, Team, User } from '../../src/contract/index.js';
import type { BusEvent, Position } from '../live/bus.js';

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
export interface PreferencesRow {
  id: string;
  version: number;
  channels: Record<string, { inApp: boolean; email: boolean }>;
}

export interface Tables {
  users: UserRow;
  projects: ProjectRow;
  teams: TeamRow;
  notifications: NotificationRow;
  sessions: SessionRow;
  preferences: PreferencesRow;
}
export type Table = keyof Tables;

export interface ListQuery<R> {
  where?: { [K in keyof R]?: R[K] | { is: 'null' | 'not-null' } };
  /** Found anywhere in one of `fields`, without regard to case. */
  search?: { text: string; fields: (keyof R & string)[] };
  sort: { key: keyof R & string; descending: boolean };
  limit: number;
  /** Keyset of the last row seen: survives inserts and deletes. */
  after?: { value: string | number | null; id: string };
  /** Rows to skip, for pages. Not together with `after`. */
  offset?: number;
}

/** All reads see one state; a row handed out is never changed afterwards. */
export interface Reader {
  get<T extends Table>(table: T, id: string): Promise<Tables[T] | undefined>;
  /** In the order asked, undefined for what is missing. */
  getMany<T extends Table>(table: T, ids: readonly string[]): Promise<(Tables[T] | undefined)[]>;
  list<T extends Table>(
    table: T,
    query: ListQuery<Tables[T]>,
  ): Promise<{ rows: Tables[T][]; total: number; hasMore: boolean }>;
  count<T extends Table>(table: T, where?: ListQuery<Tables[T]>['where']): Promise<number>;
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
