import type { Faults as FaultSettings } from '../../src/contract/index.js';

export interface Faults {
  readonly settings: FaultSettings;
  /** Changes what is given; the rest stays. */
  set(settings: { [K in keyof FaultSettings]?: FaultSettings[K] | undefined }): FaultSettings;
  /** Groups of endpoints that never fail on purpose: one must be able to turn the faults off again. */
  exempts(group: string): boolean;
  /** Waits for the latency, then says what becomes of this request. */
  next(): Promise<'pass' | 'fail' | 'offline'>;
}

export interface FaultOptions extends Partial<FaultSettings> {
  random: () => number;
  delay?: (ms: number) => Promise<void>;
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Slowness, failures and outages on demand. */
export function createFaults({
  random,
  delay = pause,
  latency = 0,
  errorRate = 0,
  offline = false,
  blocked = [],
  liveLatency = 0,
}: FaultOptions): Faults {
  let settings: FaultSettings = { latency, errorRate, offline, blocked, liveLatency };
  return {
    get settings() {
      return settings;
    },
    set(changes) {
      settings = {
        latency: changes.latency ?? settings.latency,
        errorRate: changes.errorRate ?? settings.errorRate,
        offline: changes.offline ?? settings.offline,
        blocked: changes.blocked ?? settings.blocked,
        liveLatency: changes.liveLatency ?? settings.liveLatency,
      };
      return settings;
    },
    exempts: (group) => group === 'control' || group === 'health',
    async next() {
      if (settings.latency > 0) await delay(settings.latency);
      if (settings.offline) return 'offline';
      return settings.errorRate > 0 && random() < settings.errorRate ? 'fail' : 'pass';
    },
  };
}
