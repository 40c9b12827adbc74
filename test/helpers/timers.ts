/** Takes over the timers of a second and more: they run when they are told to. */
export function holdTimers() {
  const { setTimeout, clearTimeout } = window;
  const waiting = new Map<number, { ms: number; work: () => void }>();
  let ids = -1;
  window.setTimeout = ((work: () => void, ms = 0, ...rest: unknown[]) => {
    if (ms < 1_000) return setTimeout(work, ms, ...rest);
    waiting.set(--ids, { ms, work });
    return ids;
  }) as typeof window.setTimeout;
  window.clearTimeout = (id) => {
    if (!waiting.delete(Number(id))) clearTimeout(id);
  };
  return {
    /** How many wait for so long. */
    count: (ms: number) => [...waiting.values()].filter((each) => each.ms === ms).length,
    /** Runs those that wait for so long. */
    run(ms: number): void {
      for (const [id, each] of [...waiting]) {
        if (each.ms !== ms) continue;
        waiting.delete(id);
        each.work();
      }
    },
    restore: () => Object.assign(window, { setTimeout, clearTimeout }),
  };
}
