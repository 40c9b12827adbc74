import { expect } from '@open-wc/testing';
import '../../../src/elements/connection-status/define.js';
import type { ConnectionStatus } from '../../../src/elements/connection-status/connection-status.js';
import { registerLocale } from '../../../src/kit/i18n.js';
import type { LiveSource, LiveState } from '../../../src/live/index.js';
import { ar } from '../../../src/locales/ar.js';
import { getRuntime } from '../../../src/runtime/index.js';
import { expectAccessible } from '../../helpers/axe.js';
import { all, button, buttons, one, textOf } from '../../helpers/dom.js';
import { useStage } from '../../helpers/stage.js';
import { holdTimers } from '../../helpers/timers.js';
import { until } from '../../helpers/until.js';

/** A stream that stands as it is told to. */
class ScriptedLive implements LiveSource {
  state: LiveState = { status: 'idle' };
  retries = 0;
  readonly listeners = new Set<(state: LiveState) => void>();
  become(state: LiveState): void {
    this.state = state;
    for (const listener of this.listeners) listener(state);
  }
  onState(listener: (state: LiveState) => void) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
  retry() {
    this.retries += 1;
  }
  follow = () => () => undefined;
  restart() {}
  close() {}
}

const minute = 60_000;
const now = () => Date.now();
const live: LiveState = { status: 'live', transport: 'websocket' };
const retrying = (inMs: number, ago = 0): LiveState => ({
  status: 'reconnecting',
  since: now() - ago,
  retryAt: now() + inMs,
  attempt: 1,
});

