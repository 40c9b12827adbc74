import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { systemClock, type Clock } from '../../src/live/clock.js';
import { kinds, perfect, type Conditions, type Kind } from './conditions.js';
import { Connection } from './connection.js';

/** A line that can be made bad, between clients and a server on this machine. */
export interface Proxy {
  readonly port: number;
  readonly url: string;
  /** The server's port; connections made from now on go there. */
  target: number;
  readonly connections: ReadonlySet<Connection>;
  /** Requests seen, in order, as `GET /path`. */
  readonly requests: readonly { line: string; kind: Kind }[];
  readonly counts: { accepted: number; refused: number; cut: number };
  /** Changes how the line is for connections of these kinds (default: all), old and new. */
  impair(change: Partial<Conditions>, ...of: Kind[]): void;
  /** The line is perfect again; what was held back goes on. */
  heal(): void;
  /** Ends connections of these kinds (default: all); answers how many. */
  cut(...of: Kind[]): number;
  /** Resolves when the condition on the proxy holds; looked at whenever something has passed. */
  until(condition: () => boolean, patienceMs?: number): Promise<void>;
  close(): Promise<void>;
}

export interface ProxyOptions {
  /** The server's port. */
  target: number;
  /** Runs delays and slow lines. */
  clock?: Clock;
}

/** Listens on a free port. */
export async function openProxy({ target, clock = systemClock }: ProxyOptions): Promise<Proxy> {
  const connections = new Set<Connection>();
  const requests: { line: string; kind: Kind }[] = [];
  const counts = { accepted: 0, refused: 0, cut: 0 };
  const conditions = new Map<Kind | undefined, Conditions>();
  const waiting = new Set<() => void>();
  const moved = () => waiting.forEach((look) => look());

  const server = createServer({ allowHalfOpen: true }, (socket) => {
    counts.accepted++;
    const connection: Connection = new Connection(socket, {
      target: () => proxy.target,
      conditions: (kind) => conditions.get(kind) ?? perfect,
      clock,
      onRequest(line, kind) {
        requests.push({ line, kind });
        moved();
      },
      onRefused: () => counts.refused++,
      onMoved: moved,
      onClose() {
        connections.delete(connection);
        moved();
      },
    });
    connections.add(connection);
    moved();
  });
  server.listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const pump = () => connections.forEach((connection) => connection.pump());

  const proxy: Proxy = {
    port,
    url: `http://localhost:${port}`,
    target,
    connections,
    requests,
    counts,
    impair(change, ...of) {
      for (const kind of of.length > 0 ? of : [undefined, ...kinds])
        conditions.set(kind, { ...perfect, ...conditions.get(kind), ...change });
      pump();
    },
    heal() {
      conditions.clear();
      pump();
    },
    cut(...of) {
      const chosen = [...connections].filter(
        ({ kind }) => of.length === 0 || (kind && of.includes(kind)),
      );
      for (const connection of chosen) connection.cut();
      counts.cut += chosen.length;
      return chosen.length;
    },
    until(condition, patienceMs = 10_000) {
      return new Promise((resolve, reject) => {
        const done = () => {
          clearTimeout(timer);
          waiting.delete(look);
        };
        const look = () => {
          if (!condition()) return;
          done();
          resolve();
        };
        const timer = setTimeout(() => {
          done();
          reject(new Error(`waited ${patienceMs} ms in vain for ${condition}`));
        }, patienceMs);
        waiting.add(look);
        look();
      });
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const connection of connections) connection.cut();
      await closed;
    },
  };
  return proxy;
}
