import { ConnectionController, type ConnectionOptions } from './connection.js';

export interface WebSocketOptions extends ConnectionOptions {
  protocols?: string | string[];
  /** Default: the global one. */
  WebSocket?: typeof globalThis.WebSocket;
}

/**
 * A WebSocket of JSON messages, to any server, for an element of one's own. Elements of
 * ours share one connection instead, which resumes where it was: see `live`.
 */
export class WebSocketController extends ConnectionController<WebSocketOptions> {
  #socket: WebSocket | undefined;

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
    const socket = new WebSocket(url, protocols);
    this.#socket = socket;
    socket.onopen = () => this.succeed();
    socket.onmessage = ({ data }) => this.take(String(data));
    socket.onclose = ({ code }) =>
      this.fail(new Error(`The WebSocket ${url} was closed with ${code}.`));
  }

  protected override close(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }
}
