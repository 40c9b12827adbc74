// What the server spends on telling 1,000 readers of one event, beside socket.io and raw TCP.
import { setTimeout as wait } from 'node:timers/promises';
import { Child, install } from './child.js';
import { median, table, type Outcome } from './outcome.js';
import type { Count, Kind } from './readers.js';
import type { Load } from './serve.js';

const sockets = 1000;
const bytes = 200;
/** Slower than the batches of 50 ms, so that events go out singly; then as much as fills batches with 10 and 100. */
const loads = [
  { name: 'one by one', size: 1, bursts: 80, everyMs: 60, keepsUp: false, bar: 1.6 },
  { name: '200 a second', size: 1, bursts: 400, everyMs: 5, keepsUp: true, bar: 0.3 },
  { name: '2,000 a second', size: 10, bursts: 100, everyMs: 5, keepsUp: true, bar: 0.3 },
] as const;
const kinds: readonly Kind[] = ['tcp', 'inlay', 'socket-io'];

interface Contestant {
  server: Child;
  readers: Child;
  kind: Kind;
}

async function start(kind: Kind): Promise<Contestant> {
  const script = kind === 'socket-io' ? `servers/${kind}.js` : `servers/${kind}.ts`;
  const { child: server, ready } = await Child.start<{ port: number; token?: string }>(script);
  const { child: readers } = await Child.start('readers.ts');
  await readers.ask({ do: 'open', kind, sockets, ...ready });
  return { server, readers, kind };
}

/** µs of CPU for each event delivered. */
async function cost({ server, readers, kind }: Contestant, load: (typeof loads)[number]) {
  await readers.ask({ do: 'reset' });
  const { size, bursts, everyMs, keepsUp } = load;
  const ms = await server.ask<number>({
    do: 'publish',
    size,
    bursts,
    everyMs,
    keepsUp,
    bytes,
  } as Load);
  const events = size * bursts;
  let count: Count;
  let patience = 200;
  do {
    await wait(50);
    count = await readers.ask<Count>({ do: 'count', kind });
  } while ((count.events < events || !count.even) && --patience > 0);
  if (count.events !== events || !count.even) {
    throw new Error(
      `${kind} delivered ${count.events} of ${events} events${count.even ? '' : ', and not to all alike'}. The figures would mean nothing.`,
    );
  }
  return (ms * 1000) / (events * sockets);
}

export async function measure(rounds: number): Promise<Outcome> {
  await install();
  const contestants: Contestant[] = [];
  for (const kind of kinds) contestants.push(await start(kind));
  const costs = new Map<string, number[]>();
  const of = (kind: Kind, load: string) => costs.get(`${kind} ${load}`)!;
  // In turns, so that a machine that slows down slows all; the first only warms up.
  for (let round = 0; round <= rounds; round++) {
    for (const load of loads) {
      for (const contestant of contestants) {
        const figure = await cost(contestant, load);
        const key = `${contestant.kind} ${load.name}`;
        if (round > 0) costs.set(key, [...(costs.get(key) ?? []), figure]);
      }
    }
  }
  for (const { server, readers } of contestants) {
    await readers.stop();
    await server.stop();
  }
  const ratio = (kind: Kind, load: string) =>
    median(of(kind, load).map((figure, round) => figure / of('tcp', load)[round]!));
  const rows = kinds.map((kind) => [
    kind,
    ...loads.flatMap(({ name }) => [
      median(of(kind, name)).toFixed(2),
      ratio(kind, name).toFixed(2),
    ]),
  ]);
  const missed = loads.filter(({ name, bar }) => ratio('inlay', name) > bar);
  return {
    lines: [
      `fan-out to ${sockets} readers: µs of the server's CPU for each event of ${bytes} bytes delivered, and its ratio to raw TCP`,
      ...table(['', ...loads.flatMap(({ name }) => [name, '×'])], rows),
      ...missed.map(({ name, bar }) => `missed: ${name}, bar ${bar}`),
    ],
    missed: missed.length > 0,
  };
}
