import { LitElement, type PropertyValues } from 'lit';
import { QueryElement } from '../../kit/query-element.js';

/**
 * An element that is a field of a form like the browser's own: it has a name, a value that
 * is sent, reset and restored, and is disabled by itself or with a `<fieldset>`.
 */
export abstract class FieldElement extends QueryElement {
  static formAssociated = true;
  static override shadowRootOptions: ShadowRootInit = {
    ...LitElement.shadowRootOptions,
    delegatesFocus: true,
  };
  static override properties: Record<string, object> = {
    value: {},
    // Forms look at these attributes, so they are kept like those of the browser's own fields.
    name: { reflect: true },
    disabled: { type: Boolean },
    required: { type: Boolean, reflect: true },
    invalid: { state: true },
  };

  /** Under which the value is sent with the form. */
  name = '';
  /** Takes no input, and is not sent; a `<fieldset disabled>` does the same. */
  disabled = false;
  /** A form with it is not sent while it is empty. */
  required = false;
  /** The reader has been told what is wrong with the value. */
  protected invalid = false;
  private held!: string;

  /** What is said when it is required and empty. */
  protected abstract readonly missing: string;
  /** What is said of a value that can't be one; empty otherwise. */
  protected abstract readonly unfit: string;
  /** Puts away what was typed and not chosen. */
  protected abstract leave(): void;

  constructor() {
    super();
    // Sent from the beginning, as an empty field is.
    this.value = '';
    this.addEventListener('invalid', () => {
      this.invalid = true;
    });
  }

  /** What is sent, or empty. The attribute says what a reset of the form goes back to. */
  get value(): string {
    return this.held;
  }
  set value(value: string | null) {
    // Also where it is the same: a text may stand there that chose nothing.
    this.leave();
    this.held = value ?? '';
    this.internals.setFormValue(this.held);
    this.validate();
  }

  get form(): HTMLFormElement | null {
    return this.internals.form;
  }
  get validity(): ValidityState {
    return this.internals.validity;
  }
  get validationMessage(): string {
    return this.internals.validationMessage;
  }
  get willValidate(): boolean {
    return this.internals.willValidate;
  }
  checkValidity(): boolean {
    return this.internals.checkValidity();
  }
  reportValidity(): boolean {
    return this.internals.reportValidity();
  }

  formResetCallback(): void {
    this.value = this.getAttribute('value');
    this.invalid = false;
  }
  formStateRestoreCallback(state: string): void {
    this.value = state;
  }
  formDisabledCallback(): void {
    this.requestUpdate();
  }

  /** What names it: its own label, or the page's. */
  protected get labelText(): string {
    const labels = Array.from(this.internals.labels, ({ textContent }) => textContent?.trim());
    return this.ariaLabel || labels.join(' ');
  }

  /** What is wrong with the value; empty if nothing is. */
  protected get flaw(): string {
    if (this.value) return this.unfit;
    return this.required ? this.missing : '';
  }

  /** Tells the form what is wrong with the value. */
  private validate(): void {
    const { flaw, value } = this;
    const anchor = this.renderRoot?.querySelector('input');
    this.internals.setValidity(
      flaw ? { [value ? 'customError' : 'valueMissing']: true } : {},
      flaw,
      ...(anchor ? [anchor] : []),
    );
  }

  /** What Enter does in a field: it presses the form's button, which may be disabled. */
  protected submit(): void {
    const isSending = (each: Element) => (each as HTMLButtonElement).type === 'submit';
    const button = [...(this.form?.elements ?? [])].find(isSending);
    if (button) (button as HTMLElement).click();
    else this.form?.requestSubmit();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    // Before it is drawn by `:disabled`, which fieldsets have a say in.
    if (changed.has('disabled')) this.toggleAttribute('disabled', this.disabled);
  }

  protected override updated(): void {
    this.validate();
    super.updated();
  }

  /** As the browser's own fields tell that their value is another by the reader's doing. */
  protected tellChange(): void {
    for (const type of ['input', 'change']) {
      this.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
    }
  }
}
