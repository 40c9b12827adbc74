import type { Role } from '../../src/contract/index.js';
import type { NotificationRow, ProjectRow, TeamRow, UserRow } from '../store/store.js';
import { makeNotification } from './notification-kinds.js';
import { makePerson } from './people.js';
import { createRandom, pick, seededUuid } from './random.js';

const minute = 60_000;
const day = 24 * 60 * minute;

/** People to sign in as; outside production each has the password `inlay` unless told otherwise. */
export const personas = [
  { email: 'admin@inlay.test', name: 'Ada Admin', role: 'admin' },
  { email: 'moderator@inlay.test', name: 'Moses Moderator', role: 'moderator' },
  { email: 'user@inlay.test', name: 'Uma User', role: 'user' },
] as const satisfies { email: string; name: string; role: Role }[];

export type Persona = (typeof personas)[number]['email'];

/** Hash of `inlay`. Few rounds and a salt for everybody to read: the password is public anyway. */
export const publicHash =
  'pbkdf2$10000$aW5sYXktcGVyc29uYQ==$FvWMUfgi5VlmidNMhv9u4APqXc0CBP+0geLUGP/7nHI=';

const teamNames = [
  'Atlas',
  'Beacon',
  'Cobalt',
  'Delta',
  'Ember',
  'Fjord',
  'Granite',
  'Harbor',
  'Iris',
  'Juniper',
  'Kestrel',
  'Lumen',
];
const projectKinds = [
  'Website relaunch',
  'Mobile app',
  'Data warehouse',
  'Onboarding',
  'Billing',
  'Search',
  'Design system',
  'Support portal',
  'Analytics',
  'Partner programme',
];
const projectPlaces = ['Nordics', 'Lisbon', 'Kyoto', 'Nairobi'];

export interface SeedOptions {
  seed: number;
  users: number;
  /** Times are laid out before this moment, in ms. */
  now: number;
  /** Of the personas' password, null for none. Default: of the public `inlay`. */
  personaHash?: string | null;
}

/** The same people, teams, projects and notifications for the same options. */
export function seedData({ seed, users: count, now, personaHash = publicHash }: SeedOptions) {
  const random = createRandom(seed);
  const id = () => seededUuid(random);
  const at = (ms: number) => new Date(ms).toISOString();
  const base = (age: number) => {
    const createdAt = at(now - age);
    return { id: id(), version: 1, createdAt, updatedAt: createdAt };
  };

  const teams: TeamRow[] = teamNames.map((name) => ({ ...base(900 * day), name }));
  const users: UserRow[] = [];
  const taken = new Set<string>();
  const withEmail = ({ name, local }: { name: string; local: string }, index: number) => {
    const unique = taken.has(local) ? `${local}.${index}` : local;
    taken.add(unique);
    return { name, email: `${unique}@example.com` };
  };
  for (let index = 0; index < Math.max(count, personas.length); index += 1) {
    const persona = personas[index];
    const { name, email } = persona ?? withEmail(makePerson(random, index), index);
    const status = persona ? 'active' : pickStatus(random());
    users.push({
      ...base(persona ? (800 - index) * day : random() * 730 * day),
      name,
      email,
      role: persona?.role ?? pickRole(random()),
      status,
      image: null,
      teamId: random() < 0.9 ? pick(random, teams).id : null,
      lastActiveAt: status === 'invited' ? null : at(now - random() ** 3 * 60 * day),
      passwordHash: persona ? personaHash : null,
    });
  }

  const projects: ProjectRow[] = projectPlaces.flatMap((place, row) =>
    projectKinds.map((kind, column) => {
      const members = new Set(
        Array.from({ length: 3 + Math.floor(random() * 5) }, () => pick(random, users).id),
      );
      // Every persona has projects of its own to look at.
      if (column < 6) members.add(users[column % personas.length]!.id);
      const memberIds = [...members];
      const own = row < 2 && column < 3;
      return {
        ...base(random() * 400 * day),
        name: `${kind} ${place}`,
        description: `${kind} for the ${place} office.`,
        status:
          random() < 0.75
            ? ('active' as const)
            : random() < 0.6
              ? ('paused' as const)
              : ('archived' as const),
        ownerId: own ? users[column]!.id : memberIds[0]!,
        memberIds,
      };
    }),
  );

  const notifications: NotificationRow[] = personas.flatMap((_, index) =>
    Array.from({ length: 60 }, (_unused, place) => {
      // Dense today, thinner towards two weeks ago.
      const age = (place / 60) ** 2 * 14 * day + random() * 40 * minute + minute;
      const row = makeNotification(random, {
        id: id(),
        userId: users[index]!.id,
        actorId: pick(random, users).id,
        now: now - age,
      });
      if (place < 8 || random() < 0.15) return row;
      const readAt = at(now - age + random() * age);
      return {
        ...row,
        readAt,
        archivedAt: place > 45 && random() < 0.6 ? at(now - random() * minute) : null,
      };
    }),
  );

  return { teams, users, projects, notifications };
}

function pickStatus(chance: number): UserRow['status'] {
  return chance < 0.86 ? 'active' : chance < 0.95 ? 'invited' : 'suspended';
}

function pickRole(chance: number): Role {
  return chance < 0.04 ? 'admin' : chance < 0.12 ? 'moderator' : 'user';
}
