import { LitElement, type PropertyValues } from 'lit';
import { sourceKey } from '../../kit/element.js';
import { getPageSource, Source, type Configuration } from '../../runtime/index.js';

/**
 * Gives the elements inside it another backend, person or theme than the page's.
 * Not needed otherwise: without one, all elements share the page's configuration.
 * For another language, set `lang` on any element.
 *
 * @summary Another backend, person or theme for the elements inside.
 */
export class InlayProvider extends LitElement {
  static override properties = {
    api: {},
    theme: {},
    configuration: { attribute: false },
  };
  /** Base URL of the API: absolute, or a path that starts with `/`. Empty: the page's. */
  api = '';
  /** `auto`, `light` or `dark`. Empty: the page's. */
  theme: Configuration['theme'] | '' = '';
  /** Anything of `configure()`, for what an attribute can't say; wins over the attributes. */
  configuration: Configuration = {};

  /** What the elements inside look for. */
  readonly [sourceKey] = new Source(getPageSource());

  override connectedCallback(): void {
    super.connectedCallback();
    // In force before the first element inside asks.
    this.performUpdate();
  }

  /** No shadow root: the elements inside are the page's own. */
  protected override createRenderRoot(): this {
    return this;
  }

  protected override willUpdate(_changed: PropertyValues): void {
    this[sourceKey].replace({
      ...(this.api && { baseUrl: this.api }),
      ...(this.theme && { theme: this.theme }),
      ...this.configuration,
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this[sourceKey].release();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'inlay-provider': InlayProvider;
  }
}
