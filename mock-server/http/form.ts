import type { Request, RequestHandler, Response } from 'express';
import { fileLimit, refuseForm } from '../dispatch/problem.js';
import { Refusal } from '../domain/handler.js';

/** Forms read at the same time, in all and for one person; each holds its file in memory. */
const mostForms = { all: 16, each: 4 };
/** Bytes of a form beside its file: boundaries, names, and texts. */
const longestRest = 64 * 1024;

let parsing: Promise<RequestHandler> | undefined;
/** For whom forms are being read. */
const open: string[] = [];

/** Loaded with the first form: it is not needed to start. */
function loadParser(): Promise<RequestHandler> {
  return (parsing ??= import('multer').then(({ default: multer }) =>
    multer({
      limits: {
        fileSize: fileLimit,
        files: 1,
        fields: 10,
        parts: 11,
        fieldSize: 1000,
        fieldNameSize: 100,
        // Names are names: `file[1000000]` is no array.
        fieldNestingDepth: 0,
      },
    }).any(),
  ));
}

/** The fields of a form, files among them. Called after sign-in, so that strangers can't make us parse. */
export async function readForm(
  request: Request,
  response: Response,
): Promise<Record<string, unknown>> {
  if (!request.is('multipart/form-data')) throw refuseForm(415);
  const longest = fileLimit + longestRest;
  if (Number(request.headers['content-length'] ?? 0) > longest) throw refuseForm(413);
  const whose = Object.values(request.params).join('/');
  if (
    open.length >= mostForms.all ||
    open.filter((one) => one === whose).length >= mostForms.each
  ) {
    throw new Refusal('UNAVAILABLE', 'Too many uploads at the same time. Try again soon.', {
      retryAfter: 1,
    });
  }
  open.push(whose);
  try {
    const parse = await loadParser();
    await new Promise<void>((resolve, reject) => {
      parse(request, response, (error?: unknown) => {
        if (!error) resolve();
        else
          reject(refuseForm((error as { code?: string }).code === 'LIMIT_FILE_SIZE' ? 413 : 400));
      });
      // What comes in chunks says no length ahead, and the parser reads to the end before it refuses.
      let received = 0;
      request.on('data', ({ length }: Buffer) => {
        received += length;
        if (received <= longest) return;
        if (!response.headersSent) response.setHeader('Connection', 'close');
        reject(refuseForm(413));
      });
    });
  } finally {
    open.splice(open.indexOf(whose), 1);
  }
  const files = (request.files ?? []) as Express.Multer.File[];
  return {
    ...(request.body as Record<string, unknown>),
    ...Object.fromEntries(
      files.map(({ fieldname, originalname, buffer }) => [
        fieldname,
        new File([buffer as Uint8Array<ArrayBuffer>], originalname),
      ]),
    ),
  };
}
