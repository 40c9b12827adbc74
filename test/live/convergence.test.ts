import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { maxBuffered, View, World } from './world.js';

type Step = (world: World) => Promise<void> | void;

const channel = fc.constantFrom('users', 'projects');
const chance = (world: World) => world.random() < 0.5;
const last = (world: World) => [...world.views].at(-1);

const write = fc
  .tuple(channel, fc.array(fc.nat(11), { minLength: 1, maxLength: 12 }))
  .map(([name, ids]) => named(`write ${ids.length} to ${name}`, (world) => world.write(name, ids)));
const pass = fc
  .oneof(fc.nat(300), fc.nat(5_000), fc.nat(70_000))
  .map((ms) => named(`${ms} ms pass`, (world) => world.clock.advance(ms)));
const join = fc
  .tuple(channel, fc.boolean())
  .map(([name, rows]) =>
    named(
      `join ${name} ${rows ? 'with rows' : 'from now'}`,
      (world) => void new View(world, name, rows),
    ),
  );
const faults = fc.constantFrom(
  named('leave', (world) => last(world)?.leave()),
  named('cut', (world) => world.link?.cut({ client: true, server: true })),
  named('cut, a side unaware', (world) => {
    const client = chance(world);
    world.link?.cut({ client, server: !client });
  }),
  named('cut, both unaware', (world) => world.link?.cut({ client: false, server: false })),
  named('stall', (world) => world.link?.stall(true)),
  named('read on', (world) => world.link?.stall(false)),
  named('epoch lost', (world) => world.loseEpoch()),
  named('epoch lost unheard', (world) => {
    world.deaf = true;
    world.loseEpoch();
    world.deaf = false;
  }),
  named('bus goes deaf', (world) => void (world.deaf = true)),
  named('bus hears', (world) => void (world.deaf = false)),
  named('page hides', (world) => void world.page.dispatchEvent(new Event('pagehide'))),
  named('page shows', (world) => show(world)),
  named('online', (world) => void world.page.dispatchEvent(new Event('online'))),
  named('offline', (world) => void world.page.dispatchEvent(new Event('offline'))),
  named('restart', (world) => world.live.restart()),
  named('drain', (world) => void world.hub.drain(1000)),
  named('revoke', async (world) => {
    const check = world.revoke();
    world.write('users', [1, 2, 3]);
    await world.clock.advance(200);
    check();
  }),
);

function named(name: string, step: Step): Step {
  return Object.assign(step, { [fc.toStringMethod]: () => name });
}

function show(world: World): void {
  world.page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
}

function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

async function run(seed: number, tokenMs: number, steps: readonly Step[]): Promise<void> {
  const world = new World(createRandom(seed), tokenMs);
  new View(world, 'users', true);
  for (const step of steps) {
    await step(world);
    await world.clock.advance(world.random() * 50);
    assert.ok(world.links.filter((link) => !link.closed && !link.broken).length <= 1, 'P8');
  }

  // Faults stop; whatever was lost has to be found within a ping or two and a backoff.
  world.deaf = false;
  world.link?.stall(false);
  if (world.live.state.status === 'offline') show(world);
  await world.clock.advance(150_000);
  if (world.failure) throw world.failure;
  for (const view of world.views) view.assertCurrent();
  const most = Math.max(...world.links.map((link) => link.mostBuffered));
  assert.ok(most < 3 * maxBuffered, `P5: ${most} bytes queued`);

  world.live.close();
  world.hub.close();
  await world.clock.advance(200);
  assert.equal(world.hub.counters.connections, 0);
}

describe('client and hub over a bad network', () => {
  it('hold P1–P5 and P7–P9 whatever happens', async () => {
    const step = fc.oneof(
      { weight: 5, arbitrary: write },
      { weight: 4, arbitrary: pass },
      { weight: 1, arbitrary: join },
      { weight: 5, arbitrary: faults },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.constantFrom(40_000, 130_000, 3_600_000),
        fc.array(step, { minLength: 1, maxLength: 60, size: 'max' }),
        run,
      ),
      { numRuns: Number(process.env['RUNS'] ?? 100), includeErrorInReport: true },
    );
  });
});
