import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { DeathAt } from './server.js';

const script = 'test/processes/server.ts';

/** A reference server that can be frozen and killed; every life of it has the same port and seed. */
export class ServerProcess {
  port = 0;
  /** How often it has been started. */
  lives = 0;
  #child: ChildProcess | undefined;

  constructor(private readonly users: number) {}

  /** Resolves when it listens. */
  async start(): Promise<void> {
    this.#child = fork(script, [this.port, this.users].map(String), {
      execArgv: ['--import', 'tsx'],
    });
    const said = once(this.#child, 'message') as Promise<[number]>;
    const ended = once(this.#child, 'exit').then(([code]) => {
      throw new Error(`the server ended with ${String(code)} before it listened`);
    });
    [this.port] = await Promise.race([said, ended]);
    ended.catch(() => undefined);
    this.lives++;
  }

  get alive(): boolean {
    return this.#child?.exitCode === null && this.#child.signalCode === null;
  }

  /** `kill -9`. Resolves when it is gone. */
  async kill(): Promise<void> {
    if (!this.alive) return;
    const gone = once(this.#child!, 'exit');
    this.#child!.kill('SIGKILL');
    await gone;
  }

  /** It is killed by its next write, at that point of it. Resolves when it is gone. */
  async dieAt(point: DeathAt): Promise<void> {
    const gone = once(this.#child!, 'exit');
    this.#child!.send(point);
    await gone;
  }

  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }
}
