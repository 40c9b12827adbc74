import assert from 'node:assert/strict';
import { focusManager, notifyManager, onlineManager } from '@tanstack/query-core';
import { SimulatedBrowser } from '../live/simulated-tabs.js';
import { Page } from './page.js';
import { admin, moderator } from './people.js';
import { maxBuffered, ModelServer } from './server.js';
import { VirtualTime } from './virtual-time.js';

notifyManager.setScheduler(queueMicrotask);
// All pages share these; what happens to one page's window is not for the others.
focusManager.subscribe(() => undefined);
onlineManager.subscribe(() => undefined);

/** A server, a network and the pages of two people, under one seed and one virtual time. */
export class World {
  readonly time: VirtualTime;
  readonly server: ModelServer;
  readonly pages: Page[] = [];
  readonly random: () => number;
  readonly #browser: SimulatedBrowser;
  readonly #uninstall: () => void;
  #checkedAt = 0;

  constructor(seed: number) {
    this.random = createRandom(seed);
    this.time = new VirtualTime(this.random);
    this.#uninstall = this.time.install();
    this.server = new ModelServer(this.time);
    this.#browser = new SimulatedBrowser(this.time, this.random);
    this.pages.push(this.#open(admin), this.#open(moderator));
  }

  #open(person: string): Page {
    return new Page(this.server, person, this.#browser.open());
  }

  /** The admin has one more. */
  openTab(): void {
    if (this.pages.length < 4) this.pages.push(this.#open(admin));
  }

  closeTab(): void {
    if (this.pages.length > 2) this.pages.pop()!.close();
  }

  /** A page ends, in order or not, and is there again. */
  reopen(index: number, end: (page: Page) => void): void {
    const page = this.page(index);
    end(page);
    this.pages[this.pages.indexOf(page)] = this.#open(page.person);
  }

  /** Tabs of one person are on one machine. */
  setOffline(index: number, offline: boolean): void {
    const { person } = this.page(index);
    for (const page of this.pages) if (page.person === person) page.setOffline(offline);
  }

  page(index: number): Page {
    return this.pages[index % this.pages.length]!;
  }

  /** Somebody elsewhere asks for something to be done; refusals are part of life. */
  async ask(method: string, path: string, body?: unknown): Promise<void> {
    await this.server.askAs(admin, method, path, body);
  }

  /** The server ends without a word, and another one takes its place. */
  kill(): void {
    for (const { wire } of this.pages) {
      for (const { line } of wire.connections) {
        line.cut({ client: this.random() < 0.5, server: false });
      }
    }
    this.server.start();
  }

  /** To be called when people have just lost their rights: no connection they had is handed any event from now on. */
  watchRevoked(...people: string[]): () => void {
    const revoked = this.pages
      .filter(({ person }) => people.includes(person))
      .flatMap(({ wire }) => wire.connections.filter(({ welcomed }) => welcomed));
    const sent = () => revoked.map(({ eventsSent }) => eventsSent);
    const before = sent();
    return () => assert.deepEqual(sent(), before, 'P7');
  }

  /** Somebody who knows the protocol badly: turned away, whatever it is. */
  async stranger(texts: readonly string[]): Promise<void> {
    let closed = 0;
    const session = this.server.hub.connect({
      send: () => undefined,
      close: (code) => (closed = code),
      buffered: 0,
    });
    for (const text of texts) session.receive(text);
    await this.time.advance(20_000);
    assert.ok(closed >= 4000, `a stranger is still there: ${texts[0]}`);
  }

  /** What must hold at any moment. */
  check(): void {
    for (const page of this.pages) {
      page.check(() => page.checkStands());
      if (page.failure) throw page.failure;
      const { open } = page.wire;
      assert.ok(open.length <= 2, `P8: ${open.length} links at once`);
      const most = 100 + (this.time.passed - this.#checkedAt) / 1000;
      assert.ok(page.wire.asked < most, `${page.wire.asked} requests, where nothing happens`);
      page.wire.asked = 0;
    }
    this.#checkedAt = this.time.passed;
    assert.deepEqual(this.server.journal.complaints, []);
  }

  /** Faults stop; whatever was lost has to be found within a ping or two and a backoff. */
  async settle(): Promise<void> {
    this.server.deaf = false;
    for (const page of this.pages) {
      const { wire } = page;
      Object.assign(wire, { sockets: 'open', lag: 100, loss: 0 });
      for (const { line } of wire.connections) line.stall(false);
      page.hide(false);
      page.keep(false);
      page.setOffline(false);
    }
    await this.time.advance(1000);
    for (const page of this.pages) page.retry();
    await this.time.advance(150_000);
    this.check();
    for (const page of this.pages) page.retry();
    await this.time.advance(20_000);
    this.check();
    for (const page of this.pages) {
      await Promise.all([page.assertCurrent(), this.time.advance(1000)]);
      for (const { line, kind } of page.wire.connections) {
        if (kind === 'websocket')
          assert.ok(line.mostBuffered < 2 * maxBuffered, `P5: ${line.mostBuffered} bytes queued`);
      }
    }
    for (const person of [admin, moderator]) this.#assertOneLink(person);
  }

  #assertOneLink(person: string): void {
    const own = this.pages.filter((page) => page.person === person);
    const open = own.flatMap(({ wire }) => wire.open);
    const links = open.filter(({ welcomed }) => welcomed).length;
    assert.equal(links, 1, `P8: links of ${own.length} tabs`);
    // A better one may just be tried.
    assert.ok(open.length <= 2, `P8: links and attempts of ${own.length} tabs: ${open.length}`);
  }

  /** Leaves nothing behind, which is the last thing to check. */
  async close(): Promise<void> {
    for (const page of this.pages) page.close();
    await this.time.advance(1000);
    const { connections } = this.server.hub.counters;
    this.server.hub.close();
    await this.server.assertTold();
    assert.equal(connections, 0, 'connections that nobody needs');
  }

  end(): void {
    this.#uninstall();
  }
}

function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
