import type { avatarTypes } from '../../src/contract/index.js';

type PictureType = (typeof avatarTypes)[number];

interface Size {
  width: number;
  height: number;
  /** Where the picture ends; what follows is no part of it. */
  end: number;
}

interface Format {
  type: PictureType;
  /** The first bytes, as Latin-1; `.` stands for any. */
  signature: RegExp;
  /** Walks over the file's structure. Undefined when it is broken, a RangeError when it is cut short. */
  measure: (view: DataView) => Size | undefined;
}

export interface Picture {
  type: PictureType;
  /** Missing when the file is broken or cut short. */
  size: Size | undefined;
}

const longestSignature = 12;

/** What a file is by its content, whatever it is called; undefined when it is no picture we take. */
export function readPicture(bytes: Uint8Array): Picture | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, longestSignature));
  const format = formats.find(({ signature }) => signature.test(head));
  if (!format) return undefined;
  const { type, measure } = format;
  try {
    const size = measure(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    return { type, size: size && size.end <= bytes.length ? size : undefined };
  } catch (error) {
    if (error instanceof RangeError) return { type, size: undefined };
    throw error;
  }
}

const formats: Format[] = [
  { type: 'image/png', signature: /^\x89PNG\r\n\x1a\n/, measure: measurePng },
  { type: 'image/jpeg', signature: /^\xff\xd8\xff/, measure: measureJpeg },
  { type: 'image/gif', signature: /^GIF8[79]a/, measure: measureGif },
  { type: 'image/webp', signature: /^RIFF[^]{4}WEBP/, measure: measureWebp },
];

const nameAt = (view: DataView, at: number) =>
  String.fromCharCode(...[0, 1, 2, 3].map((index) => view.getUint8(at + index)));

/** Chunks, each with its length and name before and a checksum after. */
function measurePng(view: DataView): Size | undefined {
  if (nameAt(view, 12) !== 'IHDR') return undefined;
  for (let at = 8; ;) {
    const name = nameAt(view, at + 4);
    at += 12 + view.getUint32(at);
    if (name === 'IEND') return { width: view.getUint32(16), height: view.getUint32(20), end: at };
  }
}

/** Segments behind markers, `ff` and a code, and scans that last until the next marker. */
function measureJpeg(view: DataView): Size | undefined {
  let size: Omit<Size, 'end'> | undefined;
  for (let at = 2; ;) {
    if (view.getUint8(at) !== 0xff) return undefined;
    while (view.getUint8(at) === 0xff) at += 1;
    const code = view.getUint8(at);
    at += 1;
    if (code === 0xd9) return size && { ...size, end: at };
    // All frame headers, of which there are many kinds; the three others there mean tables.
    if (code >= 0xc0 && code <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(code)) {
      // Of two frames nobody knows which one will be shown.
      if (size) return undefined;
      size = { height: view.getUint16(at + 3), width: view.getUint16(at + 5) };
    }
    at += view.getUint16(at);
    if (code === 0xda) at = endOfScan(view, at);
  }
}

/** In a scan `ff` stands before 00, where it is data, or a restart mark (d0 to d7). */
function endOfScan(view: DataView, from: number): number {
  for (let at = from; ; at += 1) {
    if (view.getUint8(at) !== 0xff) continue;
    const next = view.getUint8(at + 1);
    if (next !== 0 && (next < 0xd0 || next > 0xd7)) return at;
  }
}

/** Blocks by their first byte; their data comes in pieces of up to 255 bytes, until an empty one. */
function measureGif(view: DataView): Size | undefined {
  const colours = (flags: number) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
  const endOfPieces = (from: number) => {
    let at = from;
    while (view.getUint8(at) > 0) at += view.getUint8(at) + 1;
    return at + 1;
  };
  let width = view.getUint16(6, true);
  let height = view.getUint16(8, true);
  let drawn = false;
  for (let at = 13 + colours(view.getUint8(10)); ;) {
    // Some leave out the last byte, and are shown all the same.
    const block = at === view.byteLength ? 0x3b : view.getUint8(at);
    if (block === 0x3b) {
      if (!drawn) return undefined;
      const end = Math.min(at + 1, view.byteLength);
      return { width, height, end };
    }
    if (block === 0x21) at = endOfPieces(at + 2);
    else if (block === 0x2c) {
      // Browsers make room for an image that is larger than the whole says.
      width = Math.max(width, view.getUint16(at + 1, true) + view.getUint16(at + 5, true));
      height = Math.max(height, view.getUint16(at + 3, true) + view.getUint16(at + 7, true));
      at = endOfPieces(at + 11 + colours(view.getUint8(at + 9)));
      drawn = true;
    } else return undefined;
  }
}

/** One container of known length; how its first chunk is coded says where the size stands. */
function measureWebp(view: DataView): Size | undefined {
  const end = 8 + view.getUint32(4, true);
  const small = (at: number) => view.getUint16(at, true) & 0x3fff;
  const long = (at: number) => 1 + view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
  const packed = () => view.getUint32(21, true);
  switch (nameAt(view, 12)) {
    case 'VP8 ':
      return { width: small(26), height: small(28), end };
    case 'VP8L':
      return { width: 1 + (packed() & 0x3fff), height: 1 + ((packed() >>> 14) & 0x3fff), end };
    case 'VP8X':
      return { width: long(24), height: long(27), end };
    default:
      return undefined;
  }
}
