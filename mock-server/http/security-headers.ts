import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';

/** Helmet's headers, which are the same for every answer: asked for once, instead of set one by one each time. */
export function createSecurityHeaders(): Record<string, string> {
  const headers = new Map<string, string>();
  const collect = {
    setHeader: (name: string, value: string) => headers.set(name, value),
    removeHeader: (name: string) => headers.delete(name),
  };
  helmet({ crossOriginResourcePolicy: { policy: 'cross-origin' } })(
    {} as IncomingMessage,
    collect as unknown as ServerResponse,
    (error) => {
      if (error) throw error as Error;
    },
  );
  return Object.fromEntries(headers);
}
