import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as library from '@lit/task';
import type { ReactiveControllerHost } from 'lit';
import * as standIn from '../../src/stand-ins/task.js';

const failure = new Error('broken');

/** How a task goes, and what it answers; `given up` waits for that. */
type Way = 'done' | 'failed' | 'given up';

/** Runs a task by hand so many times, the next before the last has ended, and tells what came of it. */
async function live({ Task, initialState }: typeof library, ways: readonly Way[], apart: boolean) {
  const told: unknown[] = [];
  const host = { addController: () => undefined, requestUpdate: () => undefined };
  const task = new Task<readonly [Way], unknown>(host as unknown as ReactiveControllerHost, {
    autoRun: false,
    task: async ([way], { signal }) => {
      if (way === 'given up') {
        task.abort();
        return signal.aborted ? initialState : 'never';
      }
      await Promise.resolve();
      if (signal.aborted) told.push('aborted');
      if (way === 'failed') throw failure;
      return way;
    },
    onError: (error) => told.push(error),
  });
  const runs: Promise<void>[] = [];
  for (const way of ways) {
    runs.push(task.run([way]));
    if (apart) await runs.at(-1);
  }
  await Promise.all(runs);
  return { told, error: task.error };
}

describe('what stands in for @lit/task', () => {
  const lives: Way[][] = [
    ['done'],
    ['failed'],
    ['given up'],
    ['failed', 'done'],
    ['failed', 'given up'],
    ['done', 'failed'],
    ['given up', 'failed'],
  ];
  for (const ways of lives) {
    for (const apart of [true, false]) {
      it(`does as the library: ${ways.join(', ')}, ${apart ? 'one by one' : 'at once'}`, async () => {
        const [real, ours] = [library, standIn as unknown as typeof library];
        assert.deepEqual(await live(ours, ways, apart), await live(real, ways, apart));
      });
    }
  }
});
