import type { Request, RequestHandler, Response } from 'express';
import { fileLimit, refuseForm } from '../dispatch/problem.js';
import { Refusal } from '../domain/handler.js';

/** Forms read at the same time; each holds its file in memory. */
const mostForms = 16;
/** Bytes of a form beside its file: boundaries, names, and texts. */
const longestRest = 64 * 1024;

let parsing: Promise<RequestHandler> | undefined;
let open = 0;

/** Loaded with the first form: it is not needed to start. */
function loadParser(): Promise<RequestHandler> {
  return (parsing ??= import('multer').then(({ default: multer }) =>
    multer({
      limits: { fileSize: fileLimit, files: 1, fields: 10, fieldSize: 1000, fieldNameSize: 100 },
    }).any(),
  ));
}

/** The fields of a form, files among them. Called after sign-in, so that strangers can't make us parse. */
export async function readForm(
  request: Request,
  response: Response,
): Promise<Record<string, unknown>> {
  if (!request.is('multipart/form-data')) throw refuseForm(415);
  if (Number(request.headers['content-length'] ?? 0) > fileLimit + longestRest)
    throw refuseForm(413);
  if (open >= mostForms) {
    throw new Refusal('UNAVAILABLE', 'Too many uploads at the same time. Try again soon.', {
      retryAfter: 1,
    });
  }
  open += 1;
  try {
    const parse = await loadParser();
    await new Promise<void>((resolve, reject) => {
      parse(request, response, (error?: unknown) => {
        if (!error) resolve();
        else
          reject(refuseForm((error as { code?: string }).code === 'LIMIT_FILE_SIZE' ? 413 : 400));
      });
    });
  } finally {
    open -= 1;
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
