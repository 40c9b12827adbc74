import type { Faults } from '../faults/faults.js';
import { act, notify } from './activity.js';
import type { Handlers } from './handler.js';

export interface ControlServices {
  faults: Faults;
  /** Cuts all live connections and answers how many there were. */
  dropSockets: () => number;
  reset: (changes: { seed?: number | undefined; users?: number | undefined }) => Promise<void>;
}

export function controlHandlers({
  faults,
  dropSockets,
  reset,
}: ControlServices): NonNullable<Handlers['control']> {
  return {
    faults: () => faults.settings,
    setFaults(changes) {
      const settings = faults.set(changes);
      if (settings.offline) dropSockets();
      return settings;
    },
    dropSockets: () => ({ dropped: dropSockets() }),
    activity: act,
    notify: async (input, ctx) => ({ sent: await notify(input, ctx) }),
    reset,
  };
}
