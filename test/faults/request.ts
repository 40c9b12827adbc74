import type { Kind } from './conditions.js';

/** The method, path and kind of a request, if that is what these bytes begin with. */
export function readRequest(bytes: Buffer): { line: string; kind: Kind } | undefined {
  const head = bytes.toString('latin1', 0, 4096);
  const [, line, path] = /^([A-Z]+ (\S+)) HTTP\/1\.1\r\n/.exec(head) ?? [];
  if (!line || !path) return undefined;
  return { line, kind: kindOf(path, head) };
}

function kindOf(path: string, head: string): Kind {
  if (/\r\nupgrade: websocket\r\n/i.test(head)) return 'websocket';
  if (!/\/(live\/sse|notifications\/stream)(\?|$)/.test(path)) return 'http';
  return /[?&]wait=/.test(path) ? 'polling' : 'sse';
}

/** Whether these bytes hold an answer to its end, so far as it says where that is. */
export function isWhole(answer: Buffer): boolean {
  const end = answer.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const head = answer.toString('latin1', 0, end);
  if (/\r\ntransfer-encoding: chunked/i.test(head))
    return answer.toString('latin1').endsWith('\r\n0\r\n\r\n');
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  return length !== undefined && answer.length >= end + 4 + Number(length);
}
