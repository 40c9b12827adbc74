// All that may happen, by name: what people do, how time passes, and what goes wrong.
import fc from 'fast-check';
import {
  archiveReadOptions,
  mutate,
  readAllNotificationsOptions,
  updateNotificationOptions,
  updateUserOptions,
} from '../../src/data/index.js';
import { admin, idOf, moderator } from './people.js';
import type { Page } from './page.js';
import { World } from './world.js';

export type Step = (world: World) => Promise<void> | void;

const named = (name: string, step: Step): Step =>
  Object.assign(step, { [fc.toStringMethod]: () => name });
const either = fc.nat(1);
/** The page in question, and what happens to it. */
const onPage = (name: string, happen: (page: Page, world: World) => Promise<void> | void) =>
  either.map((n) => named(`page ${n}: ${name}`, (world) => happen(world.page(n), world)));
/** Refusals and lost answers are part of the game. */
const refused = () => undefined;

const person = fc.integer({ min: 3, max: 7 }).map(idOf);
const fields = fc.constantFrom<object>(
  { name: 'A' },
  { name: 'Z' },
  { role: 'admin' },
  { role: 'user' },
  { status: 'suspended' },
  { status: 'active' },
);

const elsewhere = fc.oneof(
  fc.tuple(person, fields, fc.constantFrom(1, 2, 6, 30)).map(([id, body, times]) =>
    named(`${id.slice(-1)} becomes ${JSON.stringify(body)}, ${times} times`, async (world) => {
      for (let n = 0; n < times; n++) {
        const change = n === times - 1 ? body : { name: `Name ${n}` };
        await world.ask('PATCH', `/users/${id}`, change);
      }
    }),
  ),
  fc.constant(
    named('somebody comes', (world) => {
      const n = 20 + world.server.nextNumber;
      return world.ask('POST', '/users', { id: idOf(n), name: 'New', email: `p${n}@example.com` });
    }),
  ),
  person.map((id) =>
    named(`${id.slice(-1)} is deleted`, (world) => world.ask('DELETE', `/users/${id}`)),
  ),
  person.map((id) =>
    named(`${id.slice(-1)} is restored`, (world) => world.ask('POST', `/users/${id}/restore`)),
  ),
  fc
    .tuple(fc.constantFrom(admin, moderator), fc.constantFrom(1, 2, 5, 30))
    .map(([id, count]) =>
      named(`${count} notifications for ${id.slice(-1)}`, (world) =>
        world.server.notify(id, count),
      ),
    ),
  fc
    .constantFrom('active', 'paused', 'archived')
    .map((status) =>
      named(`a project is ${status}`, (world) =>
        world.ask('PATCH', `/projects/${idOf(501)}`, { status }),
      ),
    ),
);

const onPages = fc.oneof(
  fc.tuple(person, fc.constantFrom('B', 'C')).chain(([id, name]) =>
    onPage(`calls ${id.slice(-1)} ${name}`, ({ runtime: { queries, api } }) => {
      void mutate(queries, updateUserOptions(api), { id, name }).catch(refused);
    }),
  ),
  fc.record({ read: fc.boolean(), archived: fc.boolean() }).chain((change) =>
    onPage(`marks ${JSON.stringify(change)}`, ({ runtime: { queries, api }, newest }) => {
      if (!newest) return;
      const input = { id: newest, ...change };
      void mutate(queries, updateNotificationOptions(api), input).catch(refused);
    }),
  ),
  onPage('reads all', ({ runtime: { queries, api } }) => {
    void mutate(queries, readAllNotificationsOptions(api), {}).catch(refused);
  }),
  onPage('archives what is read', ({ runtime: { queries, api } }) => {
    void mutate(queries, archiveReadOptions(api), {}).catch(refused);
  }),
  onPage('asks for more', (page) => page.fetchMore()),
  onPage('asks again', ({ runtime }) => void runtime.queries.invalidateQueries()),
  fc
    .tuple(fc.constantFrom('users', 'projects'), fc.boolean())
    .chain(([channel, keepsRows]) =>
      onPage(`reads ${channel}${keepsRows ? '' : ' from now on'}`, (page) =>
        page.follow(channel, keepsRows),
      ),
    ),
  onPage('leaves', ({ readers }) => readers.slice(2).at(-1)?.leave()),
);

const times = fc
  .oneof(fc.nat(300), fc.nat(5000), fc.nat(70_000), fc.constant(840_000))
  .map((ms) => named(`${ms} ms pass`, (world) => world.time.advance(ms)));

const cuts = [
  [true, true, 'both told'],
  [true, false, 'the server unaware'],
  [false, true, 'the page unaware'],
  [false, false, 'both unaware'],
] as const;

