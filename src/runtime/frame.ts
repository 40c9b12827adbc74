import { timeout } from '../data/refetch.js';
import type { Scheduler } from '../data/index.js';

/** While the page is hidden there are no frames. */
const hiddenPause = 250;
/** From one work to the next: a burst comes in many messages, and drawing each would take longest. */
const pause = 100;

/**
 * The next animation frame, or one a moment after the last work; by a timer where there
 * are none, as in a hidden page.
 */
export function createFrames(): Scheduler {
  let last = -Infinity;
  return (work) => {
    if (typeof document === 'undefined') return timeout(work, 0);
    let frame = 0;
    const run = () => {
      stop();
      last = performance.now();
      work();
    };
    const request = () => {
      frame = requestAnimationFrame(run);
    };
    const wait = last + pause - performance.now();
    const stopWaiting = wait > 0 ? timeout(request, wait) : request();
    // A page that is hidden, now or meanwhile, gets no frame.
    const stopGivingUp = timeout(run, hiddenPause);
    const stop = () => {
      stopWaiting?.();
      stopGivingUp();
      cancelAnimationFrame(frame);
    };
    return stop;
  };
}
