import assert from 'node:assert/strict';
import type { LiveItem, Position, Range } from '../../src/contract/index.js';
import type { LiveSource } from '../../src/live/index.js';
import { apply } from './journal.js';
import type { ModelServer } from './server.js';

/**
 * A listener at the stream itself, that keeps who is there in which version, and checks at
 * each step that it is what whoever stands there must hold.
 */
export class Reader {
  at: Position | undefined;
  #rows: Map<string, number> | undefined;
  #leave: () => void = () => undefined;
  /** The newest reading: an older answer that comes later is not to be used. */
  #reading: object | undefined;
  #left = false;

  constructor(
    private readonly server: ModelServer,
    private readonly live: LiveSource,
    readonly channel: string,
    /** Its name among the server's. */
    private readonly log: string,
    /** False: listens from now on, without rows. */
    private readonly keepsRows: boolean,
    /** Keeps a failure that would only become a rejected promise of a listener. */
    private readonly check: (assertion: () => void) => void,
  ) {
    if (!keepsRows) this.#follow();
    else void this.#read().then((at) => this.#left || this.#follow(at));
  }

  leave(): void {
    this.#left = true;
    this.#leave();
  }

  /** Nothing is wrong any more and a ping has passed: it holds what there is. */
  assertCurrent(): void {
    if (!this.keepsRows || this.#left) return;
    const head = this.server.bus.head(this.log);
    assert.deepEqual(this.at, head, `P3: position of a reader of ${this.channel}`);
    assert.deepEqual(this.#rows, this.server.journal.at(this.log, head), 'P3: rows');
  }

  #follow(since?: Position): void {
    this.#leave = this.live.follow(
      this.channel,
      {
        onEvents: (items, range) => this.check(() => this.#apply(items, range)),
        onReset: async () => {
          this.at = undefined;
          return this.keepsRows ? this.#read() : undefined;
        },
        onEnd: () => (this.#left = true),
      },
      since,
    );
  }

  /** The rows and the head of one moment, arriving at a later one. */
  async #read(): Promise<Position> {
    const { time, bus, journal } = this.server;
    const reading = (this.#reading = {});
    await time.wait(time.random() * 200);
    const at = bus.head(this.log);
    const rows = journal.at(this.log, at);
    await time.wait(time.random() * 2000);
    if (reading !== this.#reading) return at;
    this.#move(at);
    this.#rows = new Map(rows);
    return at;
  }

  #apply(items: readonly LiveItem[], { epoch, from, to }: Range): void {
    assert.ok(!this.#left, 'nothing comes after leaving');
    if (this.at) assert.deepEqual({ epoch, offset: from }, this.at, 'P2: contiguous');
    let last = from;
    for (const { offset } of items) {
      assert.ok(offset > last && offset <= to, `P2: ${offset} once, after ${last}, up to ${to}`);
      last = offset;
    }
    this.#move({ epoch, offset: to });
    if (!this.#rows) return;
    for (const item of items) apply(this.#rows, item);
    assert.deepEqual(this.#rows, this.server.journal.at(this.log, this.at!), 'P1');
  }

  #move(at: Position): void {
    if (this.at?.epoch === at.epoch)
      assert.ok(at.offset >= this.at.offset, `P4: from ${this.at.offset} back to ${at.offset}`);
    this.at = at;
  }
}
