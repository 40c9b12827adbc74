// How long the server takes to answer about a million people: cold, and the median of many.
import { people, type Server } from './server.js';

const rounds = 9;
const limit = 25;
const sorts = [
  '-createdAt',
  'createdAt',
  'name',
  '-name',
  'email',
  '-email',
  'role',
  '-role',
  'lastActiveAt',
  '-lastActiveAt',
];

interface Page {
  data: { id: string; email: string }[];
  meta: { total: number; nextCursor: string | null };
}

export interface Figure {
  what: string;
  /** The first time; undefined where there is none of its own. */
  coldMs?: number;
  /** The median afterwards, which the bar is for. */
  ms: number;
  note?: string;
}

const median = (values: number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

async function measure(what: string, ask: () => Promise<{ ms: number }>): Promise<Figure> {
  const coldMs = (await ask()).ms;
  const times = [];
  for (let round = 0; round < rounds; round += 1) times.push((await ask()).ms);
  return { what, coldMs, ms: median(times) };
}

export async function measureAnswers(server: Server): Promise<Figure[]> {
  const list = (query: string) => server.get<Page>(`/api/users?limit=${limit}&${query}`);
  const figures: Figure[] = [];
  const pages = people / limit;
  for (const sort of sorts) {
    for (const page of [1, pages / 2, pages])
      figures.push(
        await measure(`list by ${sort}, page ${page}`, () => list(`sort=${sort}&page=${page}`)),
      );
  }
  for (const query of [
    'role=admin',
    'status=invited&sort=name',
    'role=user&status=active&sort=-lastActiveAt',
  ])
    figures.push(await measure(`list of ${query}`, () => list(query)));

  // Nobody types the same twice: each of these is looked for the first time.
  for (const [what, texts] of Object.entries({
    'many names': ['emma', 'an', 'son', 'li', 'ma', 'er', 'mar', 'jo', 'el'],
    'one e-mail': [
      'grace.walker.7@',
      'emma.brown.123@',
      'noah.evans.99@',
      'ava.wright.500@',
      'jack.taylor.31@',
      'olivia.davies.8@',
      'liam.brown.222@',
      'chloe.evans.64@',
      'henry.wright.11@',
    ],
    nobody: ['zzz1', 'zzz2', 'zzz3', 'zzz4', 'zzz5', 'zzz6', 'zzz7', 'zzz8', 'zzz9'],
  })) {
    const times = [];
    for (const text of texts) times.push((await list(`search=${text}`)).ms);
    figures.push({
      what: `list searched for ${what}`,
      ms: median(times),
      note: `at most ${Math.max(...times).toFixed(0)} ms`,
    });
    const found = [];
    for (const text of texts)
      found.push((await server.get(`/api/users/search?q=${text}&limit=10`)).ms);
    figures.push({
      what: `search for ${what}`,
      ms: median(found),
      note: `at most ${Math.max(...found).toFixed(0)} ms`,
    });
  }
  figures.push(await walk(server));
  figures.push(...(await changeMany(server)));
  return figures;
}

/** Goes on by cursor from the start through 50,000 people, none of whom may come twice. */
async function walk(server: Server): Promise<Figure> {
  const times: number[] = [];
  const seen = new Set<string>();
  let cursor = '';
  for (let page = 0; page < 500; page += 1) {
    const { ms, body } = await server.get<Page>(
      `/api/users?limit=100&sort=name&cursor=${cursor}`.replace(/&cursor=$/, ''),
    );
    for (const { id } of body.data) seen.add(id);
    times.push(ms);
    cursor = body.meta.nextCursor!;
  }
  if (seen.size !== 50_000)
    throw new Error(`500 pages of 100 held ${seen.size} people, not 50000.`);
  return {
    what: 'page of 100 by cursor, 500 on',
    ms: median(times),
    note: `at most ${Math.max(...times).toFixed(0)} ms`,
  };
}

/** Ten thousand changes in one transaction, and the lists that have to show them. */
async function changeMany(server: Server): Promise<Figure[]> {
  const { ms } = await server.post('/api/__control/activity', { change: 10_000 });
  const after = await measure('list by -lastActiveAt, 10,000 changes later', () =>
    server.get(`/api/users?sort=-lastActiveAt&limit=${limit}`),
  );
  return [{ what: '10,000 changes by activity, each', ms: ms / 10_000 }, after];
}
