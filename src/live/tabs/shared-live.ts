import { systemClock } from '../clock.js';
import { hearOut } from '../hear-out.js';
import { createLive, type LiveOptions } from '../live.js';
import type { Live, LiveSource, LiveState } from '../live-source.js';
import { subscribable } from '../subscribe.js';
import { defaults } from '../tuning.js';
import { groupOf } from './group.js';
import { openMember, type Member } from './member.js';
import { browserTabs, type Tabs } from './tabs.js';

export interface SharedLiveOptions extends LiveOptions {
  /** The address of the stream: tabs with another one have another connection. */
  endpoint: string;
  /** How tabs find each other. Default: by the browser's locks and channels. */
  tabs?: Tabs | undefined;
}

/**
 * A live stream over one link for all tabs of a person: one of them leads and has it, the
 * others follow. Each keeps its own place in every channel, so that nothing is lost or comes
 * twice when another one leads. Where tabs can't find each other it is a link of this one's.
 */
export function createSharedLive(options: SharedLiveOptions): Live {
  const { endpoint, tabs = browserTabs(), ...rest } = options;
  if (!tabs) return createLive(rest);
  const { clock = systemClock, random = Math.random, page = globalThis.window } = rest;
  const settings = { ...defaults, ...rest, tabs, endpoint, clock, random, page };
  const listeners = new Set<(state: LiveState) => void>();
  let member: Member | undefined;
  /** How the link of the tab that leads is. */
  let shared: LiveState = { status: 'connecting' };
  /** From when on what is shown may be stale; another leader knows only since when it tries itself. */
  let since: number | undefined;

  function openTrunk(token: string | null, group: string | undefined, leave: () => void) {
    let first: string | null | undefined = token;
    return createLive({
      ...rest,
      // A page that sleeps closes its tab's own link; this one is open as long as any tab is awake.
      hiddenMs: 2_000_000_000,
      async getToken(reason) {
        // It has been asked for just now.
        const given = reason.refused === undefined ? first : undefined;
        first = undefined;
        if (given !== undefined) return given;
        const next = await options.getToken(reason);
        // What another person may hear must not reach the tabs of this one.
        if ((await groupOf(endpoint, next)) !== group) leave();
        return next;
      },
    });
  }

  const inner = createLive({
    ...rest,
    transports: [
      {
        get name() {
          return shared.status === 'live' ? shared.transport : 'websocket';
        },
        open(events) {
          const onState = (state: LiveState) => {
            shared = state;
            if (inner.state.status === 'live') tell();
          };
          member = openMember({ ...settings, openTrunk, onState }, events);
          return member;
        },
      },
    ],
  });

  function current(): LiveState {
    const state = inner.state.status === 'live' ? shared : inner.state;
    return 'since' in state
      ? { ...state, since: Math.min(since ?? Infinity, state.since ?? Infinity) }
      : state;
  }

  function tell(): void {
    const state = current();
    since = 'since' in state ? state.since : undefined;
    for (const listener of [...listeners]) hearOut(() => listener(state));
  }

  inner.onState(tell);
  const source: LiveSource = {
    follow: inner.follow,
    get state() {
      return current();
    },
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    retry() {
      if (inner.state.status === 'live') member!.retry();
      else inner.retry();
    },
    restart: inner.restart,
    close() {
      inner.close();
      listeners.clear();
    },
  };
  return subscribable(source, settings);
}
