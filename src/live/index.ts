export type { Clock } from './clock.js';
export { listen, type Heard, type ListenOptions } from './listen.js';
export { createLive, type LiveOptions } from './live.js';
export type { Position, Range } from '../contract/index.js';
export type { ChannelListener, LiveSource, LiveState } from './live-source.js';
export { sseTransport, type SseTransportOptions } from './sse.js';
export type { Link, LinkEvents, Transport } from './transport.js';
export {
  webSocketTransport,
  type SocketClass,
  type WebSocketTransportOptions,
} from './web-socket.js';
