import type { Role, UserStatus } from '../../src/contract/index.js';
import type { ListQuery, UserRow } from '../store/store.js';
import { Refusal, type Handlers } from './handler.js';
import { listPage } from './list-page.js';
import { projectsOf } from './people-changes.js';
import { reflect } from './reflect.js';
import { embedProjects, fullUser, seesAll, visibleUser } from './views.js';

export const userReads = {
  async list({ page, cursor, limit, search, role, status, sort }, ctx) {
    const { rows, meta } = await listPage(ctx, 'users', 'users', {
      ...selectPeople({ search, role, status }),
      sort,
      ...(cursor ? { cursor } : { offset: ((page ?? 1) - 1) * limit }),
      limit,
    });
    return {
      data: rows.map(fullUser),
      meta: {
        ...meta,
        page: cursor ? null : (page ?? 1),
        totalPages: Math.ceil(meta.total / limit),
      },
    };
  },

  async search({ q, limit }, ctx) {
    const viewer = ctx.viewer!;
    // Whoever may not see e-mail addresses must not be able to find them out letter by letter either.
    const withEmail = seesAll(viewer);
    if (withEmail) reflect(ctx, 'users');
    const rows = await ctx.store.search({
      text: q,
      fields: withEmail ? ['name', 'email'] : ['name'],
      limit,
    });
    return { data: rows.map((row) => visibleUser(row, viewer)) };
  },

  async me(_input, ctx) {
    const { id } = ctx.viewer!;
    reflect(ctx, `user:${id}`);
    return fullUser((await ctx.store.get('users', id))!);
  },

  async batch({ ids }, ctx) {
    if (seesAll(ctx.viewer)) reflect(ctx, 'users');
    const rows = await ctx.store.getMany('users', ids);
    return { data: rows.map((row) => (row ? visibleUser(row, ctx.viewer!) : null)) };
  },

  async get({ id }, ctx) {
    reflect(ctx, `user:${id}`);
    const row = await ctx.store.get('users', id);
    if (!row) throw missingPerson(id);
    return visibleUser(row, ctx.viewer!);
  },

  async projects({ id }, ctx) {
    reflect(ctx, 'projects');
    if (!(await ctx.store.get('users', id))) throw missingPerson(id);
    return { data: await embedProjects(ctx.store, await projectsOf(ctx.store, id)) };
  },
} satisfies Handlers['users'];

/** The people that a list, an export or a bulk action is about. */
export function selectPeople(filter: {
  search?: string | undefined;
  role?: Role | undefined;
  status?: UserStatus | undefined;
}): Pick<ListQuery<UserRow>, 'where' | 'search'> {
  const { search, role, status } = filter;
  return {
    ...((role || status) && { where: { ...(role && { role }), ...(status && { status }) } }),
    ...(search && { search: { text: search, fields: ['name', 'email'] } }),
  };
}

export function missingPerson(id: string): Refusal {
  return new Refusal('NOT_FOUND', `There is no person with the id ${id}.`);
}
