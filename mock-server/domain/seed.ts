import type { NotificationRow, ProjectRow, TeamRow } from '../store/store.js';
import { makeNotification } from './notification-kinds.js';
import { createRandom, seededUuid } from './random.js';
import { personas } from './personas.js';
import { seedPeople } from './seed-people.js';

const minute = 60_000;
const day = 24 * 60 * minute;

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
  // The people take the numbers of the seed itself.
  const random = createRandom(~seed);
  const id = () => seededUuid(random);
  const at = (ms: number) => new Date(ms).toISOString();
  const base = (age: number) => {
    const createdAt = at(now - age);
    return { id: id(), version: 1, createdAt, updatedAt: createdAt };
  };

  const teams: TeamRow[] = teamNames.map((name) => ({ ...base(900 * day), name }));
  const users = seedPeople({ seed, users: count, now, personaHash, teams });
  const anyone = () => users.id(Math.floor(random() * users.size));

  const projects: ProjectRow[] = projectPlaces.flatMap((place, row) =>
    projectKinds.map((kind, column) => {
      const members = new Set(Array.from({ length: 3 + Math.floor(random() * 5) }, anyone));
      // Every persona has projects of its own to look at.
      if (column < 6) members.add(users.id(column % personas.length));
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
        ownerId: own ? users.id(column) : memberIds[0]!,
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
        userId: users.id(index),
        actorId: anyone(),
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
