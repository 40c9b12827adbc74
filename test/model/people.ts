// Who and what there is when a model begins: little, so that everything happens to something.
import type { NotificationRow, ProjectRow, UserRow } from '../../mock-server/store/store.js';

const day = Date.UTC(2029, 0, 1);
const at = (n: number) => new Date(day + n * 60_000).toISOString();
export const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** The two whose pages are looked at: one who may see everything, one whose rights come and go. */
export const admin = idOf(1);
export const moderator = idOf(2);

export function makeUser(n: number, fields: Partial<UserRow> = {}): UserRow {
  return {
    id: idOf(n),
    version: 1,
    createdAt: at(n),
    updatedAt: at(n),
    name: `Name ${n}`,
    email: `p${n}@example.com`,
    role: 'user',
    status: 'active',
    image: null,
    teamId: null,
    lastActiveAt: null,
    passwordHash: null,
    ...fields,
  };
}

export function makeNotification(n: number, userId: string, now = day + n * 60_000) {
  const time = new Date(now).toISOString();
  const row: NotificationRow = {
    id: idOf(1000 + n),
    version: 1,
    createdAt: time,
    updatedAt: time,
    userId,
    type: 'info',
    title: `Title ${n}`,
    message: 'Something happened.',
    href: null,
    actorId: n % 2 ? idOf(3) : null,
    readAt: null,
    archivedAt: null,
    snoozedUntil: null,
  };
  return row;
}

function makeProject(n: number): ProjectRow {
  return {
    id: idOf(500 + n),
    version: 1,
    createdAt: at(n),
    updatedAt: at(n),
    name: `Project ${n}`,
    description: '',
    status: 'active',
    ownerId: admin,
    memberIds: [admin, idOf(2 + n)],
  };
}

export const beginning = () => ({
  users: [
    makeUser(1, { role: 'admin' }),
    makeUser(2, { role: 'moderator' }),
    ...[3, 4, 5, 6].map((n) => makeUser(n)),
  ],
  projects: [1, 2].map(makeProject),
  notifications: [1, 2, 3].flatMap((n) => [
    makeNotification(n, admin),
    makeNotification(n + 10, moderator),
  ]),
});
