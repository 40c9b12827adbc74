import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createParser } from 'eventsource-parser';
import fc from 'fast-check';
import { createEventReader } from '../../src/live/event-stream.js';

type Told = [data: string, id: string];

function read(pieces: readonly string[], most = 1000): Told[] {
  const told: Told[] = [];
  const feed = createEventReader(most, (data, id) => told.push([data, id]));
  pieces.forEach(feed);
  return told;
}

/** What the field's library makes of it. */
function expected(text: string): Told[] {
  const told: Told[] = [];
  const parser = createParser({ onEvent: ({ data, id = '' }) => told.push([data, id]) });
  parser.feed(text);
  return told;
}

const line = fc.oneof(
  fc.constantFrom(
    '',
    '',
    ':ping',
    'data',
    'data:',
    'data: {}',
    'data:  two',
    'dat: no',
    'event: x',
  ),
  fc.constantFrom('id: a@b:1', 'id:2', 'id', 'retry: 5', ' data: no', 'data: a:b', 'nothing'),
);
const end = fc.constantFrom('\n', '\r\n', '\r');

describe('a reader of event streams', () => {
  it('reads what the field’s parser reads, however the text is cut into pieces', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(line, end)),
        fc.array(fc.nat({ max: 40 }), { maxLength: 8 }),
        (lines, cuts) => {
          const text = `${lines.flat().join('')}data: last\n\n`;
          const places = [0, ...cuts.map((at) => at % text.length).sort((a, b) => a - b)];
          const pieces = places.map((at, n) => text.slice(at, places[n + 1]));
          assert.deepEqual(read(pieces), expected(text));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('joins lines of data, and tells an event without data to nobody', () => {
    const text = 'data: a\ndata: b\nid: 1\n\nid: 2\n\ndata: c\n\ndata: unfinished\n';
    assert.deepEqual(read([text]), [
      ['a\nb', '1'],
      ['c', ''],
    ]);
  });

  it('gives up an event that is too long, be it of one line or of many', () => {
    assert.throws(() => read(['data: ', 'x'.repeat(1000)]), RangeError);
    assert.throws(() => read(Array(200).fill('data: 123456\n')), RangeError);
    assert.throws(() => read(Array(2000).fill('data:\n')), RangeError);
    assert.equal(read(Array(200).fill('data: 123456\n\n')).length, 200);
  });
});
