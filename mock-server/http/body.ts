import express, { type Request, type Response } from 'express';
import { refusalOfStatus } from '../dispatch/problem.js';

const parse = express.json({ limit: '100kb' });
const problems: Record<number, string> = {
  400: 'The body is not valid JSON.',
  413: 'The body is larger than 100 kB.',
  415: 'The body must be JSON in UTF-8, with Content-Type: application/json.',
};

/** The JSON body, undefined when there is none. Called after sign-in, so that strangers can't make us parse. */
export async function readJson(request: Request, response: Response): Promise<unknown> {
  const empty =
    request.headers['transfer-encoding'] === undefined &&
    Number(request.headers['content-length'] ?? 0) === 0;
  if (empty) return undefined;
  if (!request.is('json')) throw refusalOfStatus(415, problems[415]!);
  await new Promise<void>((resolve, reject) => {
    parse(request, response, (error?: { status?: number }) => {
      if (!error) resolve();
      else
        reject(
          refusalOfStatus(error.status ?? 400, problems[error.status ?? 400] ?? problems[400]!),
        );
    });
  });
  return request.body as unknown;
}
