import { http, HttpResponse, type RequestHandler, type WebSocketHandler } from 'msw';
import type { SetupWorker } from 'msw/browser';
import { createCore, type Core, type CoreOptions } from '../core/core.js';
import { refuse, type WireResponse } from '../dispatch/dispatch.js';
import { bodyLimit, fileLimit, refuseBody, refuseForm } from '../dispatch/problem.js';
import { basePath, type Route } from '../dispatch/routes.js';
import { Refusal } from '../domain/handler.js';
import { personas } from '../domain/personas.js';
import { createBrowserLive } from './live.js';

export interface BrowserServerOptions extends CoreOptions {
  /** Where the API is thought to stand, e.g. `https://api.example.com`. Default: the page's own origin. */
  origin?: string;
  /** Address of MSW's worker script. Default `/mockServiceWorker.js`. */
  workerUrl?: string;
}

export interface BrowserServer extends Core {
  /** For a worker, or MSW's `setupServer`, of one's own. */
  handlers: (RequestHandler | WebSocketHandler)[];
  personas: typeof personas;
  /** Answers from now on; resolves when the worker is ready. */
  start(): Promise<void>;
  stop(): void;
}

/** The reference server inside the page, behind MSW: the same rules, the same answers, no network. */
export function createBrowserServer(options: BrowserServerOptions = {}): BrowserServer {
  const { origin = '', workerUrl = '/mockServiceWorker.js' } = options;
  // Another page has another server at the same address, and must not follow this one's stream.
  const core = createCore({ issuer: crypto.randomUUID(), ...options });
  const handlers = [
    ...core.routes.map((route) => mount(core, route, origin)),
    http.all(`${origin}${basePath}/*`, ({ request }) => refuseUnknown(core, request)),
    createBrowserLive(core.hub, origin.replace(/^http/, 'ws') + `${basePath}/live`, () =>
      core.faults.settings.blocked.includes('websocket'),
    ),
  ];
  let worker: SetupWorker | undefined;

  return {
    ...core,
    handlers,
    personas,
    async start() {
      const { setupWorker } = await import('msw/browser');
      worker = setupWorker(...handlers);
      await worker.start({
        quiet: true,
        onUnhandledRequest: 'bypass',
        serviceWorker: { url: workerUrl },
      });
    },
    stop() {
      core.hub.dropAll();
      worker?.stop();
    },
  };
}

function mount(core: Core, route: Route, origin: string): RequestHandler {
  const method = route.method.toLowerCase() as Lowercase<Route['method']>;
  return http[method](origin + route.path, async ({ request, params }) => {
    const id = core.newId();
    const answer = await core.dispatch(route, {
      id,
      askedAt: new URL(request.url).origin,
      params: params as Record<string, string>,
      query: new URL(request.url).searchParams,
      header: (name) => request.headers.get(name) ?? undefined,
      readBody: () => (route.takesForm ? readForm(request) : readJson(request)),
    });
    return answer ? toResponse(answer, id) : HttpResponse.error();
  });
}

async function readJson(request: Request): Promise<unknown> {
  const text = await request.text();
  if (text === '') return undefined;
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? ''))
    throw refuseBody(415);
  if (new TextEncoder().encode(text).length > bodyLimit) throw refuseBody(413);
  try {
    return JSON.parse(text);
  } catch {
    throw refuseBody(400);
  }
}

async function readForm(request: Request): Promise<Record<string, unknown>> {
  if (!/^multipart\/form-data\b/i.test(request.headers.get('content-type') ?? ''))
    throw refuseForm(415);
  const form = await request.formData().catch(() => Promise.reject(refuseForm(400)));
  for (const value of form.values()) {
    if (value instanceof File && value.size > fileLimit) throw refuseForm(413);
  }
  return Object.fromEntries(form);
}

function refuseUnknown(core: Core, request: Request): Response {
  const id = core.newId();
  const { pathname } = new URL(request.url);
  const matching = core.routes.filter(({ path }) =>
    new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`).test(pathname),
  );
  const refusal =
    matching.length > 0
      ? new Refusal(
          'METHOD_NOT_ALLOWED',
          `${pathname} answers ${matching.map(({ method }) => method).join(', ')}, not ${request.method}.`,
        )
      : new Refusal('NOT_FOUND', `There is nothing at ${request.method} ${pathname}.`);
  return toResponse(refuse(refusal, id, core.logger, 'http'), id);
}

function toResponse({ status, headers, body }: WireResponse, id: string): Response {
  const content =
    body === undefined || body instanceof ReadableStream ? body : JSON.stringify(body);
  return new HttpResponse(content ?? null, { status, headers: { ...headers, 'X-Request-Id': id } });
}
