// A page for element tests: a whole reference server inside it, somebody signed in, and
// nothing left of one test for the next.
import { http, HttpResponse } from 'msw';
import { setupWorker } from 'msw/browser';
import { createApi, createClient } from '../../src/client/index.js';
import type { Api, Tokens } from '../../src/contract/index.js';
import {
  configure,
  getPageSource,
  getRuntime,
  onNotice,
  type Configuration,
  type Notice,
} from '../../src/runtime/index.js';
import { createBrowserServer, type BrowserServer } from '../../mock-server/browser/index.js';
import { watchTroubles } from './troubles.js';
import { until } from './until.js';

export type Persona = 'admin' | 'moderator' | 'user';

export interface StageOptions {
  /** How many people there are, personas included. Default 30. */
  users?: number;
  /** Who is signed in; null for nobody. Default: the admin. */
  persona?: Persona | null;
}

const worker = setupWorker();
let started: Promise<unknown> | undefined;

function startWorker(): Promise<unknown> {
  const { pathname, search } = location;
  return worker.start({
    quiet: true,
    onUnhandledRequest: 'bypass',
    // Of this page alone: MSW reloads pages that come upon another one's worker.
    serviceWorker: {
      url: `/mockServiceWorker.js${search}`,
      options: { scope: pathname + search },
    },
  });
}

/** What one test configures is not there in the next. */
const untouched = {
  api: undefined,
  credentials: undefined,
  fetch: undefined,
  headers: undefined,
  lang: undefined,
  // Each page has a server of its own.
  live: { tabs: false },
  theme: undefined,
  timeout: undefined,
} satisfies Configuration;

type Answer = (request: Request) => Response | Promise<Response | undefined> | undefined;

export class Stage {
  server!: BrowserServer;
  /** `GET /api/users?limit=20` for each request to the API, in order. */
  readonly requests: string[] = [];
  /** An admin in another window, whose requests are not logged. */
  elsewhere!: Api;
  /** The one signed in. */
  person: Tokens['user'] | undefined;
  /** What the reader was told, in order. */
  readonly notices: Notice[] = [];
  #deafen = () => {};
  #held: (() => void)[] = [];
  #troubles = watchTroubles();
  #random = Math.random;

  async open({ users = 30, persona = 'admin' }: StageOptions): Promise<void> {
    // Pauses before retries are drawn by lot: let them be short.
    let draws = 0;
    Math.random = () => 0.001 + draws++ * 1e-9;
    this.server = createBrowserServer({ users, secret: 'of-the-tests'.repeat(3) });
    await (started ??= startWorker());
    worker.events.on('request:start', ({ request }) => this.#log(request));
    worker.resetHandlers(...this.server.handlers);
    this.requests.length = 0;
    this.notices.length = 0;
    this.#deafen = onNotice((notice) => this.notices.push(notice));
    this.#troubles.start();
    const { accessToken } = await this.server.signIn('admin@inlay.test');
    this.elsewhere = createApi(
      createClient({
        baseUrl: '/api',
        getToken: () => accessToken,
        headers: { 'x-elsewhere': 'yes' },
      }),
    );
    await this.signIn(persona);
  }

  #log({ method, url, headers }: Request): void {
    const { origin, pathname, search } = new URL(url);
    const address = origin === location.origin ? pathname : origin + pathname;
    if (pathname.startsWith('/api/') && !headers.has('x-elsewhere')) {
      this.requests.push(`${method} ${address}${search}`);
    }
  }

  /** Signs in as somebody else, or nobody, the way a page does it. */
  async signIn(persona: Persona | null, more: Configuration = {}): Promise<void> {
    const tokens = persona && (await this.server.signIn(`${persona}@inlay.test`));
    this.person = tokens?.user;
    const getToken = () => tokens?.accessToken ?? null;
    configure({ ...untouched, baseUrl: '/api', getToken, ...more });
  }

  /** Lets another server answer as well, at its own address. */
  add(server: BrowserServer): void {
    worker.use(...server.handlers);
  }

  /** Lets the test's own handlers answer first. */
  use(...handlers: Parameters<typeof worker.use>): void {
    worker.use(...handlers);
  }

  /** Puts markup into the page and gives its first element. */
  mount<T extends HTMLElement>(markup: string): T {
    const place = document.createElement('div');
    place.innerHTML = markup;
    document.body.append(place);
    return place.firstElementChild as T;
  }

  /** Answers in the server's stead; where it gives nothing, the server answers. Call the result to end it. */
  answer(method: string, path: string, answer: Answer): () => void {
    let active = true;
    worker.use(
      http.all(path, async ({ request }) =>
        active && request.method === method && !request.headers.has('x-elsewhere')
          ? answer(request)
          : undefined,
      ),
    );
    return () => {
      active = false;
    };
  }

  /** Refuses with a problem document. Call the result to end it. */
  fail(method: string, path: string, status = 500, headers = {}): () => void {
    return this.answer(method, path, () =>
      HttpResponse.json({ title: 'Refused by the test', status }, { status, headers }),
    );
  }

  /** Keeps requests waiting until the result is called. */
  hold(method: string, path: string): () => void {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    this.answer(method, path, async () => {
      await held;
      return undefined;
    });
    this.#held.push(release);
    return release;
  }

  /** Requests whose line contains the text. */
  count(text: string): number {
    return this.requests.filter((line) => line.includes(text)).length;
  }

  /** Resolves when the page is connected, and all is loaded and saved. */
  async settled(): Promise<void> {
    await until(() => getRuntime().live.state.status === 'live', 'the live stream is open');
    const { queries } = getRuntime();
    await until(() => queries.isFetching() + queries.isMutating() === 0, 'all is done');
  }

  async close(): Promise<void> {
    document.body.replaceChildren();
    for (const release of this.#held.splice(0)) release();
    const { queries } = getRuntime();
    await until(() => queries.isMutating() === 0, 'no write is under way');
    getPageSource().release();
    this.#deafen();
    this.server.hub.close();
    worker.resetHandlers();
    worker.events.removeAllListeners();
    for (const name of ['lang', 'dir', 'style', 'class'] as const) {
      document.documentElement.removeAttribute(name);
    }
    document.documentElement.lang = 'en';
    localStorage.clear();
    sessionStorage.clear();
    Math.random = this.#random;
    this.#troubles.expectNone();
  }
}

/** Sets the stage before each test of a `describe`, and clears it afterwards. */
export function useStage(options: StageOptions = {}): Stage {
  const stage = new Stage();
  beforeEach(() => stage.open(options));
  afterEach(() => stage.close());
  return stage;
}
