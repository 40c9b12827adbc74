import type { ClientFrame, ServerFrame } from '../contract/index.js';
import type { Clock } from './clock.js';
import type { Ladder } from './ladder.js';
import type { Line } from './line.js';
import type { LinkEvents, Transport } from './transport.js';

export type Welcome = Extract<ServerFrame, { type: 'WELCOME' }>;

export interface ClimbOptions {
  ladder: Ladder;
  clock: Clock;
  /** How long a better transport may take until it is welcomed, in ms. */
  patienceMs: number;
  createLine(transport: Transport, events: LinkEvents): Line;
  /** Said HELLO: now is the time to subscribe. */
  onOpen(): void;
  /** A better one has been welcomed, and is left to whoever hears this. */
  onWelcome(line: Line, frame: Welcome): void;
}

/** Tries better transports while another one carries the stream. */
export interface Climb {
  /** Tries when it is time. */
  plan(): void;
  /** Tries at once. */
  start(): void;
  stop(): void;
  /** What the stream is told is told the one that is tried, too, so that it can take over. */
  send(frame: ClientFrame): void;
}

export function createClimb(options: ClimbOptions): Climb {
  const { ladder, clock, patienceMs, onOpen } = options;
  let line: Line | undefined;
  /** The next try, or the end of patience. */
  let timer: unknown;

  function stop(): void {
    clock.clear(timer);
    line?.close();
    line = undefined;
  }

  function plan(): void {
    stop();
    if (ladder.better) timer = clock.set(start, ladder.climbMs);
  }

  function slip(): void {
    ladder.slip();
    plan();
  }

  function start(): void {
    const { better } = ladder;
    if (!better || line) return;
    clock.clear(timer);
    timer = clock.set(slip, patienceMs);
    line = options.createLine(better, {
      onOpen,
      onFrame(frame) {
        if (frame?.type !== 'WELCOME') return;
        const found = line!;
        line = undefined;
        stop();
        options.onWelcome(found, frame);
      },
      onClose: slip,
    });
    try {
      line.open();
    } catch {
      // No such thing here, or not for this address.
      slip();
    }
  }

  return { plan, start, stop, send: (frame) => line?.send(frame) };
}
