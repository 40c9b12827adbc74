import { Refusal, type Handlers } from './handler.js';
import { reflect } from './reflect.js';
import { embedTeam } from './views.js';

export const teamHandlers: NonNullable<Handlers['teams']> = {
  async get({ id }, ctx) {
    reflect(ctx, `team:${id}`);
    const row = await ctx.store.get('teams', id);
    if (!row) throw new Refusal('NOT_FOUND', `There is no team with the id ${id}.`);
    return embedTeam(ctx.store, row);
  },
};
