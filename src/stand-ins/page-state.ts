/*
 * Stands in for what `@tanstack/query-core` knows of focus and network in the scripts, and there
 * only: the build swaps it in, which makes them 0.1 kB smaller (gzip). The page's events tell, and
 * nothing else can be set to tell.
 */

/** Subscribes to what `read` makes of the page's events of those types. */
const heard =
  (types: readonly string[], read: (event: Event) => boolean) =>
  (listener: (state: boolean) => void) => {
    const until = new AbortController();
    for (const type of types) {
      addEventListener(type, (event) => listener(read(event)), { signal: until.signal });
    }
    return () => until.abort();
  };

const isFocused = () => document.visibilityState !== 'hidden';

export const focusManager = { isFocused, subscribe: heard(['visibilitychange'], isFocused) };

let online = true;

export const onlineManager = {
  isOnline: () => online,
  subscribe: heard(['online', 'offline'], ({ type }) => (online = type === 'online')),
};
