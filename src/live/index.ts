export type { Clock } from './clock.js';
export { createLive, type LiveOptions } from './live.js';
export type { Position, Range } from '../contract/index.js';
export type { ChannelListener, ChannelName, Live, LiveSource, LiveState } from './live-source.js';
export { pollingTransport, sseTransport, type SseTransportOptions } from './sse.js';
export type { Heard, SubscribeOptions } from './subscribe.js';
export type { Link, LinkEvents, Transport, TransportName } from './transport.js';
export { createSharedLive, type SharedLiveOptions } from './tabs/shared-live.js';
export type { Tabs } from './tabs/tabs.js';
export { defaults as liveDefaults, type Tuning } from './tuning.js';
export {
  webSocketTransport,
  type SocketClass,
  type WebSocketTransportOptions,
} from './web-socket.js';