const toPages = fc.oneof(
  fc
    .constantFrom(...cuts)
    .chain(([client, server, name]) =>
      onPage(`cut, ${name}`, ({ wire }) => wire.last?.line.cut({ client, server })),
    ),
  onPage('stops reading', ({ wire }) => wire.last?.line.stall(true)),
  onPage('stops reading, while much happens', async ({ wire, person }, { server, time }) => {
    wire.last?.line.stall(true);
    for (let n = 0; n < 4; n++) {
      await server.notify(person, 20);
      await time.advance(200);
    }
  }),
  onPage('reads on', ({ wire }) => wire.last?.line.stall(false)),
  onPage('hears something again', async ({ wire, person }, { server, time }) => {
    wire.last?.line.damage({ again: true });
    await server.notify(person, 1);
    await time.advance(300);
    await server.notify(person, 1);
    await time.advance(300);
  }),
  onPage('hears something in part', (page, world) => {
    page.wire.last?.line.damage({ truncated: true });
    return world.server.notify(page.person, 1);
  }),
  fc
    .constantFrom('nonsense', '{}', '{"type":"EVENTS"}', '{"type":"NEW","channel":"users"}')
    .chain((text) => onPage(`is told ${text}`, ({ wire }) => wire.last?.mislead(text))),
  fc
    .constantFrom(100, 3000, 12_000)
    .chain((ms) => onPage(`answers take up to ${ms} ms`, ({ wire }) => void (wire.lag = ms))),
  fc
    .constantFrom(0, 0.3)
    .chain((share) => onPage(`loses ${share} of requests`, ({ wire }) => void (wire.loss = share))),
  fc
    .constantFrom('open', 'refused', 'silent')
    .chain((state) => onPage(`WebSocket is ${state}`, ({ wire }) => void (wire.sockets = state))),
  fc
    .tuple(either, fc.boolean())
    .map(([n, offline]) =>
      named(`page ${n}: ${offline ? 'offline' : 'online'}`, (world) =>
        world.setOffline(n, offline),
      ),
    ),
  fc.boolean().chain((hidden) => onPage(hidden ? 'hidden' : 'shown', (page) => page.hide(hidden))),
  onPage('goes into the cache of pages', (page) => page.keep(true)),
  onPage('comes out of it', (page) => page.keep(false)),
  onPage('tries again', (page) => page.retry()),
  onPage('signs in again', ({ runtime }) => runtime.identityChanged()),
);

const lostUnheard = named('the log is lost unheard', ({ server }) => {
  server.deaf = true;
  server.loseLog();
  server.deaf = false;
});

const toServer = fc.constantFrom(
  named('the log is lost', (world) => world.server.loseLog()),
  lostUnheard,
  lostUnheard,
  named('the bus goes deaf', ({ server }) => void (server.deaf = true)),
  named('the bus hears', ({ server }) => void (server.deaf = false)),
  named('the server is killed', (world) => world.kill()),
  named('the server drains', ({ server }) => void server.hub.drain(1000)),
  named('the server drops all', ({ server }) => void server.hub.dropAll()),
  named('a stranger talks nonsense', (world) => world.stranger(Array(6).fill('nonsense'))),
  named('a stranger says nothing', (world) => world.stranger([])),
  named('a stranger floods', (world) => world.stranger(Array(400).fill('{"type":"PONG","at":{}}'))),
  named('the clock is set forward', ({ time }) => time.jump(90_000)),
  named('the clock is set back', ({ time }) => time.jump(-90_000)),
);

const rights = fc.constantFrom(
  named('all are signed out', async (world) => {
    await world.server.signOut(admin);
    await world.server.signOut(moderator);
    const check = world.watchRevoked(admin, moderator);
    await world.ask('PATCH', `/users/${idOf(3)}`, { name: 'Seen by nobody' });
    await world.time.advance(200);
    check();
  }),
  named('the moderator is none, and is one again', async (world) => {
    world.server.deaf = false;
    await world.ask('PATCH', `/users/${moderator}`, { role: 'user' });
    const check = world.watchRevoked(moderator);
    await world.ask('PATCH', `/users/${idOf(3)}`, { name: 'Not for users' });
    await world.time.advance(world.random() * 3000);
    check();
    await world.ask('PATCH', `/users/${moderator}`, { role: 'moderator' });
    world.page(1).runtime.identityChanged();
  }),
);

const tabs = fc.oneof(
  fc.constant(named('the admin opens another tab', (world) => world.openTab())),
  fc.constant(named('the newest tab is closed', (world) => world.closeTab())),
  fc
    .constantFrom('close', 'crash')
    .chain((end) =>
      either.map((n) =>
        named(`page ${n}: ${end}, and opened again`, (world) =>
          world.reopen(n, (page) => page[end]()),
        ),
      ),
    ),
);

/** Mostly life goes on. */
export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: elsewhere },
  { weight: 4, arbitrary: onPages },
  { weight: 8, arbitrary: times },
  { weight: 10, arbitrary: toPages },
  { weight: 4, arbitrary: toServer },
  { weight: 2, arbitrary: tabs },
  { weight: 1, arbitrary: rights },
);

/** What happens in one life of the world; what is wrong is thrown. */
export async function play(seed: number, steps: readonly Step[]): Promise<void> {
  const world = new World(seed);
  try {
    for (const each of steps) {
      await each(world);
      await world.time.advance(world.random() * 50);
      world.check();
    }
    await world.settle();
    await world.close();
  } finally {
    world.end();
  }
}

export const property = fc.asyncProperty(
  fc.nat(),
  fc.array(step, { minLength: 1, maxLength: 40, size: 'max' }),
  play,
);
