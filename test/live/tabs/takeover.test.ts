import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createRandom, TabWorld, type Tab } from './tab-world.js';

type Step = (world: TabWorld) => Promise<void> | void;

const channel = fc.constantFrom('users', 'projects');

function named(name: string, step: Step): Step {
  return Object.assign(step, { [fc.toStringMethod]: () => name });
}

/** Does something to one of the tabs that are there. */
const toAny = (name: string, act: (tab: Tab) => void) =>
  fc.nat(9).map((n) =>
    named(`${name} ${n}`, (world) => {
      const tab = world.living[n % world.living.length];
      if (tab) act(tab);
    }),
  );
/** What happens within a page does not happen to a frozen one. */
const toTab = (name: string, act: (tab: Tab) => void) =>
  toAny(name, (tab) => tab.page.isFrozen || act(tab));

const calm = fc.oneof(
  fc
    .tuple(channel, fc.integer({ min: 1, max: 9 }))
    .map(([name, count]) =>
      named(`write ${count} to ${name}`, (world) => world.write(name, count)),
    ),
  fc
    .oneof(fc.nat(300), fc.nat(5_000), fc.nat(70_000))
    .map((ms) => named(`${ms} ms pass`, (world) => world.clock.advance(ms))),
);
const joins = fc.oneof(
  channel.map((name) =>
    named(`open with ${name}`, (world) => {
      if (world.living.length < 5) world.open().show(name);
    }),
  ),
  channel.chain((name) => toTab(`show ${name} in`, (tab) => void tab.show(name))),
  toTab('leave in', (tab) => tab.views.pop()?.leave()),
);
const faults = fc.oneof(
  toTab('close', (tab) => tab.close()),
  toAny('crash', (tab) => tab.page.crash()),
  toTab('freeze', (tab) => tab.page.freeze()),
  toAny('thaw', (tab) => tab.page.thaw()),
  toTab('hide', (tab) => tab.page.setHidden(true)),
  toTab('unhide', (tab) => tab.page.setHidden(false)),
  toTab('go away from', (tab) => {
    tab.page.fire('pagehide', { persisted: true });
    tab.page.freeze();
  }),
  toAny('come back to', comeBack),
  toTab('retry in', (tab) => tab.live.retry()),
  toTab('start over in', (tab) => tab.live.restart()),
  fc
    .boolean()
    .map((told) =>
      named(told ? 'cut' : 'cut, both unaware', (world) =>
        world.links.at(-1)?.cut({ client: told, server: told }),
      ),
    ),
  fc.constant(named('drain', (world) => void world.hub.drain(500))),
  fc.constant(named('epoch lost', (world) => world.bus.reset())),
);

function comeBack({ page }: Tab): void {
  page.thaw();
  page.setHidden(false);
  page.fire('pageshow', { persisted: true });
}

async function run(seed: number, steps: readonly Step[]): Promise<void> {
  const world = new TabWorld(createRandom(seed));
  world.open().show('users');
  for (const step of steps) {
    await step(world);
    await world.clock.advance(world.random() * 50);
  }

  // Faults stop.
  world.living.forEach(comeBack);
  await world.clock.advance(200_000);
  world.write('users');
  await world.clock.advance(2_000);
  const showing = world.living.filter(({ views }) => views.length > 0);
  assert.equal(world.connections, Math.min(1, showing.length), 'one connection for all');
  for (const { live, views } of showing) {
    assert.equal(live.state.status, 'live');
    for (const view of views) assert.deepEqual(view.at, view.head);
  }
  if (world.failure) throw world.failure;

  for (const { live } of world.living) live.close();
  await world.clock.advance(200);
  assert.equal(world.connections, 0);
  world.hub.close();
}

describe('whatever happens to tabs', () => {
  it('each gets each event once, and in the end there is one connection', async () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: calm },
      { weight: 2, arbitrary: joins },
      { weight: 3, arbitrary: faults },
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.array(step, { minLength: 1, maxLength: 50, size: 'max' }), run),
      { numRuns: Number(process.env['RUNS'] ?? 100), includeErrorInReport: true },
    );
  });
});
