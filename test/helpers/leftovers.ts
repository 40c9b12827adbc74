// What an element may leave running: short timers, intervals, observers, listeners of the window.

/** Longer ones are the cache's own, which forgets what nobody watches. */
const short = 120_000;

/** Watches what is started from now on; `stop` gives what is running still. */
export function watchLeftovers(): { stop: () => string[] } {
  const running = new Map<unknown, string>();
  const restore: (() => void)[] = [];

  function wrap<T extends object, K extends keyof T & string>(
    target: T,
    name: K,
    around: (original: (...args: unknown[]) => unknown, self: unknown, args: unknown[]) => unknown,
  ): void {
    const original = target[name] as (...args: unknown[]) => unknown;
    target[name] = function (this: unknown, ...args: unknown[]) {
      return around(original, this, args);
    } as T[K];
    restore.push(() => {
      target[name] = original as T[K];
    });
  }

  wrap(window, 'setTimeout', (original, _self, [work, ms, ...rest]) => {
    const id = original(
      (...args: unknown[]) => {
        running.delete(id);
        (work as (...args: unknown[]) => void)(...args);
      },
      ms,
      ...rest,
    );
    if (Number(ms ?? 0) < short) running.set(id, `timer of ${String(ms)} ms`);
    return id;
  });
  wrap(window, 'setInterval', (original, _self, args) => {
    const id = original(...args);
    running.set(id, `interval of ${String(args[1])} ms`);
    return id;
  });
  for (const clear of ['clearTimeout', 'clearInterval'] as const) {
    wrap(window, clear, (original, _self, [id]) => {
      running.delete(id);
      return original(id);
    });
  }
  for (const kind of ['MutationObserver', 'IntersectionObserver', 'ResizeObserver'] as const) {
    const prototype = window[kind].prototype as MutationObserver;
    wrap(prototype, 'observe', (original, self, args) => {
      running.set(self, kind);
      return original.apply(self, args);
    });
    wrap(prototype, 'disconnect', (original, self, args) => {
      running.delete(self);
      return original.apply(self, args);
    });
  }
  return {
    stop() {
      for (const undo of restore) undo();
      return [...running.values()];
    },
  };
}
