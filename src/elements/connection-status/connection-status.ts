import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { closeCodes } from '../../contract/index.js';
import { InlayElement } from '../../kit/element.js';
import { InlayStatusEvent } from '../../kit/events.js';
import { keepFocus } from '../../kit/focus-keeper.js';
import { formatDateTime, formatRelative } from '../../kit/format.js';
import { isMessage } from '../../kit/i18n.js';
import { shared } from '../../kit/styles.js';
import type { Runtime } from '../../runtime/index.js';
import { styles } from './connection-status.styles.js';

type LiveState = Runtime['live']['state'];
const statuses = ['idle', 'connecting', 'live', 'reconnecting', 'offline', 'refused'];

/** Milliseconds that a change lasts before it is announced: most cuts are over by then. */
const patience = 3000;
/** Needs a connection: else the page would have none before its first answer, nor say why. */
const silent = { onEvents: () => undefined, onReset: () => Promise.resolve(undefined) };
/** Milliseconds after which the time is told since when the page may be stale. */
const stale = 60_000;

/**
 * How fresh the page is: live and by what, about to connect again, offline, or not live for
 * want of a sign-in; since when what is shown may be stale; and a button to try at once. It
 * connects by itself, and says nothing where there is no live stream. Readers hear of what
 * lasts, not of each attempt.
 *
 * @summary Whether the page is live, and since when it is not.
 * @csspart status - The dot and the words beside it.
 * @csspart retry - The button that tries again.
 * @event {InlayStatusEvent} inlay-status - The connection stands otherwise than before.
 */
export class ConnectionStatus extends InlayElement {
  static override styles = [shared, styles];
  static override properties = {
    quiet: { type: Boolean },
    said: { state: true },
  };

  /** Shows nothing unless something is wrong. */
  quiet = false;

  private state: LiveState = { status: 'idle' };
  /** Since the connection broke off; also while it is tried again. */
  private lost = false;
  /** Stands in a live region. */
  private said = '';
  private unhear: (() => void) | undefined;
  private unfollow: (() => void) | undefined;
  private telling: ReturnType<typeof setTimeout> | undefined;
  private ticking: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    keepFocus(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const live = this.runtime?.live;
    this.take(live?.state ?? { status: 'idle' });
    this.unhear = live?.onState((state) => this.take(state));
    this.unfollow = live?.follow('notifications', silent);
  }

  override disconnectedCallback(): void {
    this.unhear?.();
    this.unfollow?.();
    clearTimeout(this.ticking);
    clearTimeout(this.telling);
    this.telling = undefined;
    super.disconnectedCallback();
  }

  /** Tries to connect at once instead of waiting for the next attempt. */
  retry(): void {
    this.runtime?.live.retry();
  }

  private take(state: LiveState): void {
    const before = this.state;
    this.state = state;
    const { status } = state;
    if (status !== 'connecting') this.lost = status !== 'live' && status !== 'idle';
    const nameOf = (each: LiveState) =>
      JSON.stringify([each.status, 'transport' in each && each.transport]);
    this.requestUpdate();
    if (nameOf(before) === nameOf(state)) return;
    this.dispatchEvent(new InlayStatusEvent(state));
    this.telling ??= setTimeout(() => this.tell(), patience);
  }

  /** That it is live is news only to who has heard that it was not. */
  private tell(): void {
    this.telling = undefined;
    if (this.lost || this.said) this.said = this.words(true);
  }

  private words(lasting = false): string {
    const { state, lost } = this;
    const { status } = state;
    if (status === 'idle') return '';
    if (status === 'live') {
      const key = `connection.${state.transport}`;
      return this.t(isMessage(key) ? key : 'connection.websocket');
    }
    if (status === 'offline') return this.t('connection.offline');
    if (status === 'refused') {
      const signIn = state.code === closeCodes.token;
      return this.t(signIn ? 'connection.signIn' : 'connection.refused');
    }
    if (lasting && lost) return this.t('connection.lost');
    const count = this.seconds;
    return this.t(count > 0 ? 'connection.retrying' : 'connection.connecting', { count });
  }

  /** Until the next attempt; 0 if none is planned. */
  private get seconds(): number {
    const { state } = this;
    return state.status === 'reconnecting' ? Math.ceil((state.retryAt - Date.now()) / 1000) : 0;
  }

  /** How much of a worry it is, as a class. */
  private get tone(): string {
    const { status } = this.state;
    if (status === 'live') return 'success';
    return status === 'refused' ? 'error' : this.lost ? 'warning' : 'waiting';
  }

  protected override updated(): void {
    const { state, lost, seconds } = this;
    this.setStates({
      ...Object.fromEntries(statuses.map((each) => [each, each === state.status])),
      lost,
    });
    clearTimeout(this.ticking);
    if (seconds > 0) this.ticking = setTimeout(() => this.requestUpdate(), 1000);
  }

  protected override render(): TemplateResult {
    const { state, lost, quiet } = this;
    const shown = state.status !== 'idle' && (lost || !quiet);
    return html`<div class=${this.rootClass} dir=${ifDefined(this.rootDir)}>
      ${
        shown
          ? html`<span part="status" class="dot ${this.tone}">${this.words()}</span>${this.age()}`
          : nothing
      }
      ${
        lost
          ? html`<button part="retry" class="text" type="button" @click=${this.retry}>
              ${this.t('connection.retry')}
            </button>`
          : nothing
      }
      <span class="hidden" role="status">${this.said}</span>
    </div>`;
  }

  /** Until when it was sure that what is shown is what there is. */
  private age(): unknown {
    const { since } = this.state as { since?: number };
    const now = Date.now();
    if (!this.lost || since === undefined || now - since < stale) return nothing;
    const iso = new Date(since).toISOString();
    const time = formatRelative(this.language, iso, now);
    return html`<span class="fine" title=${formatDateTime(this.language, iso)}
      >${this.t('connection.since', { time })}</span
    >`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'connection-status': ConnectionStatus;
  }
}
