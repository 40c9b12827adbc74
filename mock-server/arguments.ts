import { parseArgs } from 'node:util';

export interface Arguments {
  port: number;
  seed: number;
  users: number;
  latency: number;
  errorRate: number;
  /** Seconds between two cuts of all live connections; 0 for never. */
  dropSockets: number;
  /** Seconds between two things that happen by themselves while somebody watches; 0 for none. */
  activity: number;
  demo: boolean;
  dev: boolean;
  help: boolean;
}

export const usage = `Usage: inlay [options]

Serves the Inlay contract from memory: REST below /api, the live stream at /api/live.

  --port <n>          port to listen on (PORT, default 4100; 0 takes a free one)
  --seed <n>          which people there are (INLAY_SEED, default 1)
  --users <n>         how many people there are (default 250)
  --latency <ms>      time before every answer (default 0)
  --error-rate <0-1>  share of answers that fail with 503 (default 0)
  --drop-sockets <s>  cuts all live connections every so many seconds (default 0: never)
  --activity <s>      something happens every so many seconds while somebody watches
                      (default 5 with --demo or --dev, else 0: nothing)
  --demo              serves the demo at / and the built script at /inlay.js
  --dev               serves the demo from the sources, with hot reload
  --help              prints this

In production (NODE_ENV=production): INLAY_SECRET signs tokens (at least 32 characters),
INLAY_ORIGINS lists the origins that may call, INLAY_CONTROL_SECRET opens /api/__control.`;

/** A flag or variable that can't be used; the message is for the person at the keyboard. */
export class ArgumentError extends Error {}

/** Reads the command line, then the environment. Throws `ArgumentError`. */
export function readArguments(argv: string[], env: Record<string, string | undefined>): Arguments {
  const { values } = parse(argv);
  const demo = values.demo ?? false;
  const dev = values.dev ?? false;
  return {
    port: toNumber('--port', values.port ?? env['PORT'] ?? '4100', { max: 65_535 }),
    seed: toNumber('--seed', values.seed ?? env['INLAY_SEED'] ?? '1', { max: 2 ** 32 - 1 }),
    users: toNumber('--users', values.users ?? '250', { min: 3, max: 1_000_000 }),
    latency: toNumber('--latency', values.latency ?? '0', { max: 60_000 }),
    errorRate: toNumber('--error-rate', values['error-rate'] ?? '0', { max: 1, whole: false }),
    dropSockets: toNumber('--drop-sockets', values['drop-sockets'] ?? '0', {
      max: 86_400,
      whole: false,
    }),
    activity: toNumber('--activity', values.activity ?? (demo || dev ? '5' : '0'), {
      max: 86_400,
      whole: false,
    }),
    demo,
    dev,
    help: values.help ?? false,
  };
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

function parse(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      options: {
        port: text,
        seed: text,
        users: text,
        latency: text,
        'error-rate': text,
        'drop-sockets': text,
        activity: text,
        demo: flag,
        dev: flag,
        help: flag,
      },
    });
  } catch (error) {
    throw new ArgumentError(`${(error as Error).message}\n\n${usage}`);
  }
}

function toNumber(
  name: string,
  given: string,
  { min = 0, max, whole = true }: { min?: number; max: number; whole?: boolean },
): number {
  const value = Number(given);
  if (given.trim() !== '' && value >= min && value <= max && (!whole || Number.isInteger(value)))
    return value;
  throw new ArgumentError(
    `${name} must be a ${whole ? 'whole ' : ''}number from ${min} to ${max}, got "${given}".`,
  );
}
