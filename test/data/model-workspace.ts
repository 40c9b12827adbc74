// The model server with a team, projects and notifications, which show people.
import type {
  Api,
  Notification,
  NotificationCounts,
  Project,
  Team,
  User,
  UserSummary,
} from '../../src/contract/index.js';
import { makeUser, ModelServer, type Input } from './model-server.js';

export const teamId = makeUser(500).id;
export const projectIds = [600, 601, 602].map((n) => makeUser(n).id);
export const notificationIds = [700, 701, 702, 703].map((n) => makeUser(n).id);

type Stored<T, Embedded extends keyof T> = Omit<T, Embedded>;
type ProjectRow = Stored<Project, 'members'> & { memberIds: string[] };
type NotificationRow = Stored<Notification, 'actor'> & { actorId: string };

const byAge = (a: { createdAt: string }, b: { createdAt: string }) =>
  a.createdAt > b.createdAt ? -1 : 1;
const byName = (a: { name: string; id: string }, b: { name: string; id: string }) =>
  a.name === b.name ? (a.id < b.id ? -1 : 1) : a.name < b.name ? -1 : 1;

export class ModelWorkspace extends ModelServer {
  readonly #projects = new Map<string, ProjectRow>();
  readonly #notifications = new Map<string, NotificationRow>();
  /** Who was deleted and came back. */
  readonly restored = new Set<string>();
  #team: Stored<Team, 'members'>;

  constructor(...given: ConstructorParameters<typeof ModelServer>) {
    super(...given);
    for (const channel of ['projects', `team:${teamId}`, 'notifications']) {
      this.logs.set(channel, []);
    }
    const { version, createdAt, updatedAt } = makeUser(0);
    const base = { version, createdAt, updatedAt };
    this.#team = { ...base, id: teamId, name: 'Team' };
    this.allow(teamId, 'Team');
    projectIds.forEach((id, n) => {
      const memberIds = [n, n + 1, n + 2].map((each) => makeUser(each).id);
      const { createdAt } = makeUser(n);
      const row = {
        ...base,
        id,
        createdAt,
        name: `P${n}`,
        description: '',
        ownerId: memberIds[0]!,
      };
      this.#keepProject({ ...row, status: 'active', memberIds });
    });
    for (const id of notificationIds) this.#keepNotification(this.#draft(id));
  }

