import type { Role, User, UserStatus } from '../../contract/index.js';

/**
 * A person whom the page itself holds. What is left out is shown as “–”, and a role or status
 * that Inlay does not know as it is; `columns` and `rowTemplate` get further fields, too.
 */
export interface UserItem {
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

/** The same for the same item, so that its row stays as it is drawn. */
const completed = new WeakMap<UserItem, User>();

/**
 * Makes what takes the page's items as people the list can draw: those that are complete are
 * themselves. It throws the message shown for items that are none.
 */
export function createTake(): (items: readonly UserItem[]) => readonly User[] {
  // Complete people of the last array; a copy, as the page may change its own.
  let known: readonly UserItem[] = [];
  return (items) => {
    if (!Array.isArray(items)) {
      throw new TypeError(`items must be an array of people, each with an "id", got "${items}".`);
    }
    const shift = items.length - known.length;
    // Within bounds: reading beside an array is slow.
    const stood = (item: UserItem, at: number) =>
      (at < known.length && item === known[at]) ||
      (at >= shift && at - shift < known.length && item === known[at - shift]);
    let complete = true;
    // Pages hand over the same people again and again: only others need a look.
    for (let at = 0; at < items.length; at += 1) {
      const item = items[at] as UserItem | undefined;
      if (item && stood(item, at)) continue;
      requireId(item, at);
      complete &&= isUser(item);
    }
    known = complete ? items.slice() : [];
    return complete ? (items as readonly User[]) : items.map(asUser);
  };
}

function requireId(item: UserItem | null | undefined, at: number): asserts item is UserItem {
  if (typeof item?.id === 'number' || (typeof item?.id === 'string' && item.id !== '')) return;
  const fields = Object.keys(Object(item) as object).map((name) => `"${name}"`);
  const got = item && fields.length > 0 ? `one with ${fields.join(', ')}` : `"${item}"`;
  throw new TypeError(
    `items[${at}] must be a person with an "id", a text or number of its own, got ${got}.`,
  );
}

const isUser = (item: UserItem): item is User =>
  typeof item.id === 'string' &&
  typeof item.name === 'string' &&
  typeof item.email === 'string' &&
  typeof item.role === 'string' &&
  typeof item.status === 'string' &&
  typeof item.createdAt === 'string' &&
  typeof (item.lastActiveAt ?? '') === 'string';

function asUser(item: UserItem): User {
  if (isUser(item)) return item;
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
