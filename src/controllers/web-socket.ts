import { ConnectionController, type ConnectionOptions } from './connection.js';

export interface WebSocketOptions extends ConnectionOptions {
  protocols?: string | string[];
  /** Pause before connecting again, in ms. Default: 3000. */
  reconnectInterval?: number;
  /** Attempts in a row that may fail. Default: 5. */
  maxReconnects?: number;
  /** Default: the global one. */
  WebSocket?: typeof globalThis.WebSocket;
}

/**
 * A WebSocket of JSON messages, to any server, for an element of one's own. Elements of
 * ours share one connection instead, which resumes where it was: see `live`.
 */
export class WebSocketController extends ConnectionController<WebSocketOptions> {
  #socket: WebSocket | undefined;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Sends it as JSON; false, with a warning in the console, while there is no connection. */
  send(message: unknown): boolean {
    if (this.#socket && this.connected) {
      this.#socket.send(JSON.stringify(message));
      return true;
    }
    console.warn('Not sent, as the WebSocket is not connected:', message);
    return false;
  }

  protected override open(url: string): void {
    const { protocols, WebSocket = globalThis.WebSocket } = this.options();
    const { reconnectInterval = 3000, maxReconnects = 5 } = this.options();
    const socket = new WebSocket(url, protocols);
    this.#socket = socket;
    socket.onopen = () => {
      this.#failures = 0;
      this.set({ connected: true, error: undefined });
    };
    socket.onmessage = ({ data }) => this.take(String(data));
    socket.onclose = ({ code }) => {
      this.#failures += 1;
      const error = new Error(`The WebSocket ${url} was closed with ${code}.`);
      this.set({ connected: false, error });
      if (this.#failures > maxReconnects) return;
      this.#timer = setTimeout(() => this.open(url), reconnectInterval);
    };
  }

  protected override close(): void {
    clearTimeout(this.#timer);
    this.#failures = 0;
    const socket = this.#socket;
    this.#socket = undefined;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }
}
