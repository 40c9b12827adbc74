const encoder = new TextEncoder();
const finalText = 0x81;

/** A text as the one frame in which a server sends it (RFC 6455, section 5.2): not masked. */
export function textFrame(text: string): Uint8Array {
  const payload = encoder.encode(text);
  const { length } = payload;
  const start = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = new Uint8Array(start + length);
  const view = new DataView(frame.buffer);
  view.setUint8(0, finalText);
  view.setUint8(1, start === 2 ? length : start === 4 ? 126 : 127);
  if (start === 4) view.setUint16(2, length);
  if (start === 10) view.setBigUint64(2, BigInt(length));
  frame.set(payload, start);
  return frame;
}
