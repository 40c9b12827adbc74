import { decodeCursor, encodeCursor, reflect } from './cursor.js';
import { Refusal, type Handlers } from './handler.js';
import { PeopleChanges } from './people-changes.js';
import { embedProjects } from './views.js';
import { checkVersion, write } from './write.js';

const newestFirst = '-createdAt';
const missing = (id: string) => new Refusal('NOT_FOUND', `There is no project with the id ${id}.`);

export const projectHandlers: NonNullable<Handlers['projects']> = {
  async list({ status, cursor, limit }, ctx) {
    const position = reflect(ctx, 'projects');
    const { rows, total, hasMore } = await ctx.store.list('projects', {
      ...(status && { where: { status } }),
      sort: { key: 'createdAt', descending: true },
      limit,
      ...(cursor && { after: decodeCursor(newestFirst, cursor) }),
    });
    const last = rows.at(-1);
    const nextCursor = hasMore && last ? encodeCursor(newestFirst, last.createdAt, last.id) : null;
    return {
      data: await embedProjects(ctx.store, rows),
      meta: { limit, total, nextCursor, hasMore, cursor: position },
    };
  },

  async get({ id }, ctx) {
    reflect(ctx, 'projects');
    const row = await ctx.store.get('projects', id);
    if (!row) throw missing(id);
    return (await embedProjects(ctx.store, [row]))[0]!;
  },

  async update({ id, ...fields }, ctx) {
    reflect(ctx, 'projects');
    return write(ctx, async (tx) => {
      const row = await tx.get('projects', id);
      if (!row) throw missing(id);
      const viewer = ctx.viewer!;
      if (row.ownerId !== viewer.id && viewer.role !== 'admin') {
        throw new Refusal('FORBIDDEN', 'Only the owner or an admin changes a project.');
      }
      checkVersion(ctx, (await embedProjects(tx, [row]))[0]!);
      await new PeopleChanges(tx, ctx).changeProject(row, fields);
      return (await embedProjects(tx, [(await tx.get('projects', id))!]))[0]!;
    });
  },
};
