import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface ConnectionOptions {
  /** Where to connect. */
  url: string;
  /** Connects only while true. Default: true. */
  enabled?: boolean;
  /** Takes each message in turn. */
  onMessage?: (message: unknown) => void;
  /**
   * Pause before connecting again, in ms; it doubles with each try that fails, and is
   * somewhat shorter by chance, so that not all come back at once. Default: 3000.
   */
  reconnectInterval?: number;
  /** Longest pause, in ms. Default: 30,000. */
  maxReconnectInterval?: number;
  /** Tries in a row that may fail. Default: 5. */
  maxReconnects?: number;
}

/** `idle` while it is not wanted, `failed` once it has been given up. */
export type ConnectionStatus = 'idle' | 'connecting' | 'connected' | 'reconnecting' | 'failed';

/**
 * A connection that lives as long as its element is in the page, and follows what the
 * element says of it: another URL is another connection.
 */
export abstract class ConnectionController<
  O extends ConnectionOptions,
> implements ReactiveController {
  status: ConnectionStatus = 'idle';
  /** Why there is no connection, or the last message could not be read. */
  error: Error | undefined;
  /** The message that came last. */
  message: unknown;
  #opened: string | undefined;
  #attached = false;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    protected readonly host: ReactiveControllerHost,
    /** Read before each render. */
    protected readonly options: () => O,
  ) {
    host.addController(this);
  }

  /** Whether messages may come. */
  get connected(): boolean {
    return this.status === 'connected';
  }

  /** Connects anew at once, even after it has been given up; nothing while it is not wanted. */
  reconnect(): void {
    if (this.#opened !== undefined) this.begin(this.#opened);
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
    if (wanted !== this.#opened) this.begin(wanted);
  }

  private begin(url: string | undefined): void {
    if (this.#opened !== undefined) this.close();
    clearTimeout(this.#timer);
    this.#failures = 0;
    this.#opened = url;
    this.error = undefined;
    if (url === undefined) this.status = 'idle';
    else this.connect(url, 'connecting');
  }

  private connect(url: string, status: ConnectionStatus): void {
    this.set({ status });
    try {
      this.open(url);
    } catch (cause) {
      // No address, or one that a page served by https may not use.
      const error = new Error(`Can't connect to ${url}.`, { cause });
      this.set({ status: 'failed', error });
    }
  }

  protected succeed(): void {
    this.#failures = 0;
    this.set({ status: 'connected', error: undefined });
  }

  /** Connects again after a pause, unless it has been tried too often. */
  protected fail(error: Error): void {
    const { reconnectInterval = 3000, maxReconnectInterval = 30_000 } = this.options();
    const { maxReconnects = 5 } = this.options();
    const url = this.#opened!;
    const pause = Math.min(maxReconnectInterval, reconnectInterval * 2 ** this.#failures++);
    if (this.#failures > maxReconnects) return this.set({ status: 'failed', error });
    this.set({ status: 'reconnecting', error });
    const shorter = 0.75 + Math.random() / 4;
    this.#timer = setTimeout(() => this.connect(url, 'reconnecting'), pause * shorter);
  }

  private get wanted(): string | undefined {
    const { url, enabled = true } = this.options();
    return enabled ? url : undefined;
  }

  protected set(state: { status?: ConnectionStatus; error?: Error | undefined }): void {
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
