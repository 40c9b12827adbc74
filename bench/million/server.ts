// The built server with a million people, as `npx inlay --users 1000000` starts it, and what it costs.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

export const people = 1_000_000;
const cli = fileURLToPath(new URL('../../dist/mock-server/cli.js', import.meta.url));

export interface Server {
  url: string;
  token: string;
  /** From the start of the process to the first answer of the API, in ms. */
  firstAnswerMs: number;
  /** Milliseconds that an answer took to arrive whole, and its body. */
  get<T>(path: string): Promise<{ ms: number; body: T }>;
  post<T>(path: string, body: object): Promise<{ ms: number; body: T }>;
  /** Resident memory of the process, in MB. */
  memory(): number;
  stop(): Promise<void>;
}

export async function startServer(): Promise<Server> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const began = performance.now();
  const args = ['--demo', '--activity', '0', '--users', String(people), '--port', String(port)];
  const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  await firstAnswer(child, url);
  const firstAnswerMs = performance.now() - began;

  let token = '';
  async function send<T>(path: string, init: RequestInit = {}): Promise<{ ms: number; body: T }> {
    const start = performance.now();
    const headers = {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    };
    const response = await fetch(url + path, { ...init, headers });
    const body = (await response.json()) as T;
    if (!response.ok)
      throw new Error(`${path} answered ${response.status}: ${JSON.stringify(body)}`);
    return { ms: performance.now() - start, body };
  }
  const post = <T>(path: string, body: object) =>
    send<T>(path, { method: 'POST', body: JSON.stringify(body) });
  const login = { email: 'admin@inlay.test', password: 'inlay' };
  token = (await post<{ accessToken: string }>('/api/auth/login', login)).body.accessToken;

  return {
    url,
    token,
    firstAnswerMs,
    get: send,
    post,
    memory: () => Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)])) / 1024,
    async stop() {
      child.kill();
      await once(child, 'exit');
    },
  };
}

async function firstAnswer(child: ChildProcess, url: string): Promise<void> {
  const ask = () =>
    fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await ask())) {
    if (child.exitCode !== null) throw new Error('the server ended. Run npm run build first.');
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
