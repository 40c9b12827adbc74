/** Every number of the live stream's client with its default. Times are in ms. */
export const defaults = {
  /** Longest wait before the first try after a drop. Doubles with each try that fails; waits are random below it. */
  retryMs: 250,
  /** Beyond this it does not double. Also the time between tries while the browser is offline. */
  slowestRetryMs: 30_000,
  /** A link that lived this long makes the next retry a first one again. */
  healthyMs: 10_000,
  /** From the begin of a try until the server must have welcomed it, and from SUBSCRIBE until it must have answered. */
  patienceMs: 15_000,
  /** Pings, of which the server says how often they come, that may be missing before a link is given up. */
  silentPings: 2.5,
  /** How long a link may take to prove that it outlived sleep or a change of network, and the tab that leads to answer. */
  probeMs: 2500,
  /** Between two looks at the clock: a jump of twice as much means that the machine was asleep. */
  lookMs: 10_000,
  /** A page hidden for this long does without its link until it is shown again. */
  hiddenMs: 300_000,
  /** How long a link outlives its last subscription. */
  graceMs: 1000,
  /** Tries in a row that were never welcomed before the next transport has its turn. */
  maxFailures: 2,
  /** Links in a row that broke before they were healthy before the next transport has its turn. */
  maxShortLives: 3,
  /** Until a better transport is tried again. Doubles with each try. */
  climbMs: 30_000,
  /** Beyond this it does not double. */
  slowestClimbMs: 600_000,
  /** How long the server holds a poll for news: whole seconds up to 60. */
  pollMs: 25_000,
  /** Least time from one poll to the next. */
  pollPauseMs: 250,
  /** Longest message taken, in characters. */
  maxMessage: 4_000_000,
  /** Messages in a row that are not of the protocol before the link is given up. */
  maxStrange: 20,
  /** Between two beats by which a tab finds out whether the one that leads still answers: with `probeMs` for that, and up to twice as long to find another, its lead is taken after 12.5 s at most. */
  beatMs: 5000,
  /** Events kept for a loop over a subscription that is slow to take them. */
  maxQueued: 1000,
};

/** Numbers of the live stream's client; what is left out is as `defaults` has it. */
export type Tuning = typeof defaults;
