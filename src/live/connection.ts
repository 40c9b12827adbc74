import { closeCodes, protocol, type ClientFrame, type ServerFrame } from '../contract/index.js';
import { isSound } from './channel.js';
import type { Clock } from './clock.js';
import { createLadder } from './ladder.js';
import type { LiveState } from './live-source.js';
import { createToken, type GetToken } from './token.js';
import type { Link, Transport } from './transport.js';
import type { Tuning } from './tuning.js';

export interface ConnectionOptions extends Tuning {
  /** Best first; which one carries the stream is found out. */
  transports: readonly Transport[];
  getToken: GetToken;
  /** Names this client in events it causes. */
  client: string;
  clock: Clock;
  random: () => number;
  /** Whether the browser knows that there is no network. */
  isOffline(): boolean;
  /** Said HELLO: now is the time to subscribe. */
  onOpen(): void;
  onFrame(frame: ServerFrame): void;
  onState(state: LiveState): void;
}

/** Keeps one link open: silence, close codes, when to try again and by what. */
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
  /** Does not believe that a link still works, or that a better one still does not. */
  probe(): void;
  /** Dropped while there is no link: whoever reads subscribes anew on the next one. */
  send(frame: ClientFrame): void;
}

/** A link in use, from before it is opened. */
interface Line {
  readonly transport: Transport;
  link?: Link;
  /** Undefined before it is opened. */
  isOpen?: boolean;
}

const broken = 1006;

