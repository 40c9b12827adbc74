import {
  events as contract,
  parseFrame,
  protocol,
  type ClientFrame,
  type ServerFrame,
} from '../../contract/index.js';
import type { Clock } from '../clock.js';
import type { LiveSource, LiveState } from '../live-source.js';
import { isHidden, type Page } from '../page.js';
import { broken, type Link, type LinkEvents } from '../transport.js';
import type { Tuning } from '../tuning.js';
import { createElection, type Election } from './election.js';
import { groupOf } from './group.js';
import { createHub, type Hub } from './hub.js';
import { createOutbox } from './outbox.js';
import type { Tabs } from './tabs.js';
import { isMarked, type Asking, type Telling } from './telling.js';

export interface MemberOptions extends Pick<Tuning, 'beatMs' | 'probeMs'> {
  tabs: Tabs;
  endpoint: string;
  clock: Clock;
  random: () => number;
  page: Page | null | undefined;
  /** Opens the way to the server. `leave` ends the link when the token becomes one of another group. */
  openTrunk(token: string | null, group: string | undefined, leave: () => void): LiveSource;
  /** Hears how the connection of all tabs is. */
  onState(state: LiveState): void;
}

/** A link to whichever tab leads, this one or another. As long as it is open, the tab is of its group. */
export interface Member extends Link {
  /** Whoever leads tries at once. */
  retry(): void;
}

/** Frames after which a tab beats without waiting: the leader gives up who never answers. */
const beatFrames = 100;
const hello: ClientFrame = { type: 'HELLO', v: protocol, token: null, client: '' };
/** Says nothing, but that the leader is there. */
const alive: ServerFrame = { type: 'AUTHENTICATED', expiresAt: null };

