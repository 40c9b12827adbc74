import { spawn } from 'node:child_process';

export interface Demo {
  url: string;
  /** Calls the control API. */
  post(path: string, body?: object): Promise<void>;
  stop(): void;
  /** `kill -9`. */
  kill(): void;
}

/** Starts the built server with the demo, as `npm start` does, on a free port and with no life of its own. */
export async function startDemo(): Promise<Demo> {
  const args = ['dist/mock-server/cli.js', '--demo', '--port', '0', '--activity', '0'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const found = /http:\/\/\S+?:\d+/.exec(said);
      if (found) resolve(found[0]);
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
  });
  return {
    url,
    async post(path, body = {}) {
      const response = await fetch(`${url}/api/__control${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    },
    stop: () => child.kill(),
    kill: () => child.kill('SIGKILL'),
  };
}
