import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import type { Response } from 'express';
import type { WireResponse } from '../dispatch/dispatch.js';

const streaming = { 'Cache-Control': 'no-cache, no-transform', 'X-Accel-Buffering': 'no' };

/** Writes an answer; one that streams lasts until either side ends it. */
export async function send(
  response: Response,
  { status, headers, body }: WireResponse,
): Promise<void> {
  if (body instanceof ReadableStream) {
    response.writeHead(status, { ...headers, ...streaming });
    response.flushHeaders();
    await pipeline(Readable.fromWeb(body as NodeReadableStream<Uint8Array>), response).catch(
      ignoreLeaving,
    );
    return;
  }
  if (body === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  const text = JSON.stringify(body);
  headers['Content-Length'] = String(Buffer.byteLength(text));
  response.writeHead(status, headers).end(text);
}

/** A reader that leaves is how streams end, not a failure. */
function ignoreLeaving(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
}
