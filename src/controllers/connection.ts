import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface ConnectionOptions {
  /** Where to connect. */
  url: string;
  /** Connects only while true. Default: true. */
  enabled?: boolean;
  /** Takes each message in turn. */
  onMessage?: (message: unknown) => void;
}

/**
 * A connection that lives as long as its element is in the page, and follows what the
 * element says of it: another URL is another connection.
 */
export abstract class ConnectionController<
  O extends ConnectionOptions,
> implements ReactiveController {
  /** Whether messages may come. */
  connected = false;
  /** Why there is no connection, or the last message could not be read. */
  error: Error | undefined;
  /** The message that came last. */
  message: unknown;
  #opened: string | undefined;
  #attached = false;

  constructor(
    protected readonly host: ReactiveControllerHost,
    /** Read before each render. */
    protected readonly options: () => O,
  ) {
    host.addController(this);
  }

  protected abstract open(url: string): void;
  protected abstract close(): void;

  hostConnected(): void {
    this.follow(true);
  }

  hostUpdate(): void {
    if (this.#attached) this.follow(true);
  }

  hostDisconnected(): void {
    this.follow(false);
  }

  private follow(attached: boolean): void {
    this.#attached = attached;
    const wanted = attached ? this.wanted : undefined;
    if (wanted === this.#opened) return;
    if (this.#opened !== undefined) this.close();
    this.#opened = wanted;
    this.connected = false;
    this.error = undefined;
    if (wanted === undefined) return;
    try {
      this.open(wanted);
    } catch (cause) {
      // No address, or one that a page served by https may not use.
      this.set({ error: new Error(`Can't connect to ${wanted}.`, { cause }) });
    }
  }

  private get wanted(): string | undefined {
    const { url, enabled = true } = this.options();
    return enabled ? url : undefined;
  }

  protected set(state: { connected?: boolean; error?: Error | undefined }): void {
    Object.assign(this, state);
    this.host.requestUpdate();
  }

  /** Reads a message as JSON; what is none becomes the error, and nothing is thrown. */
  protected take(text: string): void {
    try {
      this.message = JSON.parse(text);
    } catch (cause) {
      const shown = JSON.stringify(text.slice(0, 80));
      return this.set({ error: new Error(`A message is not JSON: ${shown}`, { cause }) });
    }
    this.set({ error: undefined });
    this.options().onMessage?.(this.message);
  }
}
