import assert from 'node:assert/strict';
import { it } from 'node:test';
import { systemClock } from '../../src/live/clock.js';

it('waits as long as it can where the wait is longer than timers take', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  let fired = false;
  systemClock.set(() => (fired = true), 1e12);
  context.mock.timers.tick(2 ** 31 - 2);
  assert.equal(fired, false);
  context.mock.timers.tick(1);
  assert.equal(fired, true);
});
