import type { LiveItem, Position } from '../../src/contract/index.js';
import type { Bus, BusEvent, BusListener } from './bus.js';

export interface MemoryBusOptions {
  /** Names an epoch, 1–32 word characters, never the same twice. Default: random. */
  newEpoch?: () => string;
  now?: () => number;
  /** How far back `read` reaches, by count and by age in ms. Default: 10,000 events, 24 hours. */
  window?: { events?: number; ms?: number };
}

interface Log {
  items: LiveItem[];
  /** Index of the oldest item within the window; those before it await removal. */
  start: number;
  head: number;
}

const hour = 3_600_000;

/** The log of one process, in memory: its epoch ends with the process. Runs in browsers, too. */
export function createMemoryBus(options: MemoryBusOptions = {}): Bus {
  const { newEpoch = randomEpoch, now = Date.now } = options;
  const { events: maxEvents = 10_000, ms: maxAge = 24 * hour } = options.window ?? {};
  const listeners = new Set<BusListener>();
  const logs = new Map<string, Log>();
  let epoch = newEpoch();
  let nextSweep = now() + hour;

  /** Leaves what is too old or too many behind the window. */
  function trim(log: Log): void {
    const oldest = new Date(now() - maxAge).toISOString();
    log.start = Math.max(log.start, log.items.length - maxEvents);
    while (log.start < log.items.length && log.items[log.start]!.timestamp < oldest) log.start++;
    // Cutting at the half costs each append one copy at most.
    if (log.start > log.items.length / 2) {
      log.items = log.items.slice(log.start);
      log.start = 0;
    }
  }

  function append({ channel, ...event }: BusEvent, timestamp: string): void {
    let log = logs.get(channel);
    if (!log) logs.set(channel, (log = { items: [], start: 0, head: 0 }));
    log.items.push({ ...event, offset: ++log.head, timestamp });
    trim(log);
  }

  function head(channel: string): Position {
    return { epoch, offset: logs.get(channel)?.head ?? 0 };
  }

  return {
    head,
    publish(events) {
      const timestamp = new Date(now()).toISOString();
      for (const event of events) append(event, timestamp);
      const channels = [...new Set(events.map((event) => event.channel))].toSorted(rightsFirst);
      for (const channel of channels) for (const listener of listeners) listener.onEvents(channel);
      if (now() >= nextSweep) {
        nextSweep = now() + hour;
        for (const log of logs.values()) trim(log);
      }
      return new Map(channels.map((channel) => [channel, head(channel)]));
    },
    read(channel, since) {
      const log = logs.get(channel);
      if (!log) return since === 0 ? [] : undefined;
      trim(log);
      const index = log.items.length - (log.head - since);
      return since <= log.head && index >= log.start ? log.items.slice(index) : undefined;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    forget() {
      for (const log of logs.values()) log.items.length = log.start = 0;
    },
    reset() {
      logs.clear();
      epoch = newEpoch();
      for (const listener of listeners) listener.onReset?.();
    },
  };
}

/** Who loses rights by some of the events, as `user:ID` tells, is to get none of them. */
function rightsFirst(a: string, b: string): number {
  return Number(b.startsWith('user:')) - Number(a.startsWith('user:'));
}

/** 80 random bits: an epoch must never come twice, not even over many restarts. */
function randomEpoch(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
