import { Refusal, type Handlers } from './handler.js';
import { listPage } from './list-page.js';
import { PeopleChanges } from './people-changes.js';
import { reflect } from './reflect.js';
import { embedProjects } from './views.js';
import { checkVersion, write } from './write.js';

const missing = (id: string) => new Refusal('NOT_FOUND', `There is no project with the id ${id}.`);

export const projectHandlers: NonNullable<Handlers['projects']> = {
  async list({ status, cursor, limit }, ctx) {
    const { rows, meta } = await listPage(ctx, 'projects', 'projects', {
      ...(status && { where: { status } }),
      sort: '-createdAt',
      cursor,
      limit,
    });
    return { data: await embedProjects(ctx.store, rows), meta };
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
      const people = new PeopleChanges(tx, ctx);
      await people.changeProject(row, fields);
      await people.finish();
      return (await embedProjects(tx, [(await tx.get('projects', id))!]))[0]!;
    });
  },
};
