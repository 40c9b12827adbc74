import * as z from 'zod/mini';
import { endpoint } from './endpoint.js';
import { Email, Id, Name, Project, PublicUser, Role, User, UserStatus } from './entities.js';
import { cursorPage, cursorQuery } from './page.js';

export const userSorts = ['name', 'email', 'role', 'createdAt', 'lastActiveAt'] as const;
export const UserSort = z.enum([...userSorts, ...userSorts.map((key) => `-${key}` as const)]);
export type UserSort = z.infer<typeof UserSort>;

const byId = z.object({ id: Id });
const VisibleUser = z.union([User, PublicUser]);
const match = {
  search: z.optional(z.string().check(z.maxLength(200))),
  role: z.optional(Role),
  status: z.optional(UserStatus),
};
const filters = { ...match, sort: z._default(UserSort, '-createdAt') };
const fields = {
  name: Name,
  email: Email,
  role: z._default(Role, 'user'),
  status: z._default(UserStatus, 'active'),
  teamId: z._default(z.nullable(Id), null),
};

export const UserListQuery = z
  .object({ ...filters, ...cursorQuery(20), page: z.optional(z.int().check(z.gte(1))) })
  .check(
    z.refine((query) => !(query.page && query.cursor), {
      path: ['page'],
      message: 'give page or cursor, not both',
    }),
  );
export const UserPage = z.object({
  data: z.array(User),
  meta: z.extend(cursorPage(User).shape.meta, { page: z.nullable(z.int()), totalPages: z.int() }),
});
export type UserPage = z.infer<typeof UserPage>;

export const bulkActions = ['role', 'status', 'delete', 'restore'] as const;
export const BulkAction = z.enum(bulkActions);
export type BulkAction = z.infer<typeof BulkAction>;
function fitsAction(action: BulkAction, value: unknown): boolean {
  if (action === 'role') return Role.safeParse(value).success;
  if (action === 'status') return UserStatus.safeParse(value).success;
  return value === undefined;
}

/** What became of one person of a bulk action; `code` and `detail` say why not. */
export const BulkOutcome = z.object({
  id: Id,
  ok: z.boolean(),
  code: z.optional(z.string()),
  detail: z.optional(z.string()),
});
export type BulkOutcome = z.infer<typeof BulkOutcome>;

/** Media types that pictures of people may have, by content, and their most bytes. */
export const avatarTypes = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'] as const;
export const avatarMaxBytes = 5_000_000;

export const users = {
  list: endpoint('GET /users', {
    access: 'moderator',
    summary: 'People by page or cursor, filtered, sorted, searched.',
    input: UserListQuery,
    output: UserPage,
  }),
  search: endpoint('GET /users/search', {
    access: 'signed-in',
    summary: 'People whose name or e-mail matches, best first.',
    input: z.object({
      q: z.string().check(z.trim(), z.minLength(2), z.maxLength(200)),
      limit: cursorQuery(10).limit,
    }),
    output: z.object({ data: z.array(VisibleUser) }),
  }),
  me: endpoint('GET /users/me', {
    access: 'signed-in',
    summary: 'The signed-in person.',
    input: z.object({}),
    output: User,
  }),
  batch: endpoint('POST /users/batch', {
    access: 'signed-in',
    summary: 'Many people by id, in the order asked, null for what is missing.',
    input: z.object({ ids: z.array(Id).check(z.minLength(1), z.maxLength(100)) }),
    output: z.object({ data: z.array(z.nullable(VisibleUser)) }),
  }),
  bulk: endpoint('POST /users/bulk', {
    access: 'admin',
    summary:
      'One action on people by id, or on the next 500 that match, with an outcome for each; go on by cursor.',
    input: z
      .object({
        action: BulkAction,
        value: z.optional(z.union([Role, UserStatus])),
        ids: z.optional(z.array(Id).check(z.minLength(1), z.maxLength(500))),
        filter: z.optional(z.object(match)),
        cursor: cursorQuery(1).cursor,
      })
      .check(
        z.refine((input) => !input.ids !== !input.filter, {
          path: ['ids'],
          message: 'give either ids or filter',
        }),
        z.refine((input) => !(input.ids && input.cursor), {
          path: ['cursor'],
          message: 'goes with filter only',
        }),
        z.refine((input) => !(input.filter && input.action === 'restore'), {
          path: ['filter'],
          message: 'finds nobody deleted: give ids',
        }),
        z.refine(({ action, value }) => fitsAction(action, value), {
          path: ['value'],
          message: 'must be a role or a status as the action says, else left out',
        }),
      ),
    output: z.object({ results: z.array(BulkOutcome), nextCursor: z.nullable(z.string()) }),
  }),
  export: endpoint('GET /users/export.csv', {
    access: 'admin',
    summary: 'The filtered list as CSV, streamed.',
    input: z.object(filters),
    produces: 'text/csv',
  }),
  get: endpoint('GET /users/:id', {
    access: 'signed-in',
    summary: 'One person: full for oneself, moderators and admins, public for others.',
    input: byId,
    output: VisibleUser,
  }),
  create: endpoint('POST /users', {
    access: 'admin',
    summary: 'A new person. A UUID made by the client may be sent as id.',
    input: z.object({ id: z.optional(Id), ...fields }),
    output: User,
    status: 201,
  }),
  update: endpoint('PATCH /users/:id', {
    access: 'self',
    summary: 'Change a person. Only an admin changes role, status or team.',
    input: z.object({
      id: Id,
      name: z.optional(Name),
      email: z.optional(Email),
      role: z.optional(Role),
      status: z.optional(UserStatus),
      teamId: z.optional(z.nullable(Id)),
    }),
    output: User,
  }),
  replace: endpoint('PUT /users/:id', {
    access: 'self',
    summary: 'Replace all of a person that can be written.',
    input: z.object({
      id: Id,
      name: Name,
      email: Email,
      role: Role,
      status: UserStatus,
      teamId: z.nullable(Id),
    }),
    output: User,
  }),
  delete: endpoint('DELETE /users/:id', {
    access: 'admin',
    summary: 'Delete a person, never oneself; may be restored within 30 seconds.',
    input: byId,
  }),
  restore: endpoint('POST /users/:id/restore', {
    access: 'admin',
    summary: 'Undo a deletion within 30 seconds.',
    input: byId,
    output: User,
  }),
  avatar: endpoint('POST /users/:id/avatar', {
    access: 'self',
    summary: 'A new picture: PNG, JPEG, WebP or GIF by content, at most 5 MB, in the field `file`.',
    input: z.object({ id: Id, file: z.file().check(z.maxSize(avatarMaxBytes)) }),
    output: User,
    consumes: 'multipart/form-data',
  }),
  deleteAvatar: endpoint('DELETE /users/:id/avatar', {
    access: 'self',
    summary: 'Remove the picture.',
    input: byId,
    output: User,
  }),
  projects: endpoint('GET /users/:id/projects', {
    access: 'signed-in',
    summary: "A person's projects.",
    input: byId,
    output: z.object({ data: z.array(Project) }),
  }),
};
