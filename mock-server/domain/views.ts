import type {
  Notification,
  Project,
  PublicUser,
  Team,
  User,
  UserSummary,
  Viewer,
} from '../../src/contract/index.js';
import type { NotificationRow, ProjectRow, Reader, TeamRow, UserRow } from '../store/store.js';

/** Rows never change, so each is stripped of its secrets once. */
const fullViews = new WeakMap<UserRow, User>();

export function fullUser(row: UserRow): User {
  let view = fullViews.get(row);
  if (!view) {
    const { passwordHash: _secret, ...user } = row;
    view = user;
    fullViews.set(row, view);
  }
  return view;
}

function publicUser({ id, version, createdAt, name, image }: User): PublicUser {
  return { id, version, createdAt, name, image };
}

export function seesAll(viewer: Viewer | null): boolean {
  return viewer?.role === 'admin' || viewer?.role === 'moderator';
}

/** Full for oneself, moderators and admins; public for others. */
export function visibleUser(row: UserRow, viewer: Viewer): User | PublicUser {
  return seesAll(viewer) || viewer.id === row.id ? fullUser(row) : publicUser(row);
}

function summarizeUser({ id, version, name, image, role }: User): UserSummary {
  return { id, version, name, image, role };
}

/** Members in one read for all projects, not one for each. */
export async function embedProjects(
  reader: Reader,
  rows: readonly ProjectRow[],
): Promise<Project[]> {
  const members = await summaries(
    reader,
    rows.flatMap(({ memberIds }) => memberIds),
  );
  return rows.map(({ memberIds, ...row }) => ({
    ...row,
    members: memberIds.flatMap((id) => members.get(id) ?? []),
  }));
}

export async function embedTeam(reader: Reader, row: TeamRow): Promise<Team> {
  const { rows } = await reader.list('users', {
    where: { teamId: row.id },
    sort: { key: 'name', descending: false },
    limit: Infinity,
  });
  return { ...row, members: rows.map(summarizeUser) };
}

export async function embedNotifications(
  reader: Reader,
  rows: readonly NotificationRow[],
): Promise<Notification[]> {
  const actors = await summaries(
    reader,
    rows.flatMap(({ actorId }) => actorId ?? []),
  );
  return rows.map(({ actorId, ...row }) => ({ ...row, actor: actors.get(actorId ?? '') ?? null }));
}

async function summaries(
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, UserSummary>> {
  const rows = await reader.getMany('users', [...new Set(ids)]);
  return new Map(rows.flatMap((row) => (row ? [[row.id, summarizeUser(row)] as const] : [])));
}
