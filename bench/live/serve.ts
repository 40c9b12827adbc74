// What every server of the benchmark does for it, whatever it serves by.
import { setTimeout as wait } from 'node:timers/promises';

export interface Served {
  port: number;
  /** Signs readers in, where that is needed. */
  token?: string;
  /** Tells every reader so many events, each of `bytes`, in one turn. */
  publish(count: number, bytes: number): void;
}

/** `bursts` of `size` events, one every so many ms. */
export interface Load {
  do: 'publish';
  bursts: number;
  size: number;
  everyMs: number;
  bytes: number;
  /** Catches up when the machine is late, as a rate does; else there is always so much time between. */
  keepsUp?: boolean;
}

export interface Memory {
  rss: number;
  /** Objects and buffers. */
  heap: number;
}

/** JSON of so many bytes. */
export function eventOf(bytes: number, at: number): { id: number; text: string } {
  const event = { id: at, text: '' };
  return { ...event, text: 'x'.repeat(Math.max(0, bytes - JSON.stringify(event).length)) };
}

/** Answers a load with the ms of CPU that it took, and a question for memory with what is held. */
export function obey(served: Served): void {
  async function run({ bursts, size, everyMs, bytes, keepsUp }: Load): Promise<number> {
    const before = process.cpuUsage();
    const began = performance.now();
    for (let burst = 0; burst < bursts;) {
      const due = keepsUp ? Math.ceil((performance.now() - began) / everyMs) : burst + 1;
      for (; burst < Math.min(due, bursts); burst++) served.publish(size, bytes);
      await wait(everyMs);
    }
    await wait(100);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  }

  function memory(): Memory {
    for (let round = 0; round < 3; round++) globalThis.gc!();
    const { rss, heapUsed, external } = process.memoryUsage();
    return { rss, heap: heapUsed + external };
  }

  process.on('message', (question: Load | { do: 'memory' }) => {
    if (question.do === 'memory') process.send!(memory());
    else void run(question).then((ms) => process.send!(ms));
  });
  process.on('disconnect', () => process.exit());
  process.send!({ port: served.port, token: served.token });
}
