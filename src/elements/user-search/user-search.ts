import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { PublicUser, User } from '../../contract/index.js';
import { userByIdOptions, userSearchOptions } from '../../data/index.js';
import { InlayChangeEvent, InlaySelectEvent } from '../../kit/events.js';
import { icons } from '../../kit/icons.js';
import { mark } from '../../kit/mark.js';
import { avatar, blank, notice } from '../../kit/parts.js';
import { Popup, popupStyles } from '../../kit/popup.js';
import { query } from '../../kit/query.js';
import { QueryElement } from '../../kit/query-element.js';
import { shared } from '../../kit/styles.js';
import { styles } from './user-search.styles.js';

type Person = User | PublicUser;

/** Milliseconds of rest after which what was typed is searched for. */
const typingPause = 250;
const fewest = 2;

/**
 * A field that finds a person by name, and for those who may see it by e-mail: a combobox
 * by the ARIA pattern. In a form it is a field like any other and sends the person's id;
 * a `<label>` names it. What is typed and not chosen goes back when the field is left.
 *
 * @summary A form field that finds a person.
 * @slot empty - Instead of the text shown when no one matches.
 * @slot error - Instead of the text shown when the search failed.
 * @csspart input - The field.
 * @csspart popup - The list of who matches.
 * @csspart option - A person who matches.
 * @csspart avatar - A person's picture or initials.
 * @csspart notice - The line that tells of a failure.
 * @csspart empty - The area shown when no one matches.
 * @csspart error - The area shown when the search failed.
 * @event {InlayLoadEvent} inlay-load - People arrived for what was typed.
 * @event {InlaySelectEvent} inlay-select - A person was chosen; may be cancelled.
 * @event {InlayChangeEvent} inlay-change - `value` is another by the reader's doing; `change` and `input` come with it.
 * @event {InlayErrorEvent} inlay-error - The search failed.
 */
export class UserSearch extends QueryElement {
  static formAssociated = true;
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [shared, popupStyles, styles];
  static override properties = {
    value: {},
    // Forms look at these attributes, so they are kept like those of the browser's own fields.
    name: { reflect: true },
    disabled: { type: Boolean, reflect: true },
    required: { type: Boolean, reflect: true },
    placeholder: {},
    text: { state: true },
    search: { state: true },
    open: { state: true },
    active: { state: true },
    invalid: { state: true },
  };

  /** Under which the id is sent with the form. */
  name = '';
  /** Takes no input, and is not sent; a `<fieldset disabled>` does the same. */
  disabled = false;
  /** A form with it is not sent before somebody is chosen. */
  required = false;
  /** Shown while the field is empty. Default: “Search people”. */
  placeholder = '';

  private held = '';
  /** Who was chosen here, to be shown without asking for them. */
  private chosen: Person | undefined;
  /** What was typed; undefined while the name of who is chosen stands there. */
  private text: string | undefined;
  /** What is searched for. */
  private search = '';
  private open = false;
  private active = -1;
  /** The reader has been told that somebody must be chosen. */
  private invalid = false;
  private typing: ReturnType<typeof setTimeout> | undefined;

  protected override readonly shown = query(this, ({ api }) => {
    const options = userSearchOptions(api, this.search);
    return {
      ...options,
      enabled: options.enabled && this.open && !this.problem,
      keepPrevious: true,
    };
  });
  /** Who a `value` is that the page has set. */
  private readonly preset = query(this, ({ api }) => ({
    ...userByIdOptions(api, this.value),
    enabled: Boolean(this.value) && this.chosen?.id !== this.value && !this.problem,
  }));

  constructor() {
    super();
    new Popup(this, () => this.open);
    this.addEventListener('invalid', () => {
      this.invalid = true;
    });
  }

  override disconnectedCallback(): void {
    this.leave();
    super.disconnectedCallback();
  }

  /** Id of who is chosen, or empty. The attribute says what a reset of the form goes back to. */
  get value(): string {
    return this.held;
  }
  set value(id: string | null) {
    this.held = id ?? '';
    this.text = undefined;
    this.internals.setFormValue(this.held);
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

  override async refresh(): Promise<void> {
    if (this.open) await super.refresh();
  }

  private get people(): readonly Person[] {
    return this.shown.data?.data ?? [];
  }
  protected override get total(): number {
    return this.people.length;
  }
  private get input(): HTMLInputElement {
    return this.renderRoot.querySelector('input')!;
  }
  /** The name of who is chosen, or the id while nothing better is known. */
  private get label(): string {
    const { value, chosen, preset } = this;
    if (!value) return '';
    return chosen?.id === value
      ? chosen.name
      : (preset.data?.name ?? (preset.result?.error ? value : '…'));
  }

  private type(event: Event): void {
    // To the page it is this element that is a field, and its value is still the same.
    event.stopPropagation();
    clearTimeout(this.typing);
    const text = this.input.value;
    this.text = text;
    this.active = -1;
    if (!text) this.choose(undefined);
    if (text.trim().length < fewest) this.open = false;
    else this.typing = setTimeout(() => this.find(), typingPause);
  }

  /** Searches for what stands in the field. */
  private find(): void {
    this.search = this.input.value.trim();
    this.open = this.search.length >= fewest;
    this.active = -1;
  }

  private choose(person: Person | undefined): void {
    if (person && !this.dispatchEvent(new InlaySelectEvent(person))) return;
    clearTimeout(this.typing);
    const changed = this.value !== (person?.id ?? '');
    this.chosen = person;
    this.value = person?.id ?? '';
    this.open = false;
    if (!changed) return;
    for (const type of ['input', 'change']) {
      this.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
    }
    this.dispatchEvent(new InlayChangeEvent({ value: this.value }));
  }

  private clear(): void {
    this.choose(undefined);
    this.input.focus();
  }

  /** A press on an option leaves the focus in the field. */
  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    const popup = this.renderRoot.querySelector('#popup')!;
    const optionAt = ({ target }: Event) => (target as Element).closest('[role=option]');
    popup.addEventListener('pointerdown', (event) => {
      if (optionAt(event)) event.preventDefault();
    });
    popup.addEventListener('click', (event) => {
      const options = [...popup.querySelectorAll('[role=option]')];
      const person = this.people[options.indexOf(optionAt(event)!)];
      if (person) this.choose(person);
    });
  }

