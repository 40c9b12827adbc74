import type { Caller } from '../client/index.js';
import { createLive, webSocketTransport, type LiveSource } from '../live/index.js';
import type { Configuration } from './configuration.js';

/** Stands in where there is no live stream: never connects, never tells anything. */
const silence: LiveSource = {
  state: { status: 'idle' },
  subscribe: () => () => undefined,
  onState: () => () => undefined,
  retry: () => undefined,
  restart: () => undefined,
  close: () => undefined,
};

/** The live source that the configuration asks for; by default the API's own. It connects with the first subscription. */
export function openLive(
  { live, getToken }: Configuration,
  client: Caller | undefined,
): LiveSource {
  if (typeof live === 'object') return live;
  const baseUrl = live === undefined ? client?.baseUrl : live;
  if (!baseUrl) return silence;
  return createLive({
    transports: [webSocketTransport({ baseUrl })],
    // The client's, so that calls and stream share one refresh.
    getToken: client?.token ?? (async (reason) => (await getToken?.(reason)) ?? null),
    ...(client && { client: client.id }),
  });
}
