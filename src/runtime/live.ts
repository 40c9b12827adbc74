import type { Caller } from '../client/index.js';
import {
  createLive,
  createSharedLive,
  pollingTransport,
  sseTransport,
  webSocketTransport,
  type Live,
  type LiveSource,
  type TransportName,
} from '../live/index.js';
import { subscribable } from '../live/subscribe.js';
import type { Configuration, LiveSettings } from './configuration.js';

/** Stands in where there is no live stream: never connects, never tells anything. */
const silence: LiveSource = {
  state: { status: 'idle' },
  follow: () => () => undefined,
  onState: () => () => undefined,
  retry: () => undefined,
  restart: () => undefined,
  close: () => undefined,
};

const carriers = {
  websocket: webSocketTransport,
  sse: sseTransport,
  polling: pollingTransport,
};
const all: TransportName[] = ['websocket', 'sse', 'polling'];

/**
 * The live source that the configuration asks for; by default the API's own. It connects with
 * the first subscription.
 *
 * @throws TypeError when no transport is named, one that is none, or `websocket` where there is none.
 */
export function openLive(configuration: Configuration, client: Caller | undefined): Live {
  const { live, getToken, WebSocket = globalThis.WebSocket } = configuration;
  if (typeof live === 'object' && 'follow' in live) return subscribable(live);
  const settings: LiveSettings = typeof live === 'object' ? live : { url: live || undefined };
  const { url: baseUrl = client?.baseUrl, transports, tabs = true, ...tuning } = settings;
  if (live === false || !baseUrl) return subscribable(silence);
  const names = transports ?? (WebSocket ? all : all.slice(1));
  if (names.length === 0 || !names.every((name) => all.includes(name))) {
    const given = JSON.stringify(names);
    throw new TypeError(`live.transports must name some of ${all.join(', ')}, got ${given}.`);
  }
  const { fetch, headers, credentials } = configuration;
  const options = { ...tuning, baseUrl, WebSocket, fetch, headers, credentials };
  const create = tabs ? createSharedLive : createLive;
  return create({
    ...tuning,
    endpoint: baseUrl,
    transports: names.map((name) => carriers[name](options)),
    // The client's, so that calls and stream share one refresh.
    getToken: client?.token ?? (async (reason) => (await getToken?.(reason)) ?? null),
    ...(client && { client: client.id }),
  });
}
