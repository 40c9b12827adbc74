import { spawn } from 'node:child_process';
import { delimiter, resolve } from 'node:path';

export interface Finished {
  ok: boolean;
  /** Standard output and error as they came, without colours. */
  output: string;
  seconds: number;
}

const env = {
  ...process.env,
  PATH: [resolve('node_modules/.bin'), process.env['PATH']].join(delimiter),
  NO_COLOR: '1',
  REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
};

/** Runs a command of the project's tools; `show` passes its output on while it runs. */
export function run(command: string[], { show = false } = {}): Promise<Finished> {
  const [name = '', ...args] = command;
  const start = performance.now();
  const child = spawn(name, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (show) process.stdout.write(text);
    });
  }
  return new Promise((done, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      done({ ok: code === 0, output, seconds: (performance.now() - start) / 1000 });
    });
  });
}

/** Runs a command and throws with its output when it fails. */
export async function must(command: string[]): Promise<Finished> {
  const finished = await run(command);
  if (!finished.ok) throw new Error(`${command.join(' ')} failed:\n${finished.output}`);
  return finished;
}
