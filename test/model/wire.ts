import assert from 'node:assert/strict';
import type { WireResponse } from '../../mock-server/dispatch/dispatch.js';
import type { Message } from '../../mock-server/live/message.js';
import type { Session } from '../../mock-server/live/session.js';
import type { SocketClass } from '../../src/live/index.js';
import { Line } from './line.js';
import type { ModelServer } from './server.js';

type Handler = ((event: never) => void) | null;

/** One connection of the live stream, whatever carries it. */
interface Connection {
  line: Line<string, string> | Line<string, Uint8Array>;
  kind: 'websocket' | 'stream';
  /** The server knows whose it is. */
  welcomed: boolean;
  /** EVENTS the server has handed over for it. */
  eventsSent: number;
  /** Takes what is not of the protocol. */
  mislead(text: string): void;
}

/** Between one page and the server: what a page has of a network, and all that befalls it. */
export class Wire {
  offline = false;
  /** What becomes of WebSockets: turned away, or swallowed without a word. */
  sockets: 'open' | 'refused' | 'silent' = 'open';
  /** Longest way of a request or an answer, in ms. */
  lag = 100;
  /** Share of requests, and of answers, that are lost. */
  loss = 0;
  readonly connections: Connection[] = [];
  /** Requests so far. */
  asked = 0;
  /** The server has said that it will not have this page: nothing may be tried again. */
  refused = false;
  /** Hears of each message that reaches the page. */
  onMessage: (text: string) => void = () => undefined;

  constructor(private readonly server: ModelServer) {}

  get open(): Connection[] {
    return this.connections.filter(({ line }) => line.open);
  }

  /** The connection made last. */
  get last(): Connection | undefined {
    return this.connections.at(-1);
  }

  readonly fetch: typeof fetch = async (input, init = {}) => {
    const { time } = this.server;
    const { signal, method = 'GET', headers, body } = init;
    const given = new Headers(headers);
    const way = async () => {
      await until(time.wait(time.random() * this.lag), signal);
      if (this.offline || time.random() < this.loss) throw new TypeError('Failed to fetch');
    };
    this.asked++;
    await way();
    const answer = await this.server.handle({
      method,
      path: String(input),
      header: (name) => given.get(name) ?? undefined,
      body: typeof body === 'string' ? (JSON.parse(body) as unknown) : undefined,
    });
    if (!answer) throw new TypeError('Failed to fetch');
    if (answer.body instanceof ReadableStream) return this.#stream(answer, signal);
    // What is said is said, however long it takes to arrive.
    const text = JSON.stringify(answer.body) as string | undefined;
    await way();
    return { ...head(answer), text: () => Promise.resolve(text ?? '') } as Response;
  };

  /** What the page has for a WebSocket. */
  get WebSocket(): SocketClass {
    const connect = (socket: ModelSocket) => this.#connect(socket);
    return class extends ModelSocket {
      constructor() {
        super();
        this.line = connect(this);
      }
    };
  }

  #note(
    line: Connection['line'],
    kind: Connection['kind'],
    mislead: Connection['mislead'],
  ): Connection {
    assert.ok(!this.refused, 'P10: tried again after a refusal');
    const connection: Connection = {
      line,
      kind,
      welcomed: kind === 'stream',
      eventsSent: 0,
      mislead,
    };
    this.connections.push(connection);
    return connection;
  }

  #connect(socket: ModelSocket): Line<string, string> {
    const { time } = this.server;
    let session: Session | undefined;
    const line = new Line<string, string>(time, {
      onUp: (text) => session?.receive(text),
      onDown: (text) => {
        this.onMessage(text);
        socket.onmessage?.({ data: text } as never);
      },
      onLostUp: () => session?.close(1006),
      onLostDown: () => line.closed || socket.onclose?.({ code: 1006 } as never),
      size: ({ length }) => length,
      truncate: (text) => text.slice(0, text.length / 2),
      isNews: (text) => text.includes('"EVENTS"'),
    });
    const connection = this.#note(line, 'websocket', (text) => line.down(text));
    const transport = {
      send({ type, text }: Message) {
        connection.welcomed ||= type === 'WELCOME';
        if (type === 'EVENTS') connection.eventsSent++;
        line.down(text);
      },
      close: (code: number) => {
        line.drop();
        line.later('down', () => {
          this.refused ||= !line.closed && code >= 4000 && code < 4100;
          socket.onclose?.({ code } as never);
        });
      },
      get buffered() {
        return line.buffered;
      },
    };
    if (this.offline || this.sockets === 'refused') {
      line.later('down', () => {
        line.cut({ client: true, server: false });
      });
    } else if (this.sockets === 'open') {
      line.later('up', () => {
        session = this.server.hub.connect(transport);
        socket.onHangUp = () => session!.close(1005);
        line.later('down', () => socket.onopen?.({} as never));
      });
    }
    return line;
  }

  #stream(answer: WireResponse, signal: AbortSignal | null | undefined): Response {
    const source = (answer.body as ReadableStream<Uint8Array>).getReader();
    let controller!: ReadableStreamDefaultController<Uint8Array>;
    // It may have ended by then.
    const leave = () => void source.cancel().catch(() => undefined);
    const hangUp = () => {
      if (line.closed) return;
      line.closed = true;
      line.later('up', leave);
    };
    const body = new ReadableStream<Uint8Array>({
      start: (given) => void (controller = given),
      cancel: hangUp,
    });
    const line = new Line<string, Uint8Array>(this.server.time, {
      onUp: () => undefined,
      onDown: (chunk) => {
        if (line.closed) return;
        this.onMessage(new TextDecoder().decode(chunk));
        controller.enqueue(chunk);
      },
      onLostUp: leave,
      onLostDown: () => line.closed || controller.error(new TypeError('network error')),
      size: ({ byteLength }) => byteLength,
      isNews,
      // Half of a stream's message is followed by the end of the stream, as TCP loses nothing.
      truncate(chunk) {
        line.later('down', () => line.cut({ client: true, server: true }));
        return chunk.slice(0, chunk.length / 2);
      },
    });
    const connection = this.#note(line, 'stream', (text) =>
      line.down(new TextEncoder().encode(`data: ${text}\n\n`)),
    );
    signal?.addEventListener('abort', () => {
      if (!line.closed) controller.error(signal.reason);
      hangUp();
    });
    const pump = async () => {
      for (;;) {
        await line.flowing;
        const { done, value } = await source.read();
        if (done) break;
        if (isNews(value)) connection.eventsSent++;
        line.down(value);
      }
    };
    void pump().then(
      () => line.later('down', () => line.closed || controller.close()),
      () => line.later('down', () => line.closed || controller.error(new TypeError('terminated'))),
    );
    return { ...head(answer), body } as Response;
  }
}

class ModelSocket {
  onopen: Handler = null;
  onmessage: Handler = null;
  onerror: Handler = null;
  onclose: Handler = null;
  onHangUp: () => void = () => undefined;
  line!: Line<string, string>;

  send(data: string): void {
    this.line.up(data);
  }

  /** What is under way still arrives: late messages of a socket that is done with. */
  close(): void {
    this.line.closed = true;
    this.line.later('up', () => this.onHangUp());
  }
}

function head({ status, headers }: WireResponse) {
  return { ok: status < 400, status, headers: new Headers(headers) };
}

const isNews = (chunk: Uint8Array) => new TextDecoder().decode(chunk).includes('"EVENTS"');

/** What is given up does not wait for its answer. */
function until<T>(promise: Promise<T>, signal: AbortSignal | null | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason as Error);
    if (signal.aborted) return giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    promise.then(resolve, reject);
  });
}
