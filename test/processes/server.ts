// The reference server as a process of its own, for tests that kill it. It says its port to
// its parent, and dies by itself in the middle of a write when told to.
import { createReferenceServer } from '../../mock-server/index.js';
import type { Bus } from '../../mock-server/live/bus.js';
import { createMemoryBus } from '../../mock-server/live/memory-bus.js';

/** `committed`: after the rows are written, before anybody is told. `told`: before the answer. */
export type DeathAt = 'committed' | 'told';

let deathAt: DeathAt | undefined;
process.on('message', (message: DeathAt) => (deathAt = message));
process.on('disconnect', () => process.exit());

const die = () => process.kill(process.pid, 'SIGKILL');
const memory = createMemoryBus();
const bus: Bus = {
  ...memory,
  publish(events) {
    if (deathAt === 'committed') die();
    const heads = memory.publish(events);
    if (deathAt === 'told') die();
    return heads;
  },
};

const [port, users] = process.argv.slice(2).map(Number);
const server = createReferenceServer({
  port: port!,
  users: users!,
  bus,
  // Who hangs is found out while a test can wait for it.
  live: { pingMs: 500 },
});
process.send!((await server.start()).port);
