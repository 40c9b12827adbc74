import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { ClientFrame, LiveItem } from '../../src/contract/index.js';
import { createChannel, judge } from '../../src/live/channel.js';
import type { ChannelListener, Position } from '../../src/live/index.js';
import { settled } from './virtual-clock.js';

const at = (offset: number, epoch = 'a'): Position => ({ epoch, offset });

function createFixture() {
  const sent: ClientFrame[] = [];
  let ids = 0;
  const channel = createChannel(
    'users',
    (frame) => sent.push(frame),
    () => ++ids,
  );
  const events = (from: number, to: number, epoch = 'a') =>
    channel.onRange({ epoch, from, to, items: items(from, to) });
  return { channel, sent, events };
}

function items(from: number, to: number): LiveItem[] {
  return Array.from({ length: to - from }, (_, index) => ({
    offset: from + index + 1,
    type: 'USER_CREATED',
    id: `${from + index + 1}`,
    payload: null,
    timestamp: '',
  }));
}

class Reader implements ChannelListener {
  readonly offsets: number[] = [];
  readonly answers: ((at?: Position) => void)[] = [];
  ended: string | undefined;

  onEvents(news: readonly LiveItem[]): void {
    this.offsets.push(...news.map(({ offset }) => offset));
  }

  onReset(): Promise<Position | undefined> {
    return new Promise((resolve) => this.answers.push(resolve));
  }

  onEnd(code: string): void {
    this.ended = code;
  }
}

describe('judge', () => {
  it('applies exactly the ranges that begin at or before a position and end after it', () => {
    const offset = fc.nat(20);
    fc.assert(
      fc.property(offset, offset, fc.nat(5), fc.boolean(), (own, from, length, same) => {
        const range = { epoch: same ? 'a' : 'b', from, to: from + length };
        const expected = !same
          ? 'reset'
          : range.to <= own
            ? 'duplicate'
            : from > own
              ? 'gap'
              : 'apply';
        assert.equal(judge(at(own), range), expected);
      }),
    );
  });

  it('brings a reader to the end of any ranges that leave no hole, each offset once', () => {
    const ranges = fc.array(fc.tuple(fc.nat(10), fc.nat(10)), { maxLength: 20 });
    fc.assert(
      fc.property(ranges, (steps) => {
        const { channel, events } = createFixture();
        const reader = new Reader();
        channel.add(reader, at(0));
        let end = 0;
        for (const [back, forth] of steps) {
          const from = Math.max(0, end - back);
          events(from, from + forth);
          end = Math.max(end, from + forth);
        }
        assert.deepEqual(
          reader.offsets,
          items(0, end).map(({ offset }) => offset),
        );
      }),
    );
  });
});

