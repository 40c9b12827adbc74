import type { ClientFrame, Position, ServerFrame } from '../../contract/index.js';
import type { Clock } from '../clock.js';
import type { LiveSource } from '../live-source.js';
import type { Tuning } from '../tuning.js';

/** Pings come when tabs ask for them, so that silence tells nothing: a tab waits for days. */
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

export interface HubOptions extends Pick<Tuning, 'silentTabMs' | 'maxUnanswered'> {
  clock: Clock;
}

interface Reader {
  /** Where the tab stands, from its SUBSCRIBED on. */
  at?: Position;
  stop(): void;
}

interface Session {
  heardAt: number;
  unanswered: number;
  readers: Map<string, Reader>;
}

/**
 * Each channel of a tab follows `trunk` from where that tab stands. `own` names the tab that
 * leads, which is served like the others, but can neither fall silent nor behind.
 */
export function createHub(
  own: string,
  trunk: LiveSource,
  { clock, silentTabMs, maxUnanswered }: HubOptions,
  send: (to: string, frame: ServerFrame) => void,
): Hub {
  const sessions = new Map<string, Session>();
  let timer: unknown;

  function say(to: string, frame: ServerFrame): void {
    const session = sessions.get(to);
    if (!session) return;
    if (to !== own && ++session.unanswered > maxUnanswered) end(to);
    else send(to, frame);
  }

  function end(name: string): void {
    sessions.get(name)?.readers.forEach(({ stop }) => stop());
    sessions.delete(name);
  }

  function sweep(): void {
    for (const [name, { heardAt }] of sessions) {
      if (name !== own && clock.now() - heardAt > silentTabMs) end(name);
    }
    timer = clock.set(sweep, silentTabMs);
  }

  function follow(
    to: string,
    { readers }: Session,
    { id, channel, epoch, since }: Extract<ClientFrame, { type: 'SUBSCRIBE' }>,
  ): void {
    const reader: Reader = { stop: () => undefined };
    const finish = (frame: ServerFrame) => {
      reader.stop();
      if (readers.get(channel) === reader) readers.delete(channel);
      say(to, frame);
    };
    readers.get(channel)?.stop();
    readers.set(channel, reader);
    reader.stop = trunk.follow(
      channel,
      {
        onOpen(at) {
          if (reader.at) return;
          reader.at = at;
          const { epoch, offset: head } = at;
          say(to, { type: 'SUBSCRIBED', id, channel, epoch, head, recovered: true });
        },
        onEvents(items, range) {
          if (reader.at) reader.at = { epoch: range.epoch, offset: range.to };
          say(to, { type: 'EVENTS', channel, ...range, items: [...items] });
        },
        onReset() {
          // The tab itself reads anew: at once, or when it is refused what it then asks for.
          if (reader.at) finish({ type: 'GAP', channel, reason: 'reset' });
          else {
            const from = { epoch: epoch!, head: since! };
            finish({ type: 'SUBSCRIBED', id, channel, ...from, recovered: false });
          }
          return Promise.resolve(undefined);
        },
        onEnd: (code) => finish({ type: 'UNSUBSCRIBED', channel, code }),
      },
      epoch === undefined ? undefined : { epoch, offset: since! },
    );
  }

  /** The answer that the leader is there, with what the tab should have got. */
  function ping(to: string, { readers }: Session): void {
    const heads: Record<string, [string, number]> = {};
    for (const [channel, { at }] of readers) if (at) heads[channel] = [at.epoch, at.offset];
    say(to, { type: 'PING', heads });
  }

  sweep();
  return {
    receive(from, frame) {
      let session = sessions.get(from);
      if (!session || frame.type === 'HELLO') {
        const { status } = trunk.state;
        // Who is back wants to know whether the link still lives; who is new hears it soon enough.
        if (status !== 'connecting' && (session || status !== 'live')) trunk.retry();
        end(from);
        session = { heardAt: 0, unanswered: 0, readers: new Map() };
        sessions.set(from, session);
        say(from, welcome);
      }
      session.heardAt = clock.now();
      session.unanswered = 0;
      if (frame.type === 'SUBSCRIBE') {
        follow(from, session, frame);
      } else if (frame.type === 'UNSUBSCRIBE') {
        session.readers.get(frame.channel)?.stop();
        session.readers.delete(frame.channel);
      }
      if (frame.type === 'SUBSCRIBE' || frame.type === 'PONG') ping(from, session);
    },
    close() {
      clock.clear(timer);
      for (const name of sessions.keys()) end(name);
    },
  };
}
