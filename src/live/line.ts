import type { ClientFrame } from '../contract/index.js';
import type { Link, LinkEvents, Transport } from './transport.js';

/** One link from before it is opened until it has ended: after that, nothing of it is heard. */
export interface Line {
  readonly transport: Transport;
  /** Who hears it. */
  events: LinkEvents;
  /** @throws whatever the transport does where there is no such thing, or not for that address. */
  open(): void;
  /** Dropped while it is not open. */
  send(frame: ClientFrame): void;
  close(code?: number): void;
}

/** A line that says `hello` as soon as it is open. */
export function createLine(
  transport: Transport,
  hello: () => ClientFrame,
  events: LinkEvents,
): Line {
  let link: Link | undefined;
  let isOpen = false;
  let ended = false;
  const line: Line = {
    transport,
    events,
    open() {
      link = transport.open({
        onOpen() {
          if (ended) return;
          isOpen = true;
          link!.send(hello());
          line.events.onOpen();
        },
        onFrame: (frame) => ended || line.events.onFrame(frame),
        onClose(code) {
          if (!ended) line.events.onClose(code);
        },
      });
    },
    send(frame) {
      if (isOpen) link!.send(frame);
    },
    close(code) {
      ended = true;
      isOpen = false;
      link?.close(code);
    },
  };
  return line;
}
