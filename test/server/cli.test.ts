import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { ArgumentError, readArguments, usage } from '../../mock-server/arguments.js';

describe('arguments', () => {
  it('have defaults, come from the environment, and flags win', () => {
    assert.deepEqual(readArguments([], {}), {
      port: 4100,
      seed: 1,
      users: 250,
      latency: 0,
      errorRate: 0,
      dropSockets: 0,
      activity: 0,
      trustProxy: 0,
      rateLimit: 0,
      upgradeLimit: 0,
      socketLimit: 0,
      maxConnections: 10_000,
      maxMessage: 16_384,
      demo: false,
      dev: false,
      help: false,
    });
    const { port, seed } = readArguments(['--port', '0'], { PORT: '81', INLAY_SEED: '9' });
    assert.deepEqual([port, seed], [0, 9]);
    const { errorRate, dropSockets, activity } = readArguments(
      ['--error-rate', '0.2', '--drop-sockets=1.5', '--demo'],
      {},
    );
    assert.deepEqual([errorRate, dropSockets, activity], [0.2, 1.5, 5]);
  });

  it('can all be given by the environment', () => {
    const env = {
      PORT: '81',
      INLAY_SEED: '9',
      INLAY_USERS: '30',
      INLAY_LATENCY: '20',
      INLAY_ERROR_RATE: '0.1',
      INLAY_DROP_SOCKETS: '7',
      INLAY_ACTIVITY: '0.5',
      INLAY_TRUST_PROXY: '1',
      INLAY_RATE_LIMIT: '2',
      INLAY_UPGRADE_LIMIT: '3',
      INLAY_MAX_CONNECTIONS: '4',
      INLAY_SOCKET_LIMIT: '5',
      INLAY_MAX_MESSAGE: '2000',
    };
    const most = { maxConnections: 4, maxMessage: 2000 };
    const limits = { trustProxy: 1, rateLimit: 2, upgradeLimit: 3, socketLimit: 5, ...most };
    const given = { port: 81, seed: 9, users: 30, latency: 20, errorRate: 0.1, dropSockets: 7 };
    const chosen = { activity: 0.5, demo: true, dev: false, help: false };
    assert.deepEqual(readArguments(['--demo'], env), { ...given, ...limits, ...chosen });
    for (const name of Object.keys(env)) assert.match(usage, new RegExp(`\\(${name}, default`));

    assert.equal(readArguments([], { PORT: '' }).port, 4100);
    assert.throws(
      () => readArguments([], { INLAY_USERS: 'many' }),
      /^Error: INLAY_USERS must be a whole number from 3 to 1000000, got "many"/,
    );
  });

  it('limit in production what is not limited elsewhere', () => {
    const inProduction = { NODE_ENV: 'production' };
    const { rateLimit, upgradeLimit, socketLimit } = readArguments([], inProduction);
    assert.deepEqual([rateLimit, upgradeLimit, socketLimit], [600, 300, 1000]);
    assert.equal(readArguments(['--rate-limit', '0'], inProduction).rateLimit, 0);
    assert.match(usage, /INLAY_RATE_LIMIT, default 0, in production 600\)/);
  });

  it('are refused with their name and value', () => {
    const wrong: [string[], RegExp][] = [
      [['--port', 'x'], /--port must be a whole number from 0 to 65535, got "x"/],
      [['--port', '70000'], /--port .* got "70000"/],
      [['--users', '2.5'], /--users .* got "2.5"/],
      [['--error-rate', '2'], /--error-rate must be a number from 0 to 1, got "2"/],
      [['--latency', ''], /--latency .* got ""/],
      [['--what'], /--what[^]*Usage/],
      [['stray'], /stray[^]*Usage/],
    ];
    for (const [argv, message] of wrong) {
      assert.throws(
        () => readArguments(argv, {}),
        (error) => error instanceof ArgumentError && message.test(error.message),
        argv.join(' '),
      );
    }
  });
});

describe('the command', () => {
  const run = (...args: string[]) =>
    spawn(process.execPath, ['--import', 'tsx', 'mock-server/cli.ts', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });

  it('does not start with a log level or secret that would fail later', async () => {
    const wrong: [Record<string, string>, RegExp][] = [
      [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL must be one of .*, got "loud"/],
      [{ INLAY_SECRET: 'short' }, /^the secret has 5 characters and needs at least 32/],
      [{ INLAY_PUBLIC_URL: 'example.com' }, /^the public URL must begin with http/],
      [{ INLAY_PASSWORD: 'short' }, /^the password has 5 characters and needs at least 12/],
    ];
    for (const [variables, message] of wrong) {
      const child = spawn(process.execPath, ['--import', 'tsx', 'mock-server/cli.ts', '--port=0'], {
        env: { ...process.env, ...variables },
        stdio: ['ignore', 'ignore', 'pipe'],
        timeout: 20_000,
      });
      const exit = once(child, 'exit');
      const [complaint] = (await once(child.stderr.setEncoding('utf8'), 'data')) as [string];
      assert.match(complaint, message);
      assert.deepEqual(await exit, [1, null]);
    }
  });

  it('says how to sign in in production', async () => {
    const wanted: [Record<string, string>, RegExp][] = [
      [{ INLAY_PASSWORD: '' }, /To sign in, set INLAY_PASSWORD \(at least 12/],
      [{ INLAY_PASSWORD: 'long enough for it' }, /Sign in with the password in INLAY_PASSWORD as/],
    ];
    for (const [variables, message] of wanted) {
      const child = spawn(process.execPath, ['--import', 'tsx', 'mock-server/cli.ts', '--port=0'], {
        env: { ...process.env, NODE_ENV: 'production', ...variables },
        stdio: ['ignore', 'pipe', 'ignore'],
        timeout: 20_000,
      });
      const exit = once(child, 'exit');
      const [greeting] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
      assert.match(greeting, message);
      assert.doesNotMatch(greeting, /long enough|"inlay"/);
      child.kill();
      await exit;
    }
  });

  it('says where it is and who there is, tells of a taken port, and ends when told', async () => {
    const first = run('--port', '0', '--users', '30');
    const [greeting] = (await once(first.stdout.setEncoding('utf8'), 'data')) as [string];
    const { port } = new URL(/http:\S+/.exec(greeting)![0]);
    assert.match(greeting, /30 people[^]*admin@inlay\.test/);
    assert.equal((await fetch(`http://localhost:${port}/readyz`)).status, 200);

    const second = run('--port', port);
    const [complaint] = (await once(second.stderr.setEncoding('utf8'), 'data')) as [string];
    assert.match(complaint, new RegExp(`port ${port} is taken`));
    const [failed] =
      second.exitCode === null ? ((await once(second, 'exit')) as [number]) : [second.exitCode];
    assert.equal(failed, 1);

    first.kill('SIGTERM');
    const [ended] = (await once(first, 'exit')) as [number];
    assert.equal(ended, 0);
  });
});
