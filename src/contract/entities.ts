import * as z from 'zod/mini';

export const roles = ['user', 'admin', 'moderator'] as const;
export const userStatuses = ['active', 'invited', 'suspended'] as const;
export const projectStatuses = ['active', 'paused', 'archived'] as const;
export const notificationTypes = ['info', 'success', 'warning', 'error'] as const;

// Patterns of our own: zod's formats would bring more code into every page. The documents name them.
export const Id = z
  .string()
  .check(z.regex(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i, 'must be a UUID'));
/** ISO 8601 in UTC. Times stay strings everywhere; elements format them with `Intl`. */
export const Timestamp = z.string().check(
  z.regex(
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
    'must be a time in UTC, such as 2026-03-01T09:00:00Z',
  ),
  // No 30th of February and no 25th hour, of which browsers make different things.
  z.refine(
    (text) => new Date(text).getUTCDate() === Number(text.slice(8, 10)),
    'must be a day and a time of day that exist',
  ),
);
export const Day = z
  .string()
  .check(z.regex(/^\d{4}-\d\d-\d\d$/, 'must be a day, such as 2026-03-01'));
/** Starts at 1 and grows by one at every write. */
export const Version = z.int().check(z.gte(1));
export const Role = z.enum(roles);
export const UserStatus = z.enum(userStatuses);
export const ProjectStatus = z.enum(projectStatuses);
export const NotificationType = z.enum(notificationTypes);
export const Name = z.string().check(z.trim(), z.minLength(1), z.maxLength(100));
export const Email = z
  .string()
  .check(
    z.regex(
      /^(?!\.)(?!.*\.\.)[\w'+.-]*[\w+-]@([a-z\d][a-z\d-]*\.)+[a-z]{2,}$/i,
      'must be an e-mail address',
    ),
    z.maxLength(254),
  );
/** http(s) or a path of the page's own origin: never a scheme that runs code. */
export const Href = z
  .string()
  .check(
    z.maxLength(2048),
    z.regex(/^(https?:\/\/|\/(?![/\\]))/i, 'must start with http://, https:// or /'),
  );

const base = { id: Id, version: Version, createdAt: Timestamp };
const person = { ...base, name: Name, image: z.nullable(Href) };

/** What anyone signed in may see of another person. */
export const PublicUser = z.object(person);

export const User = z.object({
  ...person,
  email: Email,
  role: Role,
  status: UserStatus,
  teamId: z.nullable(Id),
  lastActiveAt: z.nullable(Timestamp),
  updatedAt: Timestamp,
});

/** A person as embedded in teams, projects and notifications. */
export const UserSummary = z.object({
  id: Id,
  version: Version,
  name: Name,
  image: z.nullable(Href),
  role: Role,
});

export const Project = z.object({
  ...base,
  updatedAt: Timestamp,
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(120)),
  description: z.string().check(z.maxLength(2000)),
  status: ProjectStatus,
  ownerId: Id,
  members: z.array(UserSummary),
});

export const Team = z.object({
  ...base,
  updatedAt: Timestamp,
  name: Name,
  members: z.array(UserSummary),
});

export const Notification = z.object({
  ...base,
  updatedAt: Timestamp,
  userId: Id,
  type: NotificationType,
  title: z.string().check(z.maxLength(200)),
  message: z.string().check(z.maxLength(2000)),
  href: z.nullable(Href),
  actor: z.nullable(UserSummary),
  readAt: z.nullable(Timestamp),
  archivedAt: z.nullable(Timestamp),
  snoozedUntil: z.nullable(Timestamp),
});

export type Role = z.infer<typeof Role>;
export type UserStatus = z.infer<typeof UserStatus>;
export type NotificationType = z.infer<typeof NotificationType>;
export type User = z.infer<typeof User>;
export type PublicUser = z.infer<typeof PublicUser>;
export type UserSummary = z.infer<typeof UserSummary>;
export type Project = z.infer<typeof Project>;
export type Team = z.infer<typeof Team>;
export type Notification = z.infer<typeof Notification>;
