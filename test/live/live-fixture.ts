import { createLive, type ChannelListener, type LiveOptions } from '../../src/live/index.js';
import { createScript } from './scripted-transport.js';
import { VirtualClock } from './virtual-clock.js';

export const silent: ChannelListener = {
  onEvents: () => undefined,
  onReset: () => Promise.resolve(undefined),
};
/** Where `begin` of a fixture subscribes from. */
export const since = { epoch: 'a', offset: 5 };

/** A page whose visibility the test decides; `listeners` counts who follows it. */
class TestPage extends EventTarget {
  document = { visibilityState: 'visible' as DocumentVisibilityState };
  navigator = { onLine: true };
  listeners = 0;

  override addEventListener(type: string, listener: EventListener): void {
    this.listeners++;
    super.addEventListener(type, listener);
  }

  override removeEventListener(type: string, listener: EventListener): void {
    this.listeners--;
    super.removeEventListener(type, listener);
  }

  fire(type: string, properties: object = {}): void {
    this.dispatchEvent(Object.assign(new Event(type), properties));
  }
}

/** A live source whose clock, page, tokens and server the test plays. */
export function createFixture(
  options: Partial<LiveOptions> = {},
  visibilityState: DocumentVisibilityState = 'visible',
) {
  const clock = new VirtualClock();
  const { transport, links } = createScript();
  const page = new TestPage();
  page.document.visibilityState = visibilityState;
  const tokens: (string | null)[] = [];
  const reasons: { refused?: string }[] = [];
  const live = createLive({
    transports: [transport],
    getToken: (reason) => {
      reasons.push(reason);
      return tokens.length > 1 ? tokens.shift()! : (tokens[0] ?? 'token');
    },
    clock,
    random: () => 1,
    page: page as unknown as Window,
    client: 'me',
    ...options,
  });
  const begin = async () => {
    const leave = live.follow('users', silent, since);
    await clock.advance(0);
    links[0]!.welcome();
    return leave;
  };
  return { clock, links, page, tokens, reasons, live, begin, link: () => links.at(-1)! };
}
