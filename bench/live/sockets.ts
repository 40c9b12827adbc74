// What 5,000 readers to whom nothing happens cost the server.
import { Child, install } from './child.js';
import { table, type Outcome } from './outcome.js';
import type { Kind } from './readers.js';
import type { Memory } from './serve.js';

const sockets = 5000;
const groups = 2;
const bar = 10_000;
const kinds: readonly Kind[] = ['tcp', 'inlay', 'socket-io'];

/** Bytes for each reader, of the process and of its objects and buffers. */
async function hold(kind: Kind): Promise<Memory> {
  const script = kind === 'socket-io' ? `servers/${kind}.js` : `servers/${kind}.ts`;
  const { child: server, ready } = await Child.start<object>(script);
  const readers: Child[] = [];
  for (let group = 0; group < groups; group++) {
    readers.push((await Child.start('readers.ts')).child);
  }
  const open = (count: number) =>
    Promise.all(readers.map((each) => each.ask({ do: 'open', kind, ...ready, sockets: count })));
  // The first ones make what all share, such as compiled code.
  await open(250);
  const before = await server.ask<Memory>({ do: 'memory' });
  await open(sockets / groups);
  const after = await server.ask<Memory>({ do: 'memory' });
  for (const each of [...readers, server]) await each.stop();
  return {
    rss: (after.rss - before.rss) / sockets,
    heap: (after.heap - before.heap) / sockets,
  };
}

export async function measure(): Promise<Outcome> {
  await install();
  const held = new Map<Kind, Memory>();
  for (const kind of kinds) held.set(kind, await hold(kind));
  const kB = (value: number) => (value / 1000).toFixed(1);
  const missed = held.get('inlay')!.heap > bar;
  return {
    lines: [
      `${sockets} readers held, kB of the server's memory for each`,
      ...table(
        ['', 'objects and buffers', 'process'],
        kinds.map((kind) => [kind, kB(held.get(kind)!.heap), kB(held.get(kind)!.rss)]),
      ),
      ...(missed ? [`missed: bar ${kB(bar)}`] : []),
    ],
    missed,
  };
}
