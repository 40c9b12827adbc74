import { events, type EventType, type LiveItem, type Range } from '../contract/index.js';
import type { Told } from './ledger.js';

/** What came of a channel, waiting for the next frame. */
export interface Arrival {
  channel: string;
  range: Range;
  items: readonly LiveItem[];
}

/**
 * The changes in what came: of several updates to one entity the last, each checked
 * against the contract. `onMisfit` hears of channels that told what does not fit.
 */
export function takeIn(
  arrivals: readonly Arrival[],
  onMisfit: (channel: string) => void,
): { channel: string; range: Range; told: Told[] }[] {
  const newest = new Map<string, number>();
  for (const { channel, items } of arrivals) {
    for (const { id, offset } of items) newest.set(channel + id, offset);
  }
  return arrivals.map(({ channel, range, items }) => {
    const told = items.flatMap(({ type, id, offset, payload }) => {
      const superseded = newest.get(channel + id)! > offset && /_(UPDATED|COUNTED)$/.test(type);
      // A type of a later version of the contract is none of ours.
      if (superseded || !Object.hasOwn(events.items, type)) return [];
      const result = events.items[type as EventType].safeParse(payload);
      if (!result.success) onMisfit(channel);
      const at = { channel, epoch: range.epoch, offset };
      return result.success ? [{ type, payload: result.data, at } as Told] : [];
    });
    return { channel, range, told };
  });
}
