import type { Base } from '../store/base.js';
import { dictionaryColumn, timeColumn } from '../store/columns.js';
import type { TeamRow, UserRow } from '../store/store.js';
import { personas } from './personas.js';
import { randomAt } from './random.js';
import { createSeedIds } from './seed-ids.js';
import { createSeedNames } from './seed-names.js';

export interface PeopleOptions {
  seed: number;
  users: number;
  /** Times are laid out before this moment, in ms. */
  now: number;
  /** Of the personas' password, null for none. */
  personaHash: string | null;
  teams: readonly TeamRow[];
}

const day = 24 * 60 * 60;
const oldest = 800 * day;
const roles = ['admin', 'moderator', 'user'] as const;
const statuses = ['active', 'invited', 'suspended'] as const;
/** In a large workspace most people are in no team. */
const teamSize = 24;
/** Rows kept once made: lists are read again and again, and rarely beyond their first pages. */
const mostKept = 10_000;

/** The numbers drawn for one person. */
const draws = { created: 0, role: 1, status: 2, team: 3, active: 4, id: 5 } as const;
const drawsEach = 8;

/**
 * The people of a seed, each computed from the number alone, newest first after the personas.
 * Nothing is kept of a million but two numbers each, for the name, once somebody asks.
 */
export function seedPeople(options: PeopleOptions): Base<UserRow> {
  const { seed, now, personaHash, teams } = options;
  const size = Math.max(options.users, personas.length);
  const draw = (index: number, which: number) => randomAt(seed, index * drawsEach + which);
  const ids = createSeedIds(seed, (index, place) => draw(index, draws.id + place));
  const names = lazily(() => createSeedNames(seed, size));
  const isPersona = (index: number) => index < personas.length;

  /** Seconds before now. */
  function createdAge(index: number): number {
    if (isPersona(index)) return oldest - index * day;
    return Math.floor(((index + draw(index, draws.created)) / size) * 730 * day);
  }
  function activeAge(index: number): number | null {
    if (statusAt(index) === 1) return null;
    const share = draw(index, draws.active);
    return Math.min(createdAge(index), Math.floor(share * share * share * 60 * day));
  }
  function roleAt(index: number): number {
    if (isPersona(index)) return roles.indexOf(personas[index]!.role);
    const chance = draw(index, draws.role);
    return chance < 0.04 ? 0 : chance < 0.12 ? 1 : 2;
  }
  function statusAt(index: number): number {
    const chance = isPersona(index) ? 0 : draw(index, draws.status);
    return chance < 0.86 ? 0 : chance < 0.95 ? 1 : 2;
  }
  function teamAt(index: number): number {
    const inTeam = index < teams.length * teamSize && draw(index, draws.team) < 0.9;
    return inTeam ? index % teams.length : teams.length;
  }

  const created = timeColumn(now, oldest, createdAge);
  const teamIds = [...teams.map(({ id }) => id), null];
  const columns: Base<UserRow>['columns'] = {
    id: { at: ids.at, rankAt: () => 0, rank: () => 0 },
    version: dictionaryColumn('version', [1], () => 0),
    createdAt: created,
    updatedAt: created,
    get name() {
      return names().nameColumn;
    },
    get email() {
      return names().emailColumn;
    },
    role: dictionaryColumn('role', roles, roleAt),
    status: dictionaryColumn('status', statuses, statusAt),
    image: dictionaryColumn('image', [null], () => 0),
    teamId: dictionaryColumn('teamId', teamIds, teamAt),
    lastActiveAt: timeColumn(now, oldest, activeAge),
    passwordHash: dictionaryColumn('passwordHash', [personaHash, null], (index) =>
      isPersona(index) ? 0 : 1,
    ),
  };

  function makeRow(index: number): UserRow {
    return {
      id: ids.at(index),
      version: 1,
      createdAt: columns.createdAt.at(index) as string,
      updatedAt: columns.updatedAt.at(index) as string,
      name: columns.name.at(index) as string,
      email: columns.email.at(index) as string,
      role: roles[roleAt(index)]!,
      status: statuses[statusAt(index)]!,
      image: null,
      teamId: teamIds[teamAt(index)]!,
      lastActiveAt: columns.lastActiveAt.at(index) as string | null,
      passwordHash: isPersona(index) ? personaHash : null,
    };
  }
  const kept = new Map<number, UserRow>();

  return {
    size,
    columns,
    id: ids.at,
    idPrefix: ids.prefixAt,
    row(index) {
      let row = kept.get(index);
      if (!row) {
        row = makeRow(index);
        if (kept.size >= mostKept) kept.clear();
        kept.set(index, row);
      }
      return row;
    },
    indexOf(id) {
      const index = ids.indexOf(id);
      return index !== undefined && index < size ? index : undefined;
    },
    indexOfEmail: (email) => names().indexOfEmail(email),
  };
}

function lazily<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
