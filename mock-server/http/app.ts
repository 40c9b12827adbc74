import cors from 'cors';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import type { Core } from '../core/core.js';
import { refuse, type WireResponse } from '../dispatch/dispatch.js';
import { basePath, type Route } from '../dispatch/routes.js';
import { Refusal } from '../domain/handler.js';
import { readJson } from './body.js';
import { send } from './send.js';

export interface AppOptions {
  /** Origins that may call from a browser. Default: any, without cookies. */
  allowedOrigins?: string[];
  /** Requests per minute and address; 0 for no limit. Default: 0, in production 600. */
  rateLimit?: number;
  /** How many proxies stand before the server and are believed about the address. Default 0. */
  trustProxy?: number;
  /** Serves what is not the API's, before the answer is 404. */
  mountPages?: ((app: Express) => void) | undefined;
}

const exposed = ['X-Inlay-Cursor', 'Retry-After', 'X-Request-Id', 'ETag'];
const minute = 60_000;

/** The Express app: request id, headers, CORS and rate limit here, the rest in `dispatch`. */
export function createApp(core: Core, options: AppOptions = {}): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', options.trustProxy ?? 0);

  app.use((request, response, next) => {
    const given = request.get('x-request-id');
    response.locals['requestId'] = given && /^[\w-]{1,64}$/.test(given) ? given : core.newId();
    response.setHeader('X-Request-Id', response.locals['requestId'] as string);
    next();
  });
  const pages = options.mountPages !== undefined;
  app.use(
    pages ? [basePath, '/healthz', '/readyz'] : '/',
    helmet({ crossOriginResourcePolicy: { policy: 'cross-origin' } }),
  );
  app.use(cors({ origin: options.allowedOrigins ?? '*', exposedHeaders: exposed, maxAge: 600 }));
  if (options.rateLimit) app.use(basePath, limiter(core, options.rateLimit));

  for (const route of core.routes) {
    app[lower(route.method)](route.path, answerWith(core, route));
  }
  for (const [path, methods] of methodsByPath(core.routes)) {
    app.all(path, (request, response) => {
      response.setHeader('Allow', methods.join(', '));
      refuseTo(
        core,
        response,
        new Refusal(
          'METHOD_NOT_ALLOWED',
          `${request.path} answers ${methods.join(', ')}, not ${request.method}.`,
        ),
      );
    });
  }
  for (const document of ['/openapi.json', '/asyncapi.json']) {
    app.get(document, (_request, response) => response.redirect(308, basePath + document));
  }
  app.use(basePath, notFound(core));
  options.mountPages?.(app);
  app.use(notFound(core));
  app.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    // Nothing can be said any more once the answer has begun; Express cuts the connection.
    if (response.headersSent) next(error);
    else
      refuseTo(
        core,
        response,
        isMalformed(error) ? new Refusal('BAD_REQUEST', 'The address is malformed.') : error,
      );
  });
  return app;
}

function answerWith(core: Core, route: Route) {
  return async (request: Request, response: Response): Promise<void> => {
    const question = request.url.indexOf('?');
    const answer = await core.dispatch(route, {
      id: response.locals['requestId'] as string,
      params: request.params as Record<string, string>,
      query: new URLSearchParams(question < 0 ? '' : request.url.slice(question)),
      header: (name) => request.headers[name] as string | undefined,
      readBody: () => readJson(request, response),
    });
    if (answer) await send(response, answer);
    else request.socket.destroy();
  };
}

function refuseTo(core: Core, response: Response, error: unknown): void {
  const answer: WireResponse = refuse(
    error,
    response.locals['requestId'] as string,
    core.logger,
    'http',
  );
  void send(response, answer);
}

function notFound(core: Core) {
  return (request: Request, response: Response) =>
    refuseTo(
      core,
      response,
      new Refusal(
        'NOT_FOUND',
        `There is nothing at ${request.method} ${request.originalUrl.split('?')[0]}. ${basePath}/openapi.json lists what there is.`,
      ),
    );
}

function limiter(core: Core, limit: number) {
  return rateLimit({
    windowMs: minute,
    limit,
    standardHeaders: false,
    legacyHeaders: false,
    handler: (request, response) => {
      const reset = (request as Request & { rateLimit: { resetTime?: Date } }).rateLimit.resetTime;
      const retryAfter = Math.max(1, Math.ceil(((reset?.getTime() ?? 0) - Date.now()) / 1000));
      refuseTo(
        core,
        response,
        new Refusal(
          'TOO_MANY_REQUESTS',
          `More than ${limit} requests a minute. Try again in ${retryAfter} s.`,
          { retryAfter },
        ),
      );
    },
  });
}

function methodsByPath(routes: readonly Route[]): Map<string, string[]> {
  const methods = new Map<string, string[]>();
  for (const { path, method } of routes) methods.set(path, [...(methods.get(path) ?? []), method]);
  return methods;
}

/** Express refuses addresses that can't be decoded, such as `/%ff`. */
function isMalformed(error: unknown): boolean {
  return (error as { status?: unknown } | null)?.status === 400;
}

function lower(method: Route['method']) {
  return method.toLowerCase() as Lowercase<Route['method']>;
}
