import { createApi, createClient } from '../../src/client/index.js';
import type { Api, User } from '../../src/contract/index.js';
import { openProxy, type Proxy } from '../faults/proxy.js';
import { signedIn } from './session.js';
import { ServerProcess } from './server-process.js';
import { Visitor, type Truth } from './visitor.js';

const users = 40;
export const admin = 'admin@inlay.test';

/** A server in a process of its own, a line that can be bad, and visitors by every way of the stream. */
export class Scene {
  readonly server = new ServerProcess(users);
  proxy!: Proxy;
  visitors: Visitor[] = [];
  /** Past the proxy: for writes of somebody elsewhere, and for what is true in the end. */
  direct!: Api;
  /** Writes under way. */
  readonly writes = new Set<Promise<void>>();
  readonly counts = { done: 0, unknown: 0 };

  async open(): Promise<void> {
    await this.server.start();
    this.proxy = await openProxy({ target: this.server.port });
    const direct = `http://localhost:${this.server.port}/api`;
    this.direct = createApi(createClient({ baseUrl: direct, getToken: signedIn(direct, admin) }));
    const { data } = await this.direct.users.list({ limit: 1 });
    const baseUrl = `${this.proxy.url}/api`;
    this.visitors = [
      new Visitor('by WebSocket', baseUrl, admin, ['websocket'], data[0]!.id),
      new Visitor('by events', baseUrl, 'moderator@inlay.test', ['sse'], data[0]!.id),
      new Visitor('by polling', baseUrl, 'moderator@inlay.test', ['polling'], data[0]!.id),
      new Visitor('by any', baseUrl, admin, ['websocket', 'sse', 'polling'], data[0]!.id),
    ];
    await this.until(
      () => this.visitors.every(({ ready, quiet }) => ready && quiet),
      () => new Error(`not everything came: ${JSON.stringify(this.states())}`),
    );
  }

  /** Begins a write, which may never be answered. */
  write(work: () => Promise<unknown>): void {
    const under = work().then(
      (done) => void (done === false ? this.counts.unknown++ : this.counts.done++),
      () => void this.counts.unknown++,
    );
    this.writes.add(under);
    void under.finally(() => this.writes.delete(under));
  }

  async someone(value: number): Promise<User> {
    const { data } = await this.direct.users.list({ limit: 100 });
    return data[value % data.length]!;
  }

  /** All faults end. Resolves when every visitor shows what the server has. */
  async converge(): Promise<void> {
    this.server.thaw();
    if (!this.server.alive) await this.server.start();
    this.proxy.heal();
    await this.direct.control.setFaults({ blocked: [], latency: 0, errorRate: 0, liveLatency: 0 });
    await Promise.all(this.writes);
    for (const visitor of this.visitors) {
      visitor.show();
      visitor.online();
    }
    let difference: unknown;
    await this.until(
      async () => {
        if (!this.visitors.every(({ quiet }) => quiet)) return false;
        try {
          const truth = await this.truth();
          for (const visitor of this.visitors) await visitor.compare(truth);
          return true;
        } catch (error) {
          difference = error;
          return false;
        }
      },
      () => difference ?? new Error(`not all are live: ${JSON.stringify(this.states())}`),
    );
    for (const { problems } of this.visitors) if (problems.length > 0) throw problems[0];
  }

  async close(): Promise<void> {
    for (const visitor of this.visitors) visitor.leave();
    await this.proxy?.close();
    this.server.thaw();
    await this.server.kill();
  }

  async truth(): Promise<Truth> {
    const { data } = await this.direct.users.list({ limit: 100 });
    return { api: this.direct, users: data };
  }

  states() {
    return this.visitors.map(({ name, state }) => ({ name, state }));
  }

  /** Looks again and again, as other processes move what is looked at. */
  async until(
    condition: () => boolean | Promise<boolean>,
    reason: () => unknown = () => new Error(`waited in vain for ${condition}`),
    patienceMs = 20_000,
  ): Promise<void> {
    for (const end = Date.now() + patienceMs; !(await condition());) {
      if (Date.now() > end) throw reason();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
