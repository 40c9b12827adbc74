import cors from 'cors';
import type { Express } from 'express';

const exposed = [
  'X-Inlay-Cursor',
  'X-Inlay-Total',
  'Retry-After',
  'X-Request-Id',
  'ETag',
  'Content-Disposition',
].join(', ');
const preflightSeconds = 600;

/**
 * Lets browsers call from the origins listed; without a list from any, but never with cookies.
 * Answers with the headers that are the same for every answer.
 */
export function mountCors(
  app: Express,
  allowedOrigins: string[] | undefined,
): Record<string, string> {
  if (allowedOrigins) {
    app.use(cors({ origin: allowedOrigins, maxAge: preflightSeconds }));
    return { 'Access-Control-Expose-Headers': exposed };
  }
  app.options('/{*path}', cors({ maxAge: preflightSeconds }));
  return { 'Access-Control-Expose-Headers': exposed, 'Access-Control-Allow-Origin': '*' };
}