  projects({ status, cursor, limit = 2 }: Input = {}) {
    const all = [...this.#projects.values()]
      .filter((row) => !status || row.status === status)
      .sort(byAge);
    return this.#page(all.map(this.#embedProject), 'projects', cursor, Number(limit));
  }

  project = (id: string) => this.#embedProject(this.#projects.get(id)!);

  projectsOf(id: string) {
    const rows = [...this.#projects.values()].filter(({ memberIds }) => memberIds.includes(id));
    return { data: this.rows.has(id) ? rows.sort(byName).map(this.#embedProject) : [] };
  }

  team(): Team {
    const people = [...this.rows.values()].filter((user) => user.teamId === teamId);
    const members = people.sort(byName).map((user) => this.#summary(user.id)!);
    return { ...this.#team, members };
  }

  notifications({ filter = 'all', cursor, limit = 2 }: Input = {}) {
    const all = [...this.#notifications.values()]
      .filter(
        ({ archivedAt, snoozedUntil, readAt }) =>
          (filter === 'archived') === Boolean(archivedAt) &&
          (archivedAt || (filter === 'snoozed') === Boolean(snoozedUntil)) &&
          !(filter === 'unread' && readAt),
      )
      .sort(byAge);
    return this.#page(all.map(this.#embedNotification), 'notifications', cursor, Number(limit));
  }

  counts(): NotificationCounts {
    const all = [...this.#notifications.values()];
    const kept = all.filter(({ archivedAt }) => !archivedAt);
    const open = kept.filter(({ snoozedUntil }) => !snoozedUntil);
    return {
      total: open.length,
      unread: open.filter(({ readAt }) => !readAt).length,
      snoozed: kept.length - open.length,
      archived: all.length - kept.length,
    };
  }

  override create(fields: Partial<User> = {}): User {
    const user = super.create(fields);
    this.#touch(user, user.teamId);
    return user;
  }

  override update(id: string, fields: Partial<User>): User {
    const before = this.rows.get(id);
    const user = super.update(id, fields);
    this.#touch(user, before!.teamId);
    return user;
  }

  override delete(id: string): void {
    const before = this.rows.get(id);
    super.delete(id);
    this.#touch(before!, before!.teamId);
  }

  override restore(id: string): User {
    const user = super.restore(id);
    this.restored.add(id);
    this.#touch(user, user.teamId);
    return user;
  }

  updateProject({ id, ...fields }: Input): Project {
    const before = this.#projects.get(id!)!;
    const row = { ...before, ...(fields as Partial<ProjectRow>), ...this.revised(before) };
    this.#keepProject(row);
    const project = this.#embedProject(row);
    this.tell('projects', 'PROJECT_UPDATED', row.id, project);
    return project;
  }

  notify(n: number): void {
    const row = this.#draft(makeUser(n).id);
    this.#keepNotification(row);
    this.tell('notifications', 'NOTIFICATION_CREATED', row.id, this.#embedNotification(row));
    this.tell('notifications', 'NOTIFICATION_COUNTED', 'me', this.counts());
  }

  updateNotification({ id, read, archived, snoozedUntil: until }: Input): Notification {
    const before = this.#notifications.get(id!)!;
    const revision = this.revised(before);
    const stamp = (wanted: unknown, held: string | null) =>
      wanted === undefined ? held : wanted ? (held ?? revision.updatedAt) : null;
    const readAt = stamp(read, before.readAt);
    const archivedAt = stamp(archived, before.archivedAt);
    const snoozedUntil = until === undefined ? before.snoozedUntil : (until as string | null);
    const same =
      readAt === before.readAt &&
      archivedAt === before.archivedAt &&
      snoozedUntil === before.snoozedUntil;
    if (same) return this.#embedNotification(before);
    const row = { ...before, ...revision, readAt, archivedAt, snoozedUntil };
    this.#keepNotification(row);
    this.tell('notifications', 'NOTIFICATION_UPDATED', row.id, this.#embedNotification(row));
    this.tell('notifications', 'NOTIFICATION_COUNTED', 'me', this.counts());
    return this.#embedNotification(row);
  }

  changeAll(changes: { read?: true; archived?: true }) {
    const ids = [...this.#notifications.values()]
      .filter(
        ({ readAt, archivedAt, snoozedUntil }) =>
          !archivedAt && !snoozedUntil && Boolean(readAt) !== Boolean(changes.read),
      )
      .map(({ id }) => id);
    for (const id of ids) this.updateNotification({ id, ...changes });
    return { changed: ids.length };
  }

  override get api(): Api {
    const read = this.read.bind(this) as typeof this.read;
    const write = this.write.bind(this) as typeof this.write;
    const { users } = super.api;
    return {
      users: { ...users, projects: read(({ id }) => this.projectsOf(id!), 'projects') },
      projects: {
        list: read((input) => this.projects(input), 'projects'),
        get: read(({ id }) => this.project(id!), 'projects'),
        update: write((input) => this.updateProject(input)),
      },
      teams: { get: read(() => this.team(), `team:${teamId}`) },
      notifications: {
        list: read((input) => this.notifications(input), 'notifications'),
        counts: read(() => this.counts(), 'notifications'),
        update: write((input) => this.updateNotification(input)),
        // Their answers say nothing of places.
        readAll: async () => write(() => this.changeAll({ read: true }))({}),
        archiveRead: async () => write(() => this.changeAll({ archived: true }))({}),
      },
    } as unknown as Api;
  }

  /** Whoever shows the person is new with the person. */
  #touch(user: User, teamBefore: string | null): void {
    if (teamBefore === teamId || user.teamId === teamId) {
      this.#team = { ...this.#team, ...this.revised(this.#team) };
      this.tell(`team:${teamId}`, 'TEAM_UPDATED', teamId, this.team());
    }
    for (const { id, memberIds } of [...this.#projects.values()]) {
      if (memberIds.includes(user.id)) this.updateProject({ id });
    }
  }

  #page<T extends { createdAt: string }>(
    all: T[],
    channel: string,
    cursor: unknown,
    limit: number,
  ) {
    const rest = all.filter(({ createdAt }) => !cursor || createdAt < String(cursor));
    const data = rest.slice(0, limit);
    const hasMore = rest.length > limit;
    const nextCursor = hasMore ? data.at(-1)!.createdAt : null;
    const meta = { limit, total: all.length, hasMore, nextCursor, cursor: this.cursorOf(channel) };
    return { data, meta };
  }

  #summary(userId: string): UserSummary | null {
    const user = this.rows.get(userId);
    if (!user) return null;
    const { id, version, name, image, role } = user;
    return { id, version, name, image, role };
  }

  readonly #embedProject = ({ memberIds, ...row }: ProjectRow): Project => ({
    ...row,
    members: memberIds.flatMap((id) => this.#summary(id) ?? []),
  });

  readonly #embedNotification = ({ actorId, ...row }: NotificationRow): Notification => ({
    ...row,
    actor: this.#summary(actorId),
  });

  #draft(id: string): NotificationRow {
    const n = Number(id.slice(-4));
    const { version, createdAt, updatedAt } = makeUser(n);
    const told = { type: 'info' as const, title: '', message: '', href: null };
    const stamps = { readAt: null, archivedAt: null, snoozedUntil: null };
    const userId = makeUser(0).id;
    const base = { id, version, createdAt, updatedAt, userId, actorId: makeUser(n % 4).id };
    return { ...base, ...told, ...stamps };
  }

  #keepProject(row: ProjectRow): void {
    this.#projects.set(row.id, row);
    this.allow(row.id, row.name, row.status);
  }

  #keepNotification(row: NotificationRow): void {
    this.#notifications.set(row.id, row);
    this.allow(row.id);
  }
}
