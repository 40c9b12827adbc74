import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import type { Core } from '../core/core.js';
import { refuse } from '../dispatch/dispatch.js';
import { basePath, type Route } from '../dispatch/routes.js';
import { Refusal } from '../domain/handler.js';
import { readJson } from './body.js';
import { mountCors } from './cross-origin.js';
import { readForm } from './form.js';
import { createLoginLimit, type LoginLimit } from './login-limit.js';
import { createRateLimit } from './rate-limit.js';
import { createSecurityHeaders } from './security-headers.js';
import { createSend, requestId, type Send } from './send.js';

export interface AppOptions {
  /** Origins that may call from a browser. Default: any, without cookies. */
  allowedOrigins?: string[];
  /** Requests per minute and address; 0 for no limit. Default: 0, in production 600. */
  rateLimit?: number;
  /** Failures to sign in per minute, e-mail and address; 0 for no limit. Default: 0, in production 10. */
  loginLimit?: number;
  /** WebSockets opened per minute and address; 0 for no limit. Default: 0, in production 300. */
  upgradeLimit?: number;
  /**
   * Sockets of all kinds that an address may have open; 0 for no limit. Default: 0, in production
   * 1000. Behind proxies, which have theirs, it does not hold.
   */
  socketLimit?: number;
  /** How many proxies stand before the server and are believed about the address. Default 0. */
  trustProxy?: number;
  /** Serves what is not the API's, before the answer is 404. */
  mountPages?: ((app: Express) => void) | undefined;
}

/** The Express app: request id, headers, CORS and rate limit here, the rest in `dispatch`. */
export function createApp(core: Core, options: AppOptions = {}): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', options.trustProxy ?? 0);

  app.use((request, response, next) => {
    const given = request.headers['x-request-id'] as string | undefined;
    response.locals['requestId'] = given && /^[\w-]{1,64}$/.test(given) ? given : core.newId();
    next();
  });
  const corsHeaders = mountCors(app, options.allowedOrigins);
  // Only on answers of the API: pages have scripts and styles that these headers forbid.
  const send = createSend({ ...createSecurityHeaders(), ...corsHeaders });
  const refuseWith = (response: Response, error: unknown, headers: Record<string, string> = {}) => {
    const answer = refuse(error, requestId(response), core.logger, 'http');
    void send(response, { ...answer, headers: { ...answer.headers, ...headers } });
  };
  if (options.rateLimit) app.use(basePath, createRateLimit(options.rateLimit, refuseWith));

  const loginLimit = options.loginLimit
    ? createLoginLimit(options.loginLimit, core.now)
    : undefined;
  for (const route of core.routes) {
    const limit = route.name === 'auth.login' ? loginLimit : undefined;
    app[lower(route.method)](route.path, answerWith(core, route, send, limit));
  }
  for (const [path, methods] of methodsByPath(core.routes)) {
    const allowed = methods.join(', ');
    app.all(path, ({ method, path: asked }, response) => {
      const refusal = new Refusal(
        'METHOD_NOT_ALLOWED',
        `${asked} answers ${allowed}, not ${method}.`,
      );
      refuseWith(response, refusal, { Allow: allowed });
    });
  }
  for (const document of ['/openapi.json', '/asyncapi.json']) {
    app.get(document, (_request, response) => response.redirect(308, basePath + document));
  }
  const refuseUnknown = ({ method, originalUrl }: Request, response: Response) => {
    const detail = `There is nothing at ${method} ${originalUrl.split('?')[0]}. ${basePath}/openapi.json lists what there is.`;
    refuseWith(response, new Refusal('NOT_FOUND', detail));
  };
  app.use(basePath, refuseUnknown);
  options.mountPages?.(app);
  app.use(refuseUnknown);
  app.use((error: unknown, request: Request, response: Response, next: NextFunction) => {
    const status = statusOf(error);
    // Nothing can be said any more once the answer has begun; Express cuts the connection.
    if (response.headersSent) next(error);
    else if (status === undefined) refuseWith(response, error);
    else if (status === 400)
      refuseWith(response, new Refusal('BAD_REQUEST', 'The address is malformed.'));
    else refuseUnknown(request, response);
  });
  return app;
}

const noQuery = new URLSearchParams();

function answerWith(core: Core, route: Route, send: Send, limit?: LoginLimit) {
  return async (request: Request, response: Response): Promise<void> => {
    const question = request.url.indexOf('?');
    let succeeded: (() => void) | undefined;
    const answer = await core.dispatch(route, {
      id: requestId(response),
      askedAt: askedAt(request),
      params: request.params as Record<string, string>,
      query: question < 0 ? noQuery : new URLSearchParams(request.url.slice(question)),
      header: (name) => request.headers[name] as string | undefined,
      async readBody() {
        if (route.takesForm) return readForm(request, response);
        const body = await readJson(request, response);
        succeeded = limit?.(request, body);
        return body;
      },
    });
    if (answer?.status === 200) succeeded?.();
    if (answer) await send(response, answer);
    else request.socket.destroy();
  };
}

/** Nothing for a host that is none, which only a caller by hand can send. */
function askedAt({ protocol, host = '' }: Request): string {
  return /^[\w.:[\]-]{1,255}$/.test(host) ? `${protocol}://${host}` : '';
}

function methodsByPath(routes: readonly Route[]): Map<string, string[]> {
  const methods = new Map<string, string[]>();
  for (const { path, method } of routes) methods.set(path, [...(methods.get(path) ?? []), method]);
  return methods;
}

/** The 4xx that Express gives: 400 for addresses like `/%ff`, 403 and 404 for files. */
function statusOf(error: unknown): number | undefined {
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === 'number' && status < 500 ? status : undefined;
}

function lower(method: Route['method']) {
  return method.toLowerCase() as Lowercase<Route['method']>;
}
