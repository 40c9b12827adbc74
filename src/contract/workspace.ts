import * as z from 'zod/mini';
import { endpoint } from './endpoint.js';
import { Day, Id, Project, ProjectStatus, Role, Team } from './entities.js';
import { cursorPage, cursorQuery } from './page.js';

const byId = z.object({ id: Id });

export const ProjectPage = cursorPage(Project);

export const projects = {
  list: endpoint('GET /projects', {
    access: 'signed-in',
    summary: 'Projects, newest first.',
    input: z.object({ status: z.optional(ProjectStatus), ...cursorQuery(20) }),
    output: ProjectPage,
  }),
  get: endpoint('GET /projects/:id', {
    access: 'signed-in',
    summary: 'One project.',
    input: byId,
    output: Project,
  }),
  update: endpoint('PATCH /projects/:id', {
    access: 'signed-in',
    summary: 'Rename, describe, or set the status; owner or admin.',
    input: z.object({
      id: Id,
      name: z.optional(Project.shape.name),
      description: z.optional(Project.shape.description),
      status: z.optional(ProjectStatus),
    }),
    output: Project,
  }),
};

export const teams = {
  get: endpoint('GET /teams/:id', {
    access: 'signed-in',
    summary: 'One team with its members.',
    input: byId,
    output: Team,
  }),
};

/** `signUps` holds one entry a day (`YYYY-MM-DD`, UTC), oldest first, days without any included. */
export const StatsOverview = z.object({
  total: z.int(),
  active: z.int(),
  byRole: z.record(Role, z.int()),
  signUps: z.array(z.object({ day: Day, count: z.int() })),
});

export const stats = {
  overview: endpoint('GET /stats/overview', {
    access: 'moderator',
    summary: 'Totals, people by role, sign-ups a day.',
    input: z.object({ days: z._default(z.int().check(z.gte(1), z.lte(366)), 30) }),
    output: StatsOverview,
  }),
};
