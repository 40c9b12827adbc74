import type { Transport } from './transport.js';
import type { Tuning } from './tuning.js';

/** Which transport carries the stream: down a rung when one does not get through, up when a better one does. */
export interface Ladder {
  /** The one whose turn it is. */
  readonly transport: Transport;
  /** One of the better ones, each in its turn; undefined at the top. */
  readonly better: Transport | undefined;
  /** How long to wait before trying the better one, in ms. */
  readonly climbMs: number;
  /** A link was welcomed. */
  reach(transport: Transport): void;
  /**
   * A link broke after `lived` ms; undefined when it was never welcomed. Tells whether the turn
   * is now another's that was not tried since a link was welcomed: it need not wait.
   */
  fall(lived: number | undefined): boolean;
  /** A better one did not get through. */
  slip(): void;
  /** Back to what worked last, as after a change of network. */
  recall(): void;
}

export function createLadder(transports: readonly Transport[], tuning: Tuning): Ladder {
  let rung = 0;
  /** The one that worked last, and the best that ever did. */
  let last = 0;
  let best = transports.length;
  let failures = 0;
  let shortLives = 0;
  let slips = 0;
  /** Rungs gone down since a link was welcomed. */
  let falls = 0;

  return {
    get transport() {
      return transports[rung]!;
    },
    get better() {
      return rung > 0 ? transports[slips % rung] : undefined;
    },
    get climbMs() {
      const { healthyMs, climbMs, slowestClimbMs } = tuning;
      // What has worked was lost in an outage, most likely.
      if (best < rung && slips === 0) return healthyMs;
      return Math.min(slowestClimbMs, climbMs * 2 ** slips);
    },
    reach(transport) {
      rung = last = transports.indexOf(transport);
      best = Math.min(best, rung);
      failures = falls = 0;
    },
    fall(lived) {
      slips = 0;
      if (lived === undefined) failures++;
      else shortLives = lived < tuning.healthyMs ? shortLives + 1 : 0;
      if (failures < tuning.maxFailures && shortLives < tuning.maxShortLives) return false;
      // Below the lowest is the top: where nothing works, the best comes first again.
      rung = (rung + 1) % transports.length;
      failures = shortLives = 0;
      return ++falls < transports.length;
    },
    slip() {
      slips++;
    },
    recall() {
      rung = last;
      failures = 0;
    },
  };
}
