import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { InlayElement } from './element.js';
import { InlayErrorEvent, InlayLoadEvent } from './events.js';
import { keepFocus } from './focus-keeper.js';
import { blank, failure, notice } from './parts.js';

/** Whatever is shown takes the place of the content, so that nothing around it moves. */
const inPlace = (content: unknown) => html`<div class="scroller">${content}</div>`;

/** What an element shows: a query, or pages of one list. */
interface ShownQuery {
  readonly data: unknown;
  /** Tells one set of parameters from another. */
  readonly hash: string;
  /** Undefined while the element has no runtime. */
  readonly result:
    | {
        error: Error | null;
        isRefetchError: boolean;
        isPlaceholderData: boolean;
        refetch(): Promise<unknown>;
      }
    | undefined;
}

/** An element that shows one query, in whatever state it is. */
export abstract class QueryElement extends InlayElement {
  private readonly told: { error?: Error | undefined; key?: string | undefined } = {};

  constructor() {
    super();
    keepFocus(this);
  }

  /** What is shown. */
  protected abstract readonly shown: ShownQuery;
  /** How much there is in all; 0 is empty. Asked only when there are data. */
  protected abstract get total(): number;
  /** Of the content's size, while the data are on their way. */
  protected abstract skeleton(): unknown;
  protected abstract empty(): unknown;
  protected abstract content(): unknown;

  /** Above what is shown. */
  protected bar(): unknown {
    return html`<slot name="header"></slot>`;
  }

  protected override render(): unknown {
    return html`<div class=${this.rootClass} dir=${ifDefined(this.rootDir)}>
      ${this.bar()}${this.body()}
      <slot name="footer"></slot>
    </div>`;
  }

  /** Loads what is shown anew. */
  async refresh(): Promise<void> {
    await this.shown.result?.refetch();
  }

  /** Nobody is signed in, or may see it: there is nothing to filter, nor to do. */
  protected get isRefused(): boolean {
    const { data, result } = this.shown;
    const { status } = (result?.error ?? {}) as { status?: number };
    return !data && (status === 401 || status === 403);
  }

  /** Data before errors, as a failed refetch must not erase what is read. */
  protected body(): TemplateResult {
    const { data, result } = this.shown;
    const retry = () => void this.refresh();
    if (data === undefined) {
      if (this.problem) return inPlace(blank('error', this.problem.message));
      if (result?.error) return inPlace(failure(this.language, result.error, retry));
      return html`<div aria-busy="true">
        <span class="hidden" role="status">${this.t('state.loading')}</span>
        ${inPlace(this.skeleton())}
      </div>`;
    }
    return html`${this.problem ? notice(this.problem.message) : nothing}
    ${
      result?.isRefetchError
        ? notice(this.t('state.stale'), this.t('action.retry'), retry)
        : nothing
    }
    ${this.total === 0 ? inPlace(this.empty()) : this.content()}`;
  }

  /** Tells the page by events, and its CSS by states, how the query stands. */
  protected override updated(): void {
    const { data, result, hash } = this.shown;
    const { told } = this;
    const error = this.problem ?? result?.error ?? undefined;
    this.setStates({
      loading: data === undefined && !error,
      empty: data !== undefined && this.total === 0,
      error: error !== undefined,
    });
    if (error && error !== told.error) this.dispatchEvent(new InlayErrorEvent(error));
    told.error = error;
    if (data === undefined || result?.isPlaceholderData || hash === told.key) return;
    told.key = hash;
    this.dispatchEvent(new InlayLoadEvent(this.total));
  }
}
