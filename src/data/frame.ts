/** Runs work with the next frame; the result calls it off. */
export type Scheduler = (work: () => void) => () => void;

const hiddenPause = 250;

/** The next animation frame; by a timer where there are none, as in a hidden page. */
export const nextFrame: Scheduler = (work) => {
  if (typeof document === 'undefined' || document.hidden) {
    const timer = setTimeout(work, typeof document === 'undefined' ? 0 : hiddenPause);
    return () => clearTimeout(timer);
  }
  // A page hidden meanwhile gets no frame any more.
  const timer = setTimeout(run, hiddenPause);
  const frame = requestAnimationFrame(run);
  const stop = () => {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
  };
  function run() {
    stop();
    work();
  }
  return stop;
};
