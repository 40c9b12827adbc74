#!/usr/bin/env node
import { ArgumentError, readArguments, usage, type Arguments } from './arguments.js';
import type { Logger } from './dispatch/dispatch.js';
import { mountSources } from './http/dev.js';
import { mountDemo, packageFolder } from './http/pages.js';
import {
  createReferenceServer,
  hashPassword,
  personas,
  type ReferenceServer,
  type ReferenceServerOptions,
} from './index.js';

try {
  const options = readArguments(process.argv.slice(2), process.env);
  if (options.help) console.log(usage);
  else await run(options);
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}

async function run(options: Arguments): Promise<void> {
  const server = createReferenceServer(await settingsOf(options, process.env));
  const { url } = await server.start();
  if (options.dropSockets > 0) every(options.dropSockets, () => server.hub.dropAll());
  if (options.activity > 0) every(options.activity, () => void happen(server));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void server.stop({ drainMs: 500 }).then(() => process.exit()));
  }
  console.log(greeting(url, options, process.env));
}

async function settingsOf(
  options: Arguments,
  env: NodeJS.ProcessEnv,
): Promise<ReferenceServerOptions> {
  const { INLAY_SECRET: secret, INLAY_CONTROL_SECRET: controlSecret, INLAY_ORIGINS: origins } = env;
  const publicUrl = env['INLAY_PUBLIC_URL'];
  return {
    ...options,
    live: { maxConnections: options.maxConnections, maxMessage: options.maxMessage },
    logger: createLogger(env['LOG_LEVEL'] ?? 'warn'),
    production: env['NODE_ENV'] === 'production',
    ...(secret && { secret }),
    ...(env['INLAY_PASSWORD'] && { personaHash: await hashPassword(env['INLAY_PASSWORD']) }),
    ...(controlSecret && { controlSecret }),
    ...(publicUrl && { publicUrl }),
    ...(origins && { allowedOrigins: origins.split(',').map((origin) => origin.trim()) }),
    ...(options.demo && {
      mountPages: (app) =>
        mountDemo(app, { demo: packageFolder('demo'), dist: packageFolder('dist') }),
    }),
    ...(options.dev && { mountPages: mountSources }),
  };
}

/** To standard error, so that the greeting stays readable; loaded when there is something to say. */
function createLogger(level: string): Logger {
  const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];
  // pino would say so only with the first error to tell of, and end the process.
  if (!levels.includes(level))
    throw new ArgumentError(`LOG_LEVEL must be one of ${levels.join(', ')}, got "${level}".`);
  let loading: Promise<Logger> | undefined;
  const load = () =>
    (loading ??= import('pino').then(({ pino }) => pino({ level }, pino.destination(2))));
  return {
    info: (fields, message) => {
      if (['trace', 'debug', 'info'].includes(level))
        void load().then((log) => log.info(fields, message));
    },
    error: (fields, message) => void load().then((log) => log.error(fields, message)),
  };
}

function every(seconds: number, work: () => void): void {
  setInterval(work, seconds * 1000).unref();
}

/** A change, and now and then a notification for each persona; nothing while nobody watches. */
async function happen(server: ReferenceServer): Promise<void> {
  if (server.hub.counters.connections === 0) return;
  try {
    await server.act({ change: 1 });
    if (Math.random() > 0.3) return;
    for (const { email } of personas) {
      const person = await server.store.userByEmail(email);
      if (person) await server.notify({ userId: person.id });
    }
  } catch (error) {
    server.logger.error({ err: error }, 'activity failed');
  }
}

function greeting(
  url: string,
  { demo, dev, users, seed }: Arguments,
  env: NodeJS.ProcessEnv,
): string {
  const people = personas.map(({ email }) => `  ${email}`).join('\n');
  const first = demo || dev ? `  open   ${url}/ in two windows and watch changes cross over` : '';
  // npm passes on only what comes after two dashes.
  const { npm_lifecycle_event: script } = env;
  const command = script ? `npm ${script === 'start' ? script : `run ${script}`} --` : 'inlay';
  return `Inlay serves ${users} people (seed ${seed}) at ${url}

${invitation(env)}
${people}

Try
${first && `${first}\n`}  curl   ${url}/api/openapi.json
  curl   -X POST -H 'content-type: application/json' -d '{"change":10}' ${url}/api/__control/activity

  ${command} --users 1000000   for a million people
  ${command} --help            for slowness, failures and dropped sockets`;
}

function invitation({ INLAY_PASSWORD: own, NODE_ENV: mode }: NodeJS.ProcessEnv): string {
  if (own) return 'Sign in with the password in INLAY_PASSWORD as';
  if (mode !== 'production') return 'Sign in with the password "inlay" as';
  return 'To sign in, set INLAY_PASSWORD (at least 12 characters): in production there is no password yet for';
}

function explain(error: unknown): string {
  if (error instanceof ArgumentError || error instanceof RangeError) return error.message;
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') {
    return `port ${port} is taken by another program. Choose another one with --port ${port! + 1}, or --port 0 for any free one.`;
  }
  if (code === 'EACCES')
    return `port ${port} needs more rights than this program has. Choose one above 1023 with --port.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
