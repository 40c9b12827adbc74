// The page that `apply.ts` measures: a <user-list> on a stream that tells 10,000 events a second.
import { QueryObserver } from '@tanstack/query-core';
import type { Api, LiveItem } from '../../src/contract/index.js';
import { syncOf, userListOptions } from '../../src/data/index.js';
import '../../src/elements/user-list/define.js';
import type { ChannelListener, LiveSource } from '../../src/live/index.js';
import { configure, getRuntime } from '../../src/runtime/index.js';

const perSecond = 10_000;
/** Milliseconds from one message of the server to the next. */
const interval = 50;
/** Milliseconds that the page lets pass from one application to the next. */
const pause = 100;
const size = 100;
/** Pages that somebody watches, whatever is in sight: a thousand people. */
const held = 10;
const epoch = 'e';

const makePerson = (n: number) => ({
  id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  version: 1,
  name: `Person ${n}`,
  email: `p${n}@example.com`,
  role: 'user',
  status: 'active',
  image: null,
  teamId: null,
  lastActiveAt: '2026-01-01T00:00:00.000Z',
  createdAt: new Date(Date.UTC(2026, 5, 1) - n * 1000).toISOString(),
  updatedAt: '2026-01-01T00:00:00.000Z',
});

type Person = ReturnType<typeof makePerson>;

let people: Person[] = [];
let offset = 0;
let listener: ChannelListener | undefined;
let waiting: LiveItem[][] = [];

const list = ({ page = 1, limit = size }: { page?: number; limit?: number }) =>
  Promise.resolve({
    data: people.slice((page - 1) * limit, page * limit),
    meta: {
      page,
      limit,
      total: people.length,
      totalPages: Math.ceil(people.length / limit),
      nextCursor: null,
      hasMore: page * limit < people.length,
      cursor: `users@${epoch}:${offset}`,
    },
  });
const session = () => Promise.resolve({ user: { ...people[0]!, role: 'admin' } });
const live: LiveSource = {
  state: { status: 'live', transport: 'websocket' },
  follow(channel, given) {
    if (channel === 'users') listener = given;
    return () => undefined;
  },
  onState: () => () => undefined,
  retry: () => undefined,
  restart: () => undefined,
  close: () => undefined,
};

/** Shows a list of so many, of whom a thousand are held. */
async function show(total: number): Promise<void> {
  people = Array.from({ length: total }, (_, n) => makePerson(n));
  configure({ api: { users: { list }, auth: { session } } as unknown as Api, live });
  document.body.innerHTML = `<user-list page-size="${size}"></user-list>`;
  const { queries, api } = getRuntime();
  await until(() => listener);
  const [shown] = queries.getQueryCache().findAll({ queryKey: ['users', 'list'] });
  const [, , params] = shown!.queryKey as [string, string, object];
  for (let page = 1; page <= held; page += 1) {
    const options = userListOptions(api, { ...params, page });
    new QueryObserver(queries, options).subscribe(() => undefined);
  }
  await until(() => queries.isFetching() === 0);
}

/** What the server tells in so many ms, as it comes from a wire: no object of it is the page's own. */
function tell(ms: number): LiveItem[] {
  const items = Array.from({ length: (perSecond * ms) / 1000 }, (): LiveItem => {
    const at = Math.floor(Math.random() * people.length);
    const was = people[at]!;
    const status = was.status === 'active' ? 'suspended' : 'active';
    const payload = (people[at] = { ...was, version: was.version + 1, status });
    return { offset: ++offset, type: 'USER_UPDATED', id: payload.id, payload, timestamp: '' };
  });
  return structuredClone(items);
}

function hear(items: readonly LiveItem[]): void {
  const [from, to] = [items[0]!.offset - 1, items.at(-1)!.offset];
  listener!.onEvents(items, { epoch, from, to });
}

/** Makes ready what is told in so many times, each as long as the page waits between two. */
function prepare(times: number): void {
  waiting = Array.from({ length: times }, () => tell(pause));
}

/** Applies it, one after the other: all data work, and no drawing. In a task, as these are measured. */
async function apply(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  const sync = syncOf(getRuntime().queries);
  for (const items of waiting.splice(0)) {
    hear(items);
    sync.flush();
  }
}

/** Whether what is held is what the stream told. */
function isRight(): boolean {
  const versions = new Map(people.map(({ id, version }) => [id, version]));
  return getRuntime()
    .queries.getQueryCache()
    .findAll({ queryKey: ['users', 'list'] })
    .flatMap(({ state }) => (state.data as { data: Person[] }).data)
    .every(({ id, version }) => versions.get(id) === version);
}

/** Lets it come as it would, for so long; how many frames were drawn, and how many came late. */
async function watch(seconds: number): Promise<{ frames: number; late: number; right: boolean }> {
  const counted = await watchFrames(seconds, () => hear(tell(interval)));
  syncOf(getRuntime().queries).flush();
  return { ...counted, right: isRight() };
}

/** Runs `work` at its intervals, and counts the frames meanwhile. */
async function watchFrames(seconds: number, work: () => void) {
  const timer = setInterval(work, interval);
  const began = performance.now();
  let [frames, late] = [0, 0];
  for (let last = began; last - began < seconds * 1000;) {
    const now = await new Promise<number>(requestAnimationFrame);
    if (frames > 0 && now - last > 1.5 * (1000 / 60)) late += 1;
    frames += 1;
    last = now;
  }
  clearInterval(timer);
  return { frames, late };
}

async function until(condition: () => unknown): Promise<void> {
  while (!(await condition())) await new Promise(requestAnimationFrame);
}

Object.assign(globalThis, { bench: { show, prepare, apply, watch } });
