import { parseArgs } from 'node:util';

interface NumberFlag {
  flag: string;
  env: string;
  unit: string;
  /** With --demo or --dev `watched` instead, where there is one. */
  default: number;
  watched?: number;
  /** In production instead, where there is one. */
  production?: number;
  /** Default 0. */
  min?: number;
  max: number;
  /** Whether parts of a whole count, too. */
  fraction?: true;
  help: string;
}

const numbers = {
  port: {
    flag: 'port',
    env: 'PORT',
    unit: 'n',
    default: 4100,
    max: 65_535,
    help: 'port to listen on; 0 takes a free one',
  },
  seed: {
    flag: 'seed',
    env: 'INLAY_SEED',
    unit: 'n',
    default: 1,
    max: 2 ** 32 - 1,
    help: 'which people there are',
  },
  users: {
    flag: 'users',
    env: 'INLAY_USERS',
    unit: 'n',
    default: 250,
    min: 3,
    max: 1_000_000,
    help: 'how many people there are',
  },
  latency: {
    flag: 'latency',
    env: 'INLAY_LATENCY',
    unit: 'ms',
    default: 0,
    max: 60_000,
    help: 'time before every answer',
  },
  errorRate: {
    flag: 'error-rate',
    env: 'INLAY_ERROR_RATE',
    unit: '0-1',
    default: 0,
    max: 1,
    fraction: true,
    help: 'share of answers that fail with 503',
  },
  dropSockets: {
    flag: 'drop-sockets',
    env: 'INLAY_DROP_SOCKETS',
    unit: 's',
    default: 0,
    max: 86_400,
    fraction: true,
    help: 'cuts all live connections every so many seconds; 0 for never',
  },
  activity: {
    flag: 'activity',
    env: 'INLAY_ACTIVITY',
    unit: 's',
    default: 0,
    watched: 5,
    max: 86_400,
    fraction: true,
    help: 'something happens every so many seconds while somebody watches; 0 for nothing',
  },
  trustProxy: {
    flag: 'trust-proxy',
    env: 'INLAY_TRUST_PROXY',
    unit: 'n',
    default: 0,
    max: 10,
    help: 'proxies before the server, which tell the addresses that the limits count by',
  },
  rateLimit: {
    flag: 'rate-limit',
    env: 'INLAY_RATE_LIMIT',
    unit: 'n',
    default: 0,
    production: 600,
    max: 1_000_000,
    help: 'requests a minute and address; 0 for no limit',
  },
  upgradeLimit: {
    flag: 'upgrade-limit',
    env: 'INLAY_UPGRADE_LIMIT',
    unit: 'n',
    default: 0,
    production: 300,
    max: 1_000_000,
    help: 'WebSockets opened a minute and address; 0 for no limit',
  },
  socketLimit: {
    flag: 'socket-limit',
    env: 'INLAY_SOCKET_LIMIT',
    unit: 'n',
    default: 0,
    production: 1000,
    max: 1_000_000,
    help: 'sockets an address may have open; 0 for no limit, as with --trust-proxy',
  },
  maxConnections: {
    flag: 'max-connections',
    env: 'INLAY_MAX_CONNECTIONS',
    unit: 'n',
    default: 10_000,
    min: 1,
    max: 1_000_000,
    help: 'live connections at the same time',
  },
  maxMessage: {
    flag: 'max-message',
    env: 'INLAY_MAX_MESSAGE',
    unit: 'n',
    default: 16_384,
    min: 1024,
    max: 1_000_000,
    help: 'characters of a message that live connections may send',
  },
} satisfies Record<string, NumberFlag>;

const switches = {
  demo: 'serves the demo at / and the built script at /inlay.js',
  dev: 'serves the demo from the sources, with hot reload',
  help: 'prints this',
};

/** Numbers in the units of `usage`; what they mean stands there. */
export type Arguments = Record<keyof typeof numbers, number> &
  Record<keyof typeof switches, boolean>;

export const usage = `Usage: inlay [options]

Serves the Inlay contract from memory: REST below /api, the live stream at /api/live.

${describe()}

In production (NODE_ENV=production): INLAY_SECRET signs tokens (at least 32 characters),
INLAY_ORIGINS lists the origins that may call, INLAY_CONTROL_SECRET opens /api/__control,
INLAY_PASSWORD (at least 12 characters) is the personas' password, who otherwise have none.
INLAY_PUBLIC_URL is where pages reach the server, such as https://api.example.com: pages of
other origins see pictures of people only with it.`;

/** A flag or variable that can't be used; the message is for the person at the keyboard. */
export class ArgumentError extends Error {}

/** Reads the command line, then the environment, where an empty variable is none. Throws `ArgumentError`. */
export function readArguments(argv: string[], env: Record<string, string | undefined>): Arguments {
  const values = parse(argv);
  const chosen = mapValues(switches, (_help, name) => values[name] === true);
  const watched = chosen.demo || chosen.dev;
  const read = (setting: NumberFlag): number => {
    const flag = values[setting.flag] as string | undefined;
    if (flag !== undefined) return toNumber(`--${setting.flag}`, flag, setting);
    const variable = env[setting.env];
    if (variable) return toNumber(setting.env, variable, setting);
    const inProduction = env['NODE_ENV'] === 'production' ? setting.production : undefined;
    return inProduction ?? (watched ? setting.watched : undefined) ?? setting.default;
  };
  return { ...mapValues(numbers, read), ...chosen };
}

function parse(argv: string[]): Record<string, unknown> {
  const options = Object.fromEntries([
    ...Object.values(numbers).map(({ flag }) => [flag, { type: 'string' as const }]),
    ...Object.keys(switches).map((name) => [name, { type: 'boolean' as const }]),
  ]);
  try {
    return parseArgs({ args: argv, options }).values;
  } catch (error) {
    throw new ArgumentError(`${(error as Error).message}\n\n${usage}`);
  }
}

function toNumber(name: string, given: string, { min = 0, max, fraction }: NumberFlag): number {
  const value = Number(given);
  if (given.trim() !== '' && value >= min && value <= max && (fraction || Number.isInteger(value)))
    return value;
  throw new ArgumentError(
    `${name} must be a ${fraction ? '' : 'whole '}number from ${min} to ${max}, got "${given}".`,
  );
}

function describe(): string {
  const ofNumbers = Object.values<NumberFlag>(numbers).map((setting) => {
    const { flag, env, unit, default: usual, watched, production, help } = setting;
    const also = [
      watched === undefined ? '' : `, ${watched} with --demo or --dev`,
      production === undefined ? '' : `, in production ${production}`,
    ].join('');
    return [`--${flag} <${unit}>`, `${help}\n${' '.repeat(26)}(${env}, default ${usual}${also})`];
  });
  const ofSwitches = Object.entries(switches).map(([name, help]) => [`--${name}`, help]);
  return [...ofNumbers, ...ofSwitches]
    .map(([name, help]) => `  ${name!.padEnd(24)}${help}`)
    .join('\n');
}

function mapValues<T extends object, R>(
  table: T,
  change: (value: T[keyof T], name: keyof T & string) => R,
): Record<keyof T, R> {
  const entries = Object.entries(table) as [keyof T & string, T[keyof T]][];
  return Object.fromEntries(entries.map(([name, value]) => [name, change(value, name)])) as Record<
    keyof T,
    R
  >;
}