export function createConnection(options: ConnectionOptions): Connection {
  const { client, clock, random, isOffline } = options;
  const ladder = createLadder(options.transports, options);
  const token = createToken(options.getToken);
  let state: LiveState = { status: 'idle' };
  let ignored = 0;
  /** How many of them came in a row. */
  let strange = 0;
  /** Carries the stream. Whatever belongs to an earlier one is not listened to any more. */
  let line: Line | undefined;
  /** A better one, tried in the background: it takes over once it is welcomed. */
  let trial: Line | undefined;
  let attempt = 0;
  let welcomedAt: number | undefined;
  let heardAt = 0;
  /** From when on what is shown may be stale. */
  let since = 0;
  let pingMs = 0;
  /** The next attempt, or the end of patience. */
  let timer: unknown;
  let due = 0;
  let renewal: unknown;
  let climbing: unknown;
  let leaving: unknown;

  function setState(next: LiveState): void {
    state = next;
    options.onState(next);
  }

  function arm(action: () => void, ms: number): void {
    clock.clear(timer);
    due = clock.now() + ms;
    timer = clock.set(action, ms);
  }

  /** Gives the link up, unless something comes in time. */
  function expect(ms: number): void {
    const left = due - clock.now();
    // After sleep a timer comes later than it was due.
    if (left < 0 || left > ms) arm(() => lose(closeCodes.noPong, closeCodes.noPong), ms);
  }

  function drop(code?: number): void {
    for (const each of [timer, renewal, climbing, leaving]) clock.clear(each);
    if (welcomedAt !== undefined) since = clock.now();
    const links = [line?.link, trial?.link];
    line = trial = welcomedAt = undefined;
    for (const link of links) link?.close(code);
  }

  /** While a better link is tried it hears the same, so that it has what it needs to take over. */
  function send(frame: ClientFrame): void {
    for (const each of [line, trial]) if (each?.isOpen) each.link!.send(frame);
    if (frame.type === 'SUBSCRIBE' && welcomedAt !== undefined) expect(options.patienceMs);
  }

  function dial(made: Line): void {
    made.isOpen = false;
    made.link = made.transport.open({
      onOpen() {
        if (made !== line && made !== trial) return;
        made.isOpen = true;
        made.link!.send({ type: 'HELLO', v: protocol, token: token.current, client });
        options.onOpen();
      },
      onFrame(frame) {
        if (made === line) receive(frame);
        else if (made === trial && frame?.type === 'WELCOME') takeOver(frame);
      },
      onClose(code) {
        if (made === line) lose(code);
        else if (made === trial) slip();
      },
    });
  }

  function connect(): void {
    drop();
    if (state.status === 'idle') since = clock.now();
    setState({ status: 'connecting', since });
    arm(() => lose(broken), options.patienceMs);
    const made: Line = (line = { transport: ladder.transport });
    token
      .get()
      .then(() => made === line && dial(made))
      .catch(() => made === line && lose(broken));
  }

  function receive(frame: ServerFrame | undefined): void {
    if (!frame || !isInPlace(frame)) {
      ignored++;
      if (++strange >= options.maxStrange) lose(broken, closeCodes.protocol);
      return;
    }
    strange = 0;
    heardAt = clock.now();
    if (frame.type === 'WELCOME') welcome(frame);
    // The server pings; timers of hidden pages are too slow to do it from here.
    if (welcomedAt !== undefined) {
      due = Infinity;
      expect(options.silentPings * pingMs);
    }
    if (frame.type === 'EXPIRING') void renew(frame.inMs);
    else if (frame.type === 'DRAIN') {
      clock.clear(leaving);
      leaving = clock.set(() => lose(closeCodes.drain), frame.inMs);
    } else options.onFrame(frame);
  }

  /** Only words of greeting come before WELCOME, and items within the range that is told. */
  function isInPlace(frame: ServerFrame): boolean {
    if (frame.type === 'EVENTS' && !isSound(frame)) return false;
    return welcomedAt !== undefined || frame.type === 'WELCOME' || frame.type === 'ERROR';
  }

  function welcome(frame: Extract<ServerFrame, { type: 'WELCOME' }>): void {
    const { transport } = line!;
    ({ pingMs } = frame);
    token.accept();
    // Those who can't be told anything say it again and again.
    if (welcomedAt !== undefined) return;
    welcomedAt = clock.now();
    ladder.reach(transport);
    planClimb();
    setState({ status: 'live', transport: transport.name });
  }

  function planClimb(): void {
    clock.clear(climbing);
    if (ladder.better) climbing = clock.set(climb, ladder.climbMs);
  }

  function climb(): void {
    const { better } = ladder;
    if (!better || trial) return;
    clock.clear(climbing);
    const made: Line = (trial = { transport: better });
    climbing = clock.set(slip, options.patienceMs);
    try {
      dial(made);
    } catch {
      // No such thing here, or not for this address.
      slip();
    }
  }

  function slip(): void {
    const { link } = trial!;
    trial = undefined;
    link?.close();
    ladder.slip();
    planClimb();
  }

  function takeOver(frame: Extract<ServerFrame, { type: 'WELCOME' }>): void {
    const { link } = line!;
    line = trial;
    trial = welcomedAt = undefined;
    attempt = 0;
    clock.clear(renewal);
    clock.clear(leaving);
    link!.close();
    receive(frame);
  }

  /** Brings a new token to the open link; while the provider has none, asks again at half the time left. */
  async function renew(inMs: number): Promise<void> {
    const mine = line;
    const isNew = await token.renew();
    if (mine !== line) return;
    // Without one the link ends with the old one, and the next attempt asks again.
    if (isNew) send({ type: 'AUTH', token: token.current! });
    else if (inMs > 1000) renewal = clock.set(() => void renew(inMs / 2), inMs / 2);
  }

  /** The link has ended by `code`, or is ended here, which the server is told by `reason`. */
  function lose(code: number, reason?: number): void {
    const end = code === closeCodes.noPong ? heardAt : clock.now();
    const lived = welcomedAt === undefined ? undefined : end - welcomedAt;
    const dialled = line?.isOpen !== undefined;
    drop(reason);
    if (lived !== undefined && lived >= options.healthyMs) attempt = 0;
    // Whoever closes by a code of ours did get through.
    if (dialled && !isOffline() && (code < 4000 || code === closeCodes.noPong)) ladder.fall(lived);
    // At the end of a live link it is not sure which of its tokens was meant.
    const again = code === closeCodes.token && lived === undefined && token.refuse();
    if (again || (code >= 4000 && code < 4100)) return setState({ status: 'refused', code, since });
    const atOnce = lived !== undefined && code >= 4200 && code < 4300;
    const { retryMs, slowestRetryMs } = options;
    const wait = random() * Math.min(slowestRetryMs, retryMs * 2 ** (atOnce ? 0 : attempt));
    attempt++;
    setState({ status: 'reconnecting', since, retryAt: clock.now() + wait, attempt });
    arm(connect, wait);
    if (isOffline()) pause();
  }

  function pause(): void {
    if (state.status !== 'reconnecting') return;
    setState({ status: 'offline', since });
    arm(connect, options.slowestRetryMs);
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
      token.forgive();
      attempt = 0;
      connect();
    },
    stop(status) {
      drop();
      setState(status === 'idle' ? { status } : { status, since });
    },
    pause,
    probe() {
      const { status } = state;
      const { patienceMs, probeMs } = options;
      const left = due - clock.now();
      if (status === 'live') {
        // One probe at a time; a page is told several times that it is back.
        if (left < 0 || left > probeMs) {
          options.onOpen();
          expect(probeMs);
          climb();
        }
      } else if (status !== 'refused' && (status !== 'connecting' || left < patienceMs - probeMs)) {
        ladder.recall();
        connect();
      }
    },
  };
}