describe('<connection-status>', () => {
  const stage = useStage();
  let source: ScriptedLive;
  let timers: ReturnType<typeof holdTimers>;
  beforeEach(async () => {
    source = new ScriptedLive();
    await stage.signIn('admin', { live: source });
    timers = holdTimers();
  });
  afterEach(() => timers.restore());

  const seen = (status: Element) => all(status, '[part="status"]').map(textOf).join();
  const said = (status: Element) => textOf(one(status, '[role="status"]'));
  const age = (status: Element) => all(status, '.fine').map(textOf).join();

  async function mount(attributes = ''): Promise<ConnectionStatus> {
    const status = stage.mount<ConnectionStatus>(
      `<connection-status ${attributes}></connection-status>`,
    );
    await status.updateComplete;
    return status;
  }
  async function become(status: ConnectionStatus, state: LiveState): Promise<void> {
    source.become(state);
    await status.updateComplete;
  }

  it('says nothing where there is no live stream', async () => {
    const status = await mount();
    expect(textOf(status)).to.equal('');
    expect(status.matches(':state(idle)')).to.equal(true);
  });

  it('says what carries the stream', async () => {
    const status = await mount();
    await become(status, { status: 'connecting', since: now() });
    expect(seen(status)).to.equal('Connecting…');
    for (const [transport, text] of [
      ['websocket', 'Live'],
      ['sse', 'Live, by events'],
      ['polling', 'Live, by polling'],
    ] as const) {
      await become(status, { status: 'live', transport });
      expect(seen(status)).to.equal(text);
      expect(status.matches(':state(live)')).to.equal(true);
      expect(buttons(status)).to.deep.equal([]);
    }
  });

  it('counts down to the next attempt, and makes it at once when it is asked to', async () => {
    const status = await mount();
    await become(status, live);
    await become(status, retrying(2500));
    expect(seen(status)).to.equal('Reconnecting in 3 s');
    expect(status.matches(':state(lost):state(reconnecting)')).to.equal(true);
    const { retryAt } = source.state as { retryAt: number };
    (source.state as { retryAt: number }).retryAt = retryAt - 1000;
    timers.run(1000);
    await status.updateComplete;
    expect(seen(status)).to.equal('Reconnecting in 2 s');
    const retry = button(status, 'Retry now');
    retry.focus();
    retry.click();
    expect(source.retries).to.equal(1);
    await become(status, { status: 'connecting', since: now() });
    expect(seen(status)).to.equal('Connecting…');
    expect(status.shadowRoot!.activeElement === button(status, 'Retry now')).to.equal(true);
    await become(status, live);
    await until(() => status.shadowRoot!.activeElement?.matches('.root'), 'the focus stays');
    expect(buttons(status)).to.deep.equal([]);
    expect(timers.count(1000)).to.equal(0);
  });

  it('says since when what is shown may be stale, once it is worth telling', async () => {
    const status = await mount();
    await become(status, retrying(0, 30_000));
    expect(age(status)).to.equal('');
    await become(status, { status: 'offline', since: now() - 5 * minute });
    expect(seen(status)).to.equal('Offline');
    expect(age(status)).to.equal('Updated 5 minutes ago');
    await become(status, live);
    expect(age(status)).to.equal('');
  });

  it('tells a refusal that a sign-in mends from one that it does not', async () => {
    const status = await mount();
    await become(status, { status: 'refused', code: 4101, since: now() });
    expect(seen(status)).to.equal('Sign in to be live');
    await become(status, { status: 'refused', code: 4001, since: now() });
    expect(seen(status)).to.equal('Not live');
    expect(buttons(status)).to.deep.equal(['Retry now']);
  });

  it('announces what lasts, and that it is over; not each attempt', async () => {
    const status = await mount();
    await become(status, live);
    timers.run(3000);
    await status.updateComplete;
    expect(said(status), 'it was never otherwise').to.equal('');
    await become(status, retrying(500));
    await become(status, live);
    timers.run(3000);
    await status.updateComplete;
    expect(said(status), 'a short cut').to.equal('');
    await become(status, retrying(500));
    await become(status, { status: 'connecting', since: now() });
    await become(status, retrying(4000));
    expect(timers.count(3000)).to.equal(1);
    timers.run(3000);
    await status.updateComplete;
    expect(said(status)).to.equal('Connection lost');
    const before = one(status, '[role="status"]').innerHTML;
    timers.run(1000);
    await status.updateComplete;
    expect(one(status, '[role="status"]').innerHTML).to.equal(before);
    await become(status, live);
    timers.run(3000);
    await status.updateComplete;
    expect(said(status)).to.equal('Live');
  });

  it('shows itself only when something is wrong, where that is wanted', async () => {
    const status = await mount('quiet');
    await become(status, { status: 'connecting', since: now() });
    expect(textOf(status)).to.equal('');
    await become(status, live);
    expect(textOf(status)).to.equal('');
    await become(status, retrying(500));
    expect(seen(status)).to.equal('Reconnecting in 1 s');
  });

  it('tells the page of each state once', async () => {
    const status = await mount();
    const told: string[] = [];
    status.addEventListener('inlay-status', ({ state }) => told.push(state.status));
    await become(status, live);
    await become(status, { ...live });
    await become(status, retrying(500));
    await become(status, retrying(900));
    await become(status, { status: 'offline', since: now() });
    expect(told).to.deep.equal(['live', 'reconnecting', 'offline']);
  });

  it('leaves nothing behind when it is removed, and goes on when it is put back', async () => {
    const status = await mount();
    await become(status, retrying(5000));
    const { parentElement: place } = status;
    status.remove();
    expect([source.listeners.size, timers.count(1000), timers.count(3000)]).to.deep.equal([
      0, 0, 0,
    ]);
    source.state = live;
    place!.append(status);
    await status.updateComplete;
    expect(seen(status)).to.equal('Live');
  });

  it('keeps its height, whatever it says, and fits a narrow column from right to left', async () => {
    registerLocale('ar', ar);
    document.documentElement.lang = 'ar';
    const status = await mount();
    const height = status.offsetHeight;
    await become(status, live);
    expect(seen(status)).to.equal('مباشر');
    expect(status.offsetHeight).to.equal(height);
    await become(status, retrying(3000));
    expect(status.offsetHeight).to.equal(height);
    await become(status, { status: 'offline', since: now() - 5 * minute });
    status.parentElement!.style.inlineSize = '160px';
    expect(status.offsetWidth).to.be.at.most(160);
    await expectAccessible(status);
  });

  it('has no accessibility violation in any state', async () => {
    const status = await mount();
    const states: LiveState[] = [
      { status: 'connecting', since: now() },
      live,
      retrying(9000, 10 * minute),
      { status: 'offline', since: now() },
      { status: 'refused', code: 4101, since: now() },
    ];
    for (const state of states) {
      await become(status, state);
      await expectAccessible(status);
    }
  });
});

describe('<connection-status>, alone on a page,', () => {
  const stage = useStage();
  const mount = () => stage.mount<ConnectionStatus>('<connection-status></connection-status>');

  it('says that nobody is signed in, and goes live with who is', async () => {
    await stage.signIn(null);
    const status = mount();
    await until(() => textOf(status).includes('Sign in to be live'), 'it says so');
    await stage.signIn('user');
    await until(() => textOf(status) === 'Live', 'it is live');
  });

  it('says that the server can’t be reached, from the start', async () => {
    stage.server.faults.set({ blocked: ['websocket', 'sse', 'polling'] });
    const status = mount();
    await until(() => status.matches(':state(reconnecting)'), 'it says so');
    expect(textOf(status)).to.contain('Retry now');
  });

  it('lets the connection go when it is removed', async () => {
    const status = mount();
    await stage.settled();
    status.remove();
    await until(() => getRuntime().live.state.status === 'idle', 'nobody needs it');
  });

  it('goes live, and shows a cut', async () => {
    const status = mount();
    await stage.settled();
    await until(() => status.matches(':state(live)'), 'it is live');
    const states: string[] = [];
    status.addEventListener('inlay-status', ({ state }) => states.push(state.status));
    stage.server.hub.dropAll();
    await until(() => states.includes('reconnecting'), 'it is lost');
    await until(() => status.matches(':state(live)'), 'it is back');
    expect(getRuntime().live.state.status).to.equal('live');
  });
});
