const roles = ['user', 'admin', 'moderator'];
const given = ['Ada', 'Ben', 'Chen', 'Dora', 'Emil', 'Fatma', 'Goran', 'Hana', 'Ivo', 'Jun'];
const family = ['Okafor', 'Silva', 'Tanaka', 'Novak', 'Haddad', 'Larsen', 'Moreau', 'Kim', 'Osei'];

/** How much older each person of `makePeople` is than the one before, in milliseconds. */
const step = 60_000;
const newest = Date.UTC(2026, 0, 1);
const id = (n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** The person of a number, newest first: numbers below 0 are newer than all others. One of 100 has `needle` in the e-mail. */
export function makePerson(n) {
  const mixed = (((n % 99_991) + 99_991) * 7_919) % 99_991;
  const name = `${given[mixed % 10]} ${family[mixed % 9]} ${String(mixed).padStart(5, '0')}`;
  const at = new Date(newest - n * step).toISOString();
  return {
    id: id(n + 1_000_000),
    version: 1,
    name,
    email: `${mixed % 100 === 7 ? 'needle' : 'person'}.${n + 1_000_000}@example.com`,
    image: null,
    role: roles[mixed % 3],
    status: 'active',
    teamId: null,
    createdAt: at,
    updatedAt: at,
    lastActiveAt: null,
  };
}

export const makePeople = (count) => Array.from({ length: count }, (_, n) => makePerson(n));

/** The same person with the next role, and a name that says so. */
export function changePerson(person) {
  const role = roles[(roles.indexOf(person.role) + 1) % roles.length];
  const version = person.version + 1;
  return { ...person, role, version, name: `${person.name.slice(0, 18)} v${version}` };
}

const collator = new Intl.Collator('en');
export const byName = (a, b) => collator.compare(a.name, b.name);
export const matches = (text) => (person) =>
  person.name.toLowerCase().includes(text) || person.email.toLowerCase().includes(text);
