import { closeCodes, protocol, type ClientFrame, type ServerFrame } from '../contract/index.js';
import type { Clock } from './clock.js';
import type { LiveState } from './live-source.js';
import type { Link, Transport } from './transport.js';

export interface ConnectionOptions {
  /** In order of preference: the next is tried when one can't be opened twice in a row. */
  transports: readonly Transport[];
  /**
   * Asked before every attempt; `refused` is the token that the server turned down at the
   * last one, or that is about to expire: another is wanted.
   */
  getToken: (reason: { refused?: string }) => string | null | Promise<string | null>;
  /** Names this client in events it causes. */
  client: string;
  clock: Clock;
  random: () => number;
  /** Said HELLO: now is the time to subscribe. */
  onOpen(): void;
  onFrame(frame: ServerFrame): void;
  onState(state: LiveState): void;
}

/** Keeps one link open: tokens, silence, close codes, and when to try again. */
export interface Connection {
  readonly state: LiveState;
  /** Messages that were not of the protocol. */
  readonly ignored: number;
  /** Connects now, whatever was planned. */
  connect(): void;
  /** Connects anew as whoever there is now, even after a refusal. */
  restart(): void;
  /** Ends the link. Nothing is tried again before `connect`. */
  stop(status: 'idle' | 'offline'): void;
  /** Off the network: attempts become rare, but do not end, as a server may be on this machine. */
  pause(): void;
  /** Does not believe that a link still works: whatever comes within `ms` proves it. */
  probe(ms: number): void;
  /** Dropped while there is no link: whoever reads subscribes anew on the next one. */
  send(frame: ClientFrame): void;
}

const broken = 1006;
const slowest = 30_000;
/** A link that lived this long makes the next retry a quick one again. */
const healthy = 10_000;

export function createConnection(options: ConnectionOptions): Connection {
  const { transports, client, clock, random, onOpen } = options;
  let state: LiveState = { status: 'idle' };
  let ignored = 0;
  let link: Link | undefined;
  let isOpen = false;
  /** Whatever belongs to an earlier one is not listened to any more. */
  let generation = 0;
  let attempt = 0;
  let transport = 0;
  /** From the first WELCOME on it is known which transport works. */
  let everLive = false;
  let welcomedAt: number | undefined;
  /** From when on what is shown may be stale. */
  let since = 0;
  let pingMs = slowest;
  let token: string | null | undefined;
  /** The token the server refused; a second time there is nothing to be hoped from it. */
  let refused: string | null | undefined;
  /** The next attempt, or the end of patience. */
  let timer: unknown;
  let renewal: unknown;

  async function getToken(used: string | null | undefined): Promise<string | null> {
    return options.getToken(used ? { refused: used } : {});
  }

  function setState(next: LiveState): void {
    state = next;
    options.onState(next);
  }

  function arm(action: () => void, ms: number): void {
    clock.clear(timer);
    timer = clock.set(action, ms);
  }

  function drop(): void {
    clock.clear(timer);
    clock.clear(renewal);
    if (welcomedAt !== undefined) since = clock.now();
    link?.close();
    link = welcomedAt = undefined;
    isOpen = false;
    generation++;
  }

  function send(frame: ClientFrame): void {
    if (isOpen) link!.send(frame);
  }

  function connect(): void {
    drop();
    if (state.status === 'idle') since = clock.now();
    setState({ status: 'connecting', since });
    arm(() => lose(broken), slowest / 2);
    const mine = generation;
    const current =
      <A extends unknown[]>(act: (...args: A) => void) =>
      (...args: A) => {
        if (mine === generation) act(...args);
      };
    getToken(token === refused ? token : null)
      .then(
        current((answer) => {
          token = answer;
          link = transports[transport]!.open({
            onOpen: current(() => {
              isOpen = true;
              send({ type: 'HELLO', v: protocol, token: answer, client });
              onOpen();
            }),
            onFrame: current(receive),
            onClose: current(lose),
          });
        }),
      )
      .catch(current(() => lose(broken)));
  }

  function receive(frame: ServerFrame | undefined): void {
    if (frame?.type === 'WELCOME') {
      everLive = true;
      refused = undefined;
      welcomedAt = clock.now();
      ({ pingMs } = frame);
      setState({ status: 'live', transport: transports[transport]!.name });
    }
    // The server pings; timers of hidden pages are too slow to do it from here.
    if (welcomedAt !== undefined) arm(() => lose(closeCodes.noPong), 2.5 * pingMs);
    if (!frame) ignored++;
    else if (frame.type === 'EXPIRING') void renew(frame.inMs);
    else options.onFrame(frame);
  }

  /** Brings a new token to the open link; while the provider has none, asks again at half the time left. */
  async function renew(inMs: number): Promise<void> {
    const mine = generation;
    // Without a token the link ends with the old one, and the next attempt asks again.
    const next = await getToken(token).catch(() => null);
    if (mine !== generation) return;
    if (next && next !== token) send({ type: 'AUTH', token: (token = next) });
    else if (inMs > 1000) renewal = clock.set(() => void renew(inMs / 2), inMs / 2);
  }

  function lose(code: number): void {
    const lived = welcomedAt === undefined ? -1 : clock.now() - welcomedAt;
    if (lived >= healthy) attempt = 0;
    drop();
    // At the end of a live link it is not sure which of its tokens was meant.
    const turnedAway = code === closeCodes.token && lived < 0;
    const again = turnedAway && refused === token;
    if (turnedAway) refused = token;
    if (again || (code >= 4000 && code < 4100)) return setState({ status: 'refused', code, since });
    if (!everLive && attempt % 2) transport = (transport + 1) % transports.length;
    const atOnce = lived >= 0 && code >= 4200 && code < 4300;
    const wait = random() * Math.min(slowest, 250 * 2 ** (atOnce ? 0 : attempt));
    attempt++;
    setState({ status: 'reconnecting', since, retryAt: clock.now() + wait, attempt });
    arm(connect, wait);
  }

  return {
    get state() {
      return state;
    },
    get ignored() {
      return ignored;
    },
    connect,
    send,
    restart() {
      refused = undefined;
      attempt = 0;
      connect();
    },
    stop(status) {
      drop();
      setState(status === 'idle' ? { status } : { status, since });
    },
    pause() {
      if (state.status !== 'reconnecting') return;
      setState({ status: 'offline', since });
      arm(connect, slowest);
    },
    probe(ms) {
      if (state.status === 'live') {
        onOpen();
        arm(() => lose(closeCodes.noPong), ms);
      } else if (state.status !== 'refused') connect();
    },
  };
}