describe('a channel', () => {
  it('subscribes from the lowest position of its readers and gives each only what it lacks', () => {
    const { channel, sent, events } = createFixture();
    const [late, early] = [new Reader(), new Reader()];
    channel.add(late, at(7));
    channel.add(early, at(3));
    channel.subscribe();
    assert.deepEqual(sent, [{ type: 'SUBSCRIBE', id: 1, channel: 'users', epoch: 'a', since: 3 }]);
    subscribed(channel, { id: 1, head: 9 });
    events(3, 9);
    assert.deepEqual(early.offsets, [4, 5, 6, 7, 8, 9]);
    assert.deepEqual(late.offsets, [8, 9]);
  });

  it('takes the head for now where a reader has no position', () => {
    const { channel, sent, events } = createFixture();
    const reader = new Reader();
    channel.add(reader, undefined);
    channel.subscribe();
    assert.deepEqual(sent, [{ type: 'SUBSCRIBE', id: 1, channel: 'users' }]);
    events(0, 5);
    subscribed(channel, { id: 1, head: 5 });
    events(3, 6);
    assert.deepEqual(reader.offsets, [6]);
  });

  it('asks once for what is missing, however many frames show the gap', () => {
    const { channel, sent, events } = createFixture();
    channel.add(new Reader(), at(1));
    channel.subscribe();
    subscribed(channel, { id: 1, head: 1 });
    events(4, 5);
    events(5, 6);
    channel.onGap();
    assert.deepEqual(sent.slice(1), [
      { type: 'SUBSCRIBE', id: 2, channel: 'users', epoch: 'a', since: 1 },
    ]);
  });

  it('asks again when the answer has not come between two pings', () => {
    const { channel, sent } = createFixture();
    channel.add(new Reader(), at(5));
    channel.subscribe();
    channel.onPing();
    channel.onGap();
    assert.equal(sent.length, 1);
    channel.onPing();
    channel.onGap();
    assert.equal(sent.length, 2);
  });

  it('does not take an old answer for the one it waits for', () => {
    const { channel } = createFixture();
    const reader = new Reader();
    channel.add(reader, at(5));
    channel.subscribe();
    channel.subscribe();
    subscribed(channel, { id: 1, head: 9, recovered: false });
    assert.equal(reader.answers.length, 0);
    subscribed(channel, { id: 2, head: 9, recovered: false });
    assert.equal(reader.answers.length, 1);
  });

  it('lets only those readers read anew that the log does not reach back to', async () => {
    const { channel, sent } = createFixture();
    const [lost, fine] = [new Reader(), new Reader()];
    channel.add(lost, at(2));
    channel.add(fine, at(50));
    channel.subscribe();
    subscribed(channel, { id: 1, head: 60, recovered: false });
    assert.deepEqual([lost.answers.length, fine.answers.length], [1, 0]);
    assert.deepEqual(sent.at(-1), {
      type: 'SUBSCRIBE',
      id: 2,
      channel: 'users',
      epoch: 'a',
      since: 50,
    });
    lost.answers[0]!(at(40));
    await settled();
    assert.deepEqual(sent.at(-1), {
      type: 'SUBSCRIBE',
      id: 3,
      channel: 'users',
      epoch: 'a',
      since: 40,
    });
  });

  it('hands nothing to a reader that reads anew, and goes on from what it has read', async () => {
    const { channel, events } = createFixture();
    const reader = new Reader();
    channel.add(reader, at(5));
    events(0, 3, 'b');
    events(3, 4, 'b');
    assert.deepEqual([reader.answers.length, reader.offsets], [1, []]);
    reader.answers[0]!(at(3, 'b'));
    await settled();
    events(2, 6, 'b');
    assert.deepEqual(reader.offsets, [4, 5, 6]);
  });

  it('believes the newest reading only', async () => {
    const { channel, sent } = createFixture();
    const reader = new Reader();
    channel.add(reader, at(5));
    channel.reset();
    channel.reset();
    reader.answers[1]!(at(9));
    await settled();
    reader.answers[0]!(at(6));
    await settled();
    assert.deepEqual(
      sent.map((frame) => 'since' in frame && frame.since),
      [9],
    );
  });

  it('goes on from now when a reader could not read', async () => {
    const { channel, sent } = createFixture();
    const reader = new Reader();
    reader.onReset = () => Promise.reject(new Error('offline'));
    channel.add(reader, at(5));
    channel.reset();
    await settled();
    assert.deepEqual(sent, [{ type: 'SUBSCRIBE', id: 1, channel: 'users' }]);
  });

  it('ends for all readers at once', () => {
    const { channel, events } = createFixture();
    const reader = new Reader();
    channel.add(reader, at(0));
    channel.end('forbidden');
    events(0, 1);
    assert.deepEqual([reader.ended, reader.offsets, channel.empty], ['forbidden', [], true]);
  });
});

function subscribed(
  channel: ReturnType<typeof createChannel>,
  answer: { id: number; head: number; recovered?: boolean },
): void {
  channel.onSubscribed({
    type: 'SUBSCRIBED',
    channel: 'users',
    epoch: 'a',
    recovered: true,
    ...answer,
  });
}
