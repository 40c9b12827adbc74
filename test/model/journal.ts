import assert from 'node:assert/strict';
import type { Position } from '../../src/contract/index.js';
import type { BusEvent } from '../../mock-server/live/bus.js';

/** Versions by id; those deleted are below 0. */
type Versions = ReadonlyMap<string, number>;
type Tables = Record<string, readonly { id: string; version: number }[]>;

/** What the server told, in what order: who is there in which version at each place of a channel. */
export class Journal {
  /** By channel and epoch, after each offset, of whom it told since the epoch began. */
  readonly #versions = new Map<string, Versions[]>();
  readonly #epochs = new Set<string>();
  /** Of everybody who was there at the beginning or was told of. */
  readonly told = new Map<string, number>();
  /** Errors of the server that nobody foresaw. */
  readonly complaints: object[] = [];

  constructor(beginning: Tables) {
    for (const { id, version } of Object.values(beginning).flat()) this.told.set(id, version);
  }

  get epochs(): number {
    return this.#epochs.size;
  }

  begin(epoch: string): void {
    assert.ok(!this.#epochs.has(epoch), `P9: the epoch ${epoch} has been before`);
    this.#epochs.add(epoch);
  }

  note(events: readonly BusEvent[], heads: ReadonlyMap<string, Position>): void {
    for (const event of events) apply(this.told, event);
    for (const [channel, { epoch, offset }] of heads) {
      const key = `${channel} ${epoch}`;
      const history = this.#versions.get(key) ?? [new Map()];
      this.#versions.set(key, history);
      for (const event of events) {
        if (event.channel === channel) history.push(apply(new Map(history.at(-1)), event));
      }
      assert.equal(history.length, offset + 1, `P2: offsets of ${channel} are not contiguous`);
    }
  }

  /** Of whom a channel told up to a place: who stands there must hold them so. */
  at(channel: string, { epoch, offset }: Position): Versions {
    const versions = this.#versions.get(`${channel} ${epoch}`)?.[offset];
    assert.ok(versions ?? offset === 0, `nobody can stand at ${channel}@${epoch}:${offset}`);
    return versions ?? new Map();
  }

  complain(fields: object): void {
    this.complaints.push(fields);
  }
}

/** Takes in what an event says of the version of an entity. */
export function apply<V extends Map<string, number>>(
  versions: V,
  { type, id, payload }: Pick<BusEvent, 'id' | 'payload'> & { type: string },
): V {
  const { version } = payload as { version?: number };
  if (version !== undefined) versions.set(id, /_DELETED$/.test(type) ? -version : version);
  return versions;
}
