// A process of its own, so that what it costs is told apart from what measures it.
import { fork, type ChildProcess } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { must } from '../../scripts/process.js';

const here = fileURLToPath(new URL('.', import.meta.url));

export class Child {
  private constructor(private readonly process: ChildProcess) {}

  /** Runs a script of this folder and resolves when it says that it is ready, with what it says. */
  static async start<T>(script: string): Promise<{ child: Child; ready: T }> {
    const child = fork(path.join(here, script), {
      execArgv: ['--expose-gc', '--import', 'tsx'],
      env: { ...process.env, NODE_ENV: 'production' },
    });
    const ready = await heard<T>(child);
    return { child: new Child(child), ready };
  }

  /** One question at a time. */
  async ask<T>(question: object): Promise<T> {
    this.process.send(question);
    return heard<T>(this.process);
  }

  async stop(): Promise<void> {
    const exit = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await exit;
  }
}

/** What a child says next. Rejects when it ends before. */
async function heard<T>(child: ChildProcess): Promise<T> {
  const ended = new AbortController();
  const end = once(child, 'exit', ended).then(([code]) => {
    throw new Error(`A process of the benchmark ended with code ${code}; see what it printed.`);
  });
  try {
    return await Promise.race([once(child, 'message', ended).then(([said]) => said as T), end]);
  } finally {
    end.catch(() => undefined);
    ended.abort();
  }
}

/** Installs what is measured beside, in this folder alone. */
export async function install(): Promise<void> {
  const installed = path.join(here, 'node_modules/.package-lock.json');
  const lock = path.join(here, 'package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  await must(['npm', 'ci', '--prefix', here, '--no-audit', '--no-fund', '--ignore-scripts']);
}
