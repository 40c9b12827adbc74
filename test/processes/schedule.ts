import type { Kind } from '../faults/conditions.js';
import { admin, type Scene } from './scene.js';

type Random = () => number;

interface Step {
  name: string;
  weight: number;
  run(scene: Scene, random: Random): unknown;
}

const streams: Kind[] = ['websocket', 'sse', 'polling'];
const whole = (random: Random, below: number) => Math.floor(random() * below);
const one = <T>(random: Random, of: readonly T[]): T => of[whole(random, of.length)]!;

/** What somebody elsewhere does, past the bad line. */
const elsewhere: Step[] = [
  {
    name: 'create',
    weight: 6,
    run(scene, random) {
      const value = whole(random, 1e9);
      scene.write(() =>
        scene.direct.users.create({ name: `New ${value}`, email: `${value}@new.test` }),
      );
    },
  },
  {
    name: 'rename',
    weight: 6,
    run(scene, random) {
      const value = whole(random, 1000);
      scene.write(async () => {
        const { id } = await scene.someone(value);
        return scene.direct.users.update({ id, name: `Name ${value}` });
      });
    },
  },
  {
    name: 'change a role',
    weight: 3,
    run(scene, random) {
      const value = whole(random, 1000);
      const role = one(random, ['user', 'moderator'] as const);
      scene.write(async () => {
        const { id, email } = await scene.someone(value);
        return email.endsWith('@inlay.test') || scene.direct.users.update({ id, role });
      });
    },
  },
  {
    name: 'delete',
    weight: 2,
    run(scene, random) {
      const value = whole(random, 1000);
      scene.write(async () => {
        const { id, email } = await scene.someone(value);
        return email.endsWith('@inlay.test') || scene.direct.users.delete({ id });
      });
    },
  },
  {
    name: 'notify',
    weight: 6,
    run(scene, random) {
      const role = one(random, ['admin', 'moderator'] as const);
      const count = 1 + whole(random, 3);
      scene.write(() => scene.direct.control.notify({ role, count }));
    },
  },
];

/** What visitors do themselves, over the line as it is. */
const ofVisitors = (['rename', 'read', 'read all'] as const).map((what): Step => {
  return {
    name: `visitor: ${what}`,
    weight: what === 'read all' ? 1 : 3,
    run(scene, random) {
      const visitor = one(random, scene.visitors);
      const value = whole(random, 1000);
      // Only admins may.
      if (what === 'rename' && visitor.email !== admin) return;
      scene.write(() => visitor.write(what, value));
    },
  };
});

const ofLine: Step[] = [
  { name: 'cut streams', weight: 3, run: ({ proxy }) => proxy.cut(...streams) },
  { name: 'cut everything', weight: 2, run: ({ proxy }) => proxy.cut() },
  { name: 'cut calls', weight: 2, run: ({ proxy }) => proxy.cut('http') },
  {
    name: 'cut after some bytes',
    weight: 2,
    run: ({ proxy }, random) => proxy.impair({ cutAfter: 200 + whole(random, 5000) }),
  },
  {
    name: 'delay',
    weight: 2,
    run: ({ proxy }, random) => proxy.impair({ delayMs: whole(random, 150) }),
  },
  {
    name: 'delay calls alone',
    weight: 2,
    run: ({ proxy }, random) => proxy.impair({ delayMs: whole(random, 400) }, 'http'),
  },
  {
    name: 'delay streams alone',
    weight: 2,
    run: ({ proxy }, random) => proxy.impair({ delayMs: whole(random, 400) }, ...streams),
  },
  { name: 'slow', weight: 1, run: ({ proxy }) => proxy.impair({ bytesPerSecond: 20_000 }) },
  {
    name: 'half-open',
    weight: 3,
    run: ({ proxy }, random) =>
      proxy.impair({ stalled: one(random, ['up', 'down', 'both'] as const) }),
  },
  { name: 'refuse WebSocket', weight: 2, run: ({ proxy }) => refuse(proxy, 'websocket') },
  { name: 'refuse streams', weight: 1, run: ({ proxy }) => refuse(proxy, ...streams) },
  { name: 'buffer', weight: 2, run: ({ proxy }) => proxy.impair({ buffered: true }, 'sse') },
  { name: 'heal', weight: 9, run: ({ proxy }) => proxy.heal() },
  {
    name: 'send a call twice',
    weight: 2,
    async run({ proxy }, random) {
      const calls = [...proxy.connections].filter(({ kind }) => kind === 'http');
      // Of a server that is down there is no answer, and none is needed.
      if (calls.length > 0)
        await one(random, calls)
          .replay()
          .catch(() => undefined);
    },
  },
];

const ofServer: Step[] = [
  {
    name: 'kill -9',
    weight: 2,
    async run({ server }) {
      await server.kill();
      await server.start();
    },
  },
  {
    name: 'kill -9 in a write',
    weight: 2,
    async run(scene, random) {
      const { server, direct } = scene;
      const dead = server.dieAt(one(random, ['committed', 'told'] as const));
      scene.write(() => direct.control.activity({ change: 3 }));
      await dead;
      await server.start();
    },
  },
  {
    name: 'freeze and thaw',
    weight: 2,
    async run({ server }, random) {
      server.freeze();
      await pause(random, 1500);
      server.thaw();
    },
  },
  {
    name: 'expire tokens',
    weight: 2,
    run: (scene) => scene.write(() => scene.direct.control.expireTokens()),
  },
  {
    name: 'forget the history',
    weight: 2,
    run: (scene) => scene.write(() => scene.direct.control.forgetHistory()),
  },
  {
    name: 'drop sockets',
    weight: 2,
    run: (scene) => scene.write(() => scene.direct.control.dropSockets()),
  },
  {
    name: 'tell late',
    weight: 1,
    run(scene, random) {
      const liveLatency = whole(random, 300);
      scene.write(() => scene.direct.control.setFaults({ liveLatency }));
    },
  },
];

const ofPages = (['online', 'offline', 'hide', 'show'] as const).map((what): Step => {
  return {
    name: `page: ${what}`,
    weight: 1,
    run: ({ visitors }, random) => one(random, visitors)[what](),
  };
});

const steps = [...elsewhere, ...ofVisitors, ...ofLine, ...ofServer, ...ofPages];
const total = steps.reduce((sum, { weight }) => sum + weight, 0);

/** The steps to be run, one after the other; the same for the same numbers. */
export function plan(random: Random, length: number): Step[] {
  return Array.from({ length }, () => {
    let rest = random() * total;
    return steps.find(({ weight }) => (rest -= weight) < 0)!;
  });
}

function refuse(proxy: Scene['proxy'], ...kinds: Kind[]): void {
  proxy.impair({ refused: true }, ...kinds);
  proxy.cut(...kinds);
}

/** Lets the processes go on for up to so many ms, so that steps meet them at different points. */
export const pause = (random: Random, ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, random() * ms));
