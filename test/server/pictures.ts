// Pictures of 7 × 5 pixels, as browsers and hand have written them, and every browser reads them.
const base64 = {
  png: 'iVBORw0KGgoAAAANSUhEUgAAAAcAAAAFCAYAAACJmvbYAAAAI0lEQVR4AbTJMQ0AAAwCwQYhVVL/qStQABuf/HT4PboxoRIKAAD//3fSW7kAAAAGSURBVAMAmncO8vgRqsUAAAAASUVORK5CYII=',
  jpeg: '/9j/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////////////////////////////////////2wBDAVVaWnhpeOuCguv/////////////////////////////////////////////////////////////////////////wAARCAAFAAcDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAP/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAAAQT/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCYAUP/2Q==',
  gif: 'R0lGODlhBwAFAIAAAMgePAAAACH5BAAAAAAALAAAAAAHAAUAAAIGhI+py+1dADs=',
  webp: 'UklGRi4AAABXRUJQVlA4ICIAAABwAQCdASoHAAUAB0CWJaACdAF1AAD+4cC9t/hz4s/U9sAA',
  losslessWebp: 'UklGRh4AAABXRUJQVlA4TBEAAAAvBgABAAdQjyKXp/+BiOh/AAA=',
  alphaWebp:
    'UklGRlgAAABXRUJQVlA4WAoAAAAQAAAABgAABAAAQUxQSAsAAAABDzD/ERGieBH9DwBWUDggJgAAAHABAJ0BKgcABQAHQJYlqAJ0AXUAAP7hwLfvMXn934UeGb/c+4AA',
};

export const pictures = Object.fromEntries(
  Object.entries(base64).map(([name, text]) => [
    name,
    Uint8Array.from(atob(text), (char) => char.charCodeAt(0)),
  ]),
) as Record<keyof typeof base64, Uint8Array<ArrayBuffer>>;

/** `image/webp` of each kind of WebP. */
export const typeOf = (name: string) =>
  `image/${/png|jpeg|gif|webp/i.exec(name)![0].toLowerCase()}`;

/** The PNG, said to be of this size. */
export function pngOfSize(width: number, height: number): Uint8Array<ArrayBuffer> {
  const bytes = pictures.png.slice();
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return bytes;
}

/** A PNG of `length` bytes, with a chunk of nothing before its end. */
export function pngOfLength(length: number): Uint8Array<ArrayBuffer> {
  const end = pictures.png.length - 12;
  const bytes = new Uint8Array(length);
  bytes.set(pictures.png.subarray(0, end));
  new DataView(bytes.buffer).setUint32(end, length - pictures.png.length - 12);
  bytes.set(new TextEncoder().encode('noTh'), end + 4);
  bytes.set(pictures.png.subarray(end), length - 12);
  return bytes;
}

export function fileOf(bytes: Uint8Array<ArrayBuffer> | string, name = 'me.png'): File {
  return new File([bytes], name, { type: 'image/png' });
}
