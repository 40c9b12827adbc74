// What 50 readers that never read cost the server while 40 MB go by.
import { Child, install } from './child.js';
import { table, type Outcome } from './outcome.js';
import type { Kind } from './readers.js';
import type { Memory } from './serve.js';

const sockets = 50;
/** In what is told to each of them. */
const load = { do: 'publish', bursts: 100, size: 20, everyMs: 20, bytes: 20_000 };
/** 256 KiB that may wait, and a last frame. */
const bar = 256 * 1024 + load.size * load.bytes;
const kinds: readonly Kind[] = ['inlay', 'socket-io'];

async function hold(kind: Kind, count: number): Promise<number> {
  const script = kind === 'socket-io' ? `servers/${kind}.js` : `servers/${kind}.ts`;
  const { child: server, ready } = await Child.start<object>(script);
  const { child: readers } = await Child.start('readers.ts');
  await readers.ask({ do: 'open', kind, sockets: count, ...ready });
  await server.ask({ ...load, bursts: 5 });
  const before = await server.ask<Memory>({ do: 'memory' });
  await readers.ask({ do: 'pause' });
  await server.ask(load);
  const after = await server.ask<Memory>({ do: 'memory' });
  await readers.stop();
  await server.stop();
  return after.heap - before.heap;
}

export async function measure(): Promise<Outcome> {
  await install();
  const rows: [Kind, number][] = [];
  // Less what is kept for those who come back, whether or not anybody is there.
  for (const kind of kinds) rows.push([kind, (await hold(kind, sockets)) - (await hold(kind, 0))]);
  const missed = rows[0]![1] / sockets > bar;
  return {
    lines: [
      `${sockets} readers that never read while ${(load.bursts * load.size * load.bytes) / 1e6} MB are told`,
      ...table(
        ['', 'MB held', 'kB each'],
        rows.map(([kind, bytes]) => [
          kind,
          (bytes / 1e6).toFixed(1),
          (bytes / sockets / 1000).toFixed(0),
        ]),
      ),
      ...(missed ? [`missed: bar ${(bar / 1000).toFixed(0)} kB each`] : []),
    ],
    missed,
  };
}
