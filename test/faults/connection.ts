import { connect, type Socket } from 'node:net';
import type { Clock } from '../../src/live/index.js';
import type { Conditions, Kind } from './conditions.js';
import { Pipe } from './pipe.js';
import { readRequest } from './request.js';

/** Bytes of requests remembered for a replay. */
const mostSent = 64 * 1024;

export interface ConnectionOptions {
  target: () => number;
  conditions: (kind: Kind | undefined) => Conditions;
  clock: Clock;
  onRequest(line: string, kind: Kind): void;
  onRefused(): void;
  onMoved(): void;
  onClose(): void;
}

/** One connection through the proxy, with its counterpart to the target. */
export class Connection {
  /** Unknown until the first request has come. */
  kind: Kind | undefined;
  readonly up: Pipe;
  readonly down: Pipe;
  readonly #sockets: readonly Socket[];
  readonly #sent: Buffer[] = [];
  #sentBytes = 0;

  constructor(
    client: Socket,
    private readonly options: ConnectionOptions,
  ) {
    const server = connect({ port: options.target(), host: 'localhost', allowHalfOpen: true });
    this.#sockets = [client, server];
    const shared = {
      conditions: () => options.conditions(this.kind),
      clock: options.clock,
      onPassed: () => options.onMoved(),
    };
    this.up = new Pipe(client, server, {
      ...shared,
      direction: 'up',
      onArrival: (bytes) => this.#read(bytes),
    });
    this.down = new Pipe(server, client, { ...shared, direction: 'down' });
    let open = this.#sockets.length;
    for (const socket of this.#sockets) {
      socket.setNoDelay(true);
      socket.once('close', () => {
        if (--open === 0) options.onClose();
      });
    }
  }

  /** Lets through what new conditions allow. */
  pump(): void {
    this.up.pump();
    this.down.pump();
  }

  /** Ends it on both sides now; what is on the way is lost. */
  cut(): void {
    this.up.stop();
    this.down.stop();
    for (const socket of this.#sockets) socket.destroy();
  }

  /**
   * Sends once more all that the client has sent, as a duplicating network or a proxy that
   * retries would. Resolves with the head of the answer.
   */
  async replay(): Promise<string> {
    const socket = connect({ port: this.options.target(), host: 'localhost' });
    try {
      socket.write(Buffer.concat(this.#sent));
      return await new Promise<string>((resolve, reject) => {
        let head = '';
        socket.setEncoding('latin1').on('data', (text) => {
          head += String(text);
          if (head.includes('\r\n\r\n')) resolve(head.split('\r\n\r\n', 1)[0]!);
        });
        socket.once('error', reject);
        socket.once('end', () => resolve(head));
      });
    } finally {
      socket.destroy();
    }
  }

  #read(bytes: Buffer): void {
    const request = this.kind === 'websocket' ? undefined : readRequest(bytes);
    if (this.#sentBytes < mostSent) this.#sent.push(bytes);
    this.#sentBytes += bytes.length;
    if (!request) return;
    this.kind = request.kind;
    this.options.onRequest(request.line, request.kind);
    if (!this.options.conditions(this.kind).refused) return;
    this.options.onRefused();
    this.cut();
  }
}
