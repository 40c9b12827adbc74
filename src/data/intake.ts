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
 * against the contract. `onMisfit` hears of channels that told what does not fit; types
 * of a later version of the contract are none of ours.
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
  return arrivals.map(({ channel, range: { epoch, from, to }, items }) => {
    const offsets = newest.get(channel)!;
    const told: Told[] = [];
    for (const { type, id, offset, payload } of items) {
      const superseded = offsets.get(id)! > offset && /_(UPDATED|COUNTED)$/.test(type);
      if (superseded || !isKnown(type)) continue;
      const result = events.items[type].safeParse(payload);
      if (!result.success) onMisfit(channel);
      else told.push({ type, payload: result.data, at: { channel, epoch, offset } } as Told);
    }
    return { channel, range: { epoch, from, to }, told };
  });
}

const isKnown = (type: string): type is EventType => Object.hasOwn(events.items, type);
