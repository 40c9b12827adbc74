import { ConnectionController, type ConnectionOptions } from './connection.js';

export interface EventSourceOptions extends ConnectionOptions {
  /** Names of the events to take. Default: those without a name. */
  events?: readonly string[];
  withCredentials?: boolean;
  /** Default: the global one. */
  EventSource?: typeof globalThis.EventSource;
}

/**
 * Server-sent events of JSON, from any server, for an element of one's own. Browsers
 * connect again by themselves when a stream breaks off, and send no token: for that use cookies, or `live`.
 */
export class EventSourceController extends ConnectionController<EventSourceOptions> {
  #source: EventSource | undefined;

  protected override open(url: string): void {
    const { events = ['message'], EventSource = globalThis.EventSource } = this.options();
    const { withCredentials = false } = this.options();
    const source = new EventSource(url, { withCredentials });
    this.#source = source;
    source.onopen = () => this.succeed();
    source.onerror = () => {
      const error = new Error(`The event stream ${url} broke off.`);
      // After an answer that is no stream the browser does not try again.
      if (source.readyState === EventSource.CLOSED) this.fail(error);
      else this.set({ status: 'reconnecting', error });
    };
    for (const name of events) {
      source.addEventListener(name, ({ data }: MessageEvent<string>) => this.take(data));
    }
  }

  protected override close(): void {
    this.#source?.close();
    this.#source = undefined;
  }
}
