/** How the tabs of an origin find each other; tests bring their own. */
export interface Tabs {
  readonly locks: Pick<LockManager, 'request'>;
  /** Joins the channel of that name, which carries each message to all others that joined it. */
  open(name: string): Pick<BroadcastChannel, 'postMessage' | 'onmessage' | 'close'>;
}

/** The browser's; undefined where it has none, as in pages without TLS. */
export function browserTabs(): Tabs | undefined {
  const { window } = globalThis as { window?: typeof globalThis };
  const locks = window?.navigator.locks as LockManager | undefined;
  const Channel = window?.BroadcastChannel;
  return locks && Channel && { locks, open: (name) => new Channel(name) };
}
