import type { ClientFrame, ServerFrame } from '../../contract/index.js';
import type { Clock } from '../clock.js';
import type { LiveSource } from '../live-source.js';

/** Frames a tab may owe an answer for: one that stands still must not pile them up. */
const mostOwed = 1000;
/** Every minute, in which hidden tabs have their timers, counts like some frames, so that crashed ones go. */
const minute = 60_000;
const perMinute = 400;

/** A tab asks by itself whether it is still heard, so that no pings come: it waits for days. */
const welcome: ServerFrame = {
  type: 'WELCOME',
  connection: 'tab',
  expiresAt: null,
  pingMs: 500_000_000,
  maxMessage: 16_384,
};

/** The server's part towards the tabs that follow, played by the one that leads. */
export interface Hub {
  /** Takes what the tab of that name says. */
  receive(from: string, frame: ClientFrame): void;
  /** Lets all tabs go. */
  close(): void;
}

interface Session {
  owed: number;
  /** By channel, what ends following it. */
  channels: Map<string, () => void>;
}

/**
 * Each channel of a tab follows `trunk` from where that tab stands. `own` names the tab that
 * leads, which is served like the others, but can neither fall silent nor behind.
 */
export function createHub(
  own: string,
  trunk: LiveSource,
  clock: Clock,
  send: (to: string, frame: ServerFrame) => void,
): Hub {
  const sessions = new Map<string, Session>();
  let timer: unknown;

  function charge(name: string, frames: number): void {
    const session = sessions.get(name);
    if (session && name !== own && (session.owed += frames) > mostOwed) end(name);
  }

  function say(to: string, frame: ServerFrame): void {
    charge(to, 1);
    if (sessions.has(to)) send(to, frame);
  }

  function end(name: string): void {
    sessions.get(name)?.channels.forEach((stop) => stop());
    sessions.delete(name);
  }

  function sweep(): void {
    for (const name of sessions.keys()) charge(name, perMinute);
    timer = clock.set(sweep, minute);
  }

  function follow(
    to: string,
    { channels }: Session,
    { id, channel, epoch, since: head }: Extract<ClientFrame, { type: 'SUBSCRIBE' }>,
  ): void {
    let isOpen = false;
    const finish = (frame: ServerFrame) => {
      stop();
      say(to, frame);
    };
    channels.get(channel)?.();
    const stop = trunk.follow(
      channel,
      {
        onOpen({ epoch, offset: head }) {
          if (!isOpen) say(to, { type: 'SUBSCRIBED', id, channel, epoch, head, recovered: true });
          isOpen = true;
        },
        onEvents: (items, range) =>
          say(to, { type: 'EVENTS', channel, ...range, items: [...items] }),
        onReset() {
          // The tab itself reads anew: at once, or when it is refused what it then asks for.
          finish(
            isOpen
              ? { type: 'GAP', channel, reason: 'reset' }
              : { type: 'SUBSCRIBED', id, channel, epoch: epoch!, head: head!, recovered: false },
          );
          return Promise.resolve(undefined);
        },
        onEnd: (code) => finish({ type: 'UNSUBSCRIBED', channel, code }),
      },
      epoch === undefined ? undefined : { epoch, offset: head! },
    );
    channels.set(channel, stop);
  }

  sweep();
  return {
    receive(from, frame) {
      let session = sessions.get(from);
      if (!session || frame.type === 'HELLO') {
        const { status } = trunk.state;
        // Who is back wants to know whether the link still lives; who is new hears it soon enough.
        // A refusal stands: with another token a tab would take the lead.
        const isSettled = status === 'connecting' || status === 'refused';
        if (!isSettled && (session || status !== 'live')) trunk.retry();
        end(from);
        sessions.set(from, (session = { owed: 0, channels: new Map() }));
        say(from, welcome);
      }
      session.owed = 0;
      if (frame.type === 'SUBSCRIBE') follow(from, session, frame);
      else if (frame.type === 'UNSUBSCRIBE') {
        session.channels.get(frame.channel)?.();
        session.channels.delete(frame.channel);
      }
    },
    close() {
      clock.clear(timer);
      for (const name of sessions.keys()) end(name);
    },
  };
}
