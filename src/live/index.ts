export type { Clock } from './clock.js';
export { createLive, type LiveOptions } from './live.js';
export type { ChannelListener, LiveSource, LiveState, Position } from './live-source.js';
export { sseTransport, type SseTransportOptions } from './sse.js';
export type { Link, LinkEvents, Transport } from './transport.js';
export { webSocketTransport, type WebSocketTransportOptions } from './web-socket.js';
