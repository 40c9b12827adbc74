import type { Role, User, UserStatus } from '../../contract/index.js';

/**
 * A person whom the page itself holds. What is left out is shown as “–”, and a role or status
 * that Inlay does not know as it is; `columns` and `rowTemplate` get further fields, too.
 */
export type UserItem = KnownFields | (KnownFields & Record<string, unknown>);

interface KnownFields {
  /** Of its own; events tell it as a text. */
  id: string | number;
  name?: string | null;
  email?: string | null;
  role?: Role | (string & {}) | null;
  status?: UserStatus | (string & {}) | null;
  /** Address of a picture; left out, initials are shown. */
  image?: string | null;
  /** ISO 8601, or a `Date`; so is `lastActiveAt`. */
  createdAt?: string | Date | null;
  lastActiveAt?: string | Date | null;
}

/** A person as `columns` and `rowTemplate` get them: what further fields hold, the page knows. */
export type ShownUser = User & Record<string, unknown>;

/** The same for the same item, so that its row stays as it is drawn. */
const completed = new WeakMap<UserItem, User>();

/** Why an item is nobody, as the list shows it; undefined if it is somebody. */
export function faultOf(item: UserItem | null | undefined, at: number): TypeError | undefined {
  if (typeof item?.id === 'number' || (typeof item?.id === 'string' && item.id !== '')) {
    return undefined;
  }
  const fields = Object.keys(Object(item) as object).map((name) => `"${name}"`);
  const got = item && fields.length > 0 ? `one with ${fields.join(', ')}` : `"${item}"`;
  return new TypeError(
    `items[${at}] must be a person with an "id", a text or number of its own, got ${got}.`,
  );
}

/** Whether nothing of a person is missing. */
export const isUser = (item: UserItem | null | undefined): item is User =>
  typeof item?.id === 'string' &&
  item.id !== '' &&
  typeof item.name === 'string' &&
  typeof item.email === 'string' &&
  typeof item.role === 'string' &&
  typeof item.status === 'string' &&
  typeof item.createdAt === 'string' &&
  typeof (item.lastActiveAt ?? '') === 'string';

/** The item as a person the list can draw, with what is missing filled in. */
export function asUser(item: UserItem): User {
  let user = completed.get(item);
  if (!user) {
    const { id, name, email, role, status, createdAt, lastActiveAt } = item;
    user = {
      ...item,
      id: String(id),
      name: text(name),
      email: text(email),
      role: text(role) as Role,
      status: text(status) as UserStatus,
      createdAt: text(createdAt),
      lastActiveAt: text(lastActiveAt),
    } as User;
    completed.set(item, user);
  }
  return user;
}

const text = (value: unknown): string =>
  value instanceof Date ? (value.toJSON() ?? '–') : String(value ?? '–');
