import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createIdempotency } from '../../mock-server/dispatch/idempotency.js';

describe('an answer kept for its Idempotency-Key', () => {
  it('stays when an older one under the key fails, which was forgotten for others', async () => {
    const once = createIdempotency<string>();
    const ask = (key: string, answer: string) => once(key, 'the same', async () => answer);
    let fail = (_error: Error) => {};
    const slow = once('key', 'the same', () => new Promise((_, reject) => (fail = reject)));
    for (let other = 0; other < 1000; other += 1) await ask(`other ${other}`, '');
    assert.equal(await ask('key', 'second'), 'second');
    fail(new Error('late'));
    await assert.rejects(slow, /late/);
    assert.equal(await ask('key', 'third'), 'second');
  });
});
