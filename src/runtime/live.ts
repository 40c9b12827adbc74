import type { Caller } from '../client/index.js';
import { createLive, webSocketTransport, type Live, type LiveSource } from '../live/index.js';
import { subscribable } from '../live/subscribe.js';
import { noWebSocket, ownWebSocket, unsupported } from '../live/web-socket.js';
import type { Configuration } from './configuration.js';

/** Stands in where there is no live stream: never connects, never tells anything. */
const silence: LiveSource = {
  state: { status: 'idle' },
  follow: () => () => undefined,
  onState: () => () => undefined,
  retry: () => undefined,
  restart: () => undefined,
  close: () => undefined,
};

/** Stands in where nothing can carry a stream: whoever listens is told so. Elsewhere things are read, but go stale. */
function speechless(): LiveSource {
  let warned = false;
  return {
    ...silence,
    follow(_channel, { onEnd }) {
      if (!warned) console.warn(`inlay: nothing is live. ${noWebSocket}`);
      warned = true;
      queueMicrotask(() => onEnd?.(unsupported));
      return () => undefined;
    },
  };
}

/** The live source that the configuration asks for; by default the API's own. It connects with the first subscription. */
export function openLive(
  { live, getToken, WebSocket = ownWebSocket() }: Configuration,
  client: Caller | undefined,
): Live {
  if (typeof live === 'object') return subscribable(live);
  const baseUrl = live === undefined ? client?.baseUrl : live;
  if (!baseUrl) return subscribable(silence);
  if (!WebSocket) return subscribable(speechless());
  return createLive({
    transports: [webSocketTransport({ baseUrl, WebSocket })],
    // The client's, so that calls and stream share one refresh.
    getToken: client?.token ?? (async (reason) => (await getToken?.(reason)) ?? null),
    ...(client && { client: client.id }),
  });
}
