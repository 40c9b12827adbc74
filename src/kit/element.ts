import { LitElement, type PropertyValues } from 'lit';
import { getPageSource, type Runtime, type Source } from '../runtime/index.js';
import { findLocale, formatNumber, isRightToLeft, translate, type MessageKey } from './i18n.js';
import { closest, Surroundings } from './surroundings.js';

/** Under this key an `<inlay-provider>` keeps what it gives to the elements inside it. */
export const sourceKey = Symbol.for('inlay.source.1');

const sourceOf = (element: Element) => (element as { [sourceKey]?: Source })[sourceKey];

/**
 * What a page has set before the script came lies on the element itself, and hides the accessor
 * of that name: it is taken off, and set. Lit does so for the properties that it knows.
 */
function setAgain(element: InlayElement): void {
  for (const [name, value] of Object.entries(element)) {
    let at = Object.getPrototypeOf(element) as object;
    while (at !== LitElement.prototype && !Object.hasOwn(at, name)) {
      at = Object.getPrototypeOf(at) as object;
    }
    const accessor = Object.getOwnPropertyDescriptor(at, name);
    if (!accessor?.get) continue;
    Reflect.deleteProperty(element, name);
    if (accessor.set) Reflect.set(element, name, value);
  }
}

/** What all elements share: the runtime, language, theme, and states that CSS can see. */
export abstract class InlayElement extends LitElement {
  /** Cache, client and live stream of the page or the nearest provider. */
  runtime: Runtime | undefined;
  /** What is wrong with the configuration or an attribute; shown in the element, which then asks for nothing. */
  problem: Error | undefined;
  /** BCP 47 tag of the language that texts, dates and numbers are shown in. */
  protected language = 'en';
  private source: Source | undefined;
  protected readonly internals = this.attachInternals();
  private broken = false;
  private configurationError: Error | undefined;
  private forget: (() => void) | undefined;

  constructor() {
    super();
    new Surroundings(this);
  }

  override connectedCallback(): void {
    setAgain(this);
    const provider = closest(this, (element) =>
      sourceOf(element) || element.localName.endsWith('inlay-provider') ? element : undefined,
    );
    this.source = provider ? sourceOf(provider) : getPageSource();
    if (this.source) {
      this.forget = this.source.onConfigure(() => this.rebind());
    } else {
      // The provider's own script has not come yet.
      void customElements.whenDefined(provider!.localName).then(() => this.rebind());
    }
    this.bind();
    super.connectedCallback();
  }

  override disconnectedCallback(): void {
    this.forget?.();
    super.disconnectedCallback();
  }

  /** Makes `moveBefore()` keep state and subscriptions. */
  connectedMoveCallback(): void {}

  /** Finds the runtime before controllers connect, which take it from here. */
  private bind(): void {
    this.configurationError = undefined;
    this.runtime = undefined;
    try {
      // Until the page has said who is signed in, nothing is asked for.
      if (!this.isLocal && !this.source?.waiting) this.runtime = this.source?.getRuntime();
    } catch (error) {
      this.configurationError = error as Error;
    }
  }

  /** What it shows is the page's own: it has no runtime then. */
  protected get isLocal(): boolean {
    return false;
  }

  /** Takes up another runtime, or none any more. */
  protected rebind(): void {
    if (!this.isConnected) return;
    this.disconnectedCallback();
    this.connectedCallback();
    this.requestUpdate();
  }

  /** Throws a `TypeError` that names the attribute, the value and what would fit. */
  protected checkAttributes(): void {}

  /** The nearest `lang` below the page's own, what is configured, or the page's; if Inlay speaks it. */
  private findLanguage(): string {
    const { documentElement: page } = document;
    const wanted =
      closest(this, (element) => (element === page ? undefined : element.getAttribute('lang'))) ??
      this.source?.configuration.lang ??
      page.lang;
    return findLocale(wanted) ? wanted : 'en';
  }

  /**
   * An element that can't be drawn shows what the page put inside it, as without
   * scripts: in XHTML documents, say, or where the page refuses lit-html its policy.
   */
  protected override update(changed: PropertyValues): void {
    if (this.broken) return;
    try {
      super.update(changed);
    } catch (error) {
      this.broken = true;
      this.renderRoot.replaceChildren(document.createElement('slot'));
      console.error(`inlay: <${this.localName}> could not be drawn.`, error);
    }
  }

  protected override willUpdate(_changed: PropertyValues): void {
    this.language = this.findLanguage();
    this.problem = this.configurationError;
    try {
      this.checkAttributes();
    } catch (error) {
      this.problem ??= error as Error;
    }
  }

  /** A message in the element's language. */
  protected t(key: MessageKey, values?: Record<string, string | number>): string {
    return translate(this.language, key, values);
  }

  /** A number in the element's language. */
  protected n(value: number): string {
    return formatNumber(this.language, value);
  }

  /** Class of the inner root, with the theme. */
  protected get rootClass(): string {
    const theme = this.source?.configuration.theme ?? 'auto';
    return `root ${theme}`;
  }
  /** Direction of the inner root, where its language says more than the page. */
  protected get rootDir(): 'rtl' | undefined {
    return isRightToLeft(this.language) ? 'rtl' : undefined;
  }

  /** Sets states that the page's CSS can see: `:state(loading)`. */
  protected setStates(states: Record<string, boolean>): void {
    for (const [name, on] of Object.entries(states)) {
      this.internals.states[on ? 'add' : 'delete'](name);
    }
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    // Hosts' single-key shortcuts look at the event's target, which is this element, and fire.
    for (const type of ['keydown', 'keypress', 'keyup'] as const) {
      this.renderRoot.addEventListener(type, (event) => {
        const { key, ctrlKey, metaKey, target } = event as KeyboardEvent;
        const typing = (target as Element).matches('input, select, textarea');
        if (typing && key.length === 1 && !ctrlKey && !metaKey) event.stopPropagation();
      });
    }
  }
}
