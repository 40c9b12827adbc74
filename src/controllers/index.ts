export type { ConnectionOptions, ConnectionStatus } from './connection.js';
export { EventSourceController, type EventSourceOptions } from './event-source.js';
export { WebSocketController, type WebSocketOptions } from './web-socket.js';
