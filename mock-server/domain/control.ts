import type { Faults } from '../faults/faults.js';
import { act, notify } from './activity.js';
import type { Handlers } from './handler.js';

export interface ControlServices {
  faults: Faults;
  /** Cuts all live connections and answers how many there were. */
  dropSockets: () => number;
  /** Ends the access tokens given out so far, and answers how many connections had one. */
  expireTokens: () => number;
  forgetHistory: () => void;
  reset: (changes: { seed?: number | undefined; users?: number | undefined }) => Promise<void>;
}

export function controlHandlers({
  faults,
  dropSockets,
  expireTokens,
  forgetHistory,
  reset,
}: ControlServices): NonNullable<Handlers['control']> {
  return {
    faults: () => faults.settings,
    setFaults(changes) {
      const settings = faults.set(changes);
      if (settings.offline || changes.blocked) dropSockets();
      return settings;
    },
    dropSockets: () => ({ dropped: dropSockets() }),
    expireTokens: () => ({ dropped: expireTokens() }),
    forgetHistory: async () => forgetHistory(),
    activity: act,
    notify: async (input, ctx) => ({ sent: await notify(input, ctx) }),
    reset,
  };
}
