import type { Socket } from 'node:net';
import type { Clock } from '../../src/live/index.js';
import type { Conditions } from './conditions.js';
import { isWhole } from './request.js';

/** Bytes kept on the way before the sender has to wait. */
const most = 256 * 1024;
/** A slow line lets pieces through at this pace, in ms. */
const tickMs = 50;

export interface PipeOptions {
  direction: 'up' | 'down';
  /** Asked anew for each piece. */
  conditions: () => Conditions;
  clock: Clock;
  /** Sees bytes as they arrive. */
  onArrival?: (bytes: Buffer) => void;
  onPassed?: () => void;
}

/** One direction of a connection: what arrives passes on in order, when conditions allow it. */
export class Pipe {
  /** Bytes passed on. */
  passed = 0;
  readonly #queue: { what: Buffer | 'end' | 'broken'; due: number }[] = [];
  #held = 0;
  /** Pieces of answers that are whole: they may go where answers are buffered. */
  #whole = 0;
  /** When a slow line is free again. */
  #freeAt = 0;
  #timer: unknown;
  #full = false;

  constructor(
    private readonly from: Socket,
    private readonly to: Socket,
    private readonly options: PipeOptions,
  ) {
    from.on('data', (bytes: Buffer) => {
      options.onArrival?.(bytes);
      this.#held += bytes.length;
      this.#take(bytes);
    });
    from.on('end', () => this.#take('end'));
    from.on('error', () => this.#take('broken'));
    to.on('drain', () => {
      this.#full = false;
      this.pump();
    });
    to.on('close', () => this.stop());
  }

  /** Passes on what may go by now. */
  pump(): void {
    const { clock, conditions } = this.options;
    clock.clear(this.#timer);
    for (;;) {
      if (this.#isHeldUp(conditions())) break;
      const next = this.#queue[0];
      if (!next) break;
      const wait = Math.max(next.due, this.#freeAt) - clock.now();
      if (wait > 0) {
        this.#timer = clock.set(() => this.pump(), wait);
        break;
      }
      this.#queue.shift();
      if (this.#whole > 0) this.#whole--;
      if (next.what === 'end') this.to.end();
      else if (next.what === 'broken') this.to.destroy();
      else this.#pass(next.what, next.due);
    }
    if (this.#isStalled(conditions()) || this.#held > most) this.from.pause();
    else this.from.resume();
  }

  stop(): void {
    this.options.clock.clear(this.#timer);
    this.#queue.length = 0;
  }

  #take(what: Buffer | 'end' | 'broken'): void {
    const { clock, conditions } = this.options;
    this.#queue.push({ what, due: clock.now() + conditions().delayMs });
    this.pump();
  }

  #isStalled({ stalled }: Conditions): boolean {
    return stalled === 'both' || stalled === this.options.direction;
  }

  #isHeldUp(conditions: Conditions): boolean {
    if (this.#full || this.#isStalled(conditions)) return true;
    if (!conditions.buffered || this.options.direction === 'up') {
      this.#whole = 0;
      return false;
    }
    if (this.#whole > 0) return false;
    const parts = this.#queue.map(({ what }) => what);
    const isOver = parts.some((part) => typeof part === 'string');
    if (isOver || isWhole(Buffer.concat(parts as Buffer[]))) this.#whole = parts.length;
    return this.#whole === 0;
  }

  #pass(bytes: Buffer, due: number): void {
    const { clock, direction, conditions, onPassed } = this.options;
    const { bytesPerSecond, cutAfter } = conditions();
    const last = direction === 'down' ? cutAfter - this.passed : Infinity;
    const piece = bytes.subarray(0, Math.min(Math.ceil((bytesPerSecond * tickMs) / 1000), last));
    const rest = bytes.subarray(piece.length);
    this.#held -= piece.length;
    this.passed += piece.length;
    if (rest.length > 0) {
      this.#queue.unshift({ what: rest, due });
      this.#whole++;
    }
    if (bytesPerSecond < Infinity) this.#freeAt = clock.now() + tickMs;
    if (piece.length < last) {
      this.#full = !this.to.write(piece);
    } else {
      this.stop();
      this.to.end(piece);
      this.from.destroy();
    }
    onPassed?.();
  }
}
