import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Ledger } from '../../src/data/ledger.js';

describe('Ledger', () => {
  it('forgets what was told on every channel when the server begins anew', () => {
    const ledger = new Ledger();
    const id = '11111111-1111-4111-8111-111111111111';
    ledger.restart({ channel: 'users', epoch: 'old', offset: 0 });
    for (const channel of ['users', `user:${id}`]) {
      const at = { channel, epoch: 'old', offset: 1 };
      ledger.tellAhead({ type: 'REMOVED', payload: { id }, at });
    }
    assert.equal(ledger.since([]).length, 2);
    ledger.restart({ channel: 'users', epoch: 'new', offset: 0 });
    assert.deepEqual(ledger.since([]), []);
  });
});
