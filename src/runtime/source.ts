import { resolveBaseUrl } from '../client/index.js';
import { isSame } from '../data/change.js';
import { hearOut } from '../live/hear-out.js';
import type { Configuration } from './configuration.js';
import type { Notice } from './notices.js';
import { createRuntime, type Runtime } from './runtime.js';

const backend = [
  'baseUrl',
  'api',
  'getToken',
  'credentials',
  'headers',
  'fetch',
  'live',
  'WebSocket',
] as const;
const isMove = (configuration: Configuration) =>
  'baseUrl' in configuration || 'api' in configuration;
const isBackend = (configuration: Configuration) => backend.some((key) => key in configuration);

/**
 * Where elements get their runtime and settings from: the page, or a provider
 * below it (`parent`), which adds to what its parent says.
 */
export class Source {
  private own: Configuration = {};
  private runtime: Runtime | undefined;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly parent?: Source) {}

  /**
   * Sets backend, person, language or theme; what is left out stays as it is.
   * Another backend or person starts with an empty cache and a new connection, and
   * a token is never carried over to another backend.
   *
   * @throws {TypeError} when the base URL can't be one.
   */
  configure(configuration: Configuration): void {
    // By content, as pages write objects where they say something.
    const news = Object.entries(configuration).filter(
      ([key, value]) => !isSame(this.own[key as keyof Configuration], value),
    );
    // A second copy of the script says the same again.
    if (news.length === 0) return;
    const changed = Object.fromEntries(news) as Configuration;
    this.own = { ...this.own, ...(isMove(changed) && { getToken: undefined }), ...changed };
    if (isBackend(changed)) this.release();
    this.tell();
    // Last, so that elements have let go of the former backend and show the same error.
    if (changed.baseUrl !== undefined) resolveBaseUrl(changed.baseUrl);
  }

  /**
   * Sets all there is to say at once: what is left out is the parent's again. Starts over
   * only if the backend or person is another. A wrong base URL shows in the elements.
   */
  replace(configuration: Configuration): void {
    const before = this.own;
    this.own = configuration;
    if (!backend.every((key) => isSame(before[key], configuration[key]))) this.release();
    this.tell();
  }

  get configuration(): Configuration {
    const { parent, own } = this;
    return { ...parent?.configuration, ...(isMove(own) && { getToken: undefined }), ...own };
  }

  /** Whether it has yet to be said where tokens come from. */
  get waiting(): boolean {
    const { awaitToken, getToken } = this.configuration;
    return awaitToken === true && !getToken;
  }

  /**
   * Made at first use: before, nothing is asked for and nothing connects.
   * @throws {TypeError} when the base URL can't be one.
   */
  getRuntime(): Runtime {
    if (this.parent && !isBackend(this.own)) return this.parent.getRuntime();
    return (this.runtime ??= createRuntime(this.configuration, notify));
  }

  private tell(): void {
    // A copy: elements that start over subscribe anew while being told.
    for (const listener of [...this.listeners]) listener();
  }

  onConfigure(listener: () => void): () => void {
    this.listeners.add(listener);
    const forget = this.parent?.onConfigure(listener);
    return () => {
      this.listeners.delete(listener);
      forget?.();
    };
  }

  /** Ends the connection and forgets the cache, if there is any. */
  release(): void {
    this.runtime?.destroy();
    this.runtime = undefined;
  }
}

/** What all copies of Inlay on a page share, whichever script brought them. */
interface Page {
  source: Source;
  onNotice: Set<(notice: Notice) => void>;
}

const key = Symbol.for('inlay.runtime.1');
const holder = globalThis as { [key]?: Page };
const page = (): Page => (holder[key] ??= { source: new Source(), onNotice: new Set() });

export const getPageSource = (): Source => page().source;

/** Sets the page's backend, person, language or theme; see `Source.configure`. */
export function configure(configuration: Configuration): void {
  page().source.configure(configuration);
}

/** The page's runtime. */
export function getRuntime(): Runtime {
  return page().source.getRuntime();
}

export function notify(notice: Notice): void {
  // A copy: a region that comes for this notice listens from the next one on.
  for (const listener of [...page().onNotice]) hearOut(() => listener(notice));
}

/** Hears every notice of the page, whichever runtime it comes from. */
export function onNotice(listener: (notice: Notice) => void): () => void {
  const { onNotice } = page();
  onNotice.add(listener);
  return () => onNotice.delete(listener);
}
