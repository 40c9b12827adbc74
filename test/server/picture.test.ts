import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readPicture } from '../../mock-server/domain/picture.js';
import { pictures, pngOfLength, typeOf } from './pictures.js';

const join = (...parts: (Uint8Array | string)[]) =>
  Uint8Array.from(Buffer.concat(parts.map((part) => Buffer.from(part as string, 'latin1'))));

describe('a picture by its content', () => {
  for (const [name, bytes] of Object.entries(pictures)) {
    it(`is known as ${name}, with its size and its end`, () => {
      const size = { width: 7, height: 5, end: bytes.length };
      assert.deepEqual(readPicture(bytes), { type: typeOf(name), size });
    });

    it(`is still that ${name} with anything behind it`, () => {
      const more = join(bytes, 'PK\x03\x04<script>alert(1)</script>');
      assert.equal(readPicture(more)?.size?.end, bytes.length);
    });

    it(`is none, or broken, wherever ${name} is cut off`, () => {
      // The last byte of a GIF alone may be missing.
      const shortest = name === 'gif' ? bytes.length - 1 : bytes.length;
      for (let length = 0; length < shortest; length += 1)
        assert.equal(readPicture(bytes.subarray(0, length))?.size, undefined, `${length} bytes`);
    });

    it(`never throws, and never reads past the end, however ${name} is spoilt`, () => {
      for (let at = 0; at < bytes.length; at += 1) {
        for (const value of [0, 1, 0x7f, 0xff]) {
          const spoilt = bytes.slice();
          spoilt[at] = value;
          const end = readPicture(spoilt)?.size?.end ?? 0;
          assert.ok(end <= spoilt.length);
        }
      }
    });
  }

  it('is read from a view of a larger buffer, too', () => {
    const shifted = join('some bytes before', pictures.jpeg).subarray(17);
    assert.equal(readPicture(shifted)?.size?.width, 7);
  });

  it('may be long, and a JPEG in several scans with restarts', () => {
    assert.equal(readPicture(pngOfLength(1_000_000))?.size?.end, 1_000_000);
    const frame = '\xff\xc2\x00\x0b\x08\x00\x05\x00\x07\x01\x01\x11\x00';
    const scan = '\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00ab\xff\x00c\xff\xd0d';
    const bytes = join('\xff\xd8', frame, scan, '\xff\xff\xc4\x00\x04ab', scan, '\xff\xd9');
    assert.deepEqual(readPicture(bytes)?.size, { width: 7, height: 5, end: bytes.length });
  });

  it('is as large as what a browser would draw', () => {
    const gif = pictures.gif.slice();
    const at = gif.indexOf(0x2c, 13);
    new DataView(gif.buffer).setUint16(at + 5, 0xffff, true);
    assert.equal(readPicture(gif)?.size?.width, 0xffff);
    const frame = '\xff\xc0\x00\x0b\x08\xff\xff\xff\xff\x01\x01\x11\x00';
    const twice = join('\xff\xd8', frame, pictures.jpeg.subarray(2));
    assert.deepEqual(readPicture(twice), { type: 'image/jpeg', size: undefined });
  });

  it('is not what else there is, whatever it pretends', () => {
    const others = [
      '',
      '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
      '<!doctype html><script>alert(1)</script>',
      '%PDF-1.7',
      'BM\x36\x00\x00\x00',
      'II*\x00',
      '\x00\x00\x00\x20ftypavif',
      'RIFF\x24\x00\x00\x00WAVEfmt ',
      ' GIF89a',
      '\xef\xbb\xbf\x89PNG\r\n\x1a\n',
    ];
    for (const text of others) assert.equal(readPicture(join(text)), undefined, text);
    const script = join('GIF89a=1;/*', 'x'.repeat(100), '*/alert(1)');
    assert.equal(readPicture(script)?.size, undefined, 'a script that begins like a GIF');
    const noHeader = join('\x89PNG\r\n\x1a\n', '\x00\x00\x00\x00IEND\xae\x42\x60\x82');
    assert.equal(readPicture(noHeader)?.size, undefined);
  });
});