  /** Puts away what was typed and not chosen. */
  private leave(): void {
    clearTimeout(this.typing);
    this.text = undefined;
    this.open = false;
  }

  private step(event: KeyboardEvent): void {
    const { key, altKey } = event;
    const { open, total, active } = this;
    // Enter and arrows are the input method's while it composes.
    if (event.isComposing) return;
    const person = this.people[active];
    const by = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (by !== undefined) {
      event.preventDefault();
      if (!open) this.find();
      else if (altKey && by < 0) this.open = false;
      // From none on to the first or the last, and round.
      else if (total > 0)
        this.active = (active + by + total + Number(active < 0 && by < 0)) % total;
    } else if (key === 'Escape' && (open || this.text !== undefined)) {
      // A dialog around it stays open.
      event.preventDefault();
      event.stopPropagation();
      if (open) this.open = false;
      else this.leave();
    } else if (key === 'Enter') {
      if (open && person) this.choose(person);
      else if (!open) this.form?.requestSubmit();
      this.open = false;
    } else if (key === 'Tab' && open && person) {
      this.choose(person);
    } else if (key !== 'Shift') {
      // Back in the text: Home and End go to its ends.
      this.active = -1;
    }
  }

  protected override updated(): void {
    const missing = this.required && !this.value;
    if (!missing) this.invalid = false;
    this.internals.setValidity(
      { valueMissing: missing },
      missing ? this.t('search.required') : '',
      this.input,
    );
    this.renderRoot.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
    if (this.open || this.problem) super.updated();
    else this.setStates({ loading: false, empty: false, error: false });
  }

  protected override render(): TemplateResult {
    const { open, total, active } = this;
    const disabled = this.matches(':disabled');
    const text = this.text ?? this.label;
    const listed = open && total > 0;
    const labels = Array.from(this.internals.labels, ({ textContent }) => textContent).join(' ');
    return html`<div
      class=${this.rootClass}
      dir=${ifDefined(this.rootDir)}
      @focusout=${({ relatedTarget }: FocusEvent) => {
        if (!this.renderRoot.contains(relatedTarget as Node | null)) this.leave();
      }}
    >
      <div id="anchor">
        <input
          part="input"
          class="field"
          role="combobox"
          autocomplete="off"
          spellcheck="false"
          dir="auto"
          aria-autocomplete="list"
          aria-label=${this.ariaLabel || labels.trim() || this.t('users.search')}
          aria-expanded=${listed}
          aria-controls=${ifDefined(listed ? 'options' : undefined)}
          aria-activedescendant=${ifDefined(listed && active >= 0 ? `option-${active}` : undefined)}
          aria-required=${this.required}
          aria-invalid=${this.invalid}
          placeholder=${this.placeholder || this.t('users.search')}
          .value=${text}
          ?disabled=${disabled}
          @input=${this.type}
          @change=${(event: Event) => event.stopPropagation()}
          @keydown=${this.step}
        />
        ${
          text && !disabled
            ? html`<button
                class="icon"
                type="button"
                aria-label=${this.t('search.clear')}
                @click=${this.clear}
              >
                ${icons.close}
              </button>`
            : nothing
        }
      </div>
      ${this.problem ? notice(this.problem.message) : nothing}
      <div id="popup" part="popup" class="popup" .popover=${'manual'}>
        ${open ? this.body() : nothing}
      </div>
      <span class="hidden" role="status"
        >${
          listed && !this.shown.result?.isPlaceholderData
            ? this.t('users.count', { count: total })
            : nothing
        }</span
      >
    </div>`;
  }

  protected override skeleton(): unknown {
    return [0, 1, 2].map(
      () =>
        html`<div class="option"><span class="avatar bone"></span><span class="bone"></span></div>`,
    );
  }

  protected override empty(): TemplateResult {
    return blank('empty', this.t('users.none'));
  }

  protected override content(): TemplateResult {
    const { result } = this.shown;
    return html`<ul
      id="options"
      class=${result?.isPlaceholderData ? 'stale' : ''}
      role="listbox"
      aria-label=${this.t('users.label')}
    >
      ${this.people.map((person, index) => this.option(person, index))}
    </ul>`;
  }

  private option(person: Person, index: number): TemplateResult {
    const email = 'email' in person ? person.email : '';
    return html`<li
      id="option-${index}"
      part="option"
      class="option"
      role="option"
      aria-selected=${index === this.active}
    >
      ${avatar(person)}
      <span class="who"
        ><span class="cut" dir="auto">${mark(person.name, this.search)}</span>
        <span class="cut email" dir="ltr">${mark(email, this.search)}</span></span
      >
    </li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'user-search': UserSearch;
  }
}
