import type { EventType } from '../../src/contract/index.js';
import type { ProjectRow, Transaction, UserRow } from '../store/store.js';
import { embedProjects, embedTeam, fullUser } from './views.js';
import { revise, type Changes } from './write.js';

interface Origin {
  now: () => number;
  origin: string | undefined;
}

/**
 * Writes people, and carries each change to wherever the person is embedded. Teams and
 * projects get a new version, since what they show is new, and one event a transaction.
 */
export class PeopleChanges {
  readonly tx: Transaction;
  readonly #source: Origin;
  readonly #teams = new Set<string>();
  /** Whose members look different, and what was written already. */
  readonly #projects = new Set<string>();
  readonly #written = new Map<string, ProjectRow>();

  constructor(tx: Transaction, source: Origin) {
    this.tx = tx;
    this.#source = source;
  }

  async create(row: UserRow): Promise<void> {
    await this.tx.insert('users', row);
    this.#emitUser('USER_CREATED', row.id, fullUser(row));
    this.#touchTeam(row.teamId);
  }

  async update(before: UserRow, after: UserRow): Promise<void> {
    await this.tx.update('users', after);
    this.#emitUser('USER_UPDATED', after.id, fullUser(after));
    const shown =
      before.name !== after.name || before.image !== after.image || before.role !== after.role;
    if (before.teamId !== after.teamId) this.#touchTeam(before.teamId);
    if (shown || before.teamId !== after.teamId) this.#touchTeam(after.teamId);
    if (shown)
      for (const project of await projectsOf(this.tx, after.id)) this.#projects.add(project.id);
  }

  /** Takes the person out of all projects; what the person owned goes to the next member, or an admin. */
  async delete(row: UserRow): Promise<void> {
    await this.tx.delete('users', row.id);
    this.#emitUser('USER_DELETED', row.id, { id: row.id, version: row.version + 1 });
    this.#touchTeam(row.teamId);
    for (const project of await projectsOf(this.tx, row.id)) {
      const memberIds = project.memberIds.filter((id) => id !== row.id);
      const ownerId =
        project.ownerId === row.id ? (memberIds[0] ?? (await this.#anyAdmin())) : project.ownerId;
      await this.changeProject(project, { memberIds, ownerId });
    }
  }

  /** Told by `finish`, once, however many changes there are. */
  async changeProject(project: ProjectRow, changes: Changes<ProjectRow>): Promise<void> {
    const after = revise(project, changes, this.#source.now());
    if (after === project) return;
    await this.tx.update('projects', after);
    this.#written.set(after.id, after);
  }

  /** Tells the teams and projects that changed, or show somebody who did. Call it last. */
  async finish(): Promise<void> {
    const updatedAt = new Date(this.#source.now()).toISOString();
    for (const id of this.#teams) {
      const team = await this.tx.get('teams', id);
      if (!team) continue;
      const after = { ...team, version: team.version + 1, updatedAt };
      await this.tx.update('teams', after);
      this.#emit(`team:${id}`, 'TEAM_UPDATED', id, await embedTeam(this.tx, after));
    }
    for (const id of this.#projects) {
      if (this.#written.has(id)) continue;
      const project = (await this.tx.get('projects', id))!;
      const after = { ...project, version: project.version + 1, updatedAt };
      await this.tx.update('projects', after);
      this.#written.set(id, after);
    }
    for (const project of await embedProjects(this.tx, [...this.#written.values()])) {
      this.#emit('projects', 'PROJECT_UPDATED', project.id, project);
    }
  }

  #touchTeam(id: string | null): void {
    if (id) this.#teams.add(id);
  }

  async #anyAdmin(): Promise<string> {
    const { rows } = await this.tx.list('users', {
      where: { role: 'admin', status: 'active' },
      sort: { key: 'createdAt', descending: false },
      limit: 1,
    });
    return rows[0]!.id;
  }

  #emitUser(type: EventType, id: string, payload: unknown): void {
    this.#emit('users', type, id, payload);
    this.#emit(`user:${id}`, type, id, payload);
  }

  #emit(channel: string, type: EventType, id: string, payload: unknown): void {
    const { origin } = this.#source;
    this.tx.emit({ channel, type, id, payload, ...(origin !== undefined && { origin }) });
  }
}

export async function projectsOf(
  tx: Pick<Transaction, 'list'>,
  userId: string,
): Promise<ProjectRow[]> {
  const { rows } = await tx.list('projects', {
    where: { memberIds: { has: userId } },
    sort: { key: 'name', descending: false },
    limit: Infinity,
  });
  return rows;
}
