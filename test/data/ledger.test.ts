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

  it('believes the stream, not a late answer, as to which epoch is over', () => {
    const ledger = new Ledger();
    ledger.restart({ channel: 'users', epoch: 'new', offset: 4 });
    ledger.meet({ channel: 'users', epoch: 'old', offset: 9 });
    const at = { channel: 'users', epoch: 'new', offset: 5 };
    const told = [{ type: 'REMOVED' as const, payload: { id: 'x' }, at }];
    assert.deepEqual(ledger.append('users', { epoch: 'new', from: 4, to: 5 }, told), told);
    assert.deepEqual(ledger.since([{ channel: 'users', epoch: 'new', offset: 4 }]), told);
  });

  it('suspects an answer of an epoch that is over, also where nothing is known any more', () => {
    const ledger = new Ledger();
    ledger.restart({ channel: 'users', epoch: 'old', offset: 4 });
    ledger.restart({ channel: 'users', epoch: 'new', offset: 0 });
    assert.ok(ledger.differs({ channel: 'projects', epoch: 'old', offset: 9 }));
    assert.ok(!ledger.differs({ channel: 'projects', epoch: 'new', offset: 0 }));
  });

  it('keeps the changes of a hundred channels, those told of last', () => {
    const ledger = new Ledger();
    const tell = (channel: string, offset: number) => {
      const at = { channel, epoch: 'e', offset };
      const change = { type: 'REMOVED' as const, payload: { id: channel }, at };
      ledger.append(channel, { epoch: 'e', from: offset - 1, to: offset }, [change]);
    };
    tell('users', 1);
    for (let n = 0; n < 300; n++) {
      tell(`user:${n}`, 1);
      if (n % 50 === 0) tell('users', 2 + n / 50);
    }
    assert.equal(ledger.head('users')?.offset, 7);
    assert.equal(ledger.head('user:199'), undefined);
    assert.equal(ledger.head('user:299')?.offset, 1);
    assert.equal(ledger.since([undefined]).length, 99 + 7);
  });
});
