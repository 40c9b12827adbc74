import { closeCodes, protocol, type ClientFrame, type ServerFrame } from '../contract/index.js';
import { isSound } from './channel.js';
import type { Clock } from './clock.js';
import { createClimb, type Welcome } from './climb.js';
import { createLadder } from './ladder.js';
import { createLine, type Line } from './line.js';
import type { LiveState } from './live-source.js';
import { createToken, type GetToken } from './token.js';
import { broken, type LinkEvents, type Transport } from './transport.js';
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
  /** Connects now, whatever was planned. */
  connect(): void;
  /** Connects anew as whoever there is now, even after a refusal. */
  restart(): void;
  /** Ends the link. Nothing is tried again before `connect`. */
  stop(status: 'idle' | 'offline'): void;
  /**
   * Off the network, as the browser says: a live link has to prove itself, and attempts become
   * rare, but do not end, as a server may be on this machine.
   */
  pause(): void;
  /** Does not believe that a link still works, or that a better one still does not. */
  probe(): void;
  /** Dropped while there is no link: whoever reads subscribes anew on the next one. */
  send(frame: ClientFrame): void;
}

export function createConnection(options: ConnectionOptions): Connection {
  const { client, clock, random, isOffline } = options;
  const ladder = createLadder(options.transports, options);
  const token = createToken(options.getToken);
  let state: LiveState = { status: 'idle' };
  /** Messages that were not of the protocol, in a row. */
  let strange = 0;
  /** Carries the stream. */
  let line: Line | undefined;
  /** Whether it was opened: before, a token is waited for. */
  let dialled = false;
  let attempt = 0;
  let welcomedAt: number | undefined;
  let heardAt = 0;
  let probedAt = -Infinity;
  /** From when on what is shown may be stale. */
  let since = 0;
  let pingMs = 0;
  /** The next attempt, or the end of patience. */
  let timer: unknown;
  let due = 0;
  let renewal: unknown;
  let leaving: unknown;

  const newLine = (transport: Transport, heard: LinkEvents) =>
    createLine(
      transport,
      () => ({ type: 'HELLO', v: protocol, token: token.current, client }),
      heard,
    );
  const events = { onOpen: options.onOpen, onFrame: receive, onClose: lose };
  const climb = createClimb({
    ladder,
    clock,
    patienceMs: options.patienceMs,
    createLine: newLine,
    onOpen: options.onOpen,
    onWelcome(better, frame) {
      clock.clear(renewal);
      clock.clear(leaving);
      line!.close();
      line = better;
      line.events = events;
      welcomedAt = undefined;
      attempt = 0;
      receive(frame);
    },
  });

  /** The last thing done: whoever hears it may want something else. */
  function setState(next: LiveState): void {
    state = next;
    options.onState(next);
  }

  function arm(action: () => void, ms: number): void {
    clock.clear(timer);
    due = clock.now() + ms;
    timer = clock.set(action, ms);
  }

  const fallSilent = () => lose(closeCodes.noPong, closeCodes.noPong);

  /** Gives the link up, unless something comes in time. */
  function expect(ms: number): void {
    const left = due - clock.now();
    // After sleep a timer comes later than it was due.
    if (left < 0 || left > ms) arm(fallSilent, ms);
  }

  function drop(code?: number): void {
    for (const each of [timer, renewal, leaving]) clock.clear(each);
    if (welcomedAt !== undefined) since = clock.now();
    climb.stop();
    line?.close(code);
    line = welcomedAt = undefined;
  }

  function send(frame: ClientFrame): void {
    line?.send(frame);
    climb.send(frame);
    if (frame.type === 'SUBSCRIBE' && welcomedAt !== undefined) expect(options.patienceMs);
  }

  function connect(): void {
    drop();
    if (state.status === 'idle') since = clock.now();
    arm(() => lose(broken), options.patienceMs);
    const made = (line = newLine(ladder.transport, events));
    dialled = false;
    setState({ status: 'connecting', since });
    // Whoever heard that has ended it, or begun anew.
    if (made !== line) return;
    token
      .get()
      .then(() => {
        if (made !== line) return;
        dialled = true;
        made.open();
      })
      .catch(() => made === line && lose(broken));
  }

  function receive(frame: ServerFrame | undefined): void {
    if (!frame || !isInPlace(frame)) {
      if (++strange >= options.maxStrange) lose(broken, closeCodes.protocol);
      return;
    }
    strange = 0;
    heardAt = clock.now();
    if (frame.type === 'WELCOME') welcome(frame);
    // The server pings; timers of hidden pages are too slow to do it from here.
    if (welcomedAt !== undefined) arm(fallSilent, options.silentPings * pingMs);
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

  function welcome(frame: Welcome): void {
    const { transport } = line!;
    ({ pingMs } = frame);
    token.accept();
    // Those who can't be told anything say it again and again.
    if (welcomedAt !== undefined) return;
    welcomedAt = clock.now();
    ladder.reach(transport);
    climb.plan();
    setState({ status: 'live', transport: transport.name });
  }

  /** Brings a new token to the open link; while the provider has none, asks again at half the time left. */
  async function renew(inMs: number): Promise<void> {
    const mine = line;
    const isNew = await token.renew();
    // The link may be a better one meanwhile, which knows the old token, too.
    if (isNew) send({ type: 'AUTH', token: token.current! });
    // Without one the link ends with the old one, and the next attempt asks again.
    else if (mine === line && inMs > 1000) {
      clock.clear(renewal);
      renewal = clock.set(() => void renew(inMs / 2), inMs / 2);
    }
  }

  /** The link has ended by `code`, or is ended here, which the server is told by `reason`. */
  function lose(code: number, reason?: number): void {
    const end = code === closeCodes.noPong ? heardAt : clock.now();
    const lived = welcomedAt === undefined ? undefined : end - welcomedAt;
    drop(reason);
    if (lived !== undefined && lived >= options.healthyMs) attempt = 0;
    // Whoever closes by a code of ours did get through.
    const failed = dialled && !isOffline() && (code < 4000 || code === closeCodes.noPong);
    if (failed && ladder.fall(lived)) attempt = 0;
    // At the end of a live link it is not sure which of its tokens was meant.
    const refusal = code === closeCodes.token && lived === undefined ? token.refuse() : undefined;
    if (refusal === 'again' || (code >= 4000 && code < 4100))
      return setState({ status: 'refused', code, since });
    // Who is turned away for the first time has reached the server: a new token is all it takes.
    const atOnce = refusal === 'first' || (lived !== undefined && code >= 4200 && code < 4300);
    const { retryMs, slowestRetryMs } = options;
    const wait = random() * Math.min(slowestRetryMs, retryMs * 2 ** (atOnce ? 0 : attempt));
    attempt++;
    arm(connect, wait);
    setState({ status: 'reconnecting', since, retryAt: due, attempt });
    if (isOffline()) pause();
  }

  /** A live link has to say something soon. */
  function check(): void {
    probedAt = clock.now();
    options.onOpen();
    arm(fallSilent, options.probeMs);
  }

  function pause(): void {
    if (state.status === 'live') return check();
    if (state.status !== 'reconnecting') return;
    arm(connect, options.slowestRetryMs);
    setState({ status: 'offline', since });
  }

  return {
    get state() {
      return state;
    },
    connect,
    send,
    restart() {
      token.accept();
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
      if (status === 'refused') return;
      // One at a time: a page is told several times that it is back.
      const passed = clock.now() - probedAt;
      // Less than none, if the clock was set back.
      const isProbed = passed >= 0 && passed < options.probeMs;
      if (isProbed && /^(live|connecting)$/.test(status)) return;
      if (status === 'live') {
        check();
        climb.start();
      } else {
        probedAt = clock.now();
        ladder.recall();
        attempt = 0;
        connect();
      }
    },
  };
}
