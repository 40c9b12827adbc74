import {
  events,
  type EventType,
  type LiveItem,
  type PublicUser,
  type Range,
} from '../contract/index.js';
import type { Place, Row } from './change.js';
import type { Told } from './ledger.js';

/** What came of a channel, waiting for the next frame. */
export interface Arrival {
  channel: string;
  range: Range;
  items: readonly LiveItem[];
}

/**
 * Somebody's new fields, checked against the contract when they are first looked into: most of
 * what a busy stream tells is of people whom nobody shows. What misfits is empty.
 */
class UserUpdate {
  readonly type = 'USER_UPDATED';
  #payload: PublicUser | undefined;

  constructor(
    readonly id: string,
    readonly at: Place,
    readonly check: () => unknown,
  ) {}

  get payload(): PublicUser {
    return (this.#payload ??= (this.check() ?? {}) as PublicUser);
  }
}

/**
 * The changes in what came: of several updates to one entity the last, each checked
 * against the contract, though some only later. `onMisfit` hears of channels that told what
 * does not fit; types of a later version of the contract are none of ours.
 */
export function takeIn(
  arrivals: readonly Arrival[],
  onMisfit: (channel: string) => void,
): { channel: string; range: Range; told: Told[] }[] {
  const newest = new Map<string, Map<string, number>>();
  for (const { channel, items } of arrivals) {
    const offsets = newest.get(channel) ?? new Map<string, number>();
    newest.set(channel, offsets);
    for (const { type, id, offset } of items) if (isKnown(type)) offsets.set(id, offset);
  }
  return arrivals.map(({ channel, range, items }) => {
    const offsets = newest.get(channel)!;
    const told: Told[] = [];
    for (const { type, id, offset, payload } of items) {
      const superseded = offsets.get(id)! > offset && /_(UPDATED|COUNTED)$/.test(type);
      if (superseded || !isKnown(type)) continue;
      const at = { channel, epoch: range.epoch, offset };
      const check = () => {
        const { data } = events.items[type].safeParse(payload);
        if (data && ((data as Partial<Row>).id ?? id) === id) return data;
        onMisfit(channel);
        return undefined;
      };
      if (type === 'USER_UPDATED') told.push(new UserUpdate(id, at, check));
      else {
        const payload = check();
        if (payload) told.push({ type, payload, at } as Told);
      }
    }
    return { channel, range, told };
  });
}

const isKnown = (type: string): type is EventType => Object.hasOwn(events.items, type);
