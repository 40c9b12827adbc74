import express, { type Request, type Response } from 'express';
import { bodyLimit, refuseBody } from '../dispatch/problem.js';

const parse = express.json({ limit: bodyLimit });

/** The JSON body, undefined when there is none. Called after sign-in, so that strangers can't make us parse. */
export async function readJson(request: Request, response: Response): Promise<unknown> {
  const { 'transfer-encoding': encoding, 'content-length': length } = request.headers;
  if (encoding === undefined && Number(length ?? 0) === 0) return undefined;
  if (!request.is('json')) throw refuseBody(415);
  await new Promise<void>((resolve, reject) => {
    parse(request, response, (error?: { status?: number }) => {
      if (error) reject(refuseBody(error.status ?? 400));
      else resolve();
    });
  });
  return request.body as unknown;
}
