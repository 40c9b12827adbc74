import { decodeCursor, encodeCursor, parseSort, reflect } from './cursor.js';
import { Refusal, type Handlers } from './handler.js';
import { fullUser, visibleUser } from './views.js';

export const userReads = {
  async list({ page, cursor, limit, search, role, status, sort }, ctx) {
    const position = reflect(ctx, 'users');
    const { rows, total, hasMore } = await ctx.store.list('users', {
      ...((role || status) && { where: { ...(role && { role }), ...(status && { status }) } }),
      ...(search && { search: { text: search, fields: ['name', 'email'] } }),
      sort: parseSort(sort),
      limit,
      ...(cursor ? { after: decodeCursor(sort, cursor) } : { offset: ((page ?? 1) - 1) * limit }),
    });
    const last = rows.at(-1);
    const { key } = parseSort(sort);
    return {
      data: rows.map(fullUser),
      meta: {
        page: cursor ? null : (page ?? 1),
        limit,
        total,
        totalPages: Math.ceil(total / limit),
        nextCursor: hasMore && last ? encodeCursor(sort, last[key], last.id) : null,
        hasMore,
        cursor: position,
      },
    };
  },

  me(_input, ctx) {
    reflect(ctx, `user:${ctx.viewer!.id}`);
    return ctx.viewer!;
  },

  async get({ id }, ctx) {
    reflect(ctx, `user:${id}`);
    const row = await ctx.store.get('users', id);
    if (!row) throw new Refusal('NOT_FOUND', `There is no person with the id ${id}.`);
    return visibleUser(row, ctx.viewer!);
  },
} satisfies Handlers['users'];
