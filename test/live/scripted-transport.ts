import type { ClientFrame, ServerFrame } from '../../src/contract/index.js';
import type { LinkEvents, Transport, TransportName } from '../../src/live/index.js';

/** A link whose server's part the test plays. */
export class ScriptedLink {
  readonly sent: ClientFrame[] = [];
  closed = false;
  /** What the server was told at the end. */
  reason: number | undefined;

  constructor(private readonly events: LinkEvents) {}

  open(): void {
    this.events.onOpen();
  }

  say(frame: ServerFrame | undefined): void {
    this.events.onFrame(frame);
  }

  welcome(): void {
    this.open();
    this.say({
      type: 'WELCOME',
      connection: 'c',
      expiresAt: null,
      pingMs: 25_000,
      maxMessage: 16_384,
    });
  }

  close(code: number): void {
    this.closed = true;
    this.events.onClose(code);
  }

  /** What the client has said of one type. */
  said<T extends ClientFrame['type']>(type: T): Extract<ClientFrame, { type: T }>[] {
    return this.sent.filter((frame) => frame.type === type) as never;
  }
}

export function createScript(name: TransportName = 'websocket'): {
  transport: Transport;
  links: ScriptedLink[];
} {
  const links: ScriptedLink[] = [];
  const open: Transport['open'] = (events) => {
    const link = new ScriptedLink(events);
    links.push(link);
    return {
      send: (frame) => link.sent.push(frame),
      close(code) {
        link.closed = true;
        link.reason = code;
      },
    };
  };
  return { transport: { name, open }, links };
}
