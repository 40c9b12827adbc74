import type { ClientOptions } from '../client/index.js';
import type { Api } from '../contract/index.js';
import type { LiveSource, SocketClass, TransportName, Tuning } from '../live/index.js';

type Shared = Pick<ClientOptions, 'getToken' | 'credentials' | 'headers' | 'timeout' | 'fetch'>;

/** How the live stream is had. What is left out of its numbers is as `liveDefaults` has it. */
export interface LiveSettings extends Partial<Tuning> {
  /** Its base URL. Default: the API's. */
  url?: string | undefined;
  /**
   * What may carry it, best first: the next is used where one does not get through, until it
   * does. Default: all three, without `websocket` where there is none.
   */
  transports?: readonly TransportName[] | undefined;
  /** Whether the tabs of a person share one connection. Default: true, where the browser lets them. */
  tabs?: boolean | undefined;
}

/** What a page or a provider sets; everything may be left out. */
export interface Configuration extends Shared {
  /** Absolute, or a path that starts with `/`. Default: `<meta name="inlay:api">`, else `/api`. */
  baseUrl?: string | undefined;
  /** Another backend than the contract's REST: anything that gives an `Api`. */
  api?: Api | undefined;
  /** Base URL of the live stream if it is not the API's, more about it, a source of one's own, or false for none. */
  live?: string | LiveSettings | LiveSource | false | undefined;
  /** Used where there is none of its own, as in Node 20: that of the `ws` package, say. */
  WebSocket?: SocketClass | undefined;
  /** Elements wait, and ask for nothing, until `getToken` is given. */
  awaitToken?: boolean | undefined;
  /** Language of elements that stand in none (`lang`). BCP 47. */
  lang?: string | undefined;
  theme?: 'auto' | 'light' | 'dark' | undefined;
}

/** Where the API is when nothing says so: as the page's `<meta name="inlay:api">` has it, else `/api`. */
export function defaultBaseUrl(): string {
  if (typeof document === 'undefined') return '/api';
  return document.querySelector<HTMLMetaElement>('meta[name="inlay:api"]')?.content || '/api';
}