export function openMember(options: MemberOptions, events: LinkEvents): Member {
  const { tabs, clock, random, page, beatMs } = options;
  const own = random().toString(36).slice(2);
  /** What is subscribed to, with the SUBSCRIBE as long as it is not answered. */
  const channels = new Map<string, Extract<ClientFrame, { type: 'SUBSCRIBE' }> | undefined>();
  const post = createOutbox((to, frame) => tell({ to, text: JSON.stringify(frame) }));
  let token: string | null = null;
  let group: string | undefined;
  let election: Election | undefined;
  let port: ReturnType<Tabs['open']> | undefined;
  /** While this tab leads. */
  let lead: { trunk: LiveSource; hub: Hub } | undefined;
  /** Who has said WELCOME. */
  let leader: string | undefined;
  /** The server wanted none of this tab's tokens; so it does not take the lead for another's being refused. */
  let isRefused = false;
  let isAnswered = true;
  let taken = 0;
  let heardAt = 0;
  let timer: unknown;
  let closed = false;

  function arm(action: () => void, ms: number): void {
    clock.clear(timer);
    // Whoever was just told something may have closed it.
    if (!closed) timer = clock.set(action, ms);
  }

  async function join(): Promise<void> {
    group = await groupOf(options.endpoint, token);
    if (closed) return;
    if (group === undefined) return takeLead();
    port = tabs.open(group);
    port.onmessage = ({ data }: { data: unknown }) => {
      if (!isMarked(data)) return;
      if ('by' in data) return lead ? undefined : hear(data);
      lead?.hub.receive(data.from, data.frame);
      tell({ to: [data.from] });
    };
    election = createElection(tabs.locks, group, {
      onWon: takeLead,
      onLost() {
        release();
        election!.stand();
        seek();
      },
      onUnable: alone,
    });
    election.stand();
    seek();
  }

  /** Neither locks nor channels here: each tab has its own connection. */
  function alone(): void {
    if (closed) return;
    port?.close();
    port = undefined;
    takeLead();
  }

  function takeLead(): void {
    clock.clear(timer);
    leader = undefined;
    const trunk = options.openTrunk(token, group, () => events.onClose(broken));
    const hub = createHub(own, trunk, clock, (to, frame) => {
      if (to !== own) post(to, frame);
      else queueMicrotask(() => lead?.hub === hub && receive(own, frame));
    });
    lead = { trunk, hub };
    trunk.onState(announce);
    announce();
    ask(hello);
  }

  function release(): void {
    if (!lead) return;
    const { trunk, hub } = lead;
    lead = undefined;
    heardAt = clock.now();
    hub.close();
    trunk.close();
    port?.postMessage({ v: protocol, by: own } satisfies Telling);
  }

  /** Before anybody follows by it, the way to the server is not open yet. */
  function stateOf(trunk: LiveSource): LiveState {
    const { state } = trunk;
    return state.status === 'idle' ? { status: 'connecting', since: clock.now() } : state;
  }

  function announce(): void {
    if (!lead) return;
    const state = stateOf(lead.trunk);
    if (state.status === 'refused') isRefused = true;
    options.onState(state);
    tell({});
  }

  function tell(what: Partial<Telling>): void {
    if (!lead) return;
    port?.postMessage({
      ...what,
      v: protocol,
      by: own,
      state: stateOf(lead.trunk),
      hidden: isHidden(page),
    } satisfies Telling);
  }

  function ask(frame: ClientFrame): void {
    if (!lead) return port?.postMessage({ v: protocol, from: own, frame } satisfies Asking);
    lead.hub.receive(own, frame);
    if (leader) queueMicrotask(() => events.onFrame(alive));
  }

  /** Asks who leads; when nobody answers in time, it is this tab. */
  function seek(): void {
    if (leader) options.onState({ status: 'connecting', since: heardAt });
    leader = undefined;
    ask(hello);
    arm(seize, options.probeMs * (1 + random()));
  }

  function seize(): void {
    clock.clear(timer);
    leader = undefined;
    election!.seize();
  }

  /** Asks for a sign of life, which comes at once, also where timers are slow. */
  function beat(): void {
    isAnswered = false;
    taken = 0;
    ask({ type: 'PONG', at: {} });
    arm(seek, options.probeMs);
  }

  function hear({ by, to, text, state, hidden }: Telling): void {
    if (to && !to.includes(own)) return;
    const frame = text === undefined ? alive : parseFrame(contract.server, text);
    const isWelcome = frame?.type === 'WELCOME';
    // Another tab leads, or the one that did has gone.
    if (!to && (by !== leader || !state)) return seek();
    if ((by !== leader && !isWelcome) || !state) return;
    heardAt = clock.now();
    if (!isAnswered) arm(beat, beatMs);
    isAnswered = true;
    const { status } = state;
    const isSlow = hidden && !isHidden(page) && (status === 'reconnecting' || status === 'offline');
    if (isSlow || (status === 'refused' && !isRefused)) {
      options.onState({ ...state, status: 'connecting' });
      // Who hears of it may have closed this.
      return closed ? undefined : seize();
    }
    options.onState(state);
    if (frame) receive(by, frame);
    if (++taken > beatFrames) beat();
  }

  function receive(by: string, frame: ServerFrame): void {
    if (frame.type === 'SUBSCRIBED' && channels.get(frame.channel)?.id === frame.id) {
      channels.set(frame.channel, undefined);
    }
    if (frame.type === 'WELCOME') leader = by;
    events.onFrame(frame);
    if (frame.type === 'WELCOME') attach();
  }

  /** Who leads knows nothing of this tab yet. */
  function attach(): void {
    if (!lead) arm(beat, beatMs);
    for (const [channel, unanswered] of channels) {
      if (unanswered) ask(unanswered);
      else events.onFrame({ type: 'GAP', channel, reason: 'leader' });
    }
  }

  /** Shown again, it wants to know whether the link still lives; while it leads, that is seen to already. */
  function wake(): void {
    if (leader && !lead && !isHidden(page)) ask(hello);
  }

  page?.addEventListener('visibilitychange', wake);
  queueMicrotask(() => events.onOpen());
  return {
    send(frame) {
      if (frame.type === 'HELLO') {
        ({ token } = frame);
        join().catch(alone);
      } else if ('channel' in frame) {
        if (frame.type === 'SUBSCRIBE') channels.set(frame.channel, frame);
        else channels.delete(frame.channel);
        if (leader) ask(frame);
      }
    },
    retry() {
      isRefused = false;
      if (lead) lead.trunk.retry();
      else if (leader) ask(hello);
    },
    close() {
      closed = true;
      clock.clear(timer);
      page?.removeEventListener('visibilitychange', wake);
      if (leader && !lead) {
        for (const channel of channels.keys()) ask({ type: 'UNSUBSCRIBE', id: 0, channel });
      }
      release();
      election?.resign();
      port?.close();
      port = undefined;
    },
  };
}
